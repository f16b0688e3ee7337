"""Manuals as pages: nothing in a source is obeyed as HTML, and links lead to pages that exist."""

import pytest

from caseflow.web.markdown import anchor_of, render

SOURCE = """# Title

One *word*, [there](other.md#a-b), [nowhere](law/limits.md), [**bold** nowhere](x.md), [out](https://example.org).

## First part

| A | B |
|---|---|
| 1 | `2` |

## Second part

- item
"""


def rendered(source=SOURCE, **options):
    return render(source, {"other.md": "other"}, **options)


def test_title_and_chapters_are_taken_out():
    text = rendered()
    assert text.title == "Title"
    assert list(text.chapters) == [("first-part", "First part"), ("second-part", "Second part")]
    assert "<h1" not in text.html
    assert '<h2 id="first-part" class="govuk-heading-m">First part</h2>' in text.html


def test_links_lead_to_pages_or_are_text():
    html = rendered().html
    assert '<a href="other#a-b" class="govuk-link">there</a>' in html
    assert '<a href="https://example.org" class="govuk-link">out</a>' in html
    assert "nowhere</a>" not in html
    assert ", nowhere, <strong>bold</strong> nowhere, " in html


def test_chapters_can_be_left_out():
    text = rendered(leave_out=("First part",))
    assert [heading for _, heading in text.chapters] == ["Second part"]
    assert "<table" not in text.html
    assert "item" in text.html


@pytest.mark.parametrize(
    "planted",
    [
        "<script>alert(1)</script>",
        "a <b onclick=x>b</b>",
        "[x](javascript:alert(1))",
        "![x](https://example.org/a.png)",
    ],
)
def test_html_and_foreign_content_in_a_source_are_not_obeyed(planted):
    html = rendered(f"# T\n\n{planted}\n").html
    for sign in ("<script", "<b ", 'href="javascript', "<img"):
        assert sign not in html


def test_anchors_are_those_of_github():
    assert anchor_of("Assessments, and what if") == "assessments-and-what-if"
    assert anchor_of("Días, y 2 `más`") == "días-y-2-más"

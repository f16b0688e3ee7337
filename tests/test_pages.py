"""The page client finds what it promises to find."""

import pytest

from caseflow.models import Role
from tests.factories import make_actor, make_case, make_section
from tests.markup import Markup


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER))


def test_a_page_is_read_and_a_form_is_sent_as_a_browser_does(pages, ana):
    page = pages(ana).submit("/cases/new", state_code="ES", right="HOUSING", title="A family evicted")
    assert "A family evicted" in page.words
    assert page.path.startswith("/cases/")


def test_a_page_that_names_another_section_is_refused(runtime, pages, ana):
    other = make_section(runtime.units, "EC")
    case = make_case(runtime.units, ana, title=f"Moved here from {other.name}")
    with pytest.raises(AssertionError, match="names House of EC"):
        pages(ana).get(f"/cases/{case.id}")
    pages(ana).get(f"/cases/{case.id}", may_name=("EC",))


def test_a_page_that_asks_too_much_is_refused(pages, ana):
    with pytest.raises(AssertionError, match="statements"):
        pages(ana).get("/cases", most=1)


PLANTED = {
    "<title> \u2013 caseflow</title>": "has no title",
    "<title>Page</title><p id=a></p><p id=a></p>": "an id stands twice",
    "<title>Page</title><input name=b>": "no label for",
    "<title>Page</title><p onclick=x></p>": "inline onclick",
    "<title>Page</title><script>x()</script>": "lacks the nonce",
    "<title>Page</title><script nonce=other>x()</script>": "lacks the nonce",
}


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_fault_of_a_page_is_found(app, pages, monkeypatch, planted):
    def sign_in():
        return planted

    sign_in.guard = None
    monkeypatch.setitem(app.view_functions, "accounts.sign_in", sign_in)
    with pytest.raises(AssertionError, match=PLANTED[planted]):
        pages().get("/sign-in")


def test_controls_without_a_label_and_inline_handlers_are_found():
    page = Markup(
        '<p onclick="x"><label for="a">A</label><input id="a" name="a"><input name="b"><select name="c"></select>'
    )
    assert page.unlabelled() == ["b", "c"]
    assert page.faults == ["inline onclick on <p>"]


def test_a_form_sends_what_stands_in_it():
    form = Markup(
        "<main><form method=post><input name=a value=1><input type=radio name=r value=x><input type=radio name=r value=y checked>"
        "<select name=s><option value=p>P<option value=q selected>Q</select><textarea name=t>\nText</textarea>"
        "<input type=checkbox name=k value=y></form></main>"
    ).main[0]
    assert form.values() == {"a": ["1"], "r": ["y"], "s": ["q"], "t": ["Text"], "k": []}

"""The macros have the markup for screen readers, keyboards and narrow screens."""

import re
from types import SimpleNamespace

import pytest
from markupsafe import Markup

from caseflow.web.forms import CaseflowForm, FormError
from caseflow.web.kit import Link


def test_table_cells_have_labels_for_narrow_screens(draw):
    text = draw(
        "{% from '_parts/lists.html' import table, cell %}"
        "{% call table('Cases', ['Reference', ('Claims', 'numeric')]) %}<tbody role='rowgroup'><tr role='row'>"
        "{{ cell('Reference', '<1>', heading=true) }}{{ cell('Claims', 2, numeric=true, second='of 3') }}</tr></tbody>{% endcall %}"
    )
    assert "<caption>Cases</caption>" in text
    assert '<th scope="row" role="rowheader" data-label="Reference">' in text
    assert '<td role="cell" data-label="Claims" class="cf-numeric">' in text
    assert "&lt;1&gt;" in text
    assert "of 3" in text
    assert text.count('role="columnheader"') == 2


def test_a_missing_fact_links_to_its_field(draw):
    text = draw(
        "{% from '_parts/lists.html' import summary_list %}{{ summary_list(rows) }}",
        rows=[("Place", None, "/place", "place"), ("State", Markup("<b>Spain</b>"))],
    )
    assert "Not recorded" in text
    assert 'id="place"' in text
    assert re.search(r'href="/place">Change<span class="govuk-visually-hidden"> Place</span>', text)
    assert "<b>Spain</b>" in text


def test_links_of_chosen_filters_say_that_they_remove_them(draw):
    text = draw(
        "{% from '_parts/lists.html' import chosen_filters %}{{ chosen_filters(chosen, '/all') }}",
        chosen=[Link("State: Spain", "/x")],
    )
    assert "Remove the filter </span>State: Spain" in text
    assert draw("{% from '_parts/lists.html' import chosen_filters %}{{ chosen_filters([], '/all') }}").strip() == ""


@pytest.mark.parametrize(("number", "words"), [(1, "1 case"), (1240, "1,240 cases"), (0, "0 cases")])
def test_a_total_is_a_whole_number_in_words(draw, number, words):
    source = "{% from '_parts/lists.html' import total %}{{ total(ngettext('%(shown)s case', '%(shown)s cases', n, shown=n | number)) }}"
    assert f"<strong>{words}</strong>" in draw(source, n=number)


def test_pagination_links_only_to_existing_pages(draw):
    source = "{% from '_parts/lists.html' import pagination %}{{ pagination(newer, older) }}"
    assert draw(source, newer=None, older=None).strip() == ""
    text = draw(source, newer=None, older="/older?a=1&b=2")
    assert 'rel="next"' in text
    assert 'rel="prev"' not in text


def test_a_clock_shows_its_status_in_words_as_well_as_in_colour(draw):
    clock = {
        "title": "One-year clock",
        "words": "9 days left",
        "kind": "bad",
        "date": "2 December 2026",
        "rule": "art. 3(2)(a)",
        "rule_href": "#r",
    }
    bare = {"title": "Readiness", "words": "2 gaps block it", "kind": "neutral"}
    text = draw(
        "{% from '_parts/case.html' import clock_strip %}{{ clock_strip([clock, bare]) }}", clock=clock, bare=bare
    )
    assert "9 days left" in text
    assert '<a class="govuk-link" href="#r">art. 3(2)(a)</a>' in text
    assert text.count('aria-hidden="true"') == 2


def test_the_ladder_shows_the_next_step_with_its_last_day_and_why_a_step_was_not_used(draw):
    steps = [
        {"stage": "Appeal", "authority": "Higher Court", "kind": "used", "outcome": "pending", "outcome_kind": "info", "dates": [("Filed", "2025")],
         "next_step": "Constitutional complaint", "next_due": "6 January 2027", "next_days": -3},
        {"stage": "Complaint", "authority": "Ministry", "kind": "unused", "outcome": "not used", "outcome_kind": "neutral", "dates": [], "reason": "No fee waiver."},
    ]  # fmt: skip
    text = draw("{% from '_parts/case.html' import ladder %}{{ ladder(steps) }}", steps=steps)
    assert "<strong>6 January 2027</strong> · <strong>3 days overdue</strong>" in text
    assert "cf-step--late" in text
    assert re.search(r"Not used:</strong> No fee waiver.", text)


def test_a_finding_gives_result_reason_citation_facts_and_what_would_settle_it(draw):
    one = SimpleNamespace(
        title="Exhaustion", result="Unknown", kind="neutral", because="An outcome is missing.", citation="OP-ICESCR art. 3(1)",
        facts=[Link("Appeal: outcome", "#r1")], settles=["the outcome of the appeal"],
    )  # fmt: skip
    text = draw("{% from '_parts/case.html' import finding %}{{ finding(one) }}", one=one)
    for words in (
        "Unknown",
        "An outcome is missing.",
        "OP-ICESCR art. 3(1)",
        'href="#r1"',
        "the outcome of the appeal",
    ):
        assert words in text


def test_history_has_from_and_to_for_screen_readers(draw):
    entry = {
        "what": "Decision changed",
        "who": "Maja",
        "when": "today",
        "changes": [
            {"field": "Decided", "before": "2024", "after": "2025"},
            {"field": "Outcome", "before": "", "after": "Dismissed"},
        ],
    }
    text = draw("{% from '_parts/case.html' import history %}{{ history([entry]) }}", entry=entry)
    assert '<span class="govuk-visually-hidden">from</span> <del>2024</del>' in text
    assert "<ins>2025</ins>" in text
    assert "Outcome: <ins>Dismissed</ins>" in text


def test_the_error_summary_is_announced_with_the_number_of_errors(draw):
    source = "{% from '_parts/forms.html' import error_summary %}{{ error_summary(form) }}"
    form = SimpleNamespace(error_list=lambda: [FormError("Write a title.", "#title"), FormError("Too old.", None)])
    text = draw(source, form=form)
    assert 'role="alert"' in text
    assert "There are 2 problems" in text
    assert '<a href="#title">Write a title.</a>' in text
    assert "<li>Too old.</li>" in text
    assert draw(source, form=SimpleNamespace(error_list=list)).strip() == ""


def test_forms_and_acts_have_a_token_and_work_without_a_script(draw):
    text = draw(
        "{% from '_parts/forms.html' import post_form, buttons, action, confirm %}"
        "{% call post_form(form) %}{{ buttons('Save', cancel='/back') }}{% endcall %}{{ action('Close', '/close', version=3) }}"
        "{% call confirm('Withdraw?', form, 'Withdraw', '/back', dangerous=true) %}It stays readable.{% endcall %}",
        form=CaseflowForm(formdata=None),
    )
    assert text.count('name="csrf_token"') == 3
    assert text.count('method="post"') == 3
    assert '<input type="hidden" name="version" value="3">' in text
    assert "govuk-button--warning" in text


def test_the_current_page_is_marked(draw):
    text = draw(
        "{% from '_parts/headings.html' import sub_navigation, back, page_heading, panel %}"
        "{{ sub_navigation(links, 'This case') }}{{ back('/x') }}"
        "{{ page_heading('Cases', caption='Slovenia', lead='All.') }}{% call panel('People', '/p', 'Add') %}x{% endcall %}",
        links=[Link("Case", "/case", is_current=True), Link("People", "/people")],
    )
    assert text.count('aria-current="page"') == 1
    assert 'aria-label="This case"' in text
    assert "<h1" in text


def test_messages_have_a_shape_and_words(draw):
    text = draw(
        "{% from '_parts/status.html' import message, tag, empty_value %}{{ message('<Saved>', 'good') }}{{ tag('Overdue', 'bad') }}{{ empty_value() }}"
    )
    assert "&lt;Saved&gt;" in text
    assert "<svg" in text
    assert '<span class="cf-tag cf-tag--bad">Overdue</span>' in text

"""Templates of tasks: read, written by coordinators, looked at before anything is added, and applied."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest

from caseflow.clock import today
from caseflow.errors import Forbidden, Invalid
from caseflow.features.tasks.templates.commands import TemplateDetails, TemplateLine
from caseflow.features.tasks.templates.pages import examples, written
from caseflow.features.tasks.templates.service import add_template, read_lines
from caseflow.models import GrantLevel, Role
from tests.factories import deadlines_seen, make_actor, make_section, make_template, share


def choose(case, template, days):
    day = today() + timedelta(days=days)
    asked = {"template": template, "day-day": day.day, "day-month": day.month, "day-year": day.year}
    return f"/cases/{case.id}/tasks/from-template?{urlencode(asked)}"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("-14: Ask the court", [TemplateLine(-14, "Ask the court")]),
        ("\u221214 Ask\n\n+3: Go\r\n0:Be there", [TemplateLine(-14, "Ask"), TemplateLine(3, "Go"), TemplateLine(0, "Be there")]),
        ("0: Go\n- One\n  \u2022 Two\n* One", [TemplateLine(0, "Go", ("One", "Two"))]),
        ("-1: 3: two colons", [TemplateLine(-1, "3: two colons")]),
    ],
)  # fmt: skip
def test_lines_are_read(text, lines):
    assert read_lines(text) == lines


@pytest.mark.parametrize(
    ("text", "words", "number"),
    [
        ("Ask the court", "can't be read", 1),
        ("0: Go\nAsk", "can't be read", 2),
        ("- A step first", "can't be read", 1),
        ("0:", "can't be read", 1),
        ("0: Go\n-", "can't be read", 2),
        ("1001: Go", "a thousand days", 1),
        ("999999: Go", "a thousand days", 1),
        (f"0: {'x' * 251}", "too long", 1),
        (f"0: Go\n- {'x' * 251}", "too long", 2),
        ("0: Go\n" + "\n".join(f"- {number}" for number in range(41)), "forty steps", 42),
        ("\n \n", "at least one", None),
        ("\n".join("0: Go" for _ in range(61)), "sixty tasks", None),
    ],
)
def test_what_cannot_be_read_says_where(text, words, number):
    with pytest.raises(Invalid) as refused:
        read_lines(text)
    assert words in refused.value.fields["lines"]
    assert refused.value.values.get("number") == number


def test_the_examples_are_written_as_coordinators_write_theirs(app):
    with app.test_request_context():
        shipped = examples()
        for one in shipped:
            assert read_lines(written(one.lines)) == list(one.lines), one.code
        assert len(next(one for one in shipped if one.code == "example:urgent-eviction").lines) == 12


def test_a_coordinator_copies_an_example_changes_and_removes_it(pages, carmen, section):
    here = f"/sections/{section.code}/task-templates"
    page = pages(carmen).get(here)
    assert page.words.count("Example") >= 4
    copied = pages(carmen).get(f"{here}/new?copy=urgent-eviction")
    assert f"{here}/new?copy=urgent-eviction" in page.links.values()
    (lines,) = copied.form().values()["lines"]
    assert lines.splitlines()[0].startswith("-21: ")
    page = pages(carmen).send(copied, name="Eviction in winter", lines=f"{lines}\n3: Ask for a heater")
    assert "Eviction in winter" in page.words
    assert "13 tasks" in page.words
    change = page.links["Change"]
    refused = pages(carmen).submit(change, status=422, lines="Nothing")
    assert "Line 1 can't be read" in refused.error_at("lines")
    assert "Nothing" in refused.html
    page = pages(carmen).submit(change, name="Eviction at night")
    assert "Eviction at night" in page.words
    page = pages(carmen).submit(page.links["Remove"])
    assert "Eviction at night" not in page.words


def test_only_coordinators_write_templates_and_only_of_their_section(pages, runtime, ana, carmen, section):
    here = f"/sections/{section.code}/task-templates"
    template = make_template(runtime.units, section.id)
    of_row = (f"/task-templates/{template.id}", f"/task-templates/{template.id}/remove")
    for address in (here, f"{here}/new", *of_row):
        pages(ana).get(address, status=403)
    other = make_actor(runtime.units, (make_section(runtime.units, "FI"), Role.SECTION_COORDINATOR))
    for address in (here, f"{here}/new", *of_row):
        pages(other).get(address, status=404)
    with runtime.units.begin(ana) as uow, pytest.raises(Forbidden):
        add_template(uow, section.id, TemplateDetails(name="x", date_name="x", lines="0: x"))


def test_what_a_template_would_add_is_shown_with_its_days_before_anything_is_added(pages, runtime, ana, marcos, case):
    page = pages(ana).get(choose(case, "example:urgent-eviction", 10))
    assert "This is a shipped example." in page.words
    assert "The days of 5 tasks have passed." in page.words
    assert page.words.count("has passed: it would have no last day") == 5
    assert deadlines_seen(runtime.units, ana) == []
    chosen = page.form().values()["chosen"]
    assert len(chosen) == 7
    listed = pages(ana).send(page, chosen=["0", *chosen[:2]], given_to=str(marcos.user_id))
    assert "3 tasks were added." in listed.words
    assert "Find a lawyer or legal aid" in listed.words
    due = sorted(row.due_on for row in deadlines_seen(runtime.units, ana) if row.source == "tasks")
    assert due == [today(), today() + timedelta(days=1)], "one whose day has passed has no last day"
    assert {row.responsible_id for row in deadlines_seen(runtime.units, ana)} == {marcos.user_id}
    assert listed.words.count("Marcos") >= 3


def test_an_own_template_comes_with_its_checklist(pages, runtime, ana, case, section):
    template = make_template(runtime.units, section.id, name="Winter", lines="-3: Ask\n- In writing\n- Keep it\n0: Go")
    page = pages(ana).get(f"/cases/{case.id}/tasks/from-template")
    assert "Winter" in page.words
    listed = pages(ana).submit(choose(case, template.id, 5))
    assert "2 tasks were added." in listed.words
    assert "0 of 2 steps done" in listed.words


def test_templates_for_such_a_case_come_first(pages, runtime, ana, case, section):
    make_template(runtime.units, section.id, name="A of the end", stage="decided")
    make_template(runtime.units, section.id, name="B of the beginning", stage="intake")
    words = pages(ana).get(f"/cases/{case.id}/tasks/from-template").words
    assert words.index("B of the beginning") < words.index("A of the end")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("template=example:urgent-eviction", "Enter this day."),
        ("template=&day-day=1&day-month=5&day-year=2040", "Choose one from the list."),
        ("template=invented&day-day=1&day-month=5&day-year=2040", "Choose one from the list."),
        ("template=example:urgent-eviction&day-day=31&day-month=2&day-year=2040", "day"),
    ],
)
def test_without_a_template_or_a_day_nothing_is_shown(pages, ana, case, asked, words):
    page = pages(ana).get(f"/cases/{case.id}/tasks/from-template?{asked}")
    assert words in page.words
    assert "Add these tasks" not in page.words


def test_nothing_is_added_of_a_template_that_was_changed_meanwhile(pages, runtime, ana, carmen, team):
    case, section = team
    template = make_template(runtime.units, section.id)
    drawn = pages(ana).get(choose(case, template.id, 5))
    pages(carmen).submit(f"/task-templates/{template.id}", lines="-3: Something else\n0: Go")
    page = pages(ana).send(drawn, status=409)
    assert "The template was changed" in page.words
    assert "Something else" in page.words
    assert "No open task" in pages(ana).get(f"/cases/{case.id}/tasks").words


@pytest.fixture
def team(case, section):
    return case, section


def test_nothing_chosen_is_refused(pages, ana, case):
    page = pages(ana).submit(choose(case, "example:before-filing", 40), status=422, chosen=[])
    assert "Choose at least one task." in page.words


def test_people_of_another_section_use_the_examples_and_see_no_template(pages, runtime, ana, case, section):
    make_template(runtime.units, section.id, name="Winter")
    other = make_section(runtime.units, "FI")
    guest = make_actor(runtime.units, (other, Role.CASEWORKER))
    share(runtime.units, ana, case, other, GrantLevel.WRITE)
    page = pages(guest).get(f"/cases/{case.id}/tasks/from-template", may_name=("ES",))
    assert "Urgent eviction" in page.words
    assert "Winter" not in page.words

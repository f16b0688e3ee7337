"""The pages of tasks: on a case, in "My work", in the team of a section, and from a gap of readiness."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import quote

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from caseflow.clock import today
from caseflow.errors import Forbidden
from caseflow.features.cases.service import editable_case
from caseflow.features.deadlines.pages import PAGE
from caseflow.features.tasks.service import MOST_TASKS
from caseflow.models import GrantLevel, Role
from tests.factories import (
    deadlines_seen,
    in_days,
    make_actor,
    make_case,
    make_claim,
    make_person,
    make_remedy,
    make_section,
    make_task,
    share,
)
from tests.factories.merging import merge


@pytest.fixture
def team(ana, marcos, case, section):
    return ana, marcos, case, section


def hrefs(page, words):
    """Return the addresses of the links that begin with these words: other words are for screen readers."""
    return [unescape(one) for one in re.findall(rf'href="([^"]+)"[^>]*>\s*{words}', page.html)]


def tasks(case):
    return f"/cases/{case.id}/tasks"


def day_of(days):
    day = in_days(days)
    return {"due_on__day": str(day.day), "due_on__month": str(day.month), "due_on__year": str(day.year)}


def test_a_task_is_given_to_a_colleague_who_finds_and_finishes_it(pages, ana, marcos, case):
    page = pages(ana).submit(
        f"{tasks(case)}/new",
        title="Fetch the certified copy",
        given_to=str(marcos.user_id),
        details="At the registry, second floor.",
        steps="Call first\nTake the power of attorney",
        **day_of(5),
    )
    assert page.path == tasks(case)
    for words in ("Fetch the certified copy", "Marcos", "from Ana", "0 of 2 steps done", "5 days left"):
        assert words in page.words
    work = pages(marcos).get("/my-work")
    address = work.links["Fetch the certified copy"]
    shown = pages(marcos).submit(address, done_steps=["Call first"])
    assert "1 of 2 steps done" in shown.words
    assert "At the registry" in shown.words
    done = pages(marcos).submit(f"{address}/done", result="Fetched on Monday")
    assert "Done or cancelled (1)" in done.words
    assert "Fetched on Monday" in done.words
    assert "Fetch the certified copy" not in pages(marcos).get("/my-work").links
    history = pages(ana).get(f"/cases/{case.id}/history").words
    for words in ("Added a task", "Ticked a checklist", "A task was done", "Fetched on Monday", "Given to"):
        assert words in history


def test_my_work_finishes_a_task_in_the_line(pages, runtime, ana, case):
    make_task(runtime.units, ana, case, "Call V1", due_on=in_days(2))
    (deadline,) = (row for row in deadlines_seen(runtime.units, ana) if row.source == "tasks")
    page = pages(ana).submit(f"/deadlines/{deadline.id}/done?back=case", outcome="Called")
    assert "Done or cancelled (1)" in page.words
    assert "Called" in page.words


def test_my_work_shows_tasks_without_a_day(pages, runtime, ana, marcos, case):
    make_task(runtime.units, ana, case, "Thank the neighbours")
    make_task(runtime.units, ana, case, "Read the letter", given_to_id=marcos.user_id)
    assert "Tasks without a last day (1)" in pages(ana).get("/my-work").words
    assert "Thank the neighbours" in pages(ana).get("/my-work").words
    assert "Read the letter" in pages(marcos).get("/my-work").words
    assert "Thank the neighbours" not in pages(marcos).get("/my-work").words


def test_a_coordinator_sees_who_has_what(pages, runtime, carmen, team):
    ana, marcos, case, section = team
    make_task(runtime.units, ana, case, "Thank the neighbours", given_to_id=marcos.user_id)
    make_task(runtime.units, ana, case, "Call V1", due_on=in_days(3))
    home = pages(carmen).get("/section")
    assert "1 open tasks: Marcos" in home.words
    page = pages(carmen).get(f"/sections/{section.code}/tasks")
    for words in ("Thank the neighbours", "Marcos", "Call V1", "Ana", "3 days left"):
        assert words in page.words
    assert page.words.index("Call V1") < page.words.index("Thank the neighbours"), "those without a day come last"
    of_marcos = pages(carmen).get(f"/sections/{section.code}/tasks?person={marcos.user_id}").words
    assert "Thank the neighbours" in of_marcos
    assert "Call V1" not in of_marcos
    pages(ana).get(f"/sections/{section.code}/tasks", status=403)
    other = make_section(runtime.units, "FI")
    pages(carmen).get(f"/sections/{other.code}/tasks", status=404)


def test_the_tasks_of_a_section_are_read_page_by_page(pages, runtime, monkeypatch, carmen, team):
    ana, _marcos, case, section = team
    monkeypatch.setattr("caseflow.features.tasks.pages.PAGE", 2)
    for number in range(5):
        make_task(runtime.units, ana, case, f"Task {number}", due_on=None if number > 2 else in_days(number + 1))
    seen, address = [], f"/sections/{section.code}/tasks"
    while address:
        page = pages(carmen).get(address)
        seen += [words for words in page.links if words.startswith("Task ")]
        address = next((href for words, href in page.links.items() if words.startswith("Next page")), "")
    assert sorted(seen) == [f"Task {number}" for number in range(5)]


def test_a_task_is_about_a_claim_a_remedy_or_a_person(pages, runtime, ana, case):
    claim = make_claim(runtime.units, ana, case, label="The house")
    remedy = make_remedy(runtime.units, ana, claim, authority="Court of Puerto Claro")
    kept, merged = (make_person(runtime.units, ana, case, name="Rosa Navarro") for _ in range(2))
    for about in (f"claim:{claim.id}", f"remedy:{remedy.id}", f"person:{merged.person_id}"):
        page = pages(ana).submit(f"{tasks(case)}/new", title="Ask", about=about)
    for words in ("About Claim 1: The house", "Court of Puerto Claro", "About V2"):
        assert words in page.words
    merge(runtime.units, ana, kept, merged)
    page = pages(ana).get(tasks(case))
    assert "About V2" not in page.words
    assert "About V1" in page.words
    with runtime.units.begin(ana) as uow:
        task_id = uow.session.scalar(text("SELECT id FROM task WHERE person_id IS NOT NULL"))
    address = f"{tasks(case)}/{task_id}"
    assert "Saved" in pages(ana).submit(f"{address}/edit", title="Ask again").words
    assert "Fetched" in pages(ana).submit(f"{address}/done", result="Fetched").words


def test_a_task_is_cancelled_with_a_reason_and_reopened(pages, runtime, ana, case):
    task = make_task(runtime.units, ana, case, "Call V1", due_on=in_days(4))
    address = f"{tasks(case)}/{task.id}"
    refused = pages(ana).submit(f"{address}/cancel", status=422, reason=" ")
    assert "Give the reason in one line." in refused.error_at("reason")
    page = pages(ana).submit(f"{address}/cancel", reason="V1 has called herself")
    assert "cancelled: V1 has called herself" in page.words
    assert "Call V1" not in pages(ana).get("/my-work").links
    page = pages(ana).submit(f"{address}/reopen")
    assert "The task is open again." in page.words
    assert "Call V1" in pages(ana).get("/my-work").links


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ({"title": "  "}, ("title", "Describe what is to be done")),
        ({"about": "claim:00000000-0000-4000-8000-000000000000"}, ("about", "list")),
        ({"given_to": "00000000-0000-4000-8000-000000000000"}, ("given_to", "list")),
        ({"due_on__day": "1", "due_on__month": "1", "due_on__year": "2190"}, ("due_on", "year")),
        ({"due_on__day": "1", "due_on__month": "1", "due_on__year": "2020"}, ("due_on", "has passed")),
        ({"steps": "\n".join(map(str, range(41)))}, ("steps", "forty")),
        ({"steps": "x" * 251}, ("steps", "too long")),
    ],
)
def test_what_cannot_be_is_refused_at_its_box(pages, ana, case, typed, refused):
    box, words = refused
    page = pages(ana).submit(f"{tasks(case)}/new", status=422, **{"title": "Ask", **typed})
    assert words in page.error_at(box)


def test_who_may_only_read_reads_tasks_and_changes_none(pages, runtime, ana, case):
    task = make_task(runtime.units, ana, case, "Call V1", steps=("Ask",))
    other = make_section(runtime.units, "FI")
    reader = make_actor(runtime.units, (other, Role.CASEWORKER), name="Reader")
    share(runtime.units, ana, case, other, GrantLevel.READ)
    page = pages(reader).get(tasks(case), may_name=("ES",))
    assert "Call V1" in page.words
    assert "Add a task" not in page.words
    shown = pages(reader).get(f"{tasks(case)}/{task.id}", may_name=("ES",))
    assert "Save the checklist" not in shown.words
    for rest in ("new", f"{task.id}/edit", f"{task.id}/done", f"{task.id}/cancel", f"{task.id}/reopen"):
        pages(reader).get(f"{tasks(case)}/{rest}", status=403)
    with runtime.units.begin(reader) as uow, pytest.raises(Forbidden):
        editable_case(uow, case.id)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM task WHERE id = :id",
        "UPDATE task SET asked_by_id = asked_by_id WHERE id = :id",
        "UPDATE task SET gap = 'x' WHERE id = :id",
    ],
)
def test_the_database_lets_nobody_remove_a_task_nor_say_that_somebody_else_asked(runtime, ana, case, statement):
    task = make_task(runtime.units, ana, case)
    with runtime.units.begin(ana) as uow:
        attempt = uow.session.begin_nested()
        with pytest.raises(ProgrammingError, match="permission denied"):
            uow.session.execute(text(statement), {"id": task.id})
        attempt.rollback()


def test_more_tasks_take_no_more_statements(pages, runtime, ana, marcos, case):
    claim = make_claim(runtime.units, ana, case)
    browser = pages(ana)

    def taken(address):
        browser.get(address)
        return len(browser.get(address).statements)

    def add(number):
        given = {"claim_id": claim.id, "steps": ("Ask",), "given_to_id": marcos.user_id, "gap": f"abuse:{claim.id}:"}
        make_task(runtime.units, ana, case, f"Task {number}", due_on=in_days(number + 1), **given)
        make_task(runtime.units, ana, case, f"Other {number}")

    add(0)
    addresses = (tasks(case), "/my-work", f"/cases/{case.id}/readiness")
    few = [taken(one) for one in addresses]
    for number in range(1, 10):
        add(number)
    assert [taken(one) for one in addresses] == few
    assert PAGE > 10


def test_a_case_takes_no_more_than_so_many(pages, runtime, monkeypatch, ana, case):
    monkeypatch.setattr("caseflow.features.tasks.service.MOST_TASKS", 1)
    make_task(runtime.units, ana, case)
    page = pages(ana).submit(f"{tasks(case)}/new", status=422, title="One more")
    assert "has reached that number" in page.words
    assert MOST_TASKS > 100


def test_a_case_is_found_by_the_words_of_a_task(pages, runtime, ana, case):
    make_task(runtime.units, ana, case, "Fetch the lorry driver's statement")
    found = pages(ana).get("/cases?text=lorry")
    assert case.reference in found.words
    assert "Task: " in found.words


def test_a_gap_becomes_a_task_by_one_button_and_says_so(pages, runtime, ana, marcos, case):
    make_claim(runtime.units, ana, case)
    readiness = f"/cases/{case.id}/readiness"
    page = pages(ana).get(readiness)
    offers = hrefs(page, "Make this a task")
    assert len(offers) == len(set(offers)) > 3
    href = next(one for one in offers if "exhaustion" in one)
    drawn = pages(ana).get(href).form().values()
    assert drawn["title"][0].startswith("Domestic remedies exhausted")
    assert drawn["about"][0].startswith("claim:")
    pages(ana).submit(href, title="Ask V1 about the appeal", given_to=str(marcos.user_id))
    page = pages(ana).get(readiness)
    assert "Task: Ask V1 about the appeal, Marcos" in page.words
    assert set(hrefs(page, "Make this a task")) == {*offers} - {href}
    listed = pages(ana).get(tasks(case))
    assert "Gap: Domestic remedies exhausted" in listed.words
    assert "Still open" in listed.words
    assert listed.links["Gap: Domestic remedies exhausted"] == readiness


def test_a_gap_that_closes_says_so_on_its_task_and_closes_nothing(pages, runtime, ana, case):
    offers = hrefs(pages(ana).get(f"/cases/{case.id}/readiness"), "Make this a task")
    pages(ana).submit(next(one for one in offers if one.endswith("gap=claim::")))
    listed = pages(ana).get(tasks(case))
    assert "Gap: Add a claim" in listed.words
    address = listed.links["Add a claim"]
    assert "Still open" in listed.words
    make_claim(runtime.units, ana, case)
    page = pages(ana).get(address)
    assert "The gap from which this task was made is closed" in page.words
    assert "The gap is closed" in pages(ana).get(tasks(case)).words
    assert "Mark as done" in page.words


@pytest.mark.parametrize("gap", ["", "x", "abuse", "abuse:x:", "claim:", "exhaustion::V9", "a:b:c:d"])
def test_what_is_no_gap_proposes_nothing(pages, ana, case, gap):
    drawn = pages(ana).get(f"{tasks(case)}/new?gap={quote(gap)}").form().values()
    assert (drawn["gap"], drawn["title"]) == ([""], [""])


def test_only_an_open_gap_is_kept_of_a_form(pages, runtime, ana, case):
    for gap in ("x" * 101, "invented::", "claim::"):
        page = pages(ana).submit(f"{tasks(case)}/new", title=f"Of {gap[:7]}", gap=gap)
    assert page.words.count("Gap: ") == 1
    assert "Gap: Add a claim" in page.words


def test_who_may_only_read_is_offered_no_task(pages, runtime, ana, case):
    other = make_section(runtime.units, "FI")
    reader = make_actor(runtime.units, (other, Role.CASEWORKER), name="Reader")
    share(runtime.units, ana, case, other, GrantLevel.READ)
    assert "Make this a task" not in pages(reader).get(f"/cases/{case.id}/readiness", may_name=("ES",)).words


def test_the_navigation_counts_deadlines_and_tasks_without_a_day(pages, runtime, ana):
    case = make_case(runtime.units, ana)
    make_task(runtime.units, ana, case, due_on=today() + timedelta(days=3))
    make_task(runtime.units, ana, case)
    assert re.search(r"Tasks</?[^>]*>(<[^>]+>|[\s,])*2<", pages(ana).get(tasks(case)).html)

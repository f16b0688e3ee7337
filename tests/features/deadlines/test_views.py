"""The pages: "My work", adding and completing."""

import pytest

from caseflow.clock import today
from caseflow.features.accounts.service import choose_language
from caseflow.features.deadlines.queries import deadlines_of_cases
from caseflow.law.sentences import document, say
from caseflow.models import Role, Stage
from caseflow.outbound.mail import Letterhead
from caseflow.web.dates import show_date
from tests.factories import (
    alter_case,
    clock,
    deadlines_seen,
    in_days,
    make_actor,
    make_case,
    make_deadline,
    make_section,
    move_to,
    reload_case,
    set_clocks,
)

HEAD = Letterhead("caseflow@example.org", "http://localhost")


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


def test_my_work_shows_all_cases_of_the_person_the_one_changed_last_first(runtime, pages, section, ana):
    """A new case has no deadline, and was in no list."""
    cases = [make_case(runtime.units, ana, title=f"Own case {number}") for number in range(11)]
    make_deadline(runtime.units, ana, cases[3], days=90)
    make_case(runtime.units, make_actor(runtime.units, (section, Role.CASEWORKER)), title="Of a colleague")
    alter_case(runtime.units, ana, cases[9], stage=Stage.WITHDRAWN)
    page = pages(ana).get("/my-work")
    shown = page.html.partition('id="my-cases"')[2].partition("</section>")[0]
    assert "Of a colleague" not in shown
    assert "Own case 9" not in shown
    assert shown.index("Own case 3") < shown.index("Own case 10") < shown.index("Own case 8")
    make_case(runtime.units, ana, title="Own case 11")
    more = pages(ana).get("/my-work").links["Show all my cases"]
    assert "Own case 0" in pages(ana).get(more).words


def test_my_work_explains_itself_when_it_is_empty(pages, ana):
    assert "You have nothing due in the next 30 days" in pages(ana).get("/my-work").words


@pytest.mark.usefixtures("frozen_clock")
def test_my_work_takes_the_same_statements_for_any_number_of_deadlines(runtime, pages, ana):
    case = make_case(runtime.units, ana)
    make_deadline(runtime.units, ana, case, due_on=in_days(3))
    few = pages(ana).get("/my-work")
    for number in range(60):
        make_deadline(runtime.units, ana, case, title=f"Task {number}", due_on=in_days(5))
    many = pages(ana).get("/my-work")
    assert many.statements == few.statements
    assert len(many.html.encode()) < 100_000
    more = pages(ana).get(many.links["Show what is due after these"])
    assert more.words.count("Task ") + many.words.count("Task ") >= 60


def test_a_deadline_is_added_seen_and_done_in_place(runtime, pages, ana):
    case = make_case(runtime.units, ana)
    day = in_days(2)
    pages(ana).submit(f"/cases/{case.id}/deadlines/new", title="Ask the court", due_on__day=str(day.day),
                      due_on__month=str(day.month), due_on__year=str(day.year))  # fmt: skip
    work = pages(ana).get("/my-work")
    assert "Ask the court" in work.words
    assert "2 days left" in work.words
    after = pages(ana).send(work, outcome="Asked by letter")
    assert "Marked as done" in after.words
    assert "Ask the court" not in after.words


def test_completing_needs_an_outcome(runtime, pages, ana):
    make_deadline(runtime.units, ana, make_case(runtime.units, ana), due_on=in_days(2))
    page = pages(ana).send(pages(ana).get("/my-work"), outcome=" ", status=422)
    assert page.error_at("outcome") == "Describe in one line how it was done."


def test_a_deadline_completed_by_somebody_else_meanwhile_is_not_completed_twice(runtime, pages, ana):
    make_deadline(runtime.units, ana, make_case(runtime.units, ana), due_on=in_days(2))
    drawn = pages(ana).get("/my-work")
    pages(ana).send(drawn, outcome="once")
    page = pages(ana).send(drawn, outcome="twice", status=409)
    assert "already marked this as done" in page.words


@pytest.mark.parametrize("day", [("31", "2", "2030"), ("1", "1", "2020"), ("1", "1", "2099"), ("", "", "")])
def test_an_impossible_day_has_an_error_and_input_is_kept(runtime, pages, ana, day):
    case = make_case(runtime.units, ana)
    page = pages(ana).submit(f"/cases/{case.id}/deadlines/new", status=422, title="Ask the court", due_on__day=day[0],
                             due_on__month=day[1], due_on__year=day[2])  # fmt: skip
    assert page.error_at("due_on")
    assert "Ask the court" in page.html


def test_another_section_can_neither_add_nor_complete(runtime, pages, ana):
    case = make_case(runtime.units, ana)
    deadline = make_deadline(runtime.units, ana, case, due_on=in_days(2))
    stranger = make_actor(runtime.units, (make_section(runtime.units, "EC"), Role.CASEWORKER))
    for path in (f"/cases/{case.id}/deadlines/new", f"/deadlines/{deadline.id}/done"):
        assert pages(stranger).client.get(path).status_code == 404
    assert deadline.title not in pages(stranger).get("/my-work").words


def test_a_coordinator_sees_what_is_overdue_and_cases_without_an_owner(runtime, pages, section, ana):
    boss = make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))
    owned = make_case(runtime.units, ana, title="Owned case")
    make_deadline(runtime.units, ana, owned, title="Slipped", due_on=in_days(0))
    with runtime.units.begin(boss) as uow:
        (row,) = deadlines_of_cases(uow, [owned.id])
        row.due_on = in_days(-2)
    words = pages(boss).get("/my-work").words
    assert "Slipped" in words
    assert "Overdue in your section" in words
    assert "Cases without an owner" in words
    assert "Cases without an owner" not in pages(ana).get("/my-work").words


def test_completing_on_the_case_page_returns_to_it(runtime, pages, ana):
    case = make_case(runtime.units, ana)
    make_deadline(runtime.units, ana, case, title="Ask the court", days=4)
    page = pages(ana).get(f"/cases/{case.id}/tasks")
    link = next(href for words, href in page.links.items() if words.startswith("Done"))
    after = pages(ana).submit(link, outcome="By letter")
    assert after.path == f"/cases/{case.id}/tasks"
    assert "By letter" in after.words


def test_a_coordinator_is_led_from_the_one_year_clock_to_the_filing(runtime, pages, section):
    boss = make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))
    case = make_case(runtime.units, make_actor(runtime.units, (section, Role.CASEWORKER)))
    set_clocks(runtime.units, boss, case, clock(in_days(9)))
    (deadline,) = deadlines_seen(runtime.units, boss)
    links = pages(boss).get(f"/deadlines/{deadline.id}/done").links
    assert links["The communication was sent: record the filing"] == f"/cases/{case.id}/filing"


def test_completing_the_one_year_clock_needs_a_confirmation(runtime, pages, ana):
    case = make_case(runtime.units, ana)
    set_clocks(runtime.units, ana, case, clock(in_days(9)))
    work = pages(ana).get("/my-work")
    link = next(href for words, href in work.links.items() if words.startswith("Done"))
    drawn = pages(ana).get(link)
    assert "Filing ends this deadline" in drawn.words
    assert "Why does it no longer apply?" in drawn.words
    assert f"/cases/{case.id}/filing" in drawn.links.values()  # a coordinator confirms it
    assert f"/cases/{case.id}/move" in drawn.links.values()
    page = pages(ana).send(drawn, outcome="Posted", status=422)
    assert "the deadline still applies" in page.error_at("is_sure")
    assert page.form().values()["outcome"] == ["Posted"]
    assert "Marked as done" in pages(ana).send(page, is_sure="y").words
    history = pages(ana).get(f"/cases/{case.id}/history")
    assert f"Done: {show_date(today())}, " in history.words, "a moment, not its stored text"


def test_a_caseworker_takes_a_case_without_an_owner(runtime, pages, section, ana):
    boss = make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))
    case = make_case(runtime.units, boss, title="Nobody's case")
    assert "Cases without an owner" not in pages(ana).get("/my-work").words
    alter_case(runtime.units, boss, case, owner_id=None)
    assert "Take this case" not in pages(boss).get("/my-work").words
    work = pages(ana).get("/my-work")
    assert "Nobody's case" in work.words
    assert pages(ana).send(work).path == f"/cases/{case.id}"
    assert reload_case(runtime.units, ana, case).owner_id == ana.user_id


def test_moves_by_others_are_shown_with_both_stages(runtime, pages, section, ana):
    boss = make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))
    case = make_case(runtime.units, ana)
    move_to(runtime.units, boss, case, Stage.VERIFICATION)
    assert "Changed the stage: Intake → to Verification" in pages(ana).get("/my-work").words


def test_moments_are_in_the_section_s_time_zone(runtime, pages):
    tokyo = make_section(runtime.units, "JP", time_zone="Asia/Tokyo")
    ana, boss = (make_actor(runtime.units, (tokyo, role)) for role in (Role.CASEWORKER, Role.SECTION_COORDINATOR))
    case = make_case(runtime.units, ana)
    move_to(runtime.units, boss, case, Stage.VERIFICATION)
    for path in ("/my-work", f"/cases/{case.id}", f"/cases/{case.id}/history"):
        words = pages(ana).get(path).words
        assert " in Tokyo" in words, path


def test_the_reason_of_a_computed_day_is_in_the_language_of_the_reader(runtime, pages, ana):
    because = document(say("Safe until {day}.", day=in_days(9)))
    new, old = make_case(runtime.units, ana), make_case(runtime.units, ana)
    set_clocks(runtime.units, ana, new, clock(in_days(9), because=because))
    set_clocks(runtime.units, ana, old, clock(in_days(8), because="Stored before November 2026."))
    with runtime.units.begin(ana) as uow:
        choose_language(uow, "es")
    page = pages.another(ana).get("/my-work")
    assert "Seguro hasta el " in page.words
    assert '<span lang="en">Stored before November 2026.</span>' in page.html

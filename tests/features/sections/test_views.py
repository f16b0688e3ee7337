"""The home of the coordinators of a section, the lists behind its numbers, and its part of "My work"."""

import re
from datetime import timedelta
from html import unescape

import pytest

from caseflow.clock import now, today
from caseflow.features.deadlines.queries import deadlines_of_cases
from caseflow.features.reminders.preferences.commands import NewAbsence
from caseflow.features.reminders.preferences.service import add_absence
from caseflow.models import Assessment, DeadlineKind, Outlook, Role, Stage, Urgency
from tests.factories import (
    alter_case,
    answers_seen,
    clock,
    in_days,
    make_actor,
    make_case,
    make_claim,
    make_deadline,
    make_section,
    seal,
    set_clocks,
)


def panel_of(page, block):
    """Return the words of one block, which ends where the next one begins."""
    return page.html.partition(f'id="{block}"')[2].partition("</section>")[0]


def numbers_of(page, person):
    """Return the numbers of a person in the table of the team, each with the address of its list."""
    found = re.findall(r'href="([^"]+)">(\d+)<', panel_of(page, "team"))
    return [(unescape(href), number) for href, number in found if str(person.user_id) in href]


def answer(runtime, by, case, outlook):
    """Replace the answer of the engine for a case: consent is missing, and nobody knows of other procedures."""
    before = next(one for one in answers_seen(runtime.units, by, case) if one.is_current)
    kept = ("case_id", "cause", "assessed_on", "confirmed_on", "ruleset", "data", "digest", "findings")
    new = Assessment(**{name: getattr(before, name) for name in kept}, outlook=outlook)
    new.blocking, new.not_confirmed = ["consent"], ["same-matter"]
    with runtime.units.begin(by) as uow:
        uow.session.get_one(Assessment, before.id).is_current = False
        uow.session.flush()
        uow.session.add(new)


def move_day(runtime, by, case, days):
    """Let the deadlines of a case be due in so many days, as if time had passed."""
    with runtime.units.begin(by) as uow:
        for row in deadlines_of_cases(uow, [case.id]):
            row.due_on = in_days(days)


def test_it_is_the_first_page_of_a_coordinator_and_of_nobody_else(pages, section, boss, ana):
    page = pages(boss).client.get("/", follow_redirects=True)
    assert page.request.path == "/section"
    assert pages(ana).client.get("/", follow_redirects=True).request.path == "/my-work"
    assert pages(ana).client.get("/section").status_code == 403


def test_an_empty_section_says_so_in_one_line_for_each_block(pages, boss):
    page = pages(boss).get("/section")
    for sentence in (
        "No emergencies.",
        "Nothing that cannot be undone is due in the next 14 days.",
        "Nothing is overdue.",
        "No case can be filed now.",
    ):
        assert sentence in page.words
    assert "cf-empty" not in page.html


def test_the_most_urgent_of_the_section_is_on_the_first_page(runtime, pages, boss, ana):
    near, far = (make_case(runtime.units, ana, title=title) for title in ("Near the end", "Far from it"))
    set_clocks(runtime.units, ana, near, clock(in_days(3)))
    set_clocks(runtime.units, ana, far, clock(in_days(40)))
    make_deadline(runtime.units, ana, far, title="Call the school", days=3)
    page = pages(boss).get("/section")
    irreversible = panel_of(page, "cannot-be-undone")
    assert "Near the end" in irreversible
    assert "3 days left" in irreversible
    assert "Ana Worker" in irreversible
    assert "Far from it" not in irreversible
    assert "Call the school" not in irreversible
    assert "1 deadline that can be made good later" in page.words
    assert "Call the school" in pages(boss).get("/section/other-deadlines").words


def test_my_work_of_a_coordinator_shows_what_lapses_in_the_section(runtime, pages, boss, ana):
    """It was hidden until the day after."""
    case = make_case(runtime.units, ana, title="Near the end")
    set_clocks(runtime.units, ana, case, clock(in_days(14)))
    assert "Near the end" in panel_of(pages(boss).get("/my-work"), "in-section")
    assert "In your section" not in pages(ana).get("/my-work").words


def test_what_is_overdue_is_listed_and_can_be_done_from_here(runtime, pages, boss, ana):
    case = make_case(runtime.units, ana)
    make_deadline(runtime.units, ana, case, title="Slipped", days=2)
    move_day(runtime, boss, case, -2)
    page = pages(boss).get("/section")
    assert "2 days overdue" in panel_of(page, "overdue")
    link = next(href for words, href in page.links.items() if words.startswith("Done"))
    after = pages(boss).submit(link, outcome="By telephone")
    assert after.path == "/section"
    assert "Nothing is overdue." in after.words


def test_an_emergency_without_a_time_asks_for_it(runtime, pages, boss, ana):
    case = make_case(runtime.units, ana, title="Eviction threatened", urgency=Urgency.EMERGENCY)
    page = pages(boss).get("/section")
    assert "Time not recorded" in panel_of(page, "emergencies")
    assert f"/cases/{case.id}/deadlines/new?kind=threatened_act" in panel_of(page, "emergencies")
    hour = {"kind": DeadlineKind.THREATENED_ACT, "hour": (now() + timedelta(hours=5)).time(), "zone": "UTC"}
    make_deadline(runtime.units, ana, case, title="Eviction", due_on=(now() + timedelta(hours=5)).date(), **hour)
    after = panel_of(pages(boss).get("/section"), "emergencies")
    assert "Time not recorded" not in after
    assert "left" in after


def test_what_can_be_filed_names_what_each_case_lacks(runtime, pages, boss, ana):
    cases = {title: make_case(runtime.units, ana, title=title) for title in ("Open", "Barred", "Too early", "No clock")}
    for title, case in cases.items():
        if title != "No clock":
            set_clocks(runtime.units, ana, case, clock(in_days(50)))
        outlook = {"Barred": Outlook.BARRED, "Too early": Outlook.PREMATURE}.get(title, Outlook.INCOMPLETE)
        answer(runtime, ana, case, outlook)
    found = panel_of(pages(boss).get("/section"), "can-be-filed")
    assert "Open" in found
    assert "Consent of the victims" in found
    assert "Same matter not examined by another international body" in found
    for title in ("Barred", "Too early", "No clock"):
        assert title not in found


def test_every_number_of_the_team_is_the_length_of_its_list(runtime, pages, section, boss, ana):
    away = make_actor(runtime.units, (section, Role.CASEWORKER), name="Zoe Away")
    with runtime.units.begin(away) as uow:
        add_absence(uow, NewAbsence(user_id=away.user_id, substitute_id=ana.user_id, starts_on=today(), ends_on=in_days(9)))  # fmt: skip
    first, second = make_case(runtime.units, ana, title="One"), make_case(runtime.units, ana, title="Two")
    make_deadline(runtime.units, ana, first, title="Late", days=2)
    move_day(runtime, boss, first, -1)
    make_deadline(runtime.units, ana, second, title="Soon", days=6)
    alter_case(runtime.units, ana, make_case(runtime.units, ana, title="Ended"), stage=Stage.WITHDRAWN)
    page = pages(boss).get("/section")
    lists = numbers_of(page, ana)
    assert [number for _, number in lists] == ["2", "1", "1"]
    shown = [pages(boss).get(href).words for href, _ in lists]
    assert all(title in shown[0] for title in ("One", "Two"))
    assert "Ended" not in panel_of(page, "team")
    assert ["Late" in words for words in shown[1:]] == [True, False]
    assert ["Soon" in words for words in shown[1:]] == [False, True]
    assert "Zoe Away" in page.words


@pytest.mark.commits
def test_cases_without_activity_claim_or_deadline_are_counted_and_listed(runtime, database, pages, boss, ana):
    case = make_case(runtime.units, ana, title="Forgotten", opened_on=in_days(-40))
    busy = make_case(runtime.units, ana, title="Busy", opened_on=in_days(-40))
    make_claim(runtime.units, ana, busy)
    make_deadline(runtime.units, ana, busy)
    with database.as_superuser() as engine, engine.begin() as superuser:
        superuser.exec_driver_sql(f"UPDATE audit_entry SET at = at - interval '31 days' WHERE case_id = '{case.id}'")
    page = pages(boss).get("/section")
    assert "1 case without a claim 14 days after opening" in page.words
    assert "1 case before filing in which nothing is due" in page.words
    for block in ("without-activity", "without-claim", "without-next-step"):
        words = pages(boss).get(f"/section/{block}").words
        assert "Forgotten" in words, block
        assert "Busy" not in words, block


def test_a_sealed_case_is_in_no_list_and_no_number(runtime, pages, boss, ana):
    case = make_case(runtime.units, ana, title="Sealed one", urgency=Urgency.EMERGENCY, opened_on=in_days(-40))
    set_clocks(runtime.units, ana, case, clock(in_days(3)))
    seal(runtime.units, ana, case)
    page = pages(boss).get("/section")
    assert "Sealed one" not in page.words
    assert "No emergencies." in page.words
    assert "0 cases without a claim" in page.words
    assert not numbers_of(page, ana)


@pytest.mark.usefixtures("frozen_clock")
def test_the_statements_do_not_grow_with_the_section_and_five_rows_lead_to_all(runtime, pages, boss, ana):
    case = make_case(runtime.units, ana)
    make_deadline(runtime.units, ana, case, title="Task 0", days=2)
    few = pages(boss).get("/section")
    for number in range(1, 60):
        make_deadline(runtime.units, ana, case, title=f"Task {number}", days=3)
    move_day(runtime, boss, case, -1)
    many = pages(boss).get("/section")
    assert len(many.statements) == len(few.statements) <= 18
    assert panel_of(many, "overdue").count("Task ") == 10, "five rows, each with its name and the name of its links"
    all_of_them = pages(boss).get(next(href for words, href in many.links.items() if words.startswith("and 55 more")))
    rest = pages(boss).get(next(href for words, href in all_of_them.links.items() if words.startswith("Next page")))
    found = {f"Task {number}" for number in range(60)}
    assert all(title in all_of_them.html + rest.html for title in found)


def test_a_coordinator_of_two_sections_chooses_one_and_no_other(runtime, pages, section):
    other, foreign = make_section(runtime.units, "EC"), make_section(runtime.units, "FI")
    both = make_actor(runtime.units, (section, Role.SECTION_COORDINATOR), (other, Role.SECTION_COORDINATOR))
    worker = make_actor(runtime.units, (other, Role.CASEWORKER))
    set_clocks(runtime.units, worker, make_case(runtime.units, worker, title="Of the other one"), clock(in_days(3)))
    assert "Of the other one" not in pages(both).get("/section?section=ES").words
    assert "Of the other one" in pages(both).get("/section?section=EC").words
    assert "Of the other one" in pages(both).get("/my-work").words
    for address in (
        f"/section?section={foreign.code}",
        "/section/overdue?section=FI",
        f"/section/overdue?section=ES&person={worker.user_id}",
    ):
        assert pages(both).client.get(address).status_code == 404

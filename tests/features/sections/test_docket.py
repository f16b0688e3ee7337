"""Where the cases of a section stand: every number is that of the list behind it."""

import re
from datetime import timedelta

import pytest
import time_machine

from caseflow.clock import now
from caseflow.models import Awaited, LetterDirection, Role, Stage
from tests.factories import (
    clock,
    days_ago,
    file_case,
    in_days,
    make_actor,
    make_case,
    make_claim,
    make_letter,
    make_remedy,
    make_section,
    move_to,
    set_clocks,
)
from tests.factories.cases import add_victim_who_consents

TO_APPROVED = (Stage.VERIFICATION, Stage.DOMESTIC_REMEDIES, Stage.READINESS_REVIEW, Stage.APPROVED)


@pytest.fixture
def filed(runtime, ana, boss):
    case = make_case(runtime.units, ana, title="Filed in summer")
    add_victim_who_consents(runtime.units, ana, case)
    claim = make_claim(runtime.units, ana, case)
    make_remedy(runtime.units, ana, claim, stage="CASSATION", decided=days_ago(300), notified=days_ago(300), outcome="dismissed")  # fmt: skip
    case = move_to(runtime.units, boss, case, *TO_APPROVED)
    file_case(runtime.units, ana, case, filed_on=in_days(-200))
    return case


def rows_of(page):
    return len(re.findall(r'<th scope="row"', page.html))


def numbers_of(pages, person, address="/section/docket"):
    """Return each number of the page by the words beside it, and check that its list has as many rows."""
    browser, found = pages(person), {}
    for words, href in browser.get(address).links.items():
        number = re.match(r"(\d+) ", words)
        if number and "/docket/" in href:
            assert rows_of(browser.get(href)) == int(number[1]), words
            found[words] = href
    return set(found)


def test_clocks_are_counted_by_week(runtime, pages, boss, ana):
    for days in (0, 6, 7, 20, 60):
        case = make_case(runtime.units, ana)
        set_clocks(runtime.units, ana, case, clock(in_days(days)))
    numbers = sorted(words.partition(" ")[0] for words in numbers_of(pages, boss) if "in the week from" in words)
    assert numbers == ["1", "1", "2"]


def test_letters_are_counted_by_who_must_answer_and_until_when(runtime, pages, boss, ana, filed):
    ours, theirs = {"awaited": Awaited.AUTHOR}, {"awaited": Awaited.STATE}
    past = {"dated_on": in_days(-90)}
    for days in (-3, 0, 14, 15):
        make_letter(runtime.units, ana, filed, due_on=in_days(days), **ours, **past)
    make_letter(runtime.units, ana, filed, "state_merits", due_on=in_days(-1), **theirs, **past)
    make_letter(runtime.units, ana, filed, "other", **theirs, **past)
    sent = {"direction": LetterDirection.SENT, "awaited": Awaited.COMMITTEE}
    make_letter(runtime.units, ana, filed, "interim_requested", **sent, **past)
    assert {words for words in numbers_of(pages, boss) if "letter" in words} == {
        "1 letter overdue",
        "2 letters due within 14 days",
        "1 letter due later",
        "1 letter without a day",
        "1 letter to the Committee without an answer",
    }
    assert "Filed in summer" in pages(boss).get("/section/docket/letters?who=state&due=overdue").words


def test_interim_measures_count_while_they_are_in_force(runtime, pages, boss, ana, filed):
    def in_force():
        return "1 case with interim measures in force" in numbers_of(pages, boss)

    make_letter(runtime.units, ana, filed, "interim_granted", dated_on=in_days(-90))
    assert in_force()
    make_letter(runtime.units, ana, filed, "interim_lifted", dated_on=in_days(-60))
    assert not in_force()
    make_letter(runtime.units, ana, filed, "interim_granted", dated_on=in_days(-50))
    make_letter(runtime.units, ana, filed, "interim_refused", dated_on=in_days(-40))
    assert in_force()
    make_letter(runtime.units, ana, filed, "views", dated_on=in_days(-10))
    assert not in_force()


def test_a_case_that_has_not_moved_for_sixty_days_is_stuck(runtime, pages, boss, ana):
    with time_machine.travel(now() - timedelta(days=61), tick=False):
        still, moved = make_case(runtime.units, ana, title="Still"), make_case(runtime.units, ana, title="Moved")
    make_case(runtime.units, ana, title="New")
    assert {words for words in numbers_of(pages, boss) if "Intake" in words} == {"2 of 3: Intake"}
    move_to(runtime.units, ana, moved, Stage.VERIFICATION)
    words = pages(boss).get("/section/docket/stuck?stage=intake").words
    assert "Still" in words
    assert "Moved" not in words
    assert still.title in words


def test_who_coordinates_the_coalition_sees_what_is_shared(runtime, pages, boss, ana, filed):
    secretariat = make_section(runtime.units, "COAL")
    chief = make_actor(runtime.units, (secretariat, Role.COALITION_COORDINATOR))
    make_letter(runtime.units, ana, filed, dated_on=in_days(-9), due_on=in_days(3), awaited=Awaited.AUTHOR)
    assert not any("letter" in words for words in numbers_of(pages, chief, "/coalition/docket"))
    assert "1 letter due within 14 days" in numbers_of(pages, boss)
    pages(ana).get("/section/docket", status=403)
    pages(boss).get("/coalition/docket", status=403)


def test_addresses_that_name_nothing_are_not_found(pages, boss):
    for odd in (
        "clocks?week=9",
        "clocks?week=x",
        "stuck?stage=filed",
        "letters?who=x",
        "letters?due=x",
        "stuck?section=XX",
    ):
        pages(boss).get(f"/section/docket/{odd}", status=404)
    for listing in ("clocks?page=x", "nearly-ready", "stuck", "letters", "interim-measures?page=2026-01-01_x"):
        pages(boss).get(f"/section/docket/{listing}")

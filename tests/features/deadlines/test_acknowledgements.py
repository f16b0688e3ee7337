"""Seen, and later: who may say it, what it changes, what it never changes."""

from threading import Thread

import pytest

from caseflow.errors import Conflict, Forbidden, Invalid
from caseflow.features.deadlines.acknowledgements.queries import acknowledgements_of
from caseflow.features.deadlines.acknowledgements.service import acknowledge, snooze, wake
from caseflow.features.deadlines.commands import Snooze
from caseflow.features.deadlines.service import complete
from caseflow.models import Absence, DeadlineKind, ReminderCause, Role
from tests.factories import (
    clock,
    deadlines_seen,
    in_days,
    make_actor,
    make_deadline,
    make_section,
    reminders_seen,
    set_clocks,
)


@pytest.fixture
def boss(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))


@pytest.fixture
def colleague(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER))


@pytest.fixture
def year(runtime, owner, boss, case):
    """The one-year clock of the case, in a hundred days."""
    set_clocks(runtime.units, owner, case, clock(in_days(100)))
    (deadline,) = deadlines_seen(runtime.units, owner)
    return deadline


def say_seen(runtime, who, deadline, version=None):
    with runtime.units.begin(who) as uow:
        acknowledge(uow, deadline.id, version or deadline.version)


def say_later(runtime, who, deadline, until, reason="The file comes next month"):
    with runtime.units.begin(who) as uow:
        snooze(uow, deadline.id, Snooze(version=deadline.version, until=until, reason=reason))


def waiting(runtime, who, recipient):
    rows = [row for row in reminders_seen(runtime.units, who) if row.status.value == "waiting"]
    return {row.threshold: row.cause for row in rows if row.recipient_id == recipient.user_id}


def test_what_was_seen_is_not_escalated_until_the_date_moves(runtime, owner, boss, case, year):
    assert waiting(runtime, boss, boss) == {10: ReminderCause.NOT_ACKNOWLEDGED, -1: ReminderCause.OVERDUE}
    say_seen(runtime, owner, year)
    assert waiting(runtime, boss, boss) == {-1: ReminderCause.OVERDUE}
    set_clocks(runtime.units, owner, case, clock(in_days(90)))
    assert 10 in waiting(runtime, boss, boss), "nobody has seen the new day"


def test_a_coordinator_and_who_stands_in_may_say_it_and_an_unconcerned_colleague_may_not(
    runtime, owner, boss, colleague, year
):
    with pytest.raises(Forbidden):
        say_seen(runtime, colleague, year)
    with runtime.units.begin(owner) as uow:
        uow.session.add(
            Absence(user_id=owner.user_id, substitute_id=colleague.user_id, starts_on=in_days(-1), ends_on=in_days(5))
        )
    say_seen(runtime, colleague, year)
    say_seen(runtime, boss, year)
    with runtime.units.begin(owner) as uow:
        assert {row.acknowledged_for for row in acknowledgements_of(uow, [year.id])} == {year.due_on}


def test_only_who_is_responsible_can_be_reminded_later(runtime, owner, boss, year):
    with pytest.raises(Forbidden):
        say_later(runtime, boss, year, in_days(20))
    say_later(runtime, owner, year, in_days(20))
    assert waiting(runtime, owner, owner)[80] is ReminderCause.SNOOZED
    assert 90 not in waiting(runtime, owner, owner)


def test_what_is_always_told_is_told_to_who_sleeps(runtime, owner, year):
    say_later(runtime, owner, year, year.due_on)
    assert set(waiting(runtime, owner, owner)) == {1, 0, -1}


@pytest.mark.parametrize(
    ("until", "reason", "field"), [(0, "x", "until"), (-3, "x", "until"), (101, "x", "until"), (5, " ", "reason")]
)
def test_a_hard_clock_sleeps_neither_beyond_its_last_day_nor_without_a_reason(
    runtime, owner, year, *, until, reason, field
):
    with pytest.raises(Invalid) as refused:
        say_later(runtime, owner, year, in_days(until), reason)
    assert list(refused.value.fields) == [field]


def test_what_can_be_mended_sleeps_a_year_at_most(runtime, owner, case):
    typed = make_deadline(runtime.units, owner, case, days=3)
    say_later(runtime, owner, typed, in_days(365))
    with pytest.raises(Invalid):
        say_later(runtime, owner, typed, in_days(366))


def test_what_was_shown_is_read(runtime, owner, case):
    typed = make_deadline(runtime.units, owner, case, days=3)
    say_seen(runtime, owner, typed)
    read = {row.threshold: row.read_at is not None for row in reminders_seen(runtime.units, owner)}
    assert read == {7: True, 1: False, 0: False, -1: False}


def test_what_was_done_or_moved_meanwhile_is_looked_at_again(runtime, owner, case, year):
    set_clocks(runtime.units, owner, case, clock(in_days(90)))
    with pytest.raises(Conflict):
        say_seen(runtime, owner, year)
    (moved,) = deadlines_seen(runtime.units, owner)
    with runtime.units.begin(owner) as uow:
        complete(uow, moved.id, moved.version, "Filed", is_sure=True)
    with pytest.raises(Conflict):
        say_later(runtime, owner, moved, in_days(3))


def test_another_section_does_not_find_it(runtime, year):
    stranger = make_actor(runtime.units, (make_section(runtime.units, "EC"), Role.SECTION_COORDINATOR))
    with pytest.raises(Exception, match="deadline does not exist"):
        say_seen(runtime, stranger, year)


def test_said_twice_by_one_person_it_is_one_row_with_the_latest(runtime, owner, year):
    say_seen(runtime, owner, year)
    say_later(runtime, owner, year, in_days(20))
    say_later(runtime, owner, year, in_days(10))
    say_seen(runtime, owner, year)
    with runtime.units.begin(owner) as uow:
        (row,) = acknowledgements_of(uow, [year.id])
    assert (row.acknowledged_for, row.snoozed_until) == (year.due_on, in_days(10))


@pytest.mark.commits
def test_several_at_once_come_one_after_the_other(runtime, owner, boss, year):
    ways = [
        lambda: say_seen(runtime, owner, year),
        lambda: say_seen(runtime, boss, year),
        lambda: say_later(runtime, owner, year, in_days(20)),
        lambda: say_later(runtime, owner, year, in_days(30)),
    ]
    threads = [Thread(target=way) for way in ways * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert DeadlineKind.ONE_YEAR is year.kind
    assert 10 not in waiting(runtime, boss, boss)
    told = waiting(runtime, owner, owner)
    assert [threshold for threshold, cause in told.items() if cause is ReminderCause.SNOOZED] in ([80], [70])


def test_the_history_says_it_in_words(runtime, pages, owner, case, year):
    say_seen(runtime, owner, year)
    say_later(runtime, owner, year, in_days(20))
    words = pages(owner).get(f"/cases/{case.id}/history").words
    assert "Acknowledged a deadline" in words
    assert "Postponed the reminders of a deadline" in words
    assert "Reason: The file comes next month" in words


def test_what_was_put_off_is_told_as_usual_again_and_what_was_slept_through_too(runtime, owner, boss, case):
    deadline = make_deadline(runtime.units, owner, case, days=10)
    usual = waiting(runtime, owner, owner)
    say_later(runtime, owner, deadline, in_days(9))
    assert waiting(runtime, owner, owner) != usual
    with runtime.units.begin(owner) as uow:
        wake(uow, deadline.id, deadline.version)
    assert waiting(runtime, owner, owner) == usual
    with runtime.units.begin(boss) as uow, pytest.raises(Forbidden):
        wake(uow, deadline.id, deadline.version)


def test_a_button_takes_it_back(runtime, pages, owner, case):
    deadline = make_deadline(runtime.units, owner, case, days=6)
    say_later(runtime, owner, deadline, in_days(5))
    page = pages(owner).get("/my-work")
    assert "Resume usual reminders" in page.words
    done = pages(owner).submit(f"/deadlines/{deadline.id}/as-usual")
    assert "You will get the usual reminders again" in done.words
    assert "Remind me later" in done.words

"""Acknowledging and snoozing: who may do it, and what it changes."""

from threading import Thread

import pytest

from caseflow.errors import Conflict, Forbidden, Invalid
from caseflow.features.deadlines.acknowledgements.queries import acknowledgements_of
from caseflow.features.deadlines.acknowledgements.service import acknowledge, end_snooze, snooze
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
def one_year(runtime, owner, boss, case):
    """The one-year clock of the case, in a hundred days."""
    set_clocks(runtime.units, owner, case, clock(in_days(100)))
    (deadline,) = deadlines_seen(runtime.units, owner)
    return deadline


def acknowledge_as(runtime, who, deadline, version=None):
    with runtime.units.begin(who) as uow:
        acknowledge(uow, deadline.id, version or deadline.version)


def snooze_as(runtime, who, deadline, until, reason="The file comes next month"):
    with runtime.units.begin(who) as uow:
        snooze(uow, deadline.id, Snooze(version=deadline.version, until=until, reason=reason))


def waiting(runtime, who, recipient):
    rows = [row for row in reminders_seen(runtime.units, who) if row.status.value == "waiting"]
    return {row.threshold: row.cause for row in rows if row.recipient_id == recipient.user_id}


def test_an_acknowledged_deadline_is_not_escalated_until_its_date_moves(runtime, owner, boss, case, one_year):
    assert waiting(runtime, boss, boss) == {10: ReminderCause.NOT_ACKNOWLEDGED, -1: ReminderCause.OVERDUE}
    acknowledge_as(runtime, owner, one_year)
    assert waiting(runtime, boss, boss) == {-1: ReminderCause.OVERDUE}
    set_clocks(runtime.units, owner, case, clock(in_days(90)))
    assert 10 in waiting(runtime, boss, boss), "nobody has acknowledged the new day"


def test_coordinators_and_substitutes_may_acknowledge_and_other_colleagues_may_not(
    runtime, owner, boss, colleague, one_year
):
    with pytest.raises(Forbidden):
        acknowledge_as(runtime, colleague, one_year)
    with runtime.units.begin(owner) as uow:
        uow.session.add(
            Absence(user_id=owner.user_id, substitute_id=colleague.user_id, starts_on=in_days(-1), ends_on=in_days(5))
        )
    acknowledge_as(runtime, colleague, one_year)
    acknowledge_as(runtime, boss, one_year)
    with runtime.units.begin(owner) as uow:
        assert {row.acknowledged_for for row in acknowledgements_of(uow, [one_year.id])} == {one_year.due_on}


def test_only_the_responsible_person_may_snooze(runtime, owner, boss, one_year):
    with pytest.raises(Forbidden):
        snooze_as(runtime, boss, one_year, in_days(20))
    snooze_as(runtime, owner, one_year, in_days(20))
    assert waiting(runtime, owner, owner)[80] is ReminderCause.SNOOZED
    assert 90 not in waiting(runtime, owner, owner)


def test_reminders_that_are_always_sent_can_not_be_snoozed(runtime, owner, one_year):
    snooze_as(runtime, owner, one_year, one_year.due_on)
    assert set(waiting(runtime, owner, owner)) == {1, 0, -1}


@pytest.mark.parametrize(
    ("until", "reason", "field"), [(0, "x", "until"), (-3, "x", "until"), (101, "x", "until"), (5, " ", "reason")]
)
def test_a_hard_clock_is_snoozed_neither_beyond_its_last_day_nor_without_a_reason(
    runtime, owner, one_year, *, until, reason, field
):
    with pytest.raises(Invalid) as refused:
        snooze_as(runtime, owner, one_year, in_days(until), reason)
    assert list(refused.value.fields) == [field]


def test_other_deadlines_are_snoozed_for_a_year_at_most(runtime, owner, case):
    manual = make_deadline(runtime.units, owner, case, days=3)
    snooze_as(runtime, owner, manual, in_days(365))
    with pytest.raises(Invalid):
        snooze_as(runtime, owner, manual, in_days(366))


def test_acknowledging_marks_due_reminders_as_read(runtime, owner, case):
    manual = make_deadline(runtime.units, owner, case, days=3)
    acknowledge_as(runtime, owner, manual)
    read = {row.threshold: row.read_at is not None for row in reminders_seen(runtime.units, owner)}
    assert read == {7: True, 1: False, 0: False, -1: False}


def test_a_deadline_that_was_done_or_moved_meanwhile_is_a_conflict(runtime, owner, case, one_year):
    set_clocks(runtime.units, owner, case, clock(in_days(90)))
    with pytest.raises(Conflict):
        acknowledge_as(runtime, owner, one_year)
    (moved,) = deadlines_seen(runtime.units, owner)
    with runtime.units.begin(owner) as uow:
        complete(uow, moved.id, moved.version, "Filed", is_sure=True)
    with pytest.raises(Conflict):
        snooze_as(runtime, owner, moved, in_days(3))


def test_another_section_does_not_find_it(runtime, one_year):
    stranger = make_actor(runtime.units, (make_section(runtime.units, "EC"), Role.SECTION_COORDINATOR))
    with pytest.raises(Exception, match="deadline does not exist"):
        acknowledge_as(runtime, stranger, one_year)


def test_one_person_has_one_row_with_the_latest_values(runtime, owner, one_year):
    acknowledge_as(runtime, owner, one_year)
    snooze_as(runtime, owner, one_year, in_days(20))
    snooze_as(runtime, owner, one_year, in_days(10))
    acknowledge_as(runtime, owner, one_year)
    with runtime.units.begin(owner) as uow:
        (row,) = acknowledgements_of(uow, [one_year.id])
    assert (row.acknowledged_for, row.snoozed_until) == (one_year.due_on, in_days(10))


@pytest.mark.commits
def test_concurrent_changes_wait_for_each_other(runtime, owner, boss, one_year):
    ways = [
        lambda: acknowledge_as(runtime, owner, one_year),
        lambda: acknowledge_as(runtime, boss, one_year),
        lambda: snooze_as(runtime, owner, one_year, in_days(20)),
        lambda: snooze_as(runtime, owner, one_year, in_days(30)),
    ]
    threads = [Thread(target=way) for way in ways * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert DeadlineKind.ONE_YEAR is one_year.kind
    assert 10 not in waiting(runtime, boss, boss)
    planned = waiting(runtime, owner, owner)
    assert [threshold for threshold, cause in planned.items() if cause is ReminderCause.SNOOZED] in ([80], [70])


def test_the_history_has_acknowledgements_and_snoozes_in_words(runtime, pages, owner, case, one_year):
    acknowledge_as(runtime, owner, one_year)
    snooze_as(runtime, owner, one_year, in_days(20))
    words = pages(owner).get(f"/cases/{case.id}/history").words
    assert "Acknowledged a deadline" in words
    assert "Postponed the reminders of a deadline" in words
    assert "Reason: The file comes next month" in words


def test_ending_a_snooze_restores_the_usual_reminders(runtime, owner, boss, case):
    deadline = make_deadline(runtime.units, owner, case, days=10)
    usual = waiting(runtime, owner, owner)
    snooze_as(runtime, owner, deadline, in_days(9))
    assert waiting(runtime, owner, owner) != usual
    with runtime.units.begin(owner) as uow:
        end_snooze(uow, deadline.id, deadline.version)
    assert waiting(runtime, owner, owner) == usual
    with runtime.units.begin(boss) as uow, pytest.raises(Forbidden):
        end_snooze(uow, deadline.id, deadline.version)


def test_a_button_ends_a_snooze(runtime, pages, owner, case):
    deadline = make_deadline(runtime.units, owner, case, days=6)
    snooze_as(runtime, owner, deadline, in_days(5))
    page = pages(owner).get("/my-work")
    assert "Resume usual reminders" in page.words
    done = pages(owner).submit(f"/deadlines/{deadline.id}/as-usual")
    assert "You will get the usual reminders again" in done.words
    assert "Remind me later" in done.words

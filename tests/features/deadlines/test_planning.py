"""Which reminders a deadline gets, and when: days, zones, moved dates, changed owners."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from caseflow.features.deadlines.planning import AcknowledgementState, PlanContext, PlannedReminder, Recipients, plan
from caseflow.features.deadlines.service import complete
from caseflow.jobs import Job
from caseflow.models import Deadline, DeadlineKind, GrantLevel, Role
from tests.factories import (
    alter_case,
    clock,
    deadlines_seen,
    in_days,
    make_actor,
    make_deadline,
    make_section,
    reminders_seen,
    set_clocks,
    share,
)

OWNER = "owner"
BOSS = "coordinator"
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
MONTHS_AGO = datetime(2025, 1, 1, tzinfo=UTC)


def planned(
    kind: DeadlineKind,
    due_on: date,
    *,
    section_zone: str = "UTC",
    said: AcknowledgementState | None = None,
    section: dict[DeadlineKind, list[int]] | None = None,
    **details: object,
) -> list[PlannedReminder]:
    deadline = Deadline(
        **{"kind": kind, "due_on": due_on, "done_at": None, "dated_at": MONTHS_AGO, "zone": "", **details}
    )
    everything = plan(deadline, PlanContext(Recipients((OWNER,), (BOSS,)), NOON, section_zone, section or {}), said)
    return [one for one in everything if not one.is_superseded]


def thresholds(rows: list[PlannedReminder], who: str = OWNER) -> list[int]:
    return [row.threshold for row in rows if row.recipient_id == who]


def test_every_threshold_ahead_is_planned_for_its_day():
    rows = planned(DeadlineKind.NEXT_DOMESTIC_STEP, date(2026, 7, 1))
    assert thresholds(rows) == [14, 7, 3, 1, 0, -1]
    assert rows[0].due_on == date(2026, 6, 17)
    assert [row.cause.value for row in rows if row.recipient_id == BOSS] == ["not_acknowledged", "overdue"]


def test_only_urgent_reminders_have_a_moment():
    rows = planned(DeadlineKind.ONE_YEAR, date(2027, 5, 1))
    assert [row.threshold for row in rows if row.due_at and row.recipient_id == OWNER] == [3, 1, 0, -1]
    assert {row.due_at for row in planned(DeadlineKind.MANUAL, date(2026, 7, 1))} == {None}


def test_of_thresholds_that_have_passed_only_the_most_urgent_is_planned():
    rows = planned(DeadlineKind.ONE_YEAR, date(2026, 7, 10))  # 39 days left: 270, 180 and 90 have passed
    assert thresholds(rows) == [90, 30, 14, 7, 3, 1, 0, -1]
    assert rows[0].due_on < NOON.date()


def test_a_deadline_long_overdue_has_one_reminder_for_each_recipient():
    rows = planned(DeadlineKind.ONE_YEAR, date(2025, 1, 1), said=AcknowledgementState(is_acknowledged=True))
    assert [(row.threshold, row.recipient_id) for row in rows] == [(-1, OWNER), (-1, BOSS)]


def test_nothing_is_planned_for_a_deadline_that_is_done():
    assert planned(DeadlineKind.MANUAL, date(2026, 7, 1), done_at=NOON) == []


def test_an_acknowledged_deadline_is_not_escalated():
    assert thresholds(planned(DeadlineKind.ONE_YEAR, date(2026, 7, 1)), BOSS) == [10, -1]
    assert thresholds(
        planned(DeadlineKind.ONE_YEAR, date(2026, 7, 1), said=AcknowledgementState(is_acknowledged=True)), BOSS
    ) == [-1]


def test_a_date_set_late_leaves_a_day_to_acknowledge_it():
    rows = planned(DeadlineKind.ONE_YEAR, date(2026, 6, 5), dated_at=NOON)
    assert thresholds(rows, BOSS) == [3, -1]
    assert thresholds(planned(DeadlineKind.ONE_YEAR, NOON.date(), dated_at=NOON), BOSS) == [-1]


def test_a_snooze_gives_a_reminder_at_its_end_and_keeps_those_that_are_always_sent():
    rows = planned(
        DeadlineKind.ONE_YEAR, date(2026, 9, 1), said=AcknowledgementState(snoozed_until={OWNER: date(2026, 8, 12)})
    )
    assert thresholds(rows) == [20, 14, 7, 3, 1, 0, -1]
    assert [row.cause.value for row in rows][:2] == ["snoozed", "responsible"]
    rows = planned(
        DeadlineKind.ONE_YEAR, date(2026, 9, 1), said=AcknowledgementState(snoozed_until={OWNER: date(2026, 9, 10)})
    )
    assert thresholds(rows) == [1, 0, -1, -9]


def test_a_section_may_change_thresholds_except_the_last_ones():
    rows = planned(DeadlineKind.ONE_YEAR, date(2027, 9, 1), section={DeadlineKind.ONE_YEAR: [100]})
    assert thresholds(rows) == [100, 1, 0, -1]


def test_reminders_of_an_hour_are_at_the_same_local_time():
    act = datetime(2026, 10, 26, 8, tzinfo=ZoneInfo("Europe/Madrid"))  # the clocks go back the day before
    rows = planned(DeadlineKind.THREATENED_ACT, act.date(), due_at=act.astimezone(UTC), zone="Europe/Madrid")
    at = {row.threshold: row.due_at for row in rows if row.recipient_id == OWNER}
    assert at[1] == datetime(2026, 10, 25, 7, tzinfo=UTC)
    assert at[2] == datetime(2026, 10, 24, 6, tzinfo=UTC)
    assert at[0] == datetime(2026, 10, 26, 1, tzinfo=UTC)
    assert at[-1] == datetime(2026, 10, 26, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "due_on", "hour"),
    [
        ("Europe/Madrid", date(2026, 10, 24), 5),  # summer time, the day before the clocks go back
        ("Europe/Madrid", date(2026, 10, 25), 6),  # winter time begins at three in the morning of this day
        ("Europe/Helsinki", date(2027, 3, 28), 4),  # summer time begins this day
        ("America/Guayaquil", date(2026, 10, 25), 12),  # no summer time
        ("Pacific/Kiritimati", date(2026, 10, 25), 17),  # fourteen hours ahead: the evening before in UTC
    ],
)
def test_the_morning_is_that_of_the_section(zone: str, due_on: date, hour: int):
    moment = next(
        row.due_at for row in planned(DeadlineKind.NEXT_DOMESTIC_STEP, due_on, section_zone=zone) if row.threshold == 0
    )
    assert moment.hour == hour
    assert moment.date() == (due_on - timedelta(days=1) if zone == "Pacific/Kiritimati" else due_on)


def states(runtime, by) -> list[tuple[int, str, int]]:
    return [(row.threshold, row.status.value, row.deadline_version) for row in reminders_seen(runtime.units, by)]


def test_adding_a_deadline_inserts_its_reminders_and_sends_a_job_if_one_is_due(runtime, sent_jobs, owner, case):
    with time_machine.travel(NOON):
        sent_jobs.clear()
        make_deadline(runtime.units, owner, case, days=5)
        assert sent_jobs == [], "it waits for the digest"
        set_clocks(runtime.units, owner, case, clock(in_days(2)))
    assert [job for job, _ in sent_jobs] == [Job.REMIND]
    assert sorted(row[0] for row in states(runtime, owner)) == [-1, -1, 0, 0, 1, 1, 3, 7]


def test_computing_twice_changes_nothing(runtime, owner, case):
    with time_machine.travel(NOON):
        for _ in range(2):
            set_clocks(runtime.units, owner, case, clock(date(2026, 12, 1)))
    assert {row[2] for row in states(runtime, owner)} == {1}
    assert [deadline.version for deadline in deadlines_seen(runtime.units, owner)] == [1]


def test_a_date_that_moves_and_moves_back_has_each_reminder_once(runtime, owner, case):
    with time_machine.travel(NOON):
        for due_on in (date(2026, 12, 1), date(2027, 1, 1), date(2026, 12, 1)):
            set_clocks(runtime.units, owner, case, clock(due_on))
    active = [row for row in reminders_seen(runtime.units, owner) if row.status.value == "waiting"]
    assert {row.deadline_version for row in active} == {3}
    assert sorted(row.threshold for row in active) == [-1, 0, 1, 3, 7, 14, 30, 90, 180, 270]
    assert len({(row.threshold, row.due_on) for row in active}) == len(active)
    assert {row.reason for row in reminders_seen(runtime.units, owner) if row.status.value == "superseded"} == {
        "the deadline has changed"
    }


def test_another_explanation_of_the_same_date_keeps_the_reminders(runtime, owner, case):
    with time_machine.travel(NOON):
        set_clocks(runtime.units, owner, case, clock(date(2026, 12, 1)))
        before = {row.id for row in reminders_seen(runtime.units, owner)}
        set_clocks(runtime.units, owner, case, clock(date(2026, 12, 1), because="another sentence"))
    assert {row.id for row in reminders_seen(runtime.units, owner)} == before
    assert {row[1:] for row in states(runtime, owner)} == {("waiting", 2)}


def test_a_clock_that_is_no_longer_wanted_is_closed_and_reopened(runtime, owner, case):
    with time_machine.travel(NOON):
        set_clocks(runtime.units, owner, case, clock(date(2026, 12, 1)))
        set_clocks(runtime.units, owner, case)
        (closed,) = deadlines_seen(runtime.units, owner)
        assert closed.outcome == "no longer applies"
        assert {row[1] for row in states(runtime, owner)} == {"superseded"}
        set_clocks(runtime.units, owner, case, clock(date(2026, 12, 1)))
    (again,) = deadlines_seen(runtime.units, owner)
    assert again.done_at is None
    assert sum(status == "waiting" for _, status, _ in states(runtime, owner)) == 10


def test_a_completed_clock_stays_done_until_its_date_moves(runtime, owner, case):
    with time_machine.travel(NOON):
        set_clocks(runtime.units, owner, case, clock(date(2026, 12, 1)))
        (row,) = deadlines_seen(runtime.units, owner)
        with runtime.units.begin(owner) as uow:
            complete(uow, row.id, row.version, "filed", is_sure=True)
        set_clocks(runtime.units, owner, case, clock(date(2026, 12, 1)))
        assert deadlines_seen(runtime.units, owner)[0].outcome == "filed"
        set_clocks(runtime.units, owner, case, clock(date(2026, 12, 2)))
    assert deadlines_seen(runtime.units, owner)[0].done_at is None


def test_computing_never_changes_manual_deadlines(runtime, owner, case):
    manual = make_deadline(runtime.units, owner, case, days=40)
    set_clocks(runtime.units, owner, case)
    (row,) = deadlines_seen(runtime.units, owner)
    assert (row.id, row.done_at, row.version) == (manual.id, None, 1)


@pytest.fixture
def boss(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))


def test_without_an_owner_the_coordinators_are_reminded_until_there_is_one(runtime, owner, boss, case):
    alter_case(runtime.units, owner, case, owner_id=None)
    with time_machine.travel(NOON):
        set_clocks(runtime.units, owner, case, clock(date(2026, 12, 1)))
        assert {row.recipient_id for row in reminders_seen(runtime.units, owner)} == {boss.user_id}
        alter_case(runtime.units, boss, case, owner_id=owner.user_id)
        set_clocks(runtime.units, boss, case, clock(date(2026, 12, 1)))
    active = [row for row in reminders_seen(runtime.units, owner) if row.status.value == "waiting"]
    assert {row.threshold for row in active if row.recipient_id == boss.user_id} == {10, -1}
    assert sum(row.recipient_id == owner.user_id for row in active) == 10
    assert deadlines_seen(runtime.units, owner)[0].responsible_id == owner.user_id


def test_changes_by_a_person_with_a_grant_remind_the_coordinators_of_the_section(runtime, owner, boss, case):
    other = make_section(runtime.units, "EC")
    guest = make_actor(runtime.units, (other, Role.CASEWORKER))
    alter_case(runtime.units, owner, case, owner_id=None)
    share(runtime.units, owner, case, other, GrantLevel.WRITE)
    set_clocks(runtime.units, guest, case, clock(date(2036, 12, 1)))
    assert {row.recipient_id for row in reminders_seen(runtime.units, guest)} == {boss.user_id}

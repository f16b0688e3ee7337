"""Which reminders a deadline gets, and when: days, zones, moved dates, changed owners."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from caseflow.features.deadlines.reminders import Recipients, plan
from caseflow.features.deadlines.service import complete
from caseflow.jobs import Job
from caseflow.models import CaseGrant, Deadline, DeadlineKind, GrantLevel, Role
from tests.features.deadlines.coalition import Coalition, clock

OWNER = "owner"
BOSS = "coordinator"
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def planned(
    kind: DeadlineKind, due_on: date, at: datetime = NOON, zone: str = "UTC"
) -> list[tuple[int, str, datetime]]:
    deadline = Deadline(kind=kind, due_on=due_on, done_at=None)
    who = Recipients((OWNER,), (OWNER, BOSS))
    return [(row.threshold, row.recipient_id, row.due_at) for row in plan(deadline, who, at, zone)]


def test_every_threshold_ahead_is_planned_for_the_morning_of_its_day():
    rows = planned(DeadlineKind.NEXT_DOMESTIC_STEP, date(2026, 7, 1))
    assert [(threshold, who) for threshold, who, _ in rows] == [
        (14, OWNER), (7, OWNER), (3, OWNER), (1, OWNER), (0, OWNER), (-1, OWNER), (-1, BOSS),
    ]  # fmt: skip
    assert rows[0][2] == datetime(2026, 6, 17, 7, tzinfo=UTC)
    assert rows[-1][2] == datetime(2026, 7, 2, 7, tzinfo=UTC)


def test_of_thresholds_that_have_passed_only_the_most_urgent_is_told():
    rows = planned(DeadlineKind.ONE_YEAR, date(2026, 7, 10))  # 39 days left: 270, 180 and 90 have passed
    assert [threshold for threshold, _, _ in rows] == [90, 30, 14, 7, 3, 1, 0, -1, -1]
    assert rows[0][2] < NOON


def test_what_is_long_overdue_is_told_once_to_both():
    assert [(row[0], row[1]) for row in planned(DeadlineKind.ONE_YEAR, date(2025, 1, 1))] == [(-1, OWNER), (-1, BOSS)]


def test_nothing_is_planned_for_what_is_done():
    deadline = Deadline(kind=DeadlineKind.MANUAL, due_on=date(2026, 7, 1), done_at=NOON)
    assert plan(deadline, Recipients((OWNER,)), NOON, "UTC") == []


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
    moment = next(row[2] for row in planned(DeadlineKind.MANUAL, due_on, zone=zone) if row[0] == 0)
    assert moment.hour == hour
    assert moment.date() == (due_on - timedelta(days=1) if zone == "Pacific/Kiritimati" else due_on)


def states(coalition: Coalition, by) -> list[tuple[int, str, int]]:
    return [(row.threshold, row.status.value, row.deadline_version) for row in coalition.reminders(by)]


def test_adding_a_deadline_writes_its_reminders_and_asks_for_a_sweep_when_one_is_due(coalition: Coalition):
    section = coalition.section()
    owner = coalition.person(section)
    case = coalition.case(section, owner)
    with time_machine.travel(NOON):
        coalition.deadline(case, owner, days=30)
        assert coalition.jobs == []
        coalition.deadline(case, owner, days=5)
    assert coalition.jobs == [Job.REMIND]
    assert [row[0] for row in states(coalition, owner)] == [7, 1, 0, -1, 7, 1, 0, -1]


def test_computing_twice_writes_nothing(coalition: Coalition):
    section = coalition.section()
    owner = coalition.person(section)
    case = coalition.case(section, owner)
    with time_machine.travel(NOON):
        for _ in range(2):
            coalition.compute(case, owner, clock(date(2026, 12, 1)))
    assert {row[2] for row in states(coalition, owner)} == {1}
    assert [deadline.version for deadline in coalition.deadlines(owner)] == [1]


def test_a_date_that_moves_and_comes_back_supersedes_and_tells_no_threshold_twice(coalition: Coalition):
    section = coalition.section()
    owner = coalition.person(section)
    case = coalition.case(section, owner)
    with time_machine.travel(NOON):
        for due_on in (date(2026, 12, 1), date(2027, 1, 1), date(2026, 12, 1)):
            coalition.compute(case, owner, clock(due_on))
    living = [row for row in coalition.reminders(owner) if row.status.value == "waiting"]
    assert {row.deadline_version for row in living} == {3}
    assert sorted(row.threshold for row in living) == [-1, 0, 1, 3, 7, 14, 30, 90, 180, 270]
    assert len({(row.threshold, row.due_at) for row in living}) == len(living)
    assert {row.reason for row in coalition.reminders(owner) if row.status.value == "superseded"} == {
        "the deadline has changed"
    }


def test_another_explanation_of_the_same_date_keeps_the_reminders(coalition: Coalition):
    section = coalition.section()
    owner = coalition.person(section)
    case = coalition.case(section, owner)
    with time_machine.travel(NOON):
        coalition.compute(case, owner, clock(date(2026, 12, 1)))
        before = {row.id for row in coalition.reminders(owner)}
        other = clock(date(2026, 12, 1))
        coalition.compute(
            case, owner, type(other)(other.kind, other.key, other.due_on, basis={"because": "another sentence"})
        )
    assert {row.id for row in coalition.reminders(owner)} == before
    assert {row[1:] for row in states(coalition, owner)} == {("waiting", 2)}


def test_a_clock_that_is_gone_is_closed_and_opens_again(coalition: Coalition):
    section = coalition.section()
    owner = coalition.person(section)
    case = coalition.case(section, owner)
    with time_machine.travel(NOON):
        coalition.compute(case, owner, clock(date(2026, 12, 1)))
        coalition.compute(case, owner)
        (closed,) = coalition.deadlines(owner)
        assert closed.outcome == "no longer applies"
        assert {row[1] for row in states(coalition, owner)} == {"superseded"}
        coalition.compute(case, owner, clock(date(2026, 12, 1)))
    (again,) = coalition.deadlines(owner)
    assert again.done_at is None
    assert sum(status == "waiting" for _, status, _ in states(coalition, owner)) == 10


def test_what_a_person_completed_stays_done_until_its_date_moves(coalition: Coalition):
    section = coalition.section()
    owner = coalition.person(section)
    case = coalition.case(section, owner)
    with time_machine.travel(NOON):
        coalition.compute(case, owner, clock(date(2026, 12, 1)))
        (row,) = coalition.deadlines(owner)
        with coalition.units.begin(owner) as uow:
            complete(uow, row.id, row.version, "filed")
        coalition.compute(case, owner, clock(date(2026, 12, 1)))
        assert coalition.deadlines(owner)[0].outcome == "filed"
        coalition.compute(case, owner, clock(date(2026, 12, 2)))
    assert coalition.deadlines(owner)[0].done_at is None


def test_computing_never_touches_typed_deadlines(coalition: Coalition):
    section = coalition.section()
    owner = coalition.person(section)
    case = coalition.case(section, owner)
    typed = coalition.deadline(case, owner, days=40)
    coalition.compute(case, owner)
    (row,) = coalition.deadlines(owner)
    assert (row.id, row.done_at, row.version) == (typed.id, None, 1)


def test_without_an_owner_the_coordinators_are_reminded_and_the_new_owner_takes_over(coalition: Coalition):
    section = coalition.section()
    owner, boss = coalition.person(section), coalition.person(section, Role.SECTION_COORDINATOR)
    case = coalition.case(section, owner, owned=False)
    with time_machine.travel(NOON):
        coalition.compute(case, owner, clock(date(2026, 12, 1)))
        assert {row.recipient_id for row in coalition.reminders(owner)} == {boss.user_id}
        coalition.change_case(case, boss, owner_id=owner.user_id)
        coalition.compute(case, boss, clock(date(2026, 12, 1)))
    living = [row for row in coalition.reminders(owner) if row.status.value == "waiting"]
    assert {(row.threshold, row.recipient_id) for row in living if row.recipient_id == boss.user_id} == {
        (-1, boss.user_id)
    }
    assert sum(row.recipient_id == owner.user_id for row in living) == 10
    assert coalition.deadlines(owner)[0].responsible_id == owner.user_id


def test_a_person_with_a_grant_from_another_section_still_has_the_coordinators_reminded(coalition: Coalition):

    section, other = coalition.section(), coalition.section()
    owner, boss = coalition.person(section), coalition.person(section, Role.SECTION_COORDINATOR)
    guest = coalition.person(other)
    case = coalition.case(section, owner, owned=False)
    with coalition.units.begin(owner) as uow:
        uow.session.add(CaseGrant(case_id=case, section_id=other.id, level=GrantLevel.WRITE))
    coalition.compute(case, guest, clock(date(2036, 12, 1)))
    assert {row.recipient_id for row in coalition.reminders(guest)} == {boss.user_id}

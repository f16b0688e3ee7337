"""Two sources of computed deadlines on one case: each owns its rows, in every stage and after every change."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import delete

from caseflow.features.cases.queries import one_case
from caseflow.features.cases.service import assign_case
from caseflow.features.deadlines.commands import NO_LONGER_APPLIES, NewDeadline
from caseflow.features.deadlines.reminder_sync.service import WORKER, process_sync_requests
from caseflow.features.deadlines.service import add_deadline, set_computed
from caseflow.features.readiness import service as readiness
from caseflow.features.readiness.full_pass import reassess
from caseflow.models import DeadlineKind, ReminderStatus, ReminderSyncRequest, Role, Stage
from caseflow.sources import ComputedDeadline, DeadlineSource, Sources
from tests.factories import (
    age_answers,
    alter_case,
    days_ago,
    deadlines_seen,
    in_days,
    make_actor,
    make_case,
    make_claim,
    make_deadline,
    make_procedure,
    make_remedy,
    move_to,
    reminders_seen,
)

REQUEST, ONE_YEAR = DeadlineKind.COMMITTEE_REQUEST, DeadlineKind.ONE_YEAR
TO_FILED = (Stage.VERIFICATION, Stage.DOMESTIC_REMEDIES, Stage.READINESS_REVIEW, Stage.APPROVED, Stage.FILED)


@dataclass
class Requests:
    """What the second source wants of each case; a test changes it."""

    due: dict[UUID, date] = field(default_factory=dict)
    kind: DeadlineKind = REQUEST
    asked: list[UUID] = field(default_factory=list)
    """The ids of the cases in all calls of `wanted`."""

    def wanted(self, _uow, cases):
        self.asked += [case.id for case in cases]
        return {
            case.id: [ComputedDeadline(kind=self.kind, key="request:1", due_on=self.due[case.id])]
            for case in cases
            if case.id in self.due
        }


@pytest.fixture
def requests():
    return Requests()


@pytest.fixture
def source(requests):
    return DeadlineSource(name="communications", kinds=frozenset({REQUEST}), wanted=requests.wanted)


@pytest.fixture
def units(runtime, source):
    """The application's units of work, with a second source beside the clocks of the law engine."""
    known = runtime.units.sources
    return replace(runtime.units, sources=Sources(known.facts, (*known.deadlines, source)))


@pytest.fixture
def boss(units, section):
    return make_actor(units, (section, Role.SECTION_COORDINATOR))


@pytest.fixture
def case(units, boss):
    """A case with a final decision, so that its year runs."""
    case = make_case(units, boss)
    make_remedy(units, boss, make_claim(units, boss, case), outcome="dismissed", decided=days_ago(40))
    return case


@pytest.fixture
def full_pass(units, monkeypatch):
    """Run a full pass over reminders, each call as on another day. One has been run, so that its rules are known."""
    monkeypatch.setattr(
        "caseflow.features.deadlines.reminder_sync.service._ended_on_earlier_day", lambda last: last.ended_at
    )
    with units.begin(WORKER) as uow:
        uow.session.execute(delete(ReminderSyncRequest))
    process_sync_requests(units)
    return lambda: process_sync_requests(units)


def touch(units, boss, case):
    """Change a fact of the case that moves no clock."""
    make_procedure(units, boss, case, body="CRC")


def row(units, boss, kind):
    (found,) = [one for one in deadlines_seen(units, boss) if one.kind is kind and one.source]
    return found


def as_dated(one):
    return one.id, one.due_on, one.done_at, one.outcome


def assign(units, boss, case, owner_id):
    with units.begin(boss) as uow:
        found = one_case(uow, case.id)
        assign_case(uow, found, found.version, owner_id)


def next_day(units, boss, case):
    age_answers(units, boss, case)
    assert reassess(units).failed == 0


EVENTS = {
    "another fact": lambda units, boss, case, _owner, _full_pass: touch(units, boss, case),
    "another owner": lambda units, boss, case, owner, _full_pass: assign(units, boss, case, owner.user_id),
    "nobody owns it": lambda units, boss, case, _owner, _full_pass: assign(units, boss, case, None),
    "the full pass": lambda _units, _boss, _case, _owner, full_pass: full_pass(),
    "the assessment": lambda units, boss, case, _owner, _full_pass: next_day(units, boss, case),
}


@pytest.mark.parametrize("event", [*EVENTS, "another stage"])
def test_both_sources_keep_their_rows_before_filing(units, requests, full_pass, *, boss, owner, case, event):
    requests.due[case.id] = in_days(50)
    touch(units, boss, case)
    before = {kind: as_dated(row(units, boss, kind)) for kind in (REQUEST, ONE_YEAR)}
    if event == "another stage":
        move_to(units, boss, case, Stage.VERIFICATION)
    else:
        EVENTS[event](units, boss, case, owner, full_pass)
    assert {kind: as_dated(row(units, boss, kind)) for kind in (REQUEST, ONE_YEAR)} == before
    assert before[REQUEST][1:] == (in_days(50), None, "")
    assert before[ONE_YEAR][2] is None


@pytest.mark.parametrize("event", [*EVENTS, "another stage"])
def test_a_row_added_after_filing_is_kept(units, requests, full_pass, *, boss, owner, case, event):
    move_to(units, boss, case, *TO_FILED)
    requests.due[case.id] = in_days(50)
    touch(units, boss, case)
    before = as_dated(row(units, boss, REQUEST))
    if event == "another stage":
        move_to(units, boss, case, Stage.REGISTERED, Stage.SUSPENDED, Stage.REGISTERED, Stage.PENDING)
    else:
        EVENTS[event](units, boss, case, owner, full_pass)
    assert as_dated(row(units, boss, REQUEST)) == before
    assert before[1:] == (in_days(50), None, "")
    assert row(units, boss, ONE_YEAR).outcome == NO_LONGER_APPLIES


def test_filing_closes_the_clock_and_leaves_the_row_of_the_other_source(units, requests, boss, case):
    requests.due[case.id] = in_days(50)
    touch(units, boss, case)
    move_to(units, boss, case, *TO_FILED)
    assert (row(units, boss, ONE_YEAR).outcome, row(units, boss, REQUEST).done_at) == (NO_LONGER_APPLIES, None)


def test_each_source_moves_its_own_rows_alone(units, requests, source, *, boss, case):
    requests.due[case.id] = in_days(50)
    touch(units, boss, case)
    clock = row(units, boss, ONE_YEAR)
    requests.due[case.id] = in_days(60)
    touch(units, boss, case)
    moved = row(units, boss, REQUEST)
    assert moved.due_on == in_days(60)
    assert (row(units, boss, ONE_YEAR).version, row(units, boss, ONE_YEAR).due_on) == (clock.version, clock.due_on)
    claim = make_claim(units, boss, case)
    make_remedy(units, boss, claim, stage="APPEAL", outcome="pending", next_step="CASSATION", next_step_due=in_days(9))
    with units.begin(boss) as uow:
        set_computed(uow, one_case(uow, case.id), readiness.CLOCKS, [])
    assert row(units, boss, ONE_YEAR).outcome == NO_LONGER_APPLIES
    assert (row(units, boss, REQUEST).version, row(units, boss, REQUEST).done_at) == (moved.version, None)
    with units.begin(boss) as uow:
        set_computed(uow, one_case(uow, case.id), source, [])
    assert row(units, boss, REQUEST).outcome == NO_LONGER_APPLIES


@pytest.mark.parametrize("way", ["a change of facts", "the full pass"])
def test_a_row_is_closed_when_it_is_no_longer_wanted_and_reopened(units, requests, full_pass, *, boss, case, way):
    def ask():
        if way == "the full pass":
            assert full_pass().alarms == 0
        else:
            touch(units, boss, case)

    move_to(units, boss, case, *TO_FILED)
    requests.due[case.id] = in_days(50)
    ask()
    first = row(units, boss, REQUEST)
    assert first.done_at is None
    requests.due.clear()
    ask()
    closed = row(units, boss, REQUEST)
    assert (closed.id, closed.outcome) == (first.id, NO_LONGER_APPLIES)
    waiting = [
        one for one in reminders_seen(units, boss) if one.deadline_id == first.id and one.status.value == "waiting"
    ]
    assert waiting == []
    requests.due[case.id] = in_days(70)
    ask()
    again = row(units, boss, REQUEST)
    assert as_dated(again) == (first.id, in_days(70), None, "")


def test_a_manual_deadline_of_the_same_kind_is_not_changed(units, requests, boss, case):
    manual = make_deadline(units, boss, case, kind=REQUEST, days=20)
    for due in ({case.id: in_days(50)}, {}):
        requests.due = due
        touch(units, boss, case)
    assert row(units, boss, REQUEST).outcome == NO_LONGER_APPLIES
    (after,) = [one for one in deadlines_seen(units, boss) if not one.source]
    assert (as_dated(after), after.version) == (as_dated(manual), manual.version)


def test_a_source_that_wants_a_kind_it_does_not_own_is_refused(units, requests, boss, case):
    requests.due[case.id] = in_days(50)
    requests.kind = DeadlineKind.TASK
    with pytest.raises(ValueError, match="communications does not own deadlines of the kind task"):
        touch(units, boss, case)
    assert {one.kind for one in deadlines_seen(units, boss)} == {ONE_YEAR}


def test_a_change_of_owner_reassigns_without_asking_the_engine(units, requests, monkeypatch, *, boss, owner, case):
    requests.due[case.id] = in_days(50)
    touch(units, boss, case)
    manual = make_deadline(units, boss, case, days=20)
    assessed = []
    assess = readiness.assess_case
    monkeypatch.setattr(readiness, "assess_case", lambda *given: assessed.append(given) or assess(*given))
    requests.asked.clear()
    assign(units, boss, case, owner.user_id)
    assert (assessed, requests.asked) == ([], [])
    rows = deadlines_seen(units, boss)
    assert {one.kind for one in rows} == {ONE_YEAR, REQUEST, manual.kind}
    assert {one.responsible_id for one in rows} == {owner.user_id}
    waiting = [one for one in reminders_seen(units, boss) if one.status is ReminderStatus.WAITING]
    assert {one.deadline_id for one in waiting if one.recipient_id == owner.user_id} == {one.id for one in rows}
    touch(units, boss, case)
    assert (len(assessed), requests.asked) == (1, [case.id])


AFTER_FILING = (Stage.FILED, Stage.REGISTERED, Stage.PENDING, Stage.DECIDED, Stage.FOLLOW_UP)


def test_the_full_pass_asks_for_cases_of_every_stage_after_filing(units, requests, full_pass, *, boss):
    cases = {stage: make_case(units, boss) for stage in (*AFTER_FILING, Stage.SUSPENDED)}
    before, ended, paused = (make_case(units, boss) for _ in range(3))
    for stage, case in cases.items():
        alter_case(units, boss, case, stage=stage, suspended_from=Stage.PENDING if stage is Stage.SUSPENDED else None)
    alter_case(units, boss, ended, stage=Stage.CLOSED)
    alter_case(units, boss, paused, stage=Stage.SUSPENDED, suspended_from=Stage.VERIFICATION)
    every = [*cases.values(), before, ended, paused]
    requests.due = {case.id: in_days(50) for case in every}
    requests.asked.clear()
    done = full_pass()
    assert (done.corrected, done.alarms, done.failed) == (len(cases), 0, 0)
    assert sorted(requests.asked) == sorted(case.id for case in cases.values())
    assert {one.case_id for one in deadlines_seen(units, boss)} == {case.id for case in cases.values()}
    assert full_pass().corrected == 0
    age_answers(units, boss, before, paused)
    assert reassess(units).cases == 2
    assert {one.case_id for one in deadlines_seen(units, boss)} == {case.id for case in every} - {ended.id}


@pytest.mark.commits
def test_a_deadline_that_is_added_while_the_owner_changes_goes_to_the_new_owner(runtime, section, owner):
    boss = make_actor(runtime.units, (section, Role.SECTION_COORDINATOR))
    case = make_case(runtime.units, boss)
    with ThreadPoolExecutor(1) as pool:
        with runtime.units.begin(boss) as uow:
            add_deadline(uow, case.id, NewDeadline(title="Call the lawyer", due_on=in_days(20)))
            uow.flush()
            assigned = pool.submit(assign, runtime.units, boss, case, owner.user_id)  # waits for the case
        assigned.result()
    (added,) = deadlines_seen(runtime.units, boss)
    assert added.responsible_id == owner.user_id

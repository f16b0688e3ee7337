from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from sqlalchemy import select

from caseflow.errors import Invalid
from caseflow.features.cases.moves.service import allowed_moves
from caseflow.features.cases.queries import whole_case
from caseflow.features.cases.service import editable_case
from caseflow.features.deadlines import service as deadlines
from caseflow.features.readiness.deadlines import DROP_EXPIRED_AFTER
from caseflow.features.remedies.commands import RemedyDetails
from caseflow.features.remedies.queries import one_remedy
from caseflow.features.remedies.service import change_remedy
from caseflow.law import UncertainDate
from caseflow.models import Deadline, DeadlineKind, Role, Stage
from tests.factories import days_ago, make_actor, make_case, make_claim, make_remedy, make_section, move_to


def clocks(runtime, actor, case):
    """Return the open computed deadlines of a case as {kind: day}."""
    with runtime.units.begin(actor) as uow:
        rows = uow.session.scalars(select(Deadline).where(Deadline.case_id == case.id, Deadline.done_at.is_(None)))
        return {row.kind: row.due_on for row in rows if row.kind is not DeadlineKind.MANUAL}


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.SECTION_COORDINATOR))


def a_year_later(day: UncertainDate) -> date:
    return day.earliest.replace(year=day.earliest.year + 1)


def test_recording_the_final_decision_starts_the_one_year_clock(runtime, ana):
    case = make_case(runtime.units, ana)
    claim = make_claim(runtime.units, ana, case)
    decided = days_ago(40)
    make_remedy(runtime.units, ana, claim, outcome="dismissed", decided=decided)
    assert clocks(runtime, ana, case) == {DeadlineKind.ONE_YEAR: a_year_later(decided)}


def test_filing_ends_the_clocks(runtime, ana):
    case = make_case(runtime.units, ana)
    make_remedy(runtime.units, ana, make_claim(runtime.units, ana, case), outcome="dismissed", decided=days_ago(40))
    assert clocks(runtime, ana, case)
    way = (Stage.VERIFICATION, Stage.DOMESTIC_REMEDIES, Stage.READINESS_REVIEW, Stage.APPROVED, Stage.FILED)
    move_to(runtime.units, ana, case, *way)
    assert clocks(runtime, ana, case) == {}


def test_a_suspended_case_keeps_the_clocks_of_the_stage_it_left(runtime, ana):
    case = make_case(runtime.units, ana)
    make_remedy(runtime.units, ana, make_claim(runtime.units, ana, case), outcome="dismissed", decided=days_ago(40))
    way = (Stage.VERIFICATION, Stage.DOMESTIC_REMEDIES, Stage.READINESS_REVIEW, Stage.APPROVED, Stage.FILED)
    move_to(runtime.units, ana, case, *way[:2], Stage.SUSPENDED)
    assert clocks(runtime, ana, case)
    move_to(runtime.units, ana, case, Stage.DOMESTIC_REMEDIES, *way[2:], Stage.SUSPENDED)
    assert clocks(runtime, ana, case) == {}


def test_suspending_does_not_bypass_an_approval(runtime, ana):
    case = make_case(runtime.units, ana)
    move_to(runtime.units, ana, case, Stage.SUSPENDED)
    with pytest.raises(Invalid):
        move_to(runtime.units, ana, case, Stage.PENDING)
    with runtime.units.begin(ana) as uow:
        offered = allowed_moves(uow, whole_case(uow, case.id))
    assert [move.to for move in offered] == [Stage.INTAKE]


def test_a_clock_that_expired_long_ago_has_no_deadline(runtime, ana):
    case = make_case(runtime.units, ana)
    long_ago = days_ago(365 + DROP_EXPIRED_AFTER.days + 5)
    make_remedy(runtime.units, ana, make_claim(runtime.units, ana, case), outcome="dismissed", decided=long_ago)
    assert clocks(runtime, ana, case) == {}


@pytest.mark.commits
def test_concurrent_saves_leave_the_clock_of_both_facts(runtime, ana, monkeypatch):
    case = make_case(runtime.units, ana)
    claim = make_claim(runtime.units, ana, case)
    steps = [
        (make_remedy(runtime.units, ana, claim, stage=stage, outcome="pending", decided=None), day)
        for stage, day in (("COURT_1", days_ago(60)), ("APPEAL", days_ago(20)))
    ]
    both_are_in = Barrier(2, timeout=20)
    refresh = deadlines.locked_whole_case

    def together(uow, case_id):
        both_are_in.wait()  # both have written their decision, and neither has committed
        return refresh(uow, case_id)

    def decide(remedy, day):
        details = RemedyDetails(
            version=remedy.version, is_used=True, stage=remedy.stage, decided=day, outcome="dismissed"
        )
        with runtime.units.begin(ana) as uow:
            editable = editable_case(uow, case.id)
            change_remedy(uow, editable, one_remedy(uow, editable, remedy.id), details)

    monkeypatch.setattr(deadlines, "locked_whole_case", together)
    with ThreadPoolExecutor(2) as people:
        for saved in [people.submit(decide, *step) for step in steps]:
            saved.result(timeout=30)
    monkeypatch.undo()
    assert clocks(runtime, ana, case) == {DeadlineKind.ONE_YEAR: a_year_later(days_ago(20))}

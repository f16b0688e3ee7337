"""Proposals of remedy maps: which step, and until when."""

from datetime import date
from uuid import uuid4

import pytest

from caseflow.features.remedies.facts import open_steps
from caseflow.features.remedies.proposals import NoDay, proposals
from caseflow.law import UncertainDate
from caseflow.law.sentences import write
from caseflow.models import (
    Act,
    Case,
    Claim,
    DomesticRemedy,
    LimitFrom,
    LimitUnit,
    RemedyKind,
    RemedyMap,
    RemedyMapStep,
    Stage,
)

ON = date(2026, 3, 1)


def step(stage, kind=RemedyKind.ORDINARY, limit=None, after=LimitFrom.NOTIFICATION, **details):
    count, unit = limit or (None, None)
    return RemedyMapStep(
        stage=stage, kind=kind, limit_count=count, limit_unit=unit,
        limit_from=after if limit else None, **{"name": stage.lower(), "runs_in_closed_periods": False, **details},
    )  # fmt: skip


def a_map(*steps, state="ES", region="", closed=()):
    return RemedyMap(
        state_code=state,
        right="HOUSING",
        holiday_region=region,
        closed_periods=[list(p) for p in closed],
        steps=list(steps),
    )


WORKING = LimitUnit.WORKING_DAYS
LADDER = a_map(
    step("COURT_1", limit=(10, WORKING)),
    step("URGENT"),
    step("APPEAL", limit=(20, WORKING)),
    step("CASSATION", RemedyKind.EXTRAORDINARY, limit=(20, WORKING)),
    step("CONST", limit=(30, WORKING)),
    closed=[("08-01", "08-31")],
)


def remedy(stage="COURT_1", decided="2026-02-02", notified=None, **details):
    dates = {
        "decided": decided and UncertainDate.parse(decided),
        "notified": notified and UncertainDate.parse(notified),
    }
    given = {
        "id": uuid4(),
        "is_used": True,
        "kind": RemedyKind.ORDINARY,
        "authority": "",
        "outcome": "dismissed",
        "explanation": "",
    }
    return DomesticRemedy(stage=stage, **{**given, **dates, **details})


def not_used(stage):
    return remedy(stage, None, is_used=False, outcome=None, reason_not_used="fear")


def propose(*ladder, remedy_map=LADDER, stage=Stage.DOMESTIC_REMEDIES, acts=()):
    claim = Claim(id=uuid4(), rights=["HOUSING"], acts=list(acts))
    for one in ladder:
        one.claim_id = claim.id
    return proposals(Case(stage=stage, state_code="ES"), [claim], ladder, {"HOUSING": remedy_map}, ON, victims={})


def stage_of(found):
    return [one.step.stage for one in found]


@pytest.mark.parametrize(
    ("ladder", "proposed"),
    [
        ([], ["COURT_1"]),
        ([remedy()], ["APPEAL"]),
        ([remedy(), remedy("URGENT")], ["APPEAL"]),
        ([remedy("APPEAL")], ["CONST"]),
        ([remedy(), remedy("APPEAL")], ["CONST"]),
        ([remedy(), remedy("APPEAL"), remedy("CASSATION")], ["CONST"]),
        ([remedy(), not_used("APPEAL")], ["CONST"]),
        ([remedy(), remedy("APPEAL"), not_used("CONST")], []),
        ([remedy(), remedy("APPEAL"), remedy("CONST")], []),
        ([remedy("ADM_REQ")], ["COURT_1"]),
        ([remedy(outcome="pending", decided=None)], []),
        ([remedy(outcome=None, decided=None)], []),
        ([remedy(decided="2026-03-05")], []),
        ([remedy(outcome="granted")], []),
        ([remedy(outcome="partly_granted")], ["APPEAL"]),
    ],
)
def test_the_first_ordinary_step_after_the_last_used_one_is_proposed(ladder, proposed):
    assert stage_of(propose(*ladder)) == proposed


def test_a_stage_that_occurs_twice_in_a_map_is_two_steps():
    twice = a_map(step("ADM_APPEAL", name="first"), step("ADM_APPEAL", name="second"), step("COURT_1"))
    assert [one.step.name for one in propose(remedy("ADM_APPEAL"), remedy_map=twice)] == ["second"]
    assert stage_of(propose(remedy("ADM_APPEAL"), remedy("ADM_APPEAL"), remedy_map=twice)) == ["COURT_1"]


@pytest.mark.parametrize("stage", [Stage.FILED, Stage.PENDING, Stage.CLOSED, Stage.WITHDRAWN])
def test_a_case_after_its_domestic_remedies_gets_no_proposal(stage):
    assert propose(remedy(), stage=stage) == []


def test_a_right_without_a_map_gets_no_proposal():
    claim = Claim(id=uuid4(), rights=["WATER"])
    assert (
        proposals(
            Case(stage=Stage.INTAKE), [claim, Claim(id=uuid4(), rights=[])], [], {"HOUSING": LADDER}, ON, victims={}
        )
        == []
    )


def test_the_day_is_counted_from_the_notification():
    (found,) = propose(remedy(decided="2026-02-02", notified="2026-02-09"))
    assert found.last_day.day == date(2026, 3, 9)
    assert write(found.last_day.because) == "20 working days after notification on 9 February 2026, without weekends."
    assert found.are_holidays_known


def test_without_a_notification_it_is_counted_from_the_decision_and_says_so():
    (found,) = propose(remedy(decided="2026-02-02"))
    assert found.last_day.day == date(2026, 3, 2)
    assert "after the decision on 2 February 2026" in write(found.last_day.because)


def test_holidays_of_the_state_and_of_the_region_are_skipped():
    """In 2026, Good Friday is a holiday of the State and Easter Monday of Catalonia; Maundy Thursday is not one there."""
    appeal = [step("COURT_1"), step("APPEAL", limit=(3, WORKING))]
    (spain,) = propose(remedy(notified="2026-04-01"), remedy_map=a_map(*appeal))
    (catalonia,) = propose(remedy(notified="2026-04-01"), remedy_map=a_map(*appeal, region="CT"))
    assert spain.last_day.holidays == (date(2026, 4, 3),)
    assert catalonia.last_day.holidays == (date(2026, 4, 3), date(2026, 4, 6))
    assert (spain.last_day.day, catalonia.last_day.day) == (date(2026, 4, 7), date(2026, 4, 8))


def test_a_step_may_run_in_the_closed_periods_of_its_map():
    steps = [step("COURT_1"), step("APPEAL", limit=(5, WORKING))]
    running = [step("COURT_1"), step("APPEAL", limit=(5, WORKING), runs_in_closed_periods=True)]
    august = [("08-01", "08-31")]
    past = remedy(decided="2025-07-30")
    (closed,) = propose(past, remedy_map=a_map(*steps, closed=august))
    (open_,) = propose(past, remedy_map=a_map(*running, closed=august))
    assert (open_.last_day.day, closed.last_day.day) == (date(2025, 8, 6), date(2025, 9, 4))


def test_a_state_with_unknown_holidays_is_marked():
    steps = step("COURT_1"), step("APPEAL", limit=(20, WORKING))
    (found,) = propose(remedy(), remedy_map=a_map(*steps, state="ZZ"))
    assert not found.are_holidays_known
    assert found.last_day.day == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("limit", "after", "last", "why"),
    [
        (None, None, remedy(), NoDay.NO_LIMIT),
        ((5, WORKING), LimitFrom.SILENCE, remedy(outcome="no_reply", decided=None), NoDay.SILENCE),
        ((5, WORKING), LimitFrom.NOTIFICATION, remedy(decided=None), NoDay.NO_DATE),
        ((5, WORKING), LimitFrom.NOTIFICATION, remedy(decided="../2025"), NoDay.NO_DATE),
        ((5, WORKING), LimitFrom.DECISION, remedy(decided=None, notified="2026-02-02"), NoDay.NO_DATE),
    ],
)
def test_a_limit_that_cannot_be_counted_has_a_reason(limit, after, last, why):
    (found,) = propose(last, remedy_map=a_map(step("COURT_1"), step("APPEAL", limit=limit, after=after)))
    assert (found.last_day, found.why_no_day) == (None, why)


def test_a_limit_that_is_never_reached_has_a_reason():
    shut = a_map(step("COURT_1"), step("APPEAL", limit=(1000, WORKING)), closed=[("01-10", "12-31")])
    (found,) = propose(remedy(), remedy_map=shut)
    assert (found.last_day, found.why_no_day) == (None, NoDay.TOO_FAR)


def test_the_first_step_is_counted_from_the_act_or_not_at_all():
    (nothing,) = propose()
    assert (nothing.after, nothing.last_day, nothing.why_no_day) == (None, None, NoDay.NO_REMEDY)
    from_act = a_map(step("COURT_1", limit=(2, LimitUnit.MONTHS), after=LimitFrom.ACT))
    acts = [Act(began=UncertainDate.parse(day)) for day in ("2026-02", "2026-01-31")]
    (found,) = propose(remedy_map=from_act, acts=acts)
    assert found.last_day.day == date(2026, 3, 31)
    (unknown,) = propose(remedy_map=from_act, acts=[Act(began=None)])
    assert unknown.why_no_day is NoDay.NO_DATE


@pytest.mark.parametrize(
    ("ladder", "is_open"),
    [
        ([remedy(next_step="APPEAL")], [True]),
        ([remedy(next_step="APPEAL"), remedy("APPEAL")], [False, False]),
        ([remedy(next_step="APPEAL"), not_used("APPEAL")], [False, False]),
        ([remedy(next_step="APPEAL", outcome="pending", decided=None)], [False]),
        ([remedy(next_step="APPEAL"), remedy("CASSATION")], [True, False]),
        ([remedy()], [False]),
    ],
)
def test_open_next_steps_are_those_of_the_engine(ladder, is_open):
    found = open_steps(ladder, ON)
    assert [one.id in found for one in ladder] == is_open

"""The services of remedies: what is refused, the order, the clocks that follow."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest

from caseflow.clock import today
from caseflow.errors import Conflict, Invalid, NotFound
from caseflow.features.cases.queries import history, one_case
from caseflow.features.cases.service import editable_case
from caseflow.features.deadlines.queries import deadlines_of_case
from caseflow.features.remedies.commands import RemedyDetails
from caseflow.features.remedies.queries import one_remedy, remedies_of_case
from caseflow.features.remedies.service import change_remedy, move_remedy, remove_remedy
from caseflow.law.dates import UncertainDate, add_years
from caseflow.models import DeadlineKind, RemedyKind, Role, Stage
from tests.factories import (
    days_ago,
    in_days,
    known,
    make_actor,
    make_case,
    make_claim,
    make_remedy,
    make_section,
    move_to,
)
from tests.factories.cases import add_victim_who_consents


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.SECTION_COORDINATOR))


@pytest.fixture
def case(runtime, ana):
    return make_case(runtime.units, ana)


@pytest.fixture
def claim(runtime, ana, case):
    return make_claim(runtime.units, ana, case)


def details_of(remedy, **changes):
    return replace(RemedyDetails(**{one.name: getattr(remedy, one.name) for one in fields(RemedyDetails)}), **changes)


def change(uow, remedy, details):
    case = editable_case(uow, remedy.case_id)
    return change_remedy(uow, case, one_remedy(uow, case, remedy.id), details)


def stages(runtime, ana, claim):
    with runtime.units.begin(ana) as uow:
        return [remedy.stage for remedy in remedies_of_case(uow, one_case(uow, claim.case_id))]


def open_clocks(runtime, ana, claim):
    with runtime.units.begin(ana) as uow:
        return {row.kind: row.due_on for row in deadlines_of_case(uow, claim.case_id) if row.done_at is None}


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"filed": known(2026, 3), "decided": known(2025)}, "decided"),
        ({"filed": UncertainDate.of(in_days(30))}, "filed"),
        ({"decided": known(2025), "outcome": "pending"}, "outcome"),
        ({"next_step_due": in_days(9)}, "next_step"),
        ({"next_step": "APPEAL", "next_step_due": date(9999, 12, 31)}, "next_step_due"),
        ({"next_step": "APPEAL", "next_step_due": date(1, 1, 1)}, "next_step_due"),
        ({"reason_not_used": "fear"}, "reason_not_used"),
        ({"stage": "NOTHING"}, "stage"),
        ({"outcome": "NOTHING"}, "outcome"),
        ({"is_used": False}, "reason_not_used"),
        ({"is_used": False, "reason_not_used": "fear", "filed": known(2025)}, "is_used"),
        ({"is_used": False, "reason_not_used": "fear", "outcome": "granted"}, "is_used"),
        ({"is_used": False, "reason_not_used": "fear", "next_step": "APPEAL"}, "is_used"),
    ],
)
def test_an_impossible_value_is_refused_at_its_field_and_nothing_is_saved(runtime, ana, claim, details, field):
    with pytest.raises(Invalid) as refused:
        make_remedy(runtime.units, ana, claim, **details)
    assert field in refused.value.fields
    assert stages(runtime, ana, claim) == []


@pytest.mark.parametrize(
    ("filed", "decided"),
    [("2026", "2026-03-05"), ("2026-03", "2026-03-01"), ("2026-03-05~", "2026-03-01"), ("2026/..", "2026")],
)
def test_uncertain_dates_that_are_possible_are_accepted(runtime, ana, claim, filed, decided):
    make_remedy(runtime.units, ana, claim, filed=UncertainDate.parse(filed), decided=UncertainDate.parse(decided))


def test_the_order_is_changed_one_place_at_a_time(runtime, ana, claim):
    made = [make_remedy(runtime.units, ana, claim, stage=stage) for stage in ("COURT_1", "APPEAL", "CASSATION")]
    with runtime.units.begin(ana) as uow:
        case = editable_case(uow, claim.case_id)
        move_remedy(uow, case, one_remedy(uow, case, made[2].id), earlier=True)
    assert stages(runtime, ana, claim) == ["COURT_1", "CASSATION", "APPEAL"]
    with runtime.units.begin(ana) as uow:
        case = editable_case(uow, claim.case_id)
        move_remedy(uow, case, one_remedy(uow, case, made[0].id), earlier=True)
        remove_remedy(uow, case, one_remedy(uow, case, made[2].id))
    assert stages(runtime, ana, claim) == ["COURT_1", "APPEAL"]
    with runtime.units.begin(ana) as uow:
        assert history(uow, claim.case_id, limit=1)[0].changes["stage"] == ["CASSATION", None]


def test_a_stale_step_is_refused(runtime, ana, claim):
    remedy = make_remedy(runtime.units, ana, claim, authority="Court No. 1")
    with runtime.units.begin(ana) as uow:
        change(uow, remedy, details_of(remedy, authority="Court No. 2"))
    with runtime.units.begin(ana) as uow, pytest.raises(Conflict) as clash:
        change(uow, remedy, details_of(remedy, version=1, authority="Court No. 3"))
    assert clash.value.row.authority == "Court No. 2"


def test_a_remedy_of_another_case_is_not_found(runtime, ana, claim):
    other = make_claim(runtime.units, ana, make_case(runtime.units, ana))
    remedy = make_remedy(runtime.units, ana, other)
    with runtime.units.begin(ana) as uow, pytest.raises(NotFound):
        one_remedy(uow, editable_case(uow, claim.case_id), remedy.id)


def test_the_year_starts_with_the_last_decision_and_ends_with_filing(runtime, ana, case, claim):
    remedy = make_remedy(runtime.units, ana, claim, outcome="dismissed", decided=days_ago(100), notified=days_ago(90))
    counted = add_years(today() - timedelta(days=100), 1)
    assert open_clocks(runtime, ana, claim) == {DeadlineKind.ONE_YEAR: counted}
    with runtime.units.begin(ana) as uow:
        change(uow, remedy, details_of(remedy, decided=days_ago(50), notified=days_ago(45)))
    assert open_clocks(runtime, ana, claim) == {DeadlineKind.ONE_YEAR: add_years(today() - timedelta(days=50), 1)}
    add_victim_who_consents(runtime.units, ana, case)
    move_to(
        runtime.units, ana, case, Stage.VERIFICATION, Stage.DOMESTIC_REMEDIES, Stage.READINESS_REVIEW, Stage.APPROVED
    )
    assert open_clocks(runtime, ana, claim)
    move_to(runtime.units, ana, case, Stage.FILED)
    assert open_clocks(runtime, ana, claim) == {}


def test_an_extraordinary_remedy_gives_no_safe_day(runtime, ana, claim):
    make_remedy(runtime.units, ana, claim, outcome="dismissed", decided=days_ago(300))
    make_remedy(
        runtime.units,
        ana,
        claim,
        stage="EXTRA",
        kind=RemedyKind.EXTRAORDINARY,
        outcome="dismissed",
        decided=days_ago(5),
    )
    assert open_clocks(runtime, ana, claim) == {DeadlineKind.ONE_YEAR: add_years(today() - timedelta(days=300), 1)}


def test_the_next_step_is_a_deadline(runtime, ana, claim):
    make_remedy(
        runtime.units,
        ana,
        claim,
        outcome="dismissed",
        decided=days_ago(5),
        next_step="APPEAL",
        next_step_due=in_days(8),
    )
    assert open_clocks(runtime, ana, claim)[DeadlineKind.NEXT_DOMESTIC_STEP] == in_days(8)


def test_a_full_ladder_takes_no_further_step(runtime, ana, claim, monkeypatch):
    monkeypatch.setattr("caseflow.features.remedies.service.MOST_REMEDIES", 2)
    for _ in range(2):
        make_remedy(runtime.units, ana, claim)
    with pytest.raises(Invalid, match="at most 2 remedies"):
        make_remedy(runtime.units, ana, claim)


@pytest.mark.parametrize(
    "details",
    [
        {"decided": known(2026, 3, 5), "notified": known(2026, 3, 4), "outcome": "dismissed"},
        {"decided": known(2026, 3, 5), "outcome": "no_reply"},
    ],
)
def test_a_decision_may_be_served_before_its_date_and_silence_has_a_day(runtime, ana, claim, details):
    make_remedy(runtime.units, ana, claim, **details)
    assert stages(runtime, ana, claim) == ["COURT_1"]

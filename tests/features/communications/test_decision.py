"""The outcome of each claim, and the follow-up of each recommendation."""

import re

import pytest

from caseflow.errors import Invalid
from caseflow.features.cases.service import editable_case
from caseflow.features.claims.queries import one_claim
from caseflow.features.communications.commands import Removal
from caseflow.features.communications.decision.commands import ClaimDecisionDetails, RecommendationDetails
from caseflow.features.communications.decision.queries import claim_decisions_of
from caseflow.features.communications.decision.service import add_claim_decision, add_recommendation
from caseflow.features.communications.queries import one_letter
from caseflow.features.communications.service import remove_letter
from caseflow.models import ClaimResult, RecommendationKind, RecommendationStatus
from tests.factories import in_days, make_claim, make_letter, reload_case

VIOLATION, INADMISSIBLE = ClaimResult.VIOLATION, ClaimResult.INADMISSIBLE
LAW = {"kind": RecommendationKind.GENERAL, "text": "A law on evictions", "progress": RecommendationStatus.OPEN}


def decide(runtime, by, claim, result=VIOLATION, why=""):
    with runtime.units.begin(by) as uow:
        details = ClaimDecisionDetails(claim_id=claim.id, result=result, why_inadmissible=why)
        return add_claim_decision(uow, editable_case(uow, claim.case_id), details)


def recommend(runtime, by, case, **details):
    with runtime.units.begin(by) as uow:
        return add_recommendation(uow, editable_case(uow, case.id), RecommendationDetails(**{**LAW, **details}))


def boxes(name: str, days: int) -> dict[str, str]:
    return {f"{name}__{part}": str(getattr(in_days(days), part)) for part in ("day", "month", "year")}


def test_nothing_is_decided_before_the_docket_has_a_decision(runtime, ana, case, pages):
    (claim,) = reload_case(runtime.units, ana, case).claims
    with pytest.raises(Invalid, match="Enter the decision on the docket first"):
        decide(runtime, ana, claim)
    with pytest.raises(Invalid, match="Enter the Views on the docket first"):
        recommend(runtime, ana, case)
    make_letter(runtime.units, ana, case, "inadmissible")
    with pytest.raises(Invalid, match="Enter the Views on the docket first"):
        recommend(runtime, ana, case)
    with pytest.raises(Invalid) as refused:
        decide(runtime, ana, claim)
    assert "result" in refused.value.fields
    assert decide(runtime, ana, claim, INADMISSIBLE, "exhaustion").why_inadmissible == "exhaustion"
    assert "Recommendations" not in pages(ana).get(f"/cases/{case.id}/committee").words


@pytest.mark.parametrize(("result", "why"), [(VIOLATION, "exhaustion"), (INADMISSIBLE, "no-such-ground")])
def test_a_ground_goes_with_an_inadmissible_claim_only(runtime, ana, case, result, why):
    (claim,) = reload_case(runtime.units, ana, case).claims
    make_letter(runtime.units, ana, case, "views")
    with pytest.raises(Invalid) as refused:
        decide(runtime, ana, claim, result, why)
    assert list(refused.value.fields) == ["why_inadmissible"]


def test_each_claim_has_one_outcome_and_takes_it_along(runtime, ana, case):
    (claim,) = reload_case(runtime.units, ana, case).claims
    second = make_claim(runtime.units, ana, case, rights=("WATER",))
    make_letter(runtime.units, ana, case, "views")
    decide(runtime, ana, claim)
    with pytest.raises(Invalid) as refused:
        decide(runtime, ana, claim, INADMISSIBLE)
    assert "claim_id" in refused.value.fields
    decide(runtime, ana, second, INADMISSIBLE)
    with runtime.units.begin(ana) as uow:
        found = editable_case(uow, case.id)
        uow.session.delete(one_claim(uow, found, second.id))
    with runtime.units.begin(ana) as uow:
        assert [one.claim_id for one in claim_decisions_of(uow, case)] == [claim.id]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": " "}, "text"),
        ({"as_of": in_days(1)}, "as_of"),
        ({"progress": RecommendationStatus.DONE}, "as_of"),
    ],
)
def test_faulty_recommendations_are_refused_at_their_field(runtime, ana, case, wrong, field):
    make_letter(runtime.units, ana, case, "views")
    with pytest.raises(Invalid) as refused:
        recommend(runtime, ana, case, **wrong)
    assert list(refused.value.fields) == [field]


def test_a_decision_with_outcomes_is_corrected_and_not_removed(runtime, ana, case):
    letter = make_letter(runtime.units, ana, case, "views")
    recommend(runtime, ana, case)
    with runtime.units.begin(ana) as uow:
        found = editable_case(uow, case.id)
        row = one_letter(uow, found, letter.id)
        with pytest.raises(Invalid, match="Remove them first"):
            remove_letter(uow, found, row, Removal(version=row.version, reason="Wrong case"))


def test_outcomes_and_recommendations_are_recorded_and_followed_up_on_the_page(runtime, ana, case, pages):
    make_letter(runtime.units, ana, case, "views")
    browser, here = pages(ana), f"/cases/{case.id}/decision"
    (claim,) = reload_case(runtime.units, ana, case).claims
    page = browser.submit(f"{here}/claims/new", claim_id=str(claim.id), result="violation")
    assert "Violation" in page.words
    page = browser.submit(f"{here}/recommendations/new", kind="general", text="A law on evictions")
    assert "Nothing done yet" in page.words
    (number,) = re.findall(rf'href="/cases/{case.id}/recommendations/([0-9a-f-]{{36}})"', page.html)
    address = f"{here}/recommendations/{number}"
    assert address in browser.get(f"/cases/{case.id}/recommendations/{number}").html
    page = browser.submit(address, progress="partly", note="A working group met.", **boxes("as_of", -1))
    assert "Done in part" in page.words
    assert "A working group met." in page.words
    page = browser.submit(f"{address}/remove")
    assert "The recommendation was removed." in page.words
    history = browser.get(f"/cases/{case.id}/history").words
    assert "Added the outcome of a claim" in history
    assert "Removed a recommendation of the Committee" in history

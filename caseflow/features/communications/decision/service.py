"""The verbs of decisions: record the outcome of a claim, and follow up each recommendation."""

from typing import Final

from caseflow.clock import today
from caseflow.days import check_year
from caseflow.errors import Invalid
from caseflow.features.cases.service import EditableCase, add_child, change_child, remove_child
from caseflow.features.claims.queries import one_claim
from caseflow.features.communications.decision.commands import ClaimDecisionDetails, RecommendationDetails
from caseflow.features.communications.decision.queries import claim_decisions_of
from caseflow.features.communications.follow_up.queries import steps_of
from caseflow.features.communications.queries import letters_of_case
from caseflow.features.communications.standing import decision_of
from caseflow.law import load_vocabularies
from caseflow.models import (
    Case,
    ClaimDecision,
    ClaimResult,
    Letter,
    LetterKind,
    Recommendation,
    RecommendationStatus,
)
from caseflow.unit_of_work import UnitOfWork

MOST_RECOMMENDATIONS: Final = 100
"""Of a case."""
_TOO_MANY: Final = Invalid("A case can hold 100 recommendations, and this one has reached that number.")


def decision_letter(uow: UnitOfWork, case: Case) -> Letter | None:
    """Return the decision on the docket of a case; None as long as there is none."""
    return decision_of(letters_of_case(uow, case))


def add_claim_decision(uow: UnitOfWork, case: EditableCase, details: ClaimDecisionDetails) -> ClaimDecision:
    """Record what the decision found on a claim.

    Raises:
        Invalid: the docket has no decision, the claim has an outcome already, or the ground does not fit.
        NotFound: the case has no such claim.
    """
    letter = decision_letter(uow, case)
    if letter is None:
        raise Invalid("Enter the decision on the docket first: Views, or a decision that it is inadmissible.")
    _check_claim(details, letter)
    _require_claim(uow, case, details)
    if any(one.claim_id == details.claim_id and one.letter_id == letter.id for one in claim_decisions_of(uow, case)):
        raise Invalid("The outcome was not saved.", {"claim_id": "The outcome of this claim is recorded already."})
    among = ClaimDecision.case_id == case.id
    return add_child(uow, case, ClaimDecision(letter_id=letter.id), details, "claim_decision.added", among=among)


def change_claim_decision(
    uow: UnitOfWork, case: EditableCase, row: ClaimDecision, details: ClaimDecisionDetails
) -> ClaimDecision:
    """Correct what the decision found on a claim.

    Raises:
        Conflict: somebody saved it meanwhile; carries the saved row.
        Invalid: the claim has an outcome already, or the ground does not fit.
    """
    letter = next(one for one in letters_of_case(uow, case) if one.id == row.letter_id)
    _require_claim(uow, case, details)
    if any(
        one.claim_id == details.claim_id and one.letter_id == letter.id and one is not row
        for one in claim_decisions_of(uow, case)
    ):
        raise Invalid("The outcome was not saved.", {"claim_id": "The outcome of this claim is recorded already."})
    return change_child(
        uow, case, row, details, "claim_decision.changed", check=lambda given: _check_claim(given, letter)
    )


def remove_claim_decision(uow: UnitOfWork, case: EditableCase, row: ClaimDecision) -> ClaimDecision:
    """Remove the outcome of a claim. The history keeps its content."""
    return remove_child(uow, case, row, "claim_decision.removed")


def add_recommendation(uow: UnitOfWork, case: EditableCase, details: RecommendationDetails) -> Recommendation:
    """Record a recommendation of the Views.

    Raises:
        Invalid: the docket has no Views, there is no text, the day is impossible, or there are too many.
    """
    _check_recommendation(case, details)
    letter = decision_letter(uow, case)
    if letter is None or letter.kind is not LetterKind.VIEWS:
        raise Invalid("Enter the Views on the docket first.")
    among, most = Recommendation.case_id == case.id, MOST_RECOMMENDATIONS
    row = Recommendation(letter_id=letter.id)
    return add_child(uow, case, row, details, "recommendation.added", among=among, most=most, too_many=_TOO_MANY)


def change_recommendation(
    uow: UnitOfWork, case: EditableCase, row: Recommendation, details: RecommendationDetails
) -> Recommendation:
    """Change a recommendation, such as when the State has reported.

    Raises:
        Conflict: somebody saved it meanwhile; carries the saved row.
        Invalid: there is no text, or the day is impossible.
    """
    return change_child(
        uow, case, row, details, "recommendation.changed", check=lambda given: _check_recommendation(case, given)
    )


def remove_recommendation(uow: UnitOfWork, case: EditableCase, row: Recommendation) -> Recommendation:
    """Remove a recommendation. The history keeps its content.

    Raises:
        Invalid: its follow-up was recorded.
    """
    if steps_of(uow, row):
        raise Invalid(
            "The follow-up of this recommendation is recorded. Remove its entries first, or correct its text."
        )
    return remove_child(uow, case, row, "recommendation.removed")


def _require_claim(uow: UnitOfWork, case: Case, details: ClaimDecisionDetails) -> None:
    if details.claim_id is None:
        raise Invalid("The outcome was not saved.", {"claim_id": "Choose one from the list."})
    one_claim(uow, case, details.claim_id)


def _check_claim(details: ClaimDecisionDetails, letter: Letter) -> None:
    problems: dict[str, str] = {}
    if details.why_inadmissible and details.result is not ClaimResult.INADMISSIBLE:
        problems["why_inadmissible"] = "Only an inadmissible claim has a ground: leave this empty."
    elif details.why_inadmissible and details.why_inadmissible not in {
        one.code for one in load_vocabularies().objection_grounds
    }:
        problems["why_inadmissible"] = "Choose the ground from the list."
    found_on_merits = details.result in {ClaimResult.VIOLATION, ClaimResult.NO_VIOLATION}
    if found_on_merits and letter.kind is not LetterKind.VIEWS:
        problems["result"] = "Only Views decide on a violation. Choose another outcome, or correct the letter."
    if problems:
        raise Invalid("The outcome was not saved.", problems)


def _check_recommendation(case: Case, details: RecommendationDetails) -> None:
    problems: dict[str, str] = {}
    if not details.text.strip():
        problems["text"] = "Enter what the Committee recommends."
    check_year(problems, "as_of", details.as_of)
    if details.as_of is not None and "as_of" not in problems and details.as_of > today(case.section.time_zone):
        problems["as_of"] = "This day has not come yet. Enter the day on which you looked."
    elif details.as_of is None and details.progress is not RecommendationStatus.OPEN:
        problems["as_of"] = "Enter the day on which this was so."
    if problems:
        raise Invalid("The recommendation was not saved.", problems)

"""Queries on what the Committee decided."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from caseflow.errors import NotFound
from caseflow.models import Case, ClaimDecision, FollowUpStep, Letter, Recommendation
from caseflow.unit_of_work import UnitOfWork, one


def claim_decisions_of(uow: UnitOfWork, case: Case) -> Sequence[ClaimDecision]:
    """Return what decisions found on the claims of a case."""
    found = select(ClaimDecision).where(ClaimDecision.case_id == case.id).order_by(ClaimDecision.position)
    return uow.session.scalars(found).all()


def recommendations_of(uow: UnitOfWork, case: Case) -> Sequence[Recommendation]:
    """Return the recommendations to the State in a case, in the order in which they were entered."""
    found = select(Recommendation).where(Recommendation.case_id == case.id).order_by(Recommendation.position)
    return uow.session.scalars(found).all()


def one_claim_decision(uow: UnitOfWork, case: Case, decision_id: UUID) -> ClaimDecision:
    """Return what a decision found on a claim.

    Raises:
        NotFound: it does not exist or may not be seen.
    """
    found = select(ClaimDecision).where(ClaimDecision.id == decision_id, ClaimDecision.case_id == case.id)
    return one(uow, found, NotFound("This outcome does not exist, or you do not have access to it."))


def one_recommendation(uow: UnitOfWork, case: Case, recommendation_id: UUID) -> Recommendation:
    """Return a recommendation.

    Raises:
        NotFound: it does not exist or may not be seen.
    """
    found = select(Recommendation).where(Recommendation.id == recommendation_id, Recommendation.case_id == case.id)
    return one(uow, found, NotFound("This recommendation does not exist, or you do not have access to it."))


def hangs_on(uow: UnitOfWork, letter: Letter) -> int:
    """Return how many outcomes, recommendations and steps of their follow-up were recorded of a letter."""
    numbers = (
        select(func.count()).where(model.letter_id == letter.id).scalar_subquery()
        for model in (ClaimDecision, Recommendation, FollowUpStep)
    )
    return sum(uow.session.execute(select(*numbers)).one())

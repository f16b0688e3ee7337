"""Queries on the follow-up of recommendations."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from caseflow.audit import Removal, removal_of
from caseflow.errors import NotFound
from caseflow.models import Case, FollowUpStep, Recommendation
from caseflow.unit_of_work import UnitOfWork, one


def steps_of_case(uow: UnitOfWork, case: Case) -> Sequence[FollowUpStep]:
    """Return all steps in the follow-up of a case, in the order of their days: one statement."""
    found = select(FollowUpStep).where(FollowUpStep.case_id == case.id)
    return uow.session.scalars(found.order_by(FollowUpStep.on_day, FollowUpStep.position)).all()


def steps_of(uow: UnitOfWork, recommendation: Recommendation) -> Sequence[FollowUpStep]:
    """Return the steps in the follow-up of one recommendation, in the order of their days."""
    found = select(FollowUpStep).where(FollowUpStep.recommendation_id == recommendation.id)
    return uow.session.scalars(found.order_by(FollowUpStep.on_day, FollowUpStep.position)).all()


def one_step(uow: UnitOfWork, recommendation: Recommendation, step_id: UUID) -> FollowUpStep:
    """Return a step in the follow-up of a recommendation.

    Raises:
        NotFound: it does not exist or may not be seen.
    """
    found = select(FollowUpStep).where(FollowUpStep.id == step_id, FollowUpStep.recommendation_id == recommendation.id)
    return one(uow, found, NotFound("This entry does not exist, or you do not have access to it."))


def removal_of_step(
    uow: UnitOfWork, *, case_id: UUID, recommendation_id: UUID, step_of_follow_up_id: UUID
) -> Removal | None:
    """Return who removed a step in the follow-up, and when; None if nobody did, or its recommendation has gone too."""
    found = select(Recommendation.id).where(Recommendation.id == recommendation_id, Recommendation.case_id == case_id)
    is_there = uow.session.scalar(found) is not None
    return removal_of(uow.session, case_id, step_of_follow_up_id) if is_there else None

"""Queries on the State's objections."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import bindparam, select

from caseflow.errors import NotFound
from caseflow.models import Case, StateObjection
from caseflow.unit_of_work import UnitOfWork, one

_OF_CASES = (
    select(StateObjection)
    .where(StateObjection.case_id.in_(bindparam("case_ids", expanding=True)))
    .order_by(StateObjection.case_id, StateObjection.position, StateObjection.created_at)
)


def objections_of_case(uow: UnitOfWork, case: Case) -> Sequence[StateObjection]:
    """Return the objections of a case in their order."""
    return objections_of_cases(uow, [case.id])


def objections_of_cases(uow: UnitOfWork, case_ids: Collection[UUID]) -> Sequence[StateObjection]:
    """Return the objections of cases, case by case: one statement."""
    return uow.session.scalars(_OF_CASES, {"case_ids": list(case_ids)}).all()


def one_objection(uow: UnitOfWork, case: Case, objection_id: UUID) -> StateObjection:
    """Return an objection of a case.

    Raises:
        NotFound: it does not exist or may not be seen.
    """
    found = select(StateObjection).where(StateObjection.id == objection_id, StateObjection.case_id == case.id)
    return one(uow, found, NotFound("This objection does not exist, or you do not have access to it."))

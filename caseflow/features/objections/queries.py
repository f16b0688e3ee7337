"""Queries on the State's objections."""

from uuid import UUID

from sqlalchemy import select

from caseflow.errors import NotFound
from caseflow.models import Case, StateObjection
from caseflow.unit_of_work import UnitOfWork, one


def one_objection(uow: UnitOfWork, case: Case, objection_id: UUID) -> StateObjection:
    """Return an objection of a case.

    Raises:
        NotFound: it does not exist or may not be seen.
    """
    found = select(StateObjection).where(StateObjection.id == objection_id, StateObjection.case_id == case.id)
    return one(uow, found, NotFound("This objection does not exist, or you do not have access to it."))

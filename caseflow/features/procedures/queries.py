"""Queries on procedures elsewhere."""

from uuid import UUID

from sqlalchemy import select

from caseflow.errors import NotFound
from caseflow.models import Case, OtherProcedure
from caseflow.unit_of_work import UnitOfWork, one


def one_procedure(uow: UnitOfWork, case: Case, procedure_id: UUID) -> OtherProcedure:
    """Return a procedure elsewhere of a case.

    Raises:
        NotFound: it does not exist or may not be seen.
    """
    found = select(OtherProcedure).where(OtherProcedure.id == procedure_id, OtherProcedure.case_id == case.id)
    return one(uow, found, NotFound("This procedure does not exist, or you do not have access to it."))

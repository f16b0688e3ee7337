"""Queries on interventions."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from caseflow.errors import NotFound
from caseflow.models import Case, Intervention
from caseflow.unit_of_work import UnitOfWork, one


def interventions_of(uow: UnitOfWork, case: Case) -> Sequence[Intervention]:
    """Return the interventions of a case, in the order in which they were recorded: one statement."""
    found = select(Intervention).where(Intervention.case_id == case.id)
    return uow.session.scalars(found.order_by(Intervention.position)).all()


def one_intervention(uow: UnitOfWork, case: Case, intervention_id: UUID) -> Intervention:
    """Return an intervention of a case.

    Raises:
        NotFound: it does not exist or may not be seen.
    """
    found = select(Intervention).where(Intervention.id == intervention_id, Intervention.case_id == case.id)
    return one(uow, found, NotFound("This intervention does not exist, or you do not have access to it."))

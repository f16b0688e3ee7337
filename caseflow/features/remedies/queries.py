"""What is read about remedies."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import func, select

from caseflow.errors import NotFound
from caseflow.models import DomesticRemedy
from caseflow.unit_of_work import UnitOfWork


def remedies_of_case(uow: UnitOfWork, case_id: UUID) -> Sequence[DomesticRemedy]:
    """Return all steps of a case, claim by claim, in the order of each ladder."""
    return remedies_of_cases(uow, [case_id])


def remedies_of_cases(uow: UnitOfWork, case_ids: Collection[UUID]) -> Sequence[DomesticRemedy]:
    """Return all steps of cases, claim by claim, in the order of each ladder."""
    steps = select(DomesticRemedy).where(DomesticRemedy.case_id.in_(case_ids))
    return uow.session.scalars(
        steps.order_by(DomesticRemedy.claim_id, DomesticRemedy.position, DomesticRemedy.created_at)
    ).all()


def one_remedy(uow: UnitOfWork, case_id: UUID, remedy_id: UUID) -> DomesticRemedy:
    """Return a step of a case.

    Raises:
        NotFound: it does not exist or may not be seen.
    """
    found = select(DomesticRemedy).where(DomesticRemedy.id == remedy_id, DomesticRemedy.case_id == case_id)
    remedy = uow.session.scalar(found)
    if remedy is None:
        raise NotFound("There is no such remedy, or you may not see it.")
    return remedy


def last_position(uow: UnitOfWork, claim_id: UUID) -> int:
    """Return the place of the last step of a claim's ladder, 0 when there is none."""
    return uow.session.scalar(select(func.max(DomesticRemedy.position)).where(DomesticRemedy.claim_id == claim_id)) or 0


def number_of_steps(uow: UnitOfWork, claim_id: UUID) -> int:
    """Return how many steps a claim's ladder has."""
    return uow.session.scalar(select(func.count()).where(DomesticRemedy.claim_id == claim_id)) or 0


def neighbour(uow: UnitOfWork, remedy: DomesticRemedy, *, earlier: bool) -> DomesticRemedy | None:
    """Return the step just before or after another on the same ladder."""
    steps = select(DomesticRemedy).where(DomesticRemedy.claim_id == remedy.claim_id)
    if earlier:
        steps = steps.where(DomesticRemedy.position < remedy.position).order_by(DomesticRemedy.position.desc())
    else:
        steps = steps.where(DomesticRemedy.position > remedy.position).order_by(DomesticRemedy.position)
    return uow.session.scalar(steps.limit(1))

"""Queries on reprisals. Row security shows them in the section of the case only."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from caseflow.errors import NotFound
from caseflow.models import Case, Person, Reprisal, User
from caseflow.unit_of_work import UnitOfWork, one

_WITH_AUTHOR = joinedload(Reprisal.written_by).undefer(User.shown_name)


def reprisals_of(uow: UnitOfWork, case: Case) -> Sequence[Reprisal]:
    """Return all entries of a case, in the order in which they were written: one statement."""
    found = select(Reprisal).where(Reprisal.case_id == case.id).options(_WITH_AUTHOR)
    return uow.session.scalars(found.order_by(Reprisal.created_at, Reprisal.id)).all()


def persons_merged_into(uow: UnitOfWork, person_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return into whom persons were merged, of those that were."""
    merged = Person.id.in_(person_ids), Person.merged_into_id.is_not(None)
    found = uow.session.execute(select(Person.id, Person.merged_into_id).where(*merged))
    return {one: into for one, into in found if into is not None}


def number_of_entries(uow: UnitOfWork, case: Case) -> int:
    """Return how many entries a case has."""
    return uow.session.scalar(select(func.count()).where(Reprisal.case_id == case.id)) or 0


def one_reprisal(uow: UnitOfWork, case: Case, reprisal_id: UUID) -> Reprisal:
    """Return what happened, as it was entered first.

    Raises:
        NotFound: it does not exist or may not be seen.
    """
    found = select(Reprisal).where(
        Reprisal.id == reprisal_id, Reprisal.case_id == case.id, Reprisal.reprisal_id.is_(None)
    )
    return one(uow, found, NotFound("This entry does not exist, or you do not have access to it."))

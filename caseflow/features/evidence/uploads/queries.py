"""Queries of uploads in progress. Row security shows people their own, and all to the job that removes what is left."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select

from caseflow.errors import NotFound
from caseflow.models import Case, EvidenceUpload
from caseflow.unit_of_work import UnitOfWork, one

_OPEN = EvidenceUpload.ended_at.is_(None)


def open_uploads(uow: UnitOfWork, case: Case) -> Sequence[EvidenceUpload]:
    """Return the uploads of the acting person to a case that have not ended: one statement."""
    found = select(EvidenceUpload).where(EvidenceUpload.case_id == case.id, _OPEN)
    return uow.session.scalars(found.order_by(EvidenceUpload.begun_at, EvidenceUpload.id)).all()


def one_upload(uow: UnitOfWork, case: Case, upload_id: UUID, *, is_locked: bool = False) -> EvidenceUpload:
    """Return an upload of the acting person that has not ended.

    Raises:
        NotFound: there is none.
    """
    found = select(EvidenceUpload).where(EvidenceUpload.id == upload_id, EvidenceUpload.case_id == case.id, _OPEN)
    missing = NotFound("This upload does not exist any more. Choose the file again.")
    return one(uow, found.with_for_update() if is_locked else found, missing)


def arrived_uploads(uow: UnitOfWork, case: Case, ids: Collection[UUID]) -> Sequence[EvidenceUpload]:
    """Return those of some uploads that have arrived as a whole, locked, in the order in which they were begun."""
    whole = (_OPEN, EvidenceUpload.stored_as.is_not(None), EvidenceUpload.case_id == case.id)
    found = select(EvidenceUpload).where(EvidenceUpload.id.in_(ids), *whole)
    return uow.session.scalars(found.order_by(EvidenceUpload.begun_at, EvidenceUpload.id).with_for_update()).all()


def names_of_uploads(uow: UnitOfWork) -> set[UUID]:
    """Return the names in the store of all that has arrived."""
    rows = uow.session.execute(select(EvidenceUpload.parts_as, EvidenceUpload.stored_as))
    return {name for parts, whole in rows for name in (*parts, whole) if name is not None}


def next_to_clear(uow: UnitOfWork, before: datetime) -> EvidenceUpload | None:
    """Return an upload that has ended, was not gone on with since a moment, or has parts that are not needed; locked, passing over others' locks."""
    parts = func.cardinality(EvidenceUpload.parts_as) > 0
    is_due = or_(~_OPEN, EvidenceUpload.touched_at < before, EvidenceUpload.stored_as.is_not(None) & parts)
    return uow.session.scalar(select(EvidenceUpload).where(is_due).limit(1).with_for_update(skip_locked=True))

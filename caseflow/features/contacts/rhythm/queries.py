"""Queries on the rhythm of contacts of a section."""

from uuid import UUID

from caseflow.models import FILED_DAYS, PREPARED_DAYS, ContactRhythm
from caseflow.unit_of_work import UnitOfWork


def rhythm_of(uow: UnitOfWork, section_id: UUID) -> ContactRhythm | None:
    """Return the rhythm that a section has set; None if it has the defaults."""
    return uow.session.get(ContactRhythm, section_id)


def rhythm_or_default(uow: UnitOfWork, section_id: UUID) -> ContactRhythm:
    """Return the rhythm of a section; one that is not stored, with the defaults, if it has set none."""
    default = ContactRhythm(section_id=section_id, prepared_days=PREPARED_DAYS, filed_days=FILED_DAYS, version=0)
    return rhythm_of(uow, section_id) or default

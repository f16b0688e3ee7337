"""Saved lists that the person may read. Row security leaves their own and those of their sections."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from caseflow.errors import NotFound
from caseflow.models import SavedList
from caseflow.unit_of_work import UnitOfWork, one

_BY_NAME = select(SavedList).order_by(SavedList.section_id.is_not(None), func.lower(SavedList.name))


def saved_lists(uow: UnitOfWork) -> Sequence[SavedList]:
    """Return the saved lists: the person's own first, each kind by name."""
    return uow.session.scalars(_BY_NAME).all()


def one_saved_list(uow: UnitOfWork, list_id: UUID) -> SavedList:
    """Return a saved list.

    Raises:
        NotFound: there is none, or the person may not read it.
    """
    missing = NotFound("This saved list does not exist, or you do not have access to it.")
    return one(uow, select(SavedList).where(SavedList.id == list_id), missing)


def number_saved(uow: UnitOfWork) -> int:
    """Return how many lists the person saved."""
    own = select(func.count()).select_from(SavedList).where(SavedList.user_id == uow.person.user_id)
    return uow.session.scalar(own) or 0


def is_taken(uow: UnitOfWork, name: str, section_id: UUID | None, besides: UUID | None = None) -> bool:
    """Return whether another list of the person, or of the section, has this name."""
    whose = SavedList.section_id == section_id if section_id else SavedList.section_id.is_(None)
    found = select(SavedList.id).where(whose, func.lower(SavedList.name) == func.lower(name), SavedList.id != besides)
    return uow.session.scalar(found.limit(1)) is not None

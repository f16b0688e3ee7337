"""Save a list of cases under a name, rename it, and remove it."""

from typing import Final
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from caseflow.access import Permission
from caseflow.access.policy import require_in_section
from caseflow.errors import Invalid, stale
from caseflow.features.cases.saved import queries
from caseflow.features.cases.saved.commands import NewSavedList
from caseflow.models import SavedList
from caseflow.unit_of_work import UnitOfWork

MOST: Final = 20
"""Lists that a person may save."""
LONGEST_NAME: Final = 80
LONGEST_QUERY: Final = 4_000


def save_list(uow: UnitOfWork, new: NewSavedList) -> SavedList:
    """Save a list.

    Raises:
        Forbidden: it is for a section that the person does not coordinate.
        Invalid: there are too many, the name is missing or taken, or the list has no filters.
    """
    if new.section_id:
        require_in_section(uow.actor, Permission.SECTION_SETTINGS, new.section_id)
    if queries.number_saved(uow) >= MOST:
        raise Invalid("The list was not saved.", {"name": "You have saved 20 lists. Remove one first."})
    if not new.query or len(new.query) > LONGEST_QUERY:
        raise Invalid("The list was not saved.", {"name": "Choose a view, a filter or an order in the list first."})
    name = _name(uow, new.name, new.section_id)
    saved = SavedList(user_id=uow.person.user_id, section_id=new.section_id, name=name, query=new.query)
    uow.session.add(saved)
    _flush(uow)
    _record(uow, "saved_list.added", saved, {"name": [None, name]})
    return saved


def list_to_change(uow: UnitOfWork, list_id: UUID) -> SavedList:
    """Return a saved list that the person may rename and remove.

    Raises:
        NotFound, Forbidden: it may not be read, or it is of a section that the person does not coordinate.
    """
    saved = queries.one_saved_list(uow, list_id)
    if saved.section_id:
        require_in_section(uow.actor, Permission.SECTION_SETTINGS, saved.section_id)
    return saved


def may_change(uow: UnitOfWork, saved: SavedList) -> bool:
    """Return whether the person may rename and remove it."""
    return saved.section_id is None or uow.person.may(Permission.SECTION_SETTINGS, saved.section_id)


def rename_list(uow: UnitOfWork, saved: SavedList, name: str, version: int) -> SavedList:
    """Give a list another name.

    Raises:
        Conflict: somebody changed it meanwhile.
        Invalid: the name is missing or taken.
    """
    if saved.version != version:
        raise stale(saved)
    saved.name = _name(uow, name, saved.section_id, besides=saved.id)
    _record(uow, "saved_list.renamed", saved)
    _flush(uow)
    return saved


def remove_list(uow: UnitOfWork, saved: SavedList) -> SavedList:
    """Remove a list. The cases are not changed."""
    _record(uow, "saved_list.removed", saved, {"name": [saved.name, None]})
    uow.session.delete(saved)
    return saved


def _name(uow: UnitOfWork, name: str, section_id: UUID | None, besides: UUID | None = None) -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise Invalid("The list was not saved.", {"name": "Enter a name of at most 80 characters."})
    if queries.is_taken(uow, name, section_id, besides):
        raise _taken()
    return name


def _taken() -> Invalid:
    return Invalid(
        "The list was not saved.", {"name": "There is a saved list with this name already. Choose another name."}
    )


def _flush(uow: UnitOfWork) -> None:
    try:
        uow.flush()
    except IntegrityError as error:  # somebody took the name at the same moment
        raise _taken() from error


def _record(uow: UnitOfWork, action: str, saved: SavedList, changes: dict[str, list[object]] | None = None) -> None:
    """Record an act on a list in its section; of an own list in each section of the person."""
    own = dict.fromkeys(member.section_id for member in uow.person.memberships)
    for section_id in [saved.section_id] if saved.section_id else own:
        uow.audit.record(action, saved, section_id=section_id, changes=changes)

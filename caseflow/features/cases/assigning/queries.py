"""The cases that a person chose in a list. Row security decides which of them are visible."""

from collections.abc import Collection, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import Uuid, any_, bindparam, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import joinedload, undefer

from caseflow.access import Permission
from caseflow.models import Case, User
from caseflow.unit_of_work import UnitOfWork

MOST_CHOSEN: Final = 100
"""Cases that are assigned at once; a page of the list has fewer."""
_CHOSEN = (
    select(Case)
    .where(Case.id == any_(bindparam("ids", type_=ARRAY(Uuid))))
    .options(joinedload(Case.section), joinedload(Case.owner).undefer(User.shown_name), undefer(Case.owner_works_here))
    .order_by(Case.id)
)


def chosen_cases(uow: UnitOfWork, ids: Collection[UUID]) -> Sequence[Case]:
    """Return the visible cases among these, with section and owner, in the order in which they are locked. One statement."""
    return uow.session.scalars(_CHOSEN, {"ids": sorted(ids)[:MOST_CHOSEN]}).all() if ids else []


def may_assign(uow: UnitOfWork, case: Case) -> bool:
    """Return whether the acting person may decide on the owner of a visible case."""
    return uow.person.may(Permission.CASE_ASSIGN, case.section_id)

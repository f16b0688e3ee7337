"""Queries on the owners of cases. Row security decides which people and cases are visible."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, and_, any_, cast, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY

from caseflow.features.cases.commands import WAITING
from caseflow.models import ENDED_STAGES, WORKING_ROLES, Case, Membership, User
from caseflow.unit_of_work import UnitOfWork

_OWN_SECTIONS = cast(select(func.caseflow_case_sections()).scalar_subquery(), ARRAY(Uuid))
NO_WORKING_OWNER: ColumnElement[bool] = or_(Case.owner_id.is_(None), ~Case.owner_works_here)
"""Nobody owns the case, or its owner no longer works in its section. True only for cases of sections whose people are visible."""


def owned_by(owner: str) -> ColumnElement[bool]:
    """Return the condition of `CaseFilters.owner`, when there is one."""
    if owner == "none":
        return Case.owner_id.is_(None)
    if owner == WAITING:
        return and_(Case.section_id == any_(_OWN_SECTIONS), Case.stage.not_in(ENDED_STAGES), NO_WORKING_OWNER)
    return Case.owner_id == UUID(owner)


@dataclass(frozen=True, slots=True)
class Owner:
    """A person whom the acting person sees and who works on cases, or still owns some. The name is told apart from others."""

    user_id: UUID
    name: str
    works_in: frozenset[UUID]
    """The sections, of those that the acting person sees, in which they work on cases now."""


_WORKS_IN = (
    select(Membership.user_id, func.array_agg(Membership.section_id).label("sections"))
    .where(Membership.ended_at.is_(None), Membership.role.in_(WORKING_ROLES))
    .group_by(Membership.user_id)
    .subquery()
)
_OWNS_SOME = select(Case.id).where(Case.section_id == any_(_OWN_SECTIONS), Case.owner_id == User.id).exists()
_WORKED = select(Membership.user_id).where(Membership.ended_at.is_not(None), Membership.role.in_(WORKING_ROLES))
_OWNERS = (
    select(User.id, User.shown_name, _WORKS_IN.c.sections)
    .outerjoin(_WORKS_IN, _WORKS_IN.c.user_id == User.id)
    .where(or_(_WORKS_IN.c.sections.is_not(None), User.id.in_(_WORKED) & _OWNS_SOME))
    .order_by(User.shown_name, User.id)
)


def owners(uow: UnitOfWork) -> list[Owner]:
    """Return the people of the acting person's sections who work on cases, and those who left and still own one, by name."""
    return [Owner(row[0], row[1], frozenset(row[2] or ())) for row in uow.session.execute(_OWNERS)]

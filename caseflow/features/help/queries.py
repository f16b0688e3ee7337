"""The query of "Whom to ask": coordinators and administrators whom the reader sees."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from caseflow.models import Membership, Role, Section, User
from caseflow.unit_of_work import UnitOfWork

ASKED = (Role.SECTION_COORDINATOR, Role.COALITION_COORDINATOR, Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Contact:
    """A person to ask, in one role of one section."""

    name: str
    email: str
    role: Role
    section: str


def contacts(uow: UnitOfWork) -> Sequence[Contact]:
    """Return the people to ask in the reader's own sections. One statement; row security shows no others."""
    found = (
        select(User.name, User.email, Membership.role, Section.name)
        .join(Membership, Membership.user_id == User.id)
        .join(Section, Section.id == Membership.section_id)
        .where(Membership.ended_at.is_(None), User.is_active, Membership.role.in_(ASKED))
        .where(Membership.section_id.in_([member.section_id for member in uow.person.memberships]))
        .order_by(Section.name, Membership.role, User.name, User.id)
    )
    return [Contact(*row) for row in uow.session.execute(found)]

"""Queries on users, memberships, sections and sessions."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session, joinedload

from caseflow.access import MemberOf, PersonActor
from caseflow.models import Membership, Role, Section, User, UserSession
from caseflow.unit_of_work import Identified, UnitOfWork


def token_hash(token: str) -> bytes:
    """Return the hash of a session token, as it is stored."""
    return sha256(token.encode()).digest()


_AUTHENTICATE = text(
    "SELECT user_id, name, language, memberships, noted FROM caseflow_enter(:token, :at, :idle, :longest)"
)


def authenticate_session(
    session: Session, token: str, at: datetime, idle: timedelta, absolute: timedelta
) -> Identified | None:
    """Return the person of a session token, and make them the actor of the transaction. One statement.

    Returns None if the session has ended or expired, or the account is inactive. Updates `seen_at` at most once a minute.
    """
    times = {"at": at, "idle": idle, "longest": absolute}
    found = session.execute(_AUTHENTICATE, {"token": token_hash(token), **times}).one_or_none()
    if found is None:
        return None
    members = (MemberOf(UUID(section), name, Role(role), code) for section, name, role, code in found.memberships)
    return Identified(PersonActor(found.user_id, found.name, found.language, tuple(members)), found.noted)


def actor_of(user: User) -> PersonActor:
    """Return the actor for a user whose memberships are loaded."""
    in_order = sorted(user.memberships, key=lambda membership: (membership.started_at, membership.id))
    members = tuple(
        MemberOf(m.section_id, m.section.name, m.role, m.section.code) for m in in_order if m.ended_at is None
    )
    return PersonActor(user.id, user.name, user.language, members)


def person_actor(uow: UnitOfWork, user_id: UUID) -> PersonActor | None:
    """Return a person as an actor, for jobs that act on their behalf; None if there is no such active account."""
    found = (
        select(User)
        .where(User.id == user_id, User.is_active)
        .options(joinedload(User.memberships).joinedload(Membership.section))
    )
    user = uow.session.scalars(found).unique().one_or_none()
    return actor_of(user) if user else None


def user_by_email(uow: UnitOfWork, email: str) -> User | None:
    """Return the active user with an email address, ignoring case."""
    return uow.session.scalar(select(User).where(func.lower(User.email) == email.strip().lower(), User.is_active))


def section_by_code(uow: UnitOfWork, code: str) -> Section | None:
    """Return a section by its code."""
    return uow.session.scalar(select(Section).where(Section.code == code))


def section_codes(uow: UnitOfWork) -> Sequence[str]:
    """Return the codes of all sections."""
    return uow.session.scalars(select(Section.code).order_by(Section.code)).all()


def section_names(uow: UnitOfWork) -> Sequence[str]:
    """Return the names of all sections."""
    return uow.session.scalars(select(Section.name)).all()


def has_sections(uow: UnitOfWork) -> bool:
    """Return whether there is any section, that is, whether the coalition is set up."""
    return uow.session.scalar(select(Section.id).limit(1)) is not None


def own_sessions(uow: UnitOfWork, at: datetime, idle: timedelta) -> Sequence[UserSession]:
    """Return the open sessions of the acting person, most recently used first."""
    mine = (
        select(UserSession)
        .where(
            UserSession.user_id == uow.person.user_id, UserSession.ended_at.is_(None), UserSession.seen_at > at - idle
        )
        .order_by(UserSession.seen_at.desc())
    )
    return uow.session.scalars(mine).all()


def people_of_section(uow: UnitOfWork, section_id: UUID) -> list[tuple[UUID, str]]:
    """Return id and name of everybody who may own a case of a section."""
    workers = (
        select(User.id, User.name)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.section_id == section_id, Membership.ended_at.is_(None), User.is_active)
        .where(Membership.role.in_(["caseworker", "section_coordinator", "coalition_coordinator"]))
        .distinct()
        .order_by(User.name)
    )
    return [(row.id, row.name) for row in uow.session.execute(workers)]


def colleagues_on_cases(uow: UnitOfWork) -> list[tuple[UUID, str]]:
    """Return id and name of everybody whom the acting person may see and who may own cases."""
    workers = (
        select(User.id, User.name)
        .where(
            User.id.in_(
                select(Membership.user_id).where(
                    Membership.ended_at.is_(None),
                    Membership.role.in_(["caseworker", "section_coordinator", "coalition_coordinator"]),
                )
            )
        )
        .order_by(User.name)
    )
    return [(row.id, row.name) for row in uow.session.execute(workers)]


def sections_of_actor(uow: UnitOfWork) -> dict[str, str]:
    """Return the names of the acting person's sections by code, sorted by name. No statement: they are loaded with the session."""
    members = sorted(uow.person.memberships, key=lambda member: member.section_name)
    return {member.section_code: member.section_name for member in members}


def active_memberships(uow: UnitOfWork, user_id: UUID) -> Sequence[Membership]:
    """Return the memberships of a user that have not ended."""
    held = select(Membership).where(Membership.user_id == user_id, Membership.ended_at.is_(None))
    return uow.session.scalars(held.order_by(Membership.started_at)).all()


def active_membership(uow: UnitOfWork, email: str, section_code: str, role: Role) -> Membership | None:
    """Return the membership of a user in a section with a role, if they have it."""
    held = (
        select(Membership)
        .join(Membership.user)
        .join(Membership.section)
        .where(func.lower(User.email) == email.strip().lower(), Section.code == section_code)
        .where(Membership.role == role, Membership.ended_at.is_(None))
    )
    return uow.session.scalar(held)


def names_of(uow: UnitOfWork, user_ids: Iterable[UUID]) -> dict[str, str]:
    """Return the names of users by id as text, without those whom the acting person may not see."""
    found = uow.session.execute(select(User.id, User.name).where(User.id.in_(list(user_ids))))
    return {str(row.id): row.name for row in found}

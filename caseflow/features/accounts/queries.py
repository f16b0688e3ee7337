"""What is read about people and their sessions."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session, joinedload

from caseflow.access import MemberOf, PersonActor
from caseflow.models import Membership, Role, Section, User, UserSession
from caseflow.unit_of_work import UnitOfWork


def token_hash(token: str) -> bytes:
    """Return what is stored of a session's token."""
    return sha256(token.encode()).digest()


_ENTER = text("SELECT user_id, name, language, memberships FROM caseflow_enter(:token, :at, :idle, :longest)")


def enter(session: Session, token: str, at: datetime, idle: timedelta, absolute: timedelta) -> PersonActor | None:
    """Return whose session a token is, and make that person the actor of the transaction: one statement.

    None where the session has ended or is too old, or the account is not active. Notes once a minute that it is in use.
    """
    times = {"at": at, "idle": idle, "longest": absolute}
    found = session.execute(_ENTER, {"token": token_hash(token), **times}).one_or_none()
    if found is None:
        return None
    members = (MemberOf(UUID(section), name, Role(role), code) for section, name, role, code in found.memberships)
    return PersonActor(found.user_id, found.name, found.language, tuple(members))


def actor_of(user: User) -> PersonActor:
    """Return the actor for a user whose memberships are loaded."""
    in_order = sorted(user.memberships, key=lambda membership: (membership.started_at, membership.id))
    members = tuple(
        MemberOf(m.section_id, m.section.name, m.role, m.section.code) for m in in_order if m.ended_at is None
    )
    return PersonActor(user.id, user.name, user.language, members)


def person_actor(uow: UnitOfWork, user_id: UUID) -> PersonActor | None:
    """Return a person as an actor: for jobs that act as somebody. None when the account is gone or inactive."""
    found = (
        select(User)
        .where(User.id == user_id, User.is_active)
        .options(joinedload(User.memberships).joinedload(Membership.section))
    )
    user = uow.session.scalars(found).unique().one_or_none()
    return actor_of(user) if user else None


def user_by_email(uow: UnitOfWork, email: str) -> User | None:
    """Return the active user of a mail address, however it is capitalised."""
    return uow.session.scalar(select(User).where(func.lower(User.email) == email.strip().lower(), User.is_active))


def section_by_code(uow: UnitOfWork, code: str) -> Section | None:
    """Return a section by its code."""
    return uow.session.scalar(select(Section).where(Section.code == code))


def section_codes(uow: UnitOfWork) -> Sequence[str]:
    """Return the codes of all sections."""
    return uow.session.scalars(select(Section.code).order_by(Section.code)).all()


def has_sections(uow: UnitOfWork) -> bool:
    """Tell whether anybody has set up a section: whether the coalition has begun."""
    return uow.session.scalar(select(Section.id).limit(1)) is not None


def own_sessions(uow: UnitOfWork, at: datetime, idle: timedelta) -> Sequence[UserSession]:
    """Return the open sessions of the acting person, the latest first."""
    mine = (
        select(UserSession)
        .where(
            UserSession.user_id == uow.person.user_id, UserSession.ended_at.is_(None), UserSession.seen_at > at - idle
        )
        .order_by(UserSession.seen_at.desc())
    )
    return uow.session.scalars(mine).all()


def people_of_section(uow: UnitOfWork, section_id: UUID) -> list[tuple[UUID, str]]:
    """Return id and name of those who may be given a case of a section."""
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
    """Return id and name of all whom the acting person may see as owners of cases."""
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
    """Return name by code of the sections the acting person belongs to, by name. They came with the session."""
    members = sorted(uow.person.memberships, key=lambda member: member.section_name)
    return {member.section_code: member.section_name for member in members}


def active_memberships(uow: UnitOfWork, user_id: UUID) -> Sequence[Membership]:
    """Return the roles that somebody holds."""
    held = select(Membership).where(Membership.user_id == user_id, Membership.ended_at.is_(None))
    return uow.session.scalars(held.order_by(Membership.started_at)).all()


def active_membership(uow: UnitOfWork, email: str, section_code: str, role: Role) -> Membership | None:
    """Return one role of somebody in a section, if it is held."""
    held = (
        select(Membership)
        .join(Membership.user)
        .join(Membership.section)
        .where(func.lower(User.email) == email.strip().lower(), Section.code == section_code)
        .where(Membership.role == role, Membership.ended_at.is_(None))
    )
    return uow.session.scalar(held)


def names_of(uow: UnitOfWork, user_ids: Iterable[UUID]) -> dict[str, str]:
    """Return the names of people by their id as text; of those whom the acting person may see."""
    found = uow.session.execute(select(User.id, User.name).where(User.id.in_(list(user_ids))))
    return {str(row.id): row.name for row in found}

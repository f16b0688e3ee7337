"""Queries on users, memberships, sections and sessions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import ColumnElement, String, Uuid, cast, column, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session, joinedload

from caseflow.access import MemberOf, PersonActor
from caseflow.clock import now
from caseflow.email_addresses import address_key
from caseflow.models import (
    WORKING_ROLES,
    Absence,
    CalendarFeed,
    MailBounce,
    Membership,
    Role,
    Section,
    User,
    UserSession,
)
from caseflow.unit_of_work import Identified, UnitOfWork

DIFFERENCE_OF_CLOCKS = timedelta(minutes=1)
"""A session of later than this is of a clock that was ahead; it is ended when it is used (`db/sql/enter.sql`)."""


def token_hash(token: str) -> bytes:
    """Return the hash of a session token, as it is stored."""
    return sha256(token.encode()).digest()


def is_own_session(uow: UnitOfWork, token: str) -> bool:
    """Return whether a session, also one that has ended, is or was that of the acting person."""
    own = select(UserSession.id).where(UserSession.token_hash == token_hash(token))
    return uow.session.scalar(own.where(UserSession.user_id == uow.person.user_id)) is not None


_AUTHENTICATE = text(
    "SELECT user_id, name, language, time_zone, memberships, noted FROM caseflow_enter(:token, :at, :idle, :longest)"
)


def authenticate_session(
    session: Session, token: str, at: datetime, idle: timedelta, absolute: timedelta
) -> Identified | None:
    """Return the person of a session token, and make them the actor of the transaction. One statement.

    Returns None if the session has ended or expired, or the account is inactive. Updates `seen_at` at most once a minute.
    """
    times = {"at": at, "idle": idle, "longest": absolute}
    found = session.execute(_AUTHENTICATE, {"token": token.encode(), **times}).one_or_none()
    if found is None:
        return None
    members = (MemberOf(UUID(section), name, Role(role), code) for section, name, role, code in found.memberships)
    actor = PersonActor(found.user_id, found.name, found.language, tuple(members), found.time_zone)
    return Identified(actor, found.noted)


_TO_SIGN_IN = text("SELECT user_id, email, device_generation, salt FROM caseflow_account_to_sign_in(:addresses)")
_SIGN_IN = text("SELECT caseflow_sign_in(:addresses, :hashed, :token, :browser, :at)")
_CHANGE_PASSWORD = text("SELECT caseflow_change_password(:hashed, :changed)")


@dataclass(frozen=True, slots=True)
class AccountToSignIn:
    """What of an active account is needed to check a password: with which salt and cost to hash what was typed, and no hash."""

    id: UUID
    email: str
    device_generation: int
    salt: str


def account_to_sign_in(uow: UnitOfWork, email: str) -> AccountToSignIn | None:
    """Return the active account with an address; None if there is none. Only this function reads accounts before signing in."""
    found = uow.session.execute(_TO_SIGN_IN, {"addresses": _forms(email)}).one_or_none()
    return None if found is None else AccountToSignIn(*found)


def begin_session(uow: UnitOfWork, email: str, hashed: str, token: str, browser: str) -> UUID | None:
    """Begin a session if the hash is that of the account's password; return whose it is, None if it is not."""
    values = {"addresses": _forms(email), "hashed": hashed, "token": token_hash(token), "browser": browser, "at": now()}
    found: UUID | None = uow.session.scalar(_SIGN_IN, values)
    return found


def replace_own_password(uow: UnitOfWork, hashed: str, changed: str) -> bool:
    """Replace the acting person's password by a new hash if the first is that of the present one; return whether it is."""
    return bool(uow.session.scalar(_CHANGE_PASSWORD, {"hashed": hashed, "changed": changed}))


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
    return uow.session.scalar(select(User).where(_has_address(email), User.is_active))


def account_by_email(uow: UnitOfWork, email: str) -> User | None:
    """Return the user with an email address, ignoring case, also one whose account is closed."""
    return uow.session.scalar(select(User).where(_has_address(email)))


def _forms(typed: str) -> list[str]:
    """Return the forms in which an address may be stored, in lower case."""
    return sorted({address_key(typed), typed.strip().lower()})


def _has_address(typed: str) -> ColumnElement[bool]:
    """Return the condition for an address in any way to type it, or as stored before addresses were checked."""
    return func.lower(User.email).in_(_forms(typed))


def section_by_code(uow: UnitOfWork, code: str) -> Section | None:
    """Return a section by its code, ignoring case. Of two that differ in case alone, the one that is written so."""
    return uow.session.scalar(select(Section).where(_has_code(code)).order_by(Section.code != code).limit(1))


def _has_code(typed: str) -> ColumnElement[bool]:
    return func.upper(Section.code) == typed.strip().upper()


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
            UserSession.user_id == uow.person.user_id,
            UserSession.ended_at.is_(None),
            UserSession.seen_at.between(at - idle, at + DIFFERENCE_OF_CLOCKS),
        )
        .order_by(UserSession.seen_at.desc())
    )
    return uow.session.scalars(mine).all()


def people_of_section(uow: UnitOfWork, section_id: UUID) -> list[tuple[UUID, str]]:
    """Return id and name of everybody who may own a case of a section, people of one name told apart."""
    workers = (
        select(User.id, User.shown_name)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.section_id == section_id, Membership.ended_at.is_(None), User.is_active)
        .where(Membership.role.in_(WORKING_ROLES))
        .distinct()
        .order_by(User.shown_name, User.id)
    )
    return [(row[0], row[1]) for row in uow.session.execute(workers)]


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
        .where(_has_address(email), _has_code(section_code))
        .where(Membership.role == role, Membership.ended_at.is_(None))
    )
    return uow.session.scalar(held)


def names_of(uow: UnitOfWork, user_ids: Iterable[UUID]) -> dict[str, str]:
    """Return the names of users by id as text, without those whom the acting person may not see."""
    found = uow.session.execute(select(User.id, User.shown_name).where(User.id.in_(list(user_ids))))
    return {str(row[0]): row[1] for row in found}


def sections_of_account(uow: UnitOfWork, user_id: UUID) -> Sequence[UUID]:
    """Return the sections in whose trail acts on an account are recorded: those of its roles, or of its former ones."""
    held = select(Membership.section_id, func.bool_or(Membership.ended_at.is_(None))).where(
        Membership.user_id == user_id
    )
    found = uow.session.execute(held.group_by(Membership.section_id).order_by(Membership.section_id)).all()
    return [section_id for section_id, is_active in found if is_active] or [section_id for section_id, _ in found]


def works_on_cases(uow: UnitOfWork, user_id: UUID, section_id: UUID | None = None) -> bool:
    """Return whether a user has a role in which people work on cases, in a section or in any."""
    held = select(Membership.id).where(Membership.user_id == user_id, Membership.ended_at.is_(None))
    if section_id is not None:
        held = held.where(Membership.section_id == section_id)
    return uow.session.scalar(held.where(Membership.role.in_(WORKING_ROLES)).limit(1)) is not None


@dataclass(frozen=True, slots=True)
class OwnedCases:
    """How many cases of a section somebody owns. The sealed ones among them are seen by nobody else."""

    section_id: UUID
    section_code: str
    open: int
    ended: int
    sealed: int


def owned_cases(uow: UnitOfWork, user_id: UUID) -> list[OwnedCases]:
    """Return how many cases a user owns, by section in order of the codes."""
    counted = func.caseflow_owned_cases(user_id).table_valued(
        column("section_id", Uuid), "is_open", "is_sealed", "cases", name="counted"
    )
    found = (
        select(
            Section.id,
            Section.code,
            func.sum(counted.c.cases).filter(counted.c.is_open),
            func.sum(counted.c.cases).filter(~counted.c.is_open),
            func.sum(counted.c.cases).filter(counted.c.is_sealed),
        )
        .join(counted, counted.c.section_id == Section.id)
        .group_by(Section.id)
        .order_by(Section.code)
    )
    return [OwnedCases(row[0], row[1], *(int(number or 0) for number in row[2:])) for row in uow.session.execute(found)]


def hand_over_cases(
    uow: UnitOfWork, giver: UUID, taker: UUID, section_id: UUID, *, with_sealed: bool
) -> Sequence[UUID]:
    """Make a user the owner of another's cases in a section in which they work, and return the ids of the cases."""
    handed = func.caseflow_hand_over(giver, taker, section_id, with_sealed)
    return sorted(uow.session.scalars(select(handed.column_valued("case_id"))).all(), key=str)


def end_grants(uow: UnitOfWork, user_id: UUID) -> list[tuple[UUID, UUID, UUID]]:
    """End what was shared with a user by name; return grant, case and section of each."""
    ended = func.caseflow_end_grants(user_id).table_valued("grant_id", "case_id", "section_id")
    return [(row[0], row[1], row[2]) for row in uow.session.execute(select(ended))]


def end_feeds(uow: UnitOfWork, user_id: UUID, at: datetime) -> None:
    """Revoke the calendar address of a user."""
    feed = update(CalendarFeed).where(CalendarFeed.user_id == user_id, CalendarFeed.revoked_at.is_(None))
    uow.session.execute(feed.values(revoked_at=at))


def clear_bounces(uow: UnitOfWork, user_id: UUID, at: datetime) -> None:
    """Forget that emails to a user came back."""
    bounced = update(MailBounce).where(MailBounce.user_id == user_id, MailBounce.cleared_at.is_(None))
    uow.session.execute(bounced.values(cleared_at=at))


def absences_with(uow: UnitOfWork, user_id: UUID, since: date) -> Sequence[Absence]:
    """Return the absences of a user, and those in which they are the substitute, that end on a day or later."""
    found = select(Absence).where(or_(Absence.user_id == user_id, Absence.substitute_id == user_id))
    return uow.session.scalars(found.where(Absence.ends_on >= since).order_by(Absence.id)).all()


@dataclass(frozen=True, slots=True)
class ListedAccount:
    """An account in the list of the command line. `roles` are written `ES caseworker`; `signed_in_at` is None for never."""

    email: str
    name: str
    is_active: bool
    roles: Sequence[str]
    signed_in_at: datetime | None


def accounts(uow: UnitOfWork, section_code: str | None = None) -> list[ListedAccount]:
    """Return all accounts, or those with a present or former role in a section, by name."""
    active = aggregate_order_by(Section.code + " " + cast(Membership.role, String), Section.code)
    roles = (
        select(func.array_agg(active))
        .select_from(Membership)
        .join(Section, Section.id == Membership.section_id)
        .where(Membership.user_id == User.id, Membership.ended_at.is_(None))
        .scalar_subquery()
    )
    last = select(func.max(UserSession.created_at)).where(UserSession.user_id == User.id).scalar_subquery()
    found = select(User.email, User.name, User.is_active, roles, last).order_by(User.name, User.email)
    if section_code is not None:
        there = select(Membership.user_id).join(Section, Section.id == Membership.section_id)
        found = found.where(User.id.in_(there.where(_has_code(section_code))))
    return [ListedAccount(row[0], row[1], row[2], row[3] or (), row[4]) for row in uow.session.execute(found)]

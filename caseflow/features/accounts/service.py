"""The service of accounts: sign in, end sessions, add people."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from caseflow.access.actor import JobActor, SystemRole
from caseflow.clock import now, time_zones
from caseflow.errors import Invalid
from caseflow.features.accounts import delays
from caseflow.features.accounts.commands import NewUser, SignIn
from caseflow.features.accounts.passwords import Passwords, refuse_weak
from caseflow.features.accounts.queries import (
    active_membership,
    active_memberships,
    section_by_code,
    section_codes,
    section_names,
    token_hash,
    user_by_email,
)
from caseflow.jobs import Job
from caseflow.models import Membership, ReminderSyncRequest, Role, Section, SectionKind, User, UserSession
from caseflow.translations import languages
from caseflow.unit_of_work import UnitOfWork, Units

SIGN_IN_ACTOR = JobActor(SystemRole.ACCOUNTS)
COORDINATING_ROLES = (Role.SECTION_COORDINATOR, Role.COALITION_COORDINATOR)
"""Roles that are notified of overdue deadlines of the whole section."""


@dataclass(frozen=True, slots=True)
class SignInResult:
    """After success the session token for the cookie; after a failure how long to wait before the next attempt."""

    token: str | None
    wait: timedelta = timedelta(0)


def sign_in(units: Units, passwords: Passwords, attempt: SignIn, secret: bytes) -> SignInResult:
    """Check a password and open a session.

    An unknown address, a wrong password and an inactive account give the same answer in the same time. The attempt is
    counted and committed before the password is checked: if that fails nobody can sign in, and concurrent guesses are
    all counted. No lock is held while the password is hashed.
    """
    counter = (attempt.email, attempt.address, secret)
    with units.begin(SIGN_IN_ACTOR) as uow:
        wait = delays.count_attempt(uow, *counter)
        user = None if wait else user_by_email(uow, attempt.email)
    if wait:
        return SignInResult(None, wait)
    is_correct = passwords.matches(user.password_hash if user else None, attempt.password)
    with units.begin(SIGN_IN_ACTOR) as uow:
        if not is_correct or user is None:
            return SignInResult(None, delays.remaining_wait(uow, *counter))
        delays.reset_after_success(uow, *counter)
        token = secrets.token_urlsafe(32)
        opened = UserSession(
            token_hash=token_hash(token), user_id=user.id, browser=attempt.browser[:200], seen_at=now()
        )
        uow.session.add(opened)
    return SignInResult(token)


def end_session(uow: UnitOfWork, token: str) -> None:
    """End the session of a token."""
    ended = update(UserSession).where(UserSession.token_hash == token_hash(token), UserSession.ended_at.is_(None))
    uow.session.execute(ended.values(ended_at=now()))


def end_all_sessions(uow: UnitOfWork, *, but: str | None = None) -> None:
    """End all sessions of the acting person, except the one with the token `but` if given."""
    ended = update(UserSession).where(UserSession.user_id == uow.person.user_id, UserSession.ended_at.is_(None))
    if but is not None:
        ended = ended.where(UserSession.token_hash != token_hash(but))
    uow.session.execute(ended.values(ended_at=now()))


def renew_session(uow: UnitOfWork, token: str) -> str:
    """End all other sessions of the acting person, give this one a new token and return it: the old one may be known."""
    end_all_sessions(uow, but=token)
    renewed = secrets.token_urlsafe(32)
    mine = update(UserSession).where(UserSession.token_hash == token_hash(token))
    uow.session.execute(mine.values(token_hash=token_hash(renewed)))
    return renewed


def change_password(uow: UnitOfWork, passwords: Passwords, current: str, new: str) -> User:
    """Change the password of the acting person.

    Raises:
        Invalid: the current one is wrong, or the new one weak.
    """
    user = uow.session.get_one(User, uow.person.user_id)
    if not passwords.matches(user.password_hash, current):
        raise Invalid("The password was not changed.", {"current": "This is not your current password."})
    refuse_weak(new, "new", own_words=_own_words(uow, user))
    user.password_hash = passwords.hash(new)
    for member in uow.person.memberships:
        uow.audit.record("user.password_changed", user, section_id=member.section_id, changes={})
    return user


def choose_language(uow: UnitOfWork, language: str) -> User:
    """Set the language of pages and reminders for the acting person.

    Raises:
        Invalid: there is no such language.
    """
    if language not in languages():
        raise Invalid("The language was not changed.", {"language": "Choose a language from the list."})
    user = uow.session.get_one(User, uow.person.user_id)
    user.language = language
    for member in uow.person.memberships:
        uow.audit.record("user.language_chosen", user, section_id=member.section_id)
    return user


def add_section(
    uow: UnitOfWork,
    code: str,
    name: str,
    kind: SectionKind = SectionKind.SECTION,
    *,
    time_zone: str = "UTC",
    is_demo: bool = False,
) -> Section:
    """Add a section of the coalition.

    Raises:
        Invalid: the code is taken.
    """
    if time_zone not in time_zones():
        raise Invalid("There is no time zone %(zone)s. Enter it in the form Europe/Madrid.", values={"zone": time_zone})
    if section_by_code(uow, code):
        raise Invalid("There is a section %(code)s already.", values={"code": code})
    section = Section(code=code, name=name, kind=kind, time_zone=time_zone, is_demo=is_demo)
    uow.session.add(section)
    uow.flush()
    uow.audit.record("section.added", section, section_id=section.id, changes={"code": [None, code]})
    return section


def add_user(uow: UnitOfWork, passwords: Passwords, new: NewUser) -> User:
    """Add a person with a role in a section; an existing person gets the role in addition.

    Raises:
        Invalid: the section or the language does not exist, the address is
            malformed, the password is weak or the person has the role already.
    """
    section = section_by_code(uow, new.section_code)
    if section is None:
        values = {"code": new.section_code, "known": ", ".join(section_codes(uow)) or "-"}
        raise Invalid(
            "There is no section %(code)s. Sections: %(known)s.", {"section_code": "Unknown section."}, values=values
        )
    if new.language not in languages():
        values = {"language": new.language, "known": ", ".join(languages())}
        raise Invalid("There is no language %(language)s. Languages: %(known)s.", values=values)
    if "@" not in new.email.strip("@"):
        values = {"email": new.email}
        raise Invalid(
            "%(email)s is not an email address.", {"email": "Enter it in the form name@example.org."}, values=values
        )
    user = user_by_email(uow, new.email)
    if user is None:
        user = User(email=new.email.strip(), name=new.name.strip(), language=new.language)
        refuse_weak(new.password, own_words=_own_words(uow, user))
        user.password_hash = passwords.hash(new.password)
        uow.session.add(user)
    try:
        with uow.attempt():
            uow.session.add(Membership(user=user, section_id=section.id, role=new.role))
    except IntegrityError as error:
        values = {"email": new.email, "section": new.section_code}
        raise Invalid("%(email)s has this role in %(section)s already.", values=values) from error
    uow.audit.record("user.added", user, section_id=section.id, changes={"role": [None, new.role.value]})
    if new.role in COORDINATING_ROLES:
        _request_reminder_sync(uow, section.id)
    elif new.role is Role.CASEWORKER:  # a returning caseworker is reminded again of the cases that they still own
        _request_reminder_sync(uow, section.id, user.id)
    return user


def _request_reminder_sync(uow: UnitOfWork, section_id: UUID, user_id: UUID | None = None) -> None:
    """Request a reminder sync of a section, or of one person's reminders in it, after a change of roles."""
    uow.session.add(ReminderSyncRequest(section_id=section_id, user_id=user_id))
    uow.after_commit(Job.SYNC_REMINDERS)


def end_membership(uow: UnitOfWork, membership_id: UUID) -> None:
    """End a membership. Row security reads memberships for each statement, so this takes effect with the next one.

    The person's deadlines go to the section's queue.
    """
    membership = uow.session.get_one(Membership, membership_id)
    membership.ended_at = now()
    uow.audit.record("membership.ended", membership, section_id=membership.section_id)
    _request_reminder_sync(uow, membership.section_id, membership.user_id)


def end_role(uow: UnitOfWork, email: str, section_code: str, role: Role) -> None:
    """End a person's role in a section.

    Raises:
        Invalid: the person does not have it.
    """
    membership = active_membership(uow, email, section_code, role)
    if membership is None:
        values = {"email": email, "section": section_code}
        raise Invalid("%(email)s does not hold this role in %(section)s.", values=values)
    end_membership(uow, membership.id)


def deactivate(uow: UnitOfWork, email: str) -> User:
    """Deactivate an account: all its roles and sessions end at once. The name is kept for the history.

    Raises:
        Invalid: there is no such account.
    """
    user = _account(uow, email)
    user.is_active = False
    _end_sessions_of(uow, user)
    for membership in active_memberships(uow, user.id):
        end_membership(uow, membership.id)
    return user


def reset_password(uow: UnitOfWork, passwords: Passwords, email: str, password: str) -> User:
    """Set a new password for a person who lost theirs, and end all their sessions.

    Raises:
        Invalid: there is no such account, or the password is weak.
    """
    user = _account(uow, email)
    refuse_weak(password, own_words=_own_words(uow, user))
    user.password_hash = passwords.hash(password)
    _end_sessions_of(uow, user)
    for membership in active_memberships(uow, user.id):
        uow.audit.record("user.password_reset", user, section_id=membership.section_id, changes={})
    return user


def _own_words(uow: UnitOfWork, user: User) -> list[str]:
    """Return what others know of a person, and may try as a password."""
    return [user.email, user.name, *section_names(uow)]


def _account(uow: UnitOfWork, email: str) -> User:
    user = user_by_email(uow, email)
    if user is None:
        raise Invalid("There is no active account %(email)s.", values={"email": email})
    return user


def _end_sessions_of(uow: UnitOfWork, user: User) -> None:
    ended = update(UserSession).where(UserSession.user_id == user.id, UserSession.ended_at.is_(None))
    uow.session.execute(ended.values(ended_at=now()))

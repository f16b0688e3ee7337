"""The service of accounts: sign in, end sessions, add people."""

from datetime import timedelta
from typing import Protocol
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from caseflow.audit import Changes, contents_of
from caseflow.clock import earliest_local_date, now, time_zones
from caseflow.drafts import erase_all_of
from caseflow.email_addresses import checked_address
from caseflow.errors import Invalid
from caseflow.features.accounts import buckets
from caseflow.features.accounts.commands import NewUser
from caseflow.features.accounts.names import checked_code, checked_name
from caseflow.features.accounts.passwords import Passwords, refuse_weak
from caseflow.features.accounts.queries import (
    absences_with,
    account_by_email,
    account_to_sign_in,
    active_membership,
    active_memberships,
    end_feeds,
    end_grants,
    replace_own_password,
    section_by_code,
    section_codes,
    section_names,
    sections_of_account,
    token_hash,
    works_on_cases,
)
from caseflow.jobs import Job
from caseflow.models import CaseGrant, Membership, ReminderSyncRequest, Role, Section, SectionKind, User, UserSession
from caseflow.translations import languages
from caseflow.unit_of_work import UnitOfWork

COORDINATING_ROLES = (Role.SECTION_COORDINATOR, Role.COALITION_COORDINATOR)
"""Roles that are notified of overdue deadlines of the whole section."""
COALITION_ROLES = (Role.ADMINISTRATOR, Role.COALITION_COORDINATOR)
"""Roles that hold for the whole coalition, in whichever section they are given."""


def end_session(uow: UnitOfWork, token: str) -> None:
    """End the session of a token."""
    ended = update(UserSession).where(UserSession.token_hash == token_hash(token), UserSession.ended_at.is_(None))
    uow.session.execute(ended.values(ended_at=now()))


def end_all_sessions(uow: UnitOfWork, *, but: str | None = None) -> User:
    """End all sessions of the acting person, except the one with the token `but` if given. Their devices are not known any more."""
    user = uow.session.get_one(User, uow.person.user_id)
    end_sessions_of(uow, user, but=but)
    return user


def change_password(uow: UnitOfWork, passwords: Passwords, current: str, new: str) -> User:
    """Change the password of the acting person.

    Raises:
        Invalid: the current one is wrong, or the new one weak.
    """
    user = uow.session.get_one(User, uow.person.user_id)
    refuse_weak(new, "new", own_words=_own_words(uow, user))
    found = account_to_sign_in(uow, user.email)
    hashed = passwords.hash_with(found.salt if found else None, current, is_known=True)
    if not replace_own_password(uow, hashed, passwords.hash(new)):
        raise Invalid("The password was not changed.", {"current": "This is not your current password."})
    for member in uow.person.memberships:
        uow.audit.record("user.password_changed", user, section_id=member.section_id, changes={})
    return user


def check_own_password(uow: UnitOfWork, passwords: Passwords, typed: str) -> None:
    """Check the password of the acting person, who gives it again before an act that binds others.

    Count the attempt first (`count_own_password`): an open session must not try all passwords.

    Raises:
        Invalid: it is wrong.
    """
    user = uow.session.get_one(User, uow.person.user_id)
    found = account_to_sign_in(uow, user.email)
    hashed = passwords.hash_with(found.salt if found else None, typed, is_known=True)
    if not replace_own_password(uow, hashed, hashed):
        raise Invalid("Nothing was done.", {"password": "This is not your password."})


def count_own_password(uow: UnitOfWork, secret: bytes) -> timedelta:
    """Count an attempt to give one's password again, and return how long to wait: an open session must not try all passwords."""
    return buckets.take(uow, buckets.own_password(uow.person.user_id, secret))


def forget_own_attempt(uow: UnitOfWork, secret: bytes) -> None:
    """Give back the attempt of a correct password."""
    buckets.give_back(uow, buckets.own_password(uow.person.user_id, secret))


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
        Invalid: the code is taken, or not one; the name is none; the time zone does not exist.
    """
    code, name = checked_code(code), checked_name(name)
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
        Invalid: the section or the language does not exist, the address cannot be used, the password is weak, the
            account is closed, or the person has the role already.
    """
    section = section_for_role(uow, new)
    if new.language not in languages():
        values = {"language": new.language, "known": ", ".join(languages())}
        raise Invalid("There is no language %(language)s. Languages: %(known)s.", values=values)
    email = checked_address(new.email)
    user = account_by_email(uow, email)
    if user is None:
        user = User(email=email, name=checked_name(new.name), language=new.language)
        set_password(uow, passwords, user, new.password)
        uow.session.add(user)
    elif not user.is_active:
        raise closed(user)
    give_role(uow, user, section, new.role, "user.added")
    return user


class RoleToGive(Protocol):
    """The fields of a command that gives a role."""

    @property
    def section_code(self) -> str: ...  # noqa: D102
    @property
    def role(self) -> Role: ...  # noqa: D102
    @property
    def is_for_coalition(self) -> bool: ...  # noqa: D102


def section_for_role(uow: UnitOfWork, new: RoleToGive) -> Section:
    """Return the section in which a role is to be given.

    Raises:
        Invalid: there is no such section, or the role would hold for more than it without being meant so.
    """
    section = section_by_code(uow, new.section_code)
    if section is None:
        values = {"code": new.section_code, "known": ", ".join(section_codes(uow)) or "-"}
        raise Invalid(
            "There is no section %(code)s. Sections: %(known)s.", {"section_code": "Unknown section."}, values=values
        )
    if new.role in COALITION_ROLES and section.kind is not SectionKind.SECRETARIAT and not new.is_for_coalition:
        values = {"role": new.role.value, "section": section.code}
        raise Invalid(
            "The role %(role)s holds for the whole coalition, not only for %(section)s. Give it in the section of the coalition's own office, or add --yes if this is meant.",
            {"role": "This role holds for the whole coalition."},
            values=values,
        )
    return section


def give_role(uow: UnitOfWork, user: User, section: Section, role: Role, action: str) -> None:
    """Give a user a role in a section, and record it as `action`.

    Raises:
        Invalid: the user has the role already.
    """
    try:
        with uow.attempt():
            uow.session.add(Membership(user=user, section_id=section.id, role=role))
    except IntegrityError as error:
        values = {"email": user.email, "section": section.code}
        raise Invalid("%(email)s has this role in %(section)s already.", values=values) from error
    uow.audit.record(action, user, section_id=section.id, changes={"role": [None, role.value]})
    if role in COORDINATING_ROLES:
        request_reminder_sync(uow, section.id)
    elif role is Role.CASEWORKER:  # a returning caseworker is reminded again of the cases that they still own
        request_reminder_sync(uow, section.id, user.id)


def closed(user: User) -> Invalid:
    """Return the error for an account that is closed, with the way to open it again."""
    return Invalid(
        "The account %(email)s is closed. Open it again with: caseflow user reopen %(email)s --section CODE --role ROLE",
        {"email": "This account is closed."},
        values={"email": user.email},
    )


def request_reminder_sync(uow: UnitOfWork, section_id: UUID, user_id: UUID | None = None) -> None:
    """Request a reminder sync of a section, or of one person's reminders in it, after a change of roles or owners."""
    uow.session.add(ReminderSyncRequest(section_id=section_id, user_id=user_id))
    uow.after_commit(Job.SYNC_REMINDERS)


def end_membership(uow: UnitOfWork, membership_id: UUID) -> None:
    """End a membership. Row security reads memberships for each statement, so this takes effect with the next one.

    The person's deadlines go to the section's queue. With the last role in which they work on cases ends what was shared
    with them by name.
    """
    membership = uow.session.get_one(Membership, membership_id)
    membership.ended_at = now()
    uow.audit.record("membership.ended", membership, section_id=membership.section_id)
    request_reminder_sync(uow, membership.section_id, membership.user_id)
    uow.flush()
    if not works_on_cases(uow, membership.user_id):
        for grant_id, case_id, section_id in end_grants(uow, membership.user_id):
            changes: Changes = {"user_id": [str(membership.user_id), None]}
            grant = CaseGrant(id=grant_id)
            uow.audit.record("case.unshared", grant, section_id=section_id, case_id=case_id, changes=changes)


def end_role(uow: UnitOfWork, email: str, section_code: str, role: Role) -> Membership:
    """End a person's role in a section.

    Raises:
        Invalid: the person does not have it.
    """
    membership = active_membership(uow, email, section_code, role)
    if membership is None:
        values = {"email": email, "section": section_code}
        raise Invalid("%(email)s does not hold this role in %(section)s.", values=values)
    end_membership(uow, membership.id)
    return membership


def deactivate(uow: UnitOfWork, email: str) -> User:
    """Deactivate an account: all its roles and sessions end at once. The name is kept for the history.

    Its calendar address and its absences end too, or they would come back when the account is opened again. What the person
    typed and did not save is erased.

    Raises:
        Invalid: there is no such account, or it is closed already.
    """
    user = active_account(uow, email)
    user.is_active = False
    record_on_account(uow, "user.deactivated", user, {"is_active": [True, False]})
    end_sessions_of(uow, user)
    end_feeds(uow, user.id, now())
    erase_all_of(uow.session, user.id)
    for absence in absences_with(uow, user.id, earliest_local_date(now())):
        for section_id in sections_of_account(uow, user.id):
            uow.audit.record("absence.ended", absence, section_id=section_id, changes=contents_of(absence))
        uow.session.delete(absence)
    for membership in active_memberships(uow, user.id):
        end_membership(uow, membership.id)
    return user


def reset_password(uow: UnitOfWork, passwords: Passwords, email: str, password: str) -> User:
    """Set a new password for a person who lost theirs, and end all their sessions.

    Raises:
        Invalid: there is no such account, it is closed, or the password is weak.
    """
    user = active_account(uow, email)
    set_password(uow, passwords, user, password)
    end_sessions_of(uow, user)
    record_on_account(uow, "user.password_reset", user, {})
    return user


def set_password(uow: UnitOfWork, passwords: Passwords, user: User, password: str) -> None:
    """Set the password of a user.

    Raises:
        Invalid: it is weak.
    """
    refuse_weak(password, own_words=_own_words(uow, user))
    user.password_hash = passwords.hash(password)


def _own_words(uow: UnitOfWork, user: User) -> list[str]:
    """Return what others know of a person, and may try as a password."""
    return [user.email, user.name, *section_names(uow)]


def account(uow: UnitOfWork, email: str) -> User:
    """Return an account, also a closed one.

    Raises:
        Invalid: there is no such account.
    """
    user = account_by_email(uow, email)
    if user is None:
        raise Invalid("There is no account %(email)s.", values={"email": email})
    return user


def active_account(uow: UnitOfWork, email: str) -> User:
    """Return an account that is not closed.

    Raises:
        Invalid: there is no such account, or it is closed.
    """
    user = account(uow, email)
    if not user.is_active:
        raise closed(user)
    return user


def record_on_account(uow: UnitOfWork, action: str, user: User, changes: Changes) -> None:
    """Record an act on an account in the trail of each of its sections."""
    for section_id in sections_of_account(uow, user.id):
        uow.audit.record(action, user, section_id=section_id, changes=changes)


def end_sessions_of(uow: UnitOfWork, user: User, *, but: str | None = None) -> None:
    """End the sessions of a person, except the one with the token `but` if given, and make their devices strange."""
    ended = update(UserSession).where(UserSession.user_id == user.id, UserSession.ended_at.is_(None))
    if but is not None:
        ended = ended.where(UserSession.token_hash != token_hash(but))
    uow.session.execute(ended.values(ended_at=now()))
    user.device_generation += 1

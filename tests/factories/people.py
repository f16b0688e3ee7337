"""Sections, people with roles, and their open sessions."""

import secrets
from dataclasses import replace
from itertools import count
from typing import Any

from sqlalchemy import select, text

from caseflow.access.actor import JobActor, MemberOf, PersonActor, SystemRole
from caseflow.clock import now
from caseflow.features.accounts.commands import NewUser
from caseflow.features.accounts.passwords import Passwords
from caseflow.features.accounts.queries import token_hash
from caseflow.features.accounts.service import add_section, add_user, end_membership
from caseflow.features.sections.contact.commands import ContactDetails
from caseflow.features.sections.contact.queries import contact_of
from caseflow.features.sections.contact.service import set_contact
from caseflow.models import Membership, Role, Section, SectionContact, SectionKind
from caseflow.setting_values import ARGON2_PROFILES
from caseflow.unit_of_work import Units

PASSWORD = "four unrelated words here"
ADMINISTRATION = JobActor(SystemRole.ACCOUNTS_ADMIN)
_NUMBERS = count(1)


def make_section(
    units: Units, code: str = "ES", *, kind: SectionKind = SectionKind.SECTION, time_zone: str = "UTC"
) -> Section:
    """Make a section with a name that is on no page by chance, because tests search for it."""
    with units.begin(ADMINISTRATION) as uow:
        return add_section(uow, code, f"Office of {code} {next(_NUMBERS)}", kind, time_zone=time_zone)


def make_section_contact(units: Units, section: Section, **details: Any) -> SectionContact:
    """Write the public contact of a section, by a coordinator of its own, and publish it."""
    head = make_actor(units, (section, Role.SECTION_COORDINATOR))
    given = {"address": f"first@{section.code.lower()}.example", "is_published": True, **details}
    with units.begin(head) as uow:
        known = contact_of(uow, section.id)
        return set_contact(uow, section.id, ContactDetails(version=known.version if known else 0, **given))


def make_actor(units: Units, *roles: tuple[Section, Role], name: str = "", email: str = "") -> PersonActor:
    """Make a person with roles in sections; the password is `PASSWORD`."""
    number = next(_NUMBERS)
    email, name = email or f"person{number}@example.org", name or f"Somebody {number}"
    passwords = Passwords(ARGON2_PROFILES["quick"])
    for section, role in roles:
        with units.begin(ADMINISTRATION) as uow:
            user = add_user(
                uow,
                passwords,
                NewUser(
                    email=email,
                    name=name,
                    password=PASSWORD,
                    section_code=section.code,
                    role=role,
                    is_for_coalition=True,
                ),
            )
    members = tuple(MemberOf(section.id, section.name, role) for section, role in roles)
    return PersonActor(user.id, name, "en", members)


def end_roles(units: Units, actor: PersonActor) -> PersonActor:
    """End all roles of a person, and return the actor without roles."""
    with units.begin(ADMINISTRATION) as uow:
        for membership in uow.session.scalars(select(Membership).where(Membership.user_id == actor.user_id)):
            end_membership(uow, membership.id)
    return replace(actor, memberships=())


def open_browser(units: Units, actor: PersonActor) -> str:
    """Open a session for a person, and return the token of its cookie."""
    token = secrets.token_urlsafe(32)
    with units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        opened = {"token": token_hash(token), "who": actor.user_id, "at": now()}
        uow.session.execute(text("SELECT tests_open_session(:token, :who, :at)"), opened)
    return token

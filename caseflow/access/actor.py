"""Actors: a person with memberships, or a background job with a system role."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from caseflow.access.permissions import Permission, permissions_of
from caseflow.models import Role


class SystemRole(StrEnum):
    """The role of the system where no person is signed in. Row security allows each role only the rows named in `db/policies`."""

    ACCOUNTS = "accounts"
    """Counts attempts to sign in. It reads no account: `db/sql/sign_in.sql` compares the password."""
    ACCOUNTS_ADMIN = "accounts.admin"
    """Makes sections, users and memberships from the command line."""
    REMIND = "deadlines.remind"
    REASSESS = "readiness.reassess"
    """Reassesses cases: reads them, and writes answers, deadlines and reminders."""
    AUDIT_VERIFY = "audit.verify"
    ROTATE_KEYS = "keys.rotate"
    """Seals again with another data key, from the command line."""
    CHECK_EVIDENCE = "evidence.check"
    """Reads every file of evidence again, and compares the store with the database."""
    COPY_EVIDENCE = "evidence.copy"
    """Makes the copies of evidence for looking."""
    BUILD_DOSSIER = "dossier.build"
    """Builds the documents of dossiers. It reads no case: what goes into them was gathered by who asked."""
    MONITOR = "watch"
    """Records that a process runs."""
    STATUS = "status"
    """Asks how the processes do: the answer of one function, and no table."""
    REGISTER = "register"
    """Reads what public pages show: tables without case data, and the contacts that sections publish."""


@dataclass(frozen=True, slots=True)
class MemberOf:
    """One active role in one section."""

    section_id: UUID
    section_name: str
    role: Role
    section_code: str = ""
    """The section's code in URLs. Set for the signed-in person; services do not use it."""


@dataclass(frozen=True, slots=True)
class PersonActor:
    """A signed-in person."""

    user_id: UUID
    name: str
    language: str = "en"
    memberships: tuple[MemberOf, ...] = ()
    time_zone: str | None = None
    """The one of their reminders, known of the signed-in person; see `own_day.own_time_zone`."""

    def may(self, permission: Permission, section_id: UUID | None = None) -> bool:
        """Return whether a role allows it: in that section, or (without one) in any."""
        if permission is Permission.ACCOUNT_OWN:
            return True
        return any(
            permission in permissions_of(member.role)
            for member in self.memberships
            if section_id is None or member.section_id == section_id
        )

    def sections_for(self, permission: Permission) -> tuple[MemberOf, ...]:
        """Return the memberships that allow it, one per section."""
        found = {m.section_id: m for m in self.memberships if permission in permissions_of(m.role)}
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class JobActor:
    """A background job. It has none of the permissions of people."""

    job: SystemRole
    language: str = field(default="en")


Actor = PersonActor | JobActor

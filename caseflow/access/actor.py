"""Who asks: a person with memberships, or a background job with a name."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from caseflow.access.permissions import Permission, permissions_of
from caseflow.models import Role


class SystemRole(StrEnum):
    """What the system acts as where no person is signed in. Row security gives each role only the rows that `db/policies` names."""

    ACCOUNTS = "accounts"
    """Looking up who signs in."""
    ACCOUNTS_ADMIN = "accounts.admin"
    """Making sections, users and memberships from the command line."""
    REMIND = "deadlines.remind"
    REASSESS = "readiness.reassess"
    """Reassessing cases: reads them, and writes answers, deadlines and reminders."""
    AUDIT_VERIFY = "audit.verify"
    WATCH = "watch"
    CALENDAR = "calendar"
    """Finding whose calendar an address is; what is in it that person reads."""
    REGISTER = "register"
    """Reading the register for the public page: the open tables and no other."""


@dataclass(frozen=True, slots=True)
class MemberOf:
    """One active role in one section."""

    section_id: UUID
    section_name: str
    role: Role
    section_code: str = ""
    """As it stands in addresses. Known of who is signed in; services need none."""


@dataclass(frozen=True, slots=True)
class PersonActor:
    """A signed-in person."""

    user_id: UUID
    name: str
    language: str = "en"
    memberships: tuple[MemberOf, ...] = ()

    def may(self, permission: Permission, section_id: UUID | None = None) -> bool:
        """Tell whether a role allows it: in that section, or (without one) in any."""
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
    """A background job. It has no permissions of a person."""

    job: SystemRole
    language: str = field(default="en")


Actor = PersonActor | JobActor

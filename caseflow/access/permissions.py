"""The one table of roles and what they may do.

Rows are decided by row security in the database; this decides verbs. Whoever is not in a row of the table may not.
"""

from enum import StrEnum

from caseflow.models import Role


class Permission(StrEnum):
    """What somebody may be allowed to do; the same word is used in routes, policies and the manual."""

    CASE_READ = "case:read"
    CASE_CREATE = "case:create"
    CASE_EDIT = "case:edit"
    CASE_ASSIGN = "case:assign"
    CASE_APPROVE = "case:approve"
    DEADLINE_EDIT = "deadline:edit"
    REPORT_READ = "report:read"
    REPORT_EXPORT = "report:export"
    REGISTER_READ = "register:read"
    """The register of States and treaties: no case stands in it, so every role reads it."""
    REGISTER_EDIT = "register:edit"
    REMEDY_MAP_READ = "remedy_map:read"
    """Remedy maps of countries: no case stands in them, so every role reads them."""
    REMEDY_MAP_EDIT = "remedy_map:edit"
    SECTION_SETTINGS = "section:settings"
    """How a section works, such as when its deadlines are reminded of."""
    AUDIT_READ = "audit:read"
    USER_MANAGE = "user:manage"
    SYSTEM_WATCH = "system:watch"
    ACCOUNT_OWN = "account:own"
    """One's own account: everybody who is signed in."""


_CASE_WORK = frozenset(
    {
        Permission.CASE_READ,
        Permission.CASE_CREATE,
        Permission.CASE_EDIT,
        Permission.DEADLINE_EDIT,
        Permission.REGISTER_READ,
        Permission.REMEDY_MAP_READ,
        Permission.REPORT_READ,
    },
)
_COORDINATION = _CASE_WORK | {
    Permission.CASE_ASSIGN,
    Permission.CASE_APPROVE,
    Permission.REMEDY_MAP_EDIT,
    Permission.REPORT_EXPORT,
    Permission.SECTION_SETTINGS,
}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.CASEWORKER: _CASE_WORK,
    Role.SECTION_COORDINATOR: _COORDINATION,
    Role.SECTION_REPORTER: frozenset(
        {
            Permission.REGISTER_READ,
            Permission.REMEDY_MAP_READ,
            Permission.REPORT_READ,
            Permission.REPORT_EXPORT,
        }
    ),
    Role.COALITION_COORDINATOR: _COORDINATION,
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.REGISTER_READ,
            Permission.REGISTER_EDIT,
            Permission.REMEDY_MAP_READ,
            Permission.REMEDY_MAP_EDIT,
            Permission.USER_MANAGE,
            Permission.SYSTEM_WATCH,
        }
    ),
    Role.AUDITOR: frozenset({Permission.REGISTER_READ, Permission.REMEDY_MAP_READ, Permission.AUDIT_READ}),
}


def permissions_of(role: Role) -> frozenset[Permission]:
    """Return what a role may do, with what everybody may do to their own account."""
    return ROLE_PERMISSIONS[role] | {Permission.ACCOUNT_OWN}

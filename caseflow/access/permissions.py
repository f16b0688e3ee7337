"""The table of roles and their permissions.

Row security in the database decides on rows, this table on acts. What it does not list is not allowed.
"""

from enum import StrEnum

from caseflow.models import Role


class Permission(StrEnum):
    """A permission; routes, policies and the manual use the same word."""

    CASE_READ = "case:read"
    CASE_CREATE = "case:create"
    CASE_EDIT = "case:edit"
    CASE_ASSIGN = "case:assign"
    CASE_APPROVE = "case:approve"
    DEADLINE_EDIT = "deadline:edit"
    REPORT_READ = "report:read"
    REPORT_EXPORT = "report:export"
    REGISTER_READ = "register:read"
    """The register of States and treaties, which every role reads: it holds no cases."""
    REGISTER_EDIT = "register:edit"
    REMEDY_MAP_READ = "remedy_map:read"
    """Remedy maps of countries, which every role reads: they hold no cases."""
    REMEDY_MAP_EDIT = "remedy_map:edit"
    COALITION_WATCH = "coalition:watch"
    """Numbers of all sections: how many cases are open, and in how many something is about to lapse."""
    SECTION_SETTINGS = "section:settings"
    """Settings of a section, such as its reminder thresholds."""
    SECTION_CONTACT = "section:contact"
    """The public contact of a section: what strangers read of it, and whether they do."""
    SECTION_RHYTHM = "section:rhythm"
    """How many days may pass between contacts with the people of a section's cases."""
    AUDIT_READ = "audit:read"
    USER_MANAGE = "user:manage"
    SYSTEM_WATCH = "system:watch"
    ACCOUNT_OWN = "account:own"
    """The person's own account: allowed to everybody who is signed in."""


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
    Permission.SECTION_CONTACT,
    Permission.SECTION_RHYTHM,
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
    Role.COALITION_COORDINATOR: _COORDINATION | {Permission.COALITION_WATCH},
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.REGISTER_READ,
            Permission.REGISTER_EDIT,
            Permission.REMEDY_MAP_READ,
            Permission.REMEDY_MAP_EDIT,
            Permission.SECTION_CONTACT,
            Permission.SECTION_RHYTHM,
            Permission.USER_MANAGE,
            Permission.SYSTEM_WATCH,
        }
    ),
    Role.AUDITOR: frozenset({Permission.REGISTER_READ, Permission.REMEDY_MAP_READ, Permission.AUDIT_READ}),
}


def permissions_of(role: Role) -> frozenset[Permission]:
    """Return the permissions of a role, including the one everybody has for their own account."""
    return ROLE_PERMISSIONS[role] | {Permission.ACCOUNT_OWN}

"""The table of roles and permissions, written a second time, so that a change must be intended."""

import pytest

from caseflow.access import MemberOf, Permission, PersonActor, permissions_of
from caseflow.models import Role

TABLE = """
                 caseworker  section_coordinator  section_reporter  coalition_coordinator  administrator  auditor
case:read        x           x                    -                 x                      -              -
case:create      x           x                    -                 x                      -              -
case:edit        x           x                    -                 x                      -              -
case:assign      -           x                    -                 x                      -              -
case:approve     -           x                    -                 x                      -              -
deadline:edit    x           x                    -                 x                      -              -
report:read      x           x                    x                 x                      -              -
report:export    -           x                    x                 x                      -              -
register:read    x           x                    x                 x                      x              x
register:edit    -           -                    -                 -                      x              -
remedy_map:read  x           x                    x                 x                      x              x
remedy_map:edit  -           x                    -                 x                      x              -
coalition:watch  -           -                    -                 x                      -              -
section:settings -           x                    -                 x                      -              -
section:contact  -           x                    -                 x                      x              -
section:rhythm   -           x                    -                 x                      x              -
audit:read       -           -                    -                 -                      -              x
user:manage      -           -                    -                 -                      x              -
system:watch     -           -                    -                 -                      x              -
account:own      x           x                    x                 x                      x              x
"""
HEAD, *LINES = (line.split() for line in TABLE.strip().splitlines())
MATRIX = {
    (Role(role), Permission(line[0])): mark == "x" for line in LINES for role, mark in zip(HEAD, line[1:], strict=True)
}


def test_the_table_is_complete():
    assert set(MATRIX) == {(role, permission) for role in Role for permission in Permission}


@pytest.mark.parametrize(("role", "permission"), MATRIX, ids=str)
def test_a_role_has_the_permissions_of_the_table(role, permission):
    assert (permission in permissions_of(role)) == MATRIX[role, permission]


@pytest.mark.parametrize(
    "permission", [permission for permission in Permission if permission is not Permission.ACCOUNT_OWN]
)
def test_without_a_role_nothing_is_allowed(permission):
    assert not PersonActor(user_id=None, name="-").may(permission)


def test_a_role_applies_in_its_own_section_only():
    here, there = (
        MemberOf(section, "-", role) for section, role in (("here", Role.CASEWORKER), ("there", Role.AUDITOR))
    )
    actor = PersonActor(user_id=None, name="-", memberships=(here, there))
    assert actor.may(Permission.CASE_EDIT, "here")
    assert not actor.may(Permission.CASE_EDIT, "there")
    assert not actor.may(Permission.AUDIT_READ, "here")
    assert actor.may(Permission.AUDIT_READ)
    assert actor.sections_for(Permission.CASE_EDIT) == (here,)

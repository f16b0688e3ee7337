"""Row security of remedy maps: who may write them, tested without services."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from caseflow.models import Role
from tests.factories import make_actor, make_section
from tests.factories.remedy_maps import packaged_map

REFUSED_BY_POLICY = "42501"
WRITERS = {Role.SECTION_COORDINATOR, Role.COALITION_COORDINATOR, Role.ADMINISTRATOR}
CHANGES = {
    "map": "UPDATE remedy_map SET source = 'changed' WHERE id = :id",
    "step": "UPDATE remedy_map_step SET name = 'changed' WHERE map_id = :id",
    "no step": "DELETE FROM remedy_map_step WHERE map_id = :id",
    "one more step": "INSERT INTO remedy_map_step (id, map_id, position, stage, name, kind, effectiveness, version) "
    "VALUES (gen_random_uuid(), :id, 99, 'APPEAL', 'added', 'ordinary', 'not_known', 1)",
}
DELETE_MAP = "DELETE FROM remedy_map WHERE id = :id"


def changes(uow, statement: str, **values: object) -> bool:
    attempt = uow.session.begin_nested()
    try:
        return uow.session.execute(text(statement), values).rowcount > 0
    except ProgrammingError as error:
        if error.orig.sqlstate != REFUSED_BY_POLICY:
            raise
        return False
    finally:
        attempt.rollback()


@pytest.mark.parametrize("role", list(Role))
def test_maps_are_written_by_those_who_coordinate_or_administer(runtime, role):
    person = make_actor(runtime.units, (make_section(runtime.units, "ES"), role))
    remedy_map = packaged_map(runtime.units, person)
    with runtime.units.begin(person) as uow:
        for what, statement in CHANGES.items():
            assert changes(uow, statement, id=remedy_map.id) == (role in WRITERS), what
        assert not changes(uow, DELETE_MAP, id=remedy_map.id)


@pytest.mark.parametrize("role", list(Role))
def test_register_changes_are_written_as_the_actor(runtime, role):
    section = make_section(runtime.units, "ES")
    person, other = (make_actor(runtime.units, (section, role)) for _ in range(2))
    statement = (
        "INSERT INTO register_change (id, at, actor_id, subject, subject_key, action) "
        "VALUES (gen_random_uuid(), now(), :actor, 'remedy_map', 'x', 'remedy_map.changed')"
    )
    with runtime.units.begin(person) as uow:
        assert changes(uow, statement, actor=person.user_id) == (role in WRITERS)
        assert not changes(uow, statement, actor=other.user_id)
        assert not changes(uow, "UPDATE register_change SET action = 'x' WHERE subject_key = :key", key="x")

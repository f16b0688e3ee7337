"""The register in the database, as the engine reads it."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import event, text

from caseflow.access.actor import JobActor, SystemRole
from caseflow.clock import now
from caseflow.features.reference.queries import current_register
from caseflow.law import load_register
from caseflow.models import State

KEEPER = JobActor(SystemRole.ACCOUNTS_ADMIN)


def change(runtime, code, **values):
    """Change a row as the page of administrators does."""
    with runtime.units.begin(KEEPER) as uow:
        state = uow.session.get_one(State, code)
        for name, value in values.items():
            setattr(state, name, value)
        state.changed_at = now()


def read(runtime):
    with runtime.units.begin(KEEPER) as uow:
        return current_register(uow)


def test_an_unchanged_register_equals_the_packaged_one(runtime):
    assert read(runtime).version == load_register().version
    assert read(runtime).ruleset == load_register().ruleset


def test_a_change_is_read_at_once_under_a_version_of_its_own(runtime):
    before = read(runtime)
    change(runtime, "SI", op_deposit=date(2026, 3, 1), op_in_force=date(2026, 6, 1))
    after = read(runtime)
    assert after.states["SI"] == replace(before.states["SI"], op_deposit=date(2026, 3, 1), op_in_force=date(2026, 6, 1))
    assert after.version.startswith(f"{before.version}+{now():%Y-%m-%d}.")


def test_two_changes_of_one_day_have_two_versions(runtime):
    change(runtime, "SI", source="one")
    first = read(runtime).version
    change(runtime, "SI", source="another")
    assert read(runtime).version != first


@pytest.mark.commits
def test_a_row_that_was_changed_by_another_process_is_noticed(runtime, database):
    read(runtime)
    with database.as_superuser() as engine, engine.begin() as connection:
        connection.execute(text("UPDATE state SET source = 'elsewhere', version = version + 1 WHERE code = 'SI'"))
    assert read(runtime).states["SI"].source == "elsewhere"


def test_no_row_is_read_without_a_change(runtime, database):
    read(runtime)
    statements = []
    with runtime.units.begin(KEEPER) as uow:
        event.listen(database.engine, "before_cursor_execute", lambda *about: statements.append(about[2]))
        assert current_register(uow) is current_register(uow)
    asked = [statement for statement in statements if "state" in statement]
    assert len(asked) == 2
    assert not any("op_deposit" in statement for statement in asked)

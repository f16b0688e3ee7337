"""Loading the packs after every migration."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from caseflow.access.actor import JobActor, SystemRole
from caseflow.clock import now
from caseflow.features.reference import service
from caseflow.features.reference.service import load_packs
from caseflow.law import load_register
from caseflow.models import RegisterChange, State

KEEPER = JobActor(SystemRole.ACCOUNTS_ADMIN)


def load(runtime):
    with runtime.units.begin(KEEPER) as uow:
        load_packs(uow)


def rows(runtime):
    with runtime.units.begin(KEEPER) as uow:
        return {state.code: state for state in uow.session.scalars(select(State))}


def history(runtime):
    with runtime.units.begin(KEEPER) as uow:
        return list(uow.session.scalars(select(RegisterChange).where(RegisterChange.subject == "state")))


@pytest.fixture
def newer_pack(monkeypatch):
    """A pack in which Slovenia has joined and Spain was checked by another source."""
    pack = load_register()
    slovenia = replace(pack.states["SI"], op_deposit=date(2027, 1, 31), op_deposit_kind="ratification")
    spain = replace(pack.states["ES"], source="another source")
    newer = pack.with_states([slovenia, spain], "states/2027-02-01")
    monkeypatch.setattr(service, "load_register", lambda: newer)
    return newer


def test_every_column_of_the_pack_is_written(runtime):
    finland = rows(runtime)["FI"]
    assert (finland.op_deposit, finland.op_in_force) == (date(2014, 1, 31), date(2014, 4, 30))
    assert (finland.op_deposit_kind, finland.inquiry, finland.interstate) == ("ratification", "yes", "yes")
    assert "to be confirmed" in finland.declarations
    assert (finland.checked_on, finland.changed_at) == (date(2026, 11, 23), None)


def test_loading_the_same_pack_again_changes_nothing(runtime):
    before = {code: state.version for code, state in rows(runtime).items()}
    load(runtime)
    assert {code: state.version for code, state in rows(runtime).items()} == before
    assert history(runtime) == []


def test_a_newer_pack_is_loaded_and_the_history_records_its_changes(runtime, newer_pack):
    load(runtime)
    slovenia = rows(runtime)["SI"]
    assert (slovenia.op_in_force, slovenia.pack) == (date(2027, 4, 30), newer_pack.version)
    changes = {change.subject_key: change for change in history(runtime)}
    assert set(changes) == {"SI", "ES"}
    assert changes["SI"].changes == {
        "op_deposit": [None, "2027-01-31"],
        "op_deposit_kind": [None, "ratification"],
        "op_in_force": [None, "2027-04-30"],
    }
    assert (changes["SI"].action, changes["SI"].source, changes["SI"].actor_id) == (
        "state.pack_loaded", newer_pack.version, None,
    )  # fmt: skip


def test_rows_changed_by_an_administrator_stay(runtime, newer_pack):
    with runtime.units.begin(KEEPER) as uow:
        spain = uow.session.get_one(State, "ES")
        spain.source, spain.changed_at = "the depositary's letter", now()
    load(runtime)
    assert rows(runtime)["ES"].source == "the depositary's letter"
    assert [change.subject_key for change in history(runtime)] == ["SI"]

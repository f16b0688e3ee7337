"""Loading the acceptances of the pack, after every migration."""

from dataclasses import replace
from datetime import date
from importlib.resources import files

import pytest
from sqlalchemy import select

from caseflow.access.actor import JobActor, SystemRole
from caseflow.features.treaties import service
from caseflow.features.treaties.commands import AcceptanceDetails
from caseflow.features.treaties.parsing import RowDefaults, read_list
from caseflow.features.treaties.queries import every_acceptance
from caseflow.features.treaties.service import import_acceptances, load_acceptance_pack, set_acceptance
from caseflow.law.routes import Acceptance, AcceptancePack, load_acceptances
from caseflow.models import RegisterChange, Role
from tests.factories import make_actor, make_section

KEEPER = JobActor(SystemRole.ACCOUNTS_ADMIN)
IMPORTED = b"treaty,state,accepted,in_force_on,ended_on,source,checked_on\nOP-CRPD,ES,yes,2008-05-04,,UNTC,2026-11-01\n"
ENTERED = AcceptanceDetails(
    is_accepted=True, in_force_on=date(1985, 4, 26), ended_on=None, source="UNTC", checked_on=date(2026, 11, 1)
)


def load(runtime):
    with runtime.units.begin(KEEPER) as uow:
        load_acceptance_pack(uow)


def rows(runtime):
    with runtime.units.begin(KEEPER) as uow:
        return every_acceptance(uow)


def history(runtime, action="acceptance.pack_loaded"):
    with runtime.units.begin(KEEPER) as uow:
        return list(uow.session.scalars(select(RegisterChange).where(RegisterChange.action == action)))


@pytest.fixture
def newer_pack(monkeypatch):
    """A pack in which three acceptances of Spain have ended, and one of Brazil is new."""
    spain = {("OP-ICCPR", "ES"), ("OP-CRPD", "ES"), ("OP-CEDAW", "ES")}
    ended = [
        replace(row, ended_on=date(2027, 1, 1)) if (row.treaty, row.state) in spain else row
        for row in load_acceptances().rows
    ]
    new = Acceptance("CERD-14", "BR", is_accepted=True, source="UNTC", checked_on=date(2027, 1, 9))
    newer = AcceptancePack("acceptances/2027-02-01", (*ended, new))
    monkeypatch.setattr(service, "load_acceptances", lambda: newer)
    return newer


def test_the_pack_is_a_list_that_an_administrator_could_import():
    content = (files("caseflow.law.data") / "acceptances.csv").read_bytes()
    listed = read_list(content, RowDefaults(today=date(2026, 11, 30)))
    assert (listed.faults, listed.passed_over, listed.withdrawn) == ((), {}, ())
    assert listed.rows == load_acceptances().rows
    assert len(listed.rows) == 727


def test_every_row_of_the_pack_is_written(runtime):
    found = rows(runtime)
    assert len(found) == len(load_acceptances().rows)
    spain = found["ESC-COLLECTIVE", "ES"]
    assert (spain.is_accepted, spain.in_force_on, spain.pack) == (True, date(2022, 12, 1), load_acceptances().version)


def test_loading_the_same_pack_again_changes_nothing(runtime):
    before = {key: row.version for key, row in rows(runtime).items()}
    load(runtime)
    assert {key: row.version for key, row in rows(runtime).items()} == before
    assert history(runtime) == []


def test_a_newer_pack_changes_untouched_rows_only_and_the_history_says_what(runtime, newer_pack):
    with runtime.units.begin(KEEPER) as uow:
        import_acceptances(uow, IMPORTED)
        set_acceptance(uow, "OP-ICCPR", "ES", every_acceptance(uow)["OP-ICCPR", "ES"].version, ENTERED)
    before = rows(runtime)["OP-CEDAW", "ES"].version
    load(runtime)
    found = rows(runtime)
    assert [found[code, "ES"].ended_on for code in ("OP-ICCPR", "OP-CRPD")] == [None, None]
    assert [found[code, "ES"].pack for code in ("OP-ICCPR", "OP-CRPD")] == [None, None]
    assert found["OP-CEDAW", "ES"].ended_on == date(2027, 1, 1)
    assert found["OP-CEDAW", "ES"].version > before
    assert (found["OP-CEDAW", "ES"].pack, found["OP-ICCPR", "FI"].pack) == (newer_pack.version, newer_pack.version)
    assert found["CERD-14", "BR"].is_accepted
    (entry,) = history(runtime)
    assert (entry.subject_key, entry.source, entry.actor_id) == ("OP-CEDAW:ES", newer_pack.version, None)
    assert entry.changes == {"ended_on": [None, "2027-01-01"]}


def test_a_change_by_the_pack_is_shown_in_the_history_of_the_row(runtime, pages, newer_pack):
    load(runtime)
    admin = make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.ADMINISTRATOR))
    shown = pages(admin).get("/treaties/OP-CEDAW/ES").words
    assert "Updated from a newer data pack" in shown
    assert "The command line" not in shown

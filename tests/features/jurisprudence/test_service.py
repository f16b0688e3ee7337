"""Loading the packaged decisions: complete, idempotent, and equal to a newer pack afterwards."""

from dataclasses import replace

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.exc import ProgrammingError

from caseflow.access.actor import JobActor, SystemRole
from caseflow.features.jurisprudence.service import load_decisions_pack
from caseflow.law.jurisprudence import load_jurisprudence
from caseflow.models import DecidedCommunication, Holding, Role
from tests.factories import make_actor, make_section

KEEPER = JobActor(SystemRole.ACCOUNTS_ADMIN)


def load(runtime, pack=None):
    with runtime.units.begin(KEEPER) as uow:
        load_decisions_pack(uow, pack)


def numbers(runtime):
    with runtime.units.begin(KEEPER) as uow:
        return tuple(
            uow.session.scalar(select(func.count()).select_from(one)) for one in (DecidedCommunication, Holding)
        )


def read(runtime, model, key):
    with runtime.units.begin(KEEPER) as uow:
        row = uow.session.get(model, key)
        uow.session.expunge_all()
        return row


def test_a_migrated_database_has_the_whole_pack(runtime):
    assert numbers(runtime) == (279, 384)
    row = read(runtime, DecidedCommunication, "330/2023")
    assert (row.symbol, row.state_code, row.outcome) == ("E/C.12/79/D/330/2023", "ES", "violation")
    assert row.pack == load_jurisprudence().version
    assert len(row.individual_recommendations) == 3


def test_loading_again_reads_two_versions_and_writes_nothing(runtime, database):
    statements = []
    with runtime.units.begin(KEEPER) as uow:
        event.listen(database.engine, "before_cursor_execute", lambda *about: statements.append(about[2]))
        load_decisions_pack(uow)
    asked = [one for one in statements if "holding" in one or "decided_communication" in one]
    assert len(asked) == 2
    assert all(one.startswith("SELECT DISTINCT") for one in asked)


def test_a_newer_pack_replaces_adds_and_removes(runtime):
    pack = load_jurisprudence()
    first, *others = pack.communications
    held = {one.symbol for one in pack.holdings}
    gone = next(one for one in others if one.symbol not in held and not one.joined_with)
    new = replace(first, number="999/2026", symbol="E/C.12/99/D/999/2026", outcome="inadmissible")
    rows = (replace(first, outcome="violation"), *(one for one in others if one is not gone), new)
    dropped, moved, *kept = pack.holdings
    holdings = (*kept, replace(moved, id="NEW-01", symbol=new.symbol), replace(moved, sentence="It was corrected."))
    load(runtime, replace(pack, version="jurisprudence/later", communications=rows, holdings=holdings))
    assert numbers(runtime) == (279, 384)
    assert read(runtime, DecidedCommunication, first.number).outcome == "violation"
    assert read(runtime, DecidedCommunication, gone.number) is None
    assert read(runtime, Holding, "NEW-01").symbol == new.symbol
    assert read(runtime, Holding, dropped.id) is None
    assert read(runtime, Holding, moved.id).sentence == "It was corrected."
    load(runtime)
    assert read(runtime, DecidedCommunication, first.number).outcome == first.outcome
    assert read(runtime, DecidedCommunication, "999/2026") is None
    assert numbers(runtime) == (279, 384)


def test_a_decision_with_holdings_may_leave_together_with_them(runtime):
    pack = load_jurisprudence()
    leaving = next(one for one in pack.communications if one.symbol == pack.holdings[0].symbol)
    rows = tuple(one for one in pack.communications if one is not leaving)
    holdings = tuple(one for one in pack.holdings if one.symbol != leaving.symbol)
    load(runtime, replace(pack, version="jurisprudence/later", communications=rows, holdings=holdings))
    assert read(runtime, DecidedCommunication, leaving.number) is None


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.COALITION_COORDINATOR])
def test_only_administrators_write_decisions(runtime, role):
    actor = make_actor(runtime.units, (make_section(runtime.units, "ES"), role))
    with runtime.units.begin(actor) as uow:
        row = uow.session.get_one(Holding, load_jurisprudence().holdings[0].id)
        own = {"id": "X-1", "rule": "exhaustion", "symbol": row.symbol, "paragraph": "1"}
        uow.session.add(Holding(**own, sentence="-", direction="neutral", weight="single", pack="-"))
        with pytest.raises(ProgrammingError, match="row-level security"):
            uow.session.flush()
        uow.session.rollback()

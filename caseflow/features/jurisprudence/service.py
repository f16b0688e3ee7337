"""The verbs of the library: load the packaged decisions."""

from collections.abc import Mapping

from caseflow.audit import assign_changes, changes_of
from caseflow.features.jurisprudence.queries import (
    SUBJECT,
    every_decision,
    every_holding,
    loaded_packs,
    removed_here,
)
from caseflow.features.reference.service import note_register_change
from caseflow.law.jurisprudence import CommitteeHolding, Communication, Jurisprudence, load_jurisprudence
from caseflow.models import DecidedCommunication, Holding
from caseflow.unit_of_work import UnitOfWork


def load_decisions_pack(uow: UnitOfWork, pack: Jurisprudence | None = None) -> None:
    """Make the tables equal the pack, after every migration; nothing is read or written where they are of this pack.

    What is no longer in the pack is removed: a withdrawn holding must not be relied on. What somebody changed, added or
    removed here stays as they left it; for other rows the history records what a newer pack changed.
    """
    pack = pack or load_jurisprudence()
    if loaded_packs(uow) == {pack.version}:
        return
    no_decisions, no_holdings = removed_here(uow)
    holdings = {one.id: one for one in pack.holdings if one.id not in no_holdings}
    _remove(uow, {key: row for key, row in every_holding(uow).items() if key not in holdings})
    stored = every_decision(uow)
    for one in pack.communications:
        if one.number not in no_decisions:
            row = stored.get(one.number) or DecidedCommunication(number=one.number)
            _sync(uow, row, one, pack.version, one.number)
    uow.flush()
    numbers, held = {row.symbol: row.number for row in every_decision(uow).values()}, every_holding(uow)
    for key, packed in holdings.items():
        if packed.symbol in numbers:
            _sync(uow, held.get(key) or Holding(id=key), packed, pack.version, numbers[packed.symbol])
    uow.flush()
    packed_numbers = {one.number for one in pack.communications}
    in_use = {row.symbol for row in every_holding(uow).values()}
    _remove(uow, {key: row for key, row in stored.items() if key not in packed_numbers and row.symbol not in in_use})
    for decision in every_decision(uow).values():
        decision.pack = pack.version
    for holding in every_holding(uow).values():
        holding.pack = pack.version


def _remove(uow: UnitOfWork, rows: Mapping[str, DecidedCommunication] | Mapping[str, Holding]) -> None:
    """Remove rows, but for those that somebody changed or added here."""
    for row in rows.values():
        if row.changed_at is None:
            uow.session.delete(row)
    uow.flush()


def _sync(
    uow: UnitOfWork,
    row: DecidedCommunication | Holding,
    packed: Communication | CommitteeHolding,
    pack: str,
    number: str,
) -> None:
    """Write a packed row of a decision, unless somebody changed it here."""
    if row.changed_at is not None:
        return
    assign_changes(row, packed)
    if changes := changes_of(row):
        row.pack = pack
        if row in uow.session:
            kind = "decision" if isinstance(row, DecidedCommunication) else "holding"
            note_register_change(uow, SUBJECT, number, f"{kind}.pack_loaded", changes, source=pack)
        uow.session.add(row)

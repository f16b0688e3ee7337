"""The verb of the library: load the packaged decisions."""

from dataclasses import fields

from caseflow.audit import assign_changes
from caseflow.db.searching import lookup
from caseflow.features.jurisprudence.queries import every_decision, every_holding, loaded_packs
from caseflow.law import load_register
from caseflow.law.jurisprudence import (
    Jurisprudence,
    PackedCommunication,
    PackedHolding,
    holdings_by_number,
    load_jurisprudence,
)
from caseflow.models import DecidedCommunication, Holding
from caseflow.unit_of_work import UnitOfWork


def load_decisions_pack(uow: UnitOfWork, pack: Jurisprudence | None = None) -> None:
    """Make the tables equal the pack, after every migration; nothing is read or written where they are of this pack.

    What is no longer in the pack is removed: a withdrawn holding must not be relied on, and no other row refers to one.
    """
    pack = pack or load_jurisprudence()
    if loaded_packs(uow) == {pack.version}:
        return
    decisions, holdings, held = every_decision(uow), every_holding(uow), holdings_by_number(pack)
    for holding_id in holdings.keys() - {one.id for one in pack.holdings}:
        uow.session.delete(holdings.pop(holding_id))
    for one in pack.communications:
        row = decisions.pop(one.number, None) or DecidedCommunication(number=one.number)
        assign_changes(row, _columns(one, held[one.number]), pack=pack.version)
        uow.session.add(row)
    uow.flush()
    for packed in pack.holdings:
        holding = holdings.get(packed.id) or Holding(id=packed.id)
        assign_changes(holding, packed, pack=pack.version)
        uow.session.add(holding)
    uow.flush()
    for gone in decisions.values():
        uow.session.delete(gone)


def _columns(one: PackedCommunication, held: tuple[PackedHolding, ...]) -> dict[str, object]:
    values = {field.name: getattr(one, field.name) for field in fields(one)}
    computed = {name: getattr(one, name) for name in ("serial", "year", "ordered_on")}
    rules = tuple(dict.fromkeys(holding.rule for holding in held))
    return {**values, **computed, "rules": rules, "search_text": _searched(one, held)}


def _searched(one: PackedCommunication, held: tuple[PackedHolding, ...]) -> str:
    """Return the words by which a decision is found, in their plain form."""
    state = load_register().states.get(one.state_code)
    names = (one.number, one.symbol or one.source, one.short_name, state.name if state else "", one.topic)
    asked = (*one.individual_recommendations, *one.general_recommendations)
    return lookup(*names, *asked, *(holding.sentence for holding in held))

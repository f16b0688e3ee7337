"""Changing a decision and what was held in it, by an administrator. From then on newer packs leave these rows alone."""

from dataclasses import replace
from typing import Any, Final
from uuid import uuid4

from caseflow.audit import assign_changes, changes_of, contents_of
from caseflow.clock import now
from caseflow.errors import NotFound, stale
from caseflow.features.jurisprudence.checking import (
    check_symbol,
    faults_of,
    faults_of_holding,
    refuse,
)
from caseflow.features.jurisprudence.queries import (
    HOLDING_REMOVED,
    SUBJECT,
    communication_of,
    every_decision,
    every_holding,
    stored_decision,
    stored_holding,
)
from caseflow.features.reference.service import note_register_change, require_editor
from caseflow.law.jurisprudence import CommitteeHolding, Communication
from caseflow.models import DecidedCommunication, Holding
from caseflow.unit_of_work import UnitOfWork

TICKED: Final = ("rights", "violation_types", "groups", "grounds_inadmissible")
"""The lists whose values are ticked on a form, so that their order is not that of a person."""


def change_decision(uow: UnitOfWork, number: str, version: int, wanted: Communication) -> DecidedCommunication:
    """Change a decision; the history keeps the old values and who changed them.

    Raises:
        NotFound, Forbidden: it does not exist, or the person is no administrator.
        Conflict: somebody else has saved it; carries the saved row.
        Invalid: it cannot be true.
    """
    require_editor(uow.actor)
    row = stored_decision(uow, number)
    if row.version != version:
        raise stale(row)
    wanted = _in_order_of(row, wanted)
    problems = faults_of(wanted, every_decision(uow))
    check_symbol(problems, communication_of(row), wanted, {one.symbol for one in every_holding(uow).values()})
    refuse(problems)
    assign_changes(row, wanted)
    if changes := changes_of(row):
        row.changed_at = now()
        note_register_change(uow, SUBJECT, number, "decision.changed", changes, source=wanted.source)
    return row


def _in_order_of(row: DecidedCommunication, wanted: Communication) -> Communication:
    """Return the new values with ticked codes in the order of the stored ones: the first right is the main one."""
    ordered: dict[str, Any] = {}
    for name in TICKED:
        ticked = getattr(wanted, name)
        ordered[name] = tuple(code for code in dict.fromkeys([*getattr(row, name), *ticked]) if code in ticked)
    return replace(wanted, **ordered)


def add_holding(uow: UnitOfWork, number: str, details: CommitteeHolding) -> Holding:
    """Add what was held in a decision, under its symbol; the id is given here.

    Raises:
        NotFound, Forbidden: there is no such decision with a document of its own, or the person is no administrator.
        Invalid: something is missing, or not on its list.
    """
    require_editor(uow.actor)
    decision = stored_decision(uow, number)
    if decision.symbol is None:
        raise NotFound("This decision has no document of its own: add it to the one that it was decided with.")
    wanted = replace(details, id=f"H-{uuid4().hex[:8]}", symbol=decision.symbol)
    refuse(faults_of_holding(wanted, {decision.symbol}))
    row = Holding(id=wanted.id, pack=decision.pack)
    assign_changes(row, wanted, pack=decision.pack, changed_at=now())
    changes = {name: pair for name, pair in changes_of(row).items() if name not in {"pack", "changed_at"}}
    uow.session.add(row)
    note_register_change(uow, SUBJECT, number, "holding.added", changes | {"id": [None, row.id]}, source=row.symbol)
    return row


def change_holding(
    uow: UnitOfWork, number: str, holding_id: str, version: int, details: CommitteeHolding
) -> Holding:  # fmt: skip
    """Change what was held.

    Raises:
        NotFound, Forbidden: it does not exist in this decision, or the person is no administrator.
        Conflict: somebody else has saved it; carries the saved row.
        Invalid: something is missing, or not on its list.
    """
    row = _editable(uow, number, holding_id, version)
    wanted = replace(details, id=row.id, symbol=row.symbol)
    refuse(faults_of_holding(wanted, {row.symbol}))
    assign_changes(row, wanted)
    if changes := changes_of(row):
        row.changed_at = now()
        note_register_change(uow, SUBJECT, number, "holding.changed", changes, source=row.symbol)
    return row


def remove_holding(uow: UnitOfWork, number: str, holding_id: str, version: int) -> Holding:
    """Remove what was held; newer packs do not bring it back.

    Raises:
        NotFound, Forbidden: it does not exist in this decision, or the person is no administrator.
        Conflict: somebody else has saved it; carries the saved row.
    """
    row = _editable(uow, number, holding_id, version)
    left_out = {"pack", "changed_at"}
    contents = {name: pair for name, pair in contents_of(row).items() if name not in left_out}
    note_register_change(
        uow, SUBJECT, number, HOLDING_REMOVED, contents | {"id": [row.id, None]}, source=row.symbol
    )  # fmt: skip
    uow.session.delete(row)
    return row


def _editable(uow: UnitOfWork, number: str, holding_id: str, version: int) -> Holding:
    require_editor(uow.actor)
    row = stored_holding(uow, number, holding_id)
    if row.version != version:
        raise stale(row)
    return row

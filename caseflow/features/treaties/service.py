"""The verbs of acceptances: preview a list, import it, change one row, load the pack. Each change has a source."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from caseflow.audit import assign_changes, changes_of
from caseflow.clock import latest_local_today, now
from caseflow.days import check_year
from caseflow.errors import Conflict, Invalid, stale
from caseflow.features.reference.queries import one_state, state_codes
from caseflow.features.reference.service import note_register_change, require_editor
from caseflow.features.treaties.commands import ACCEPTANCE_FIELDS, AcceptanceDetails, GivenBeside
from caseflow.features.treaties.parsing import FIRST_YEAR, RowDefaults, RowFault, read_list
from caseflow.features.treaties.queries import (
    SUBJECT,
    every_acceptance,
    key_of,
    lock_acceptances,
    one_acceptance,
    treaty_of,
)
from caseflow.law.routes import Acceptance, load_acceptances
from caseflow.models import TreatyAcceptance
from caseflow.unit_of_work import UnitOfWork

RowKind = Literal["new", "changed", "unchanged"]
COMPARED: Final = ("is_accepted", "in_force_on", "ended_on")
"""Fields about the State. A later day of checking alone is written as well."""


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A row of a list, compared with the stored one."""

    row: Acceptance
    kind: RowKind
    changes: Mapping[str, tuple[object, object]]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a list would change; it is not written with a faulty row. `seen` is the version of the data it was compared with."""

    rows: tuple[ListedRow, ...]
    faults: tuple[RowFault, ...]
    passed_over: Mapping[str, int]
    seen: str
    withdrawn: tuple[str, ...] = ()
    below: tuple[int, ...] = ()
    """Both as in `AcceptanceList`."""

    def count_of_kind(self, kind: RowKind) -> int:
        """Return how many rows are of a kind."""
        return sum(row.kind == kind for row in self.rows)

    @property
    def to_write(self) -> tuple[ListedRow, ...]:
        """Return the rows that are new or changed."""
        return tuple(row for row in self.rows if row.kind != "unchanged")

    @property
    def can_be_written(self) -> bool:
        """Return whether no row is faulty and one would change."""
        return not self.faults and bool(self.to_write)


def preview(uow: UnitOfWork, content: bytes, given: GivenBeside | None = None) -> Preview:
    """Compare a list with the stored acceptances, without changing anything.

    Raises:
        Forbidden: the person is no administrator.
        Invalid: at `file`, when it is not such a table; at `treaty`, when nothing names the treaty.
    """
    require_editor(uow.actor)
    beside = given or GivenBeside()
    defaults = RowDefaults(beside.source, beside.checked_on, latest_local_today(), beside.treaty, beside.day_order)
    listed = read_list(content, defaults, state_codes(uow))
    known = every_acceptance(uow)
    rows, faults = list[ListedRow](), list(listed.faults)
    for number, row in zip(listed.numbers, listed.rows, strict=True):
        try:
            rows.append(_compared(row, known.get((row.treaty, row.state))))
        except Invalid as error:
            faults.append(RowFault(number, error, "checked_on", row.checked_on.isoformat() if row.checked_on else ""))
    faults.sort(key=lambda fault: fault.number)
    seen = _version_of(known.values())
    return Preview(tuple(rows), tuple(faults), listed.passed_over, seen, listed.withdrawn, listed.below)


def import_acceptances(
    uow: UnitOfWork, content: bytes, given: GivenBeside | None = None, seen: str | None = None
) -> Preview:
    """Import a list with its history, all of it or nothing. Acceptances that are not in the list stay unchanged.

    `seen` is that of the preview.

    Raises:
        Forbidden: the person is no administrator.
        Conflict: an acceptance was written after the preview.
        Invalid: at `file`, when it is not such a table or a row is faulty.
    """
    lock_acceptances(uow)
    found = preview(uow, content, given)
    if seen is not None and found.seen != seen:
        raise Conflict("Acceptances were changed after you opened this page. Choose the file again and check its rows.")
    if found.faults:
        raise Invalid(
            "Nothing was saved.", {"file": "Some rows have errors. Correct them in the file and choose it again."}
        )
    known = every_acceptance(uow)
    for listed in found.to_write:
        row = known.get((listed.row.treaty, listed.row.state))
        _write(uow, row, listed.row, "acceptance.imported")
    return found


def set_acceptance(
    uow: UnitOfWork, treaty: str, state_code: str, version: int, details: AcceptanceDetails
) -> TreatyAcceptance:
    """Set a State's acceptance of an instrument. `version` is that of the row, or 0 for a new one.

    Raises:
        NotFound: there is no such State, or no route needs such an instrument.
        Forbidden: the person is no administrator.
        Conflict: somebody else has saved it; carries the saved row.
        Invalid: it cannot be true, or has no source.
    """
    require_editor(uow.actor)
    treaty_of(treaty)
    one_state(uow, state_code)
    lock_acceptances(uow)
    row = one_acceptance(uow, treaty, state_code)
    if row is not None and row.version != version:
        raise stale(row)
    if problems := faults_of(details):
        raise Invalid("The acceptance was not saved.", problems)
    wanted = Acceptance(
        treaty,
        state_code,
        details.is_accepted,
        details.in_force_on,
        details.ended_on,
        details.source,
        details.checked_on,
    )
    return _write(uow, row, wanted, "acceptance.changed")


def load_acceptance_pack(uow: UnitOfWork) -> None:
    """Load the acceptances of the pack, after that of States; idempotent.

    Rows that an administrator imported or changed stay unchanged, and so does a row that is no longer in the pack. For other
    rows the history records what a newer pack changed.
    """
    lock_acceptances(uow)
    pack, stored = load_acceptances(), every_acceptance(uow)
    for packed in pack.rows:
        row = stored.get((packed.treaty, packed.state))
        if row is None:
            values = {name: getattr(packed, name) for name in ACCEPTANCE_FIELDS}
            uow.session.add(
                TreatyAcceptance(treaty=packed.treaty, state_code=packed.state, pack=pack.version, **values)
            )
        elif row.pack is not None:
            _sync(uow, row, packed, pack.version)


def _sync(uow: UnitOfWork, row: TreatyAcceptance, packed: Acceptance, pack: str) -> None:
    assign_changes(row, {name: getattr(packed, name) for name in ACCEPTANCE_FIELDS})
    if changes := changes_of(row):
        row.changed_at = now()
        note_register_change(
            uow, SUBJECT, key_of(packed.treaty, packed.state), "acceptance.pack_loaded", changes, source=pack
        )
    if row.pack != pack:
        row.pack = pack


def faults_of(details: AcceptanceDetails) -> dict[str, str]:
    """Return what cannot be true of an acceptance, or is missing: messages by field."""
    problems: dict[str, str] = {}
    if not details.is_accepted and (details.in_force_on or details.ended_on):
        problems["is_accepted"] = (
            "The State has not accepted according to this row, but it gives a date. Correct one of the two."
        )
    if details.in_force_on and details.ended_on and details.ended_on <= details.in_force_on:
        problems["ended_on"] = "It ends before it begins. Check both dates."
    for name in ("in_force_on", "ended_on"):
        day = getattr(details, name)
        if day is not None and day.year < FIRST_YEAR:
            problems[name] = "A date is before 1945, when there was no such treaty. Check the year."
        check_year(problems, name, day)
    if not details.source:
        problems["source"] = "Enter where this can be found: the depositary's page or notification, with its number."
    if details.checked_on is None:
        problems["checked_on"] = "Enter the date on which you checked the source."
    elif details.checked_on > latest_local_today():
        problems["checked_on"] = (
            "The date of checking is in the future. Enter the date on which the source was checked."
        )
    check_year(problems, "checked_on", details.checked_on)
    return problems


def _compared(row: Acceptance, known: TreatyAcceptance | None) -> ListedRow:
    if known is None:
        return ListedRow(row, "new", {name: (None, getattr(row, name)) for name in COMPARED})
    changes = {
        name: (getattr(known, name), getattr(row, name))
        for name in ACCEPTANCE_FIELDS
        if getattr(known, name) != getattr(row, name)
    }
    is_newer = row.checked_on is not None and row.checked_on > known.checked_on
    differs = bool(changes.keys() & set(COMPARED))
    if not differs and not is_newer:
        return ListedRow(row, "unchanged", {})
    if differs and row.checked_on is not None and row.checked_on < known.checked_on:
        raise Invalid(
            "The register was checked on a later date than this row. Check the row again and enter that date."
        )
    return ListedRow(row, "changed", changes)


def _version_of(known: Iterable[TreatyAcceptance]) -> str:
    """Return a text that changes with every written row; rows are never deleted."""
    versions = [row.version for row in known]
    return f"{len(versions)}-{max(versions, default=0)}"


def _write(uow: UnitOfWork, known: TreatyAcceptance | None, wanted: Acceptance, action: str) -> TreatyAcceptance:
    """Write a valid row, and its history. From then on newer packs do not change the row."""
    row = known if known is not None else TreatyAcceptance(treaty=wanted.treaty, state_code=wanted.state)
    assign_changes(row, {name: getattr(wanted, name) for name in ACCEPTANCE_FIELDS})
    if known is None:
        uow.session.add(row)
    changes = changes_of(row)
    if known is None:
        changes["is_accepted"] = [None, wanted.is_accepted]  # a new row without acceptance is a change, too
    if changes:
        row.changed_at, row.pack = now(), None
        key = key_of(wanted.treaty, wanted.state)
        note_register_change(uow, SUBJECT, key, action, changes, source=wanted.source)
    return row

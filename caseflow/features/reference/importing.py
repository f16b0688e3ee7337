"""Importing the register from a file: it is read, previewed row by row, then written as a whole.

A file with a faulty row is not written at all: half a register is worse than the old one.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Literal

from babel import Locale

from caseflow.errors import Conflict, Invalid
from caseflow.features.reference.commands import STATE_COLUMNS, STATE_FIELDS, StateDetails
from caseflow.features.reference.queries import current_register, states_by_code
from caseflow.features.reference.service import faults_of, in_force_of, normalized, require_editor, write_state
from caseflow.inbound.days import DayOrder, order_of, read_day
from caseflow.inbound.tables import Layout, Table, plain, read_table
from caseflow.jobs import Job
from caseflow.models import State
from caseflow.unit_of_work import UnitOfWork

LARGEST_FILE: Final = 256 * 1024
"""Bytes. The register of all States has about fifty thousand."""
MOST_ROWS: Final = 500
FEWEST_COLUMNS: Final = 3
"""Known names in a row that make it the header."""
OPTIONAL_COLUMNS: Final = frozenset({"op_in_force"})
"""Computed from the deposit; if the column is present, it must have the same value."""
DATE_COLUMNS: Final = ("op_signed", "op_deposit", "op_in_force", "op_denounced", "checked_on")
COUNTRY_CODE: Final = re.compile(r"[A-Z]{2}")

RowKind = Literal["new", "changed", "unchanged", "faulty"]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell, and how to correct it."""

    column: str
    cell: str
    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)
    """What fills the places of the sentence."""

    @property
    def text(self) -> str:
        """Return the sentence in English."""
        return self.sentence % self.values if self.values else self.sentence


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """A row of the file, compared with the register."""

    line: int
    """Number of the row in the file, as spreadsheet programs show it."""
    code: str
    name: str
    kind: RowKind
    details: StateDetails | None
    changes: Mapping[str, tuple[object, object]]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would change in the register. `seen` is the version of the register that it was compared with."""

    rows: tuple[ImportedRow, ...]
    seen: str
    below: tuple[int, ...] = ()
    """Numbers of the rows below the table, which were not read."""

    def count_of_kind(self, kind: RowKind) -> int:
        """Return how many rows are of a kind."""
        return sum(row.kind == kind for row in self.rows)

    @property
    def to_write(self) -> list[tuple[str, StateDetails]]:
        """Return the rows that are new or changed, by code."""
        return [(row.code, row.details) for row in self.rows if row.details is not None and row.kind != "unchanged"]

    @property
    def can_be_written(self) -> bool:
        """Return whether no row is faulty and one would change."""
        return not self.count_of_kind("faulty") and bool(self.count_of_kind("new") + self.count_of_kind("changed"))


def preview(uow: UnitOfWork, text: str, day_order: DayOrder | None = None) -> Preview:
    """Compare a file with the register, without changing anything.

    `day_order` says which comes first in dates of figures, where the columns don't show it.

    Raises:
        Forbidden: the person is no administrator.
        Invalid: at `file`, when it is not a table with the register's columns.
    """
    require_editor(uow.actor)
    table = read_table(text, LAYOUT)
    if not table.rows:
        raise _no_state()
    orders = {name: day_order or order_of(table.column(name)) for name in DATE_COLUMNS}
    states, seen = states_by_code(uow), set[str]()
    rows = []
    for line, cells in table.rows:
        rows.append(_row(line, {**dict.fromkeys(STATE_COLUMNS, ""), **cells}, states, seen, orders))
        seen.add(cells["iso2"])
    return Preview(tuple(_with_headings(rows, table)), current_register(uow).version, table.below)


def import_states(uow: UnitOfWork, text: str, seen: str | None = None, day_order: DayOrder | None = None) -> Preview:
    """Write a file into the register, in one transaction with its history; all of it or nothing.

    `seen` is the version of the register that the preview was compared with, `day_order` that of the preview.

    Raises:
        Forbidden: the person is no administrator.
        Conflict: the register was changed after the preview.
        Invalid: at `file`, when it can't be read or a row is faulty.
    """
    found = preview(uow, text, day_order)
    if seen is not None and found.seen != seen:
        raise Conflict("The register was changed after you opened this page. Check the rows again, then save them.")
    if found.count_of_kind("faulty"):
        raise Invalid(
            "Nothing was saved.", {"file": "Some rows have errors. Correct them in the file and choose it again."}
        )
    states = states_by_code(uow)
    for row in found.rows:
        if row.details is None or row.kind == "unchanged":
            continue
        if row.kind == "new":
            state = State(code=row.code, pack=found.seen.partition("+")[0])
            uow.session.add(state)
            write_state(uow, state, row.details, "state.added")
        else:
            write_state(uow, states[row.code], row.details, "state.imported")
    if found.can_be_written:
        uow.after_commit(Job.REASSESS)
    return found


def _with_headings(rows: Iterable[ImportedRow], table: Table) -> Iterator[ImportedRow]:
    """Yield the rows with the columns of faults as the file writes them."""
    for row in rows:
        faults = (replace(fault, column=table.headings.get(fault.column, fault.column)) for fault in row.faults)
        yield replace(row, faults=tuple(faults))


def _is_header(cells: Sequence[str]) -> bool:
    names = {plain(cell) for cell in cells}
    return "iso2" in names and len(names & set(STATE_COLUMNS)) >= FEWEST_COLUMNS


def _columns(header: Sequence[str]) -> dict[str, int]:
    """Return the place of each column, by its name."""
    if not header:
        raise _no_state()
    names = [plain(cell) for cell in header]
    missing = [column for column in STATE_COLUMNS if column not in names and column not in OPTIONAL_COLUMNS]
    if missing:
        raise Invalid(
            "The file was not read.",
            {
                "file": "No row has all names of columns. These are missing: %(columns)s. Download the register to see the format."
            },
            values={"columns": ", ".join(missing)},
        )
    times = Counter(names)
    unknown = [
        cell
        for cell, name in zip(header, names, strict=True)
        if name and (name not in STATE_COLUMNS or times[name] > 1)
    ]
    if unknown:
        raise Invalid(
            "The file was not read.",
            {
                "file": "The register has no such columns, or has them once: %(columns)s. Take them out of the row of names and below it."
            },
            values={"columns": ", ".join(dict.fromkeys(unknown))},
        )
    return {name: place for place, name in enumerate(names) if name}


def _no_state() -> Invalid:
    return Invalid(
        "The file was not read.",
        {"file": "There is no State in this file: it needs a header and a row for each State."},
    )


LAYOUT: Final = Layout(
    _is_header, _columns, lambda cells: bool(COUNTRY_CODE.fullmatch(cells["iso2"].upper())), MOST_ROWS
)


def _row(
    line: int,
    cells: Mapping[str, str],
    states: Mapping[str, State],
    seen: set[str],
    orders: Mapping[str, DayOrder | None],
) -> ImportedRow:
    code = cells["iso2"]
    problems: dict[str, str] = {}
    if not COUNTRY_CODE.fullmatch(code) or code not in Locale("en").territories:
        problems["iso2"] = "No State has this code. Enter its two capital letters of ISO 3166-1, for example ES."
    elif code in seen:
        problems["iso2"] = "This State already appears further up in the file. Keep one of the two rows."
    if "" in cells:
        problems[""] = (
            "This row has more cells than there are names of columns. Is there a separator in a text without quotation marks?"
        )
    days, unread = _days(cells, orders)
    details = normalized(_details(cells, days))
    if not problems and not unread:
        problems |= faults_of(details)
    if not unread:
        _check_in_force(problems, details, days["op_in_force"])
    state = states.get(code)
    changes = _changes(state, details)
    if state is not None and changes and details.checked_on and (state.checked_on or date.min) > details.checked_on:
        problems["checked_on"] = (
            "The register was checked on a later date than this row. Check the row again and enter that date."
        )
    faults = (
        *unread,
        *(Fault(column, cells.get(column, ""), sentence) for column, sentence in problems.items()),
    )
    kind: RowKind = "faulty" if faults else "new" if state is None else "changed" if changes else "unchanged"
    return ImportedRow(line, code, cells["name"], kind, None if faults else details, changes, faults)


def _days(
    cells: Mapping[str, str], orders: Mapping[str, DayOrder | None]
) -> tuple[dict[str, date | None], list[Fault]]:
    """Return the days of a row by column, and the cells that are none."""
    days: dict[str, date | None] = dict.fromkeys(DATE_COLUMNS)
    unread = []
    for name in DATE_COLUMNS:
        try:
            days[name] = read_day(cells[name], orders[name])
        except Invalid as error:
            unread.append(Fault(name, cells[name], error.sentence, error.values))
    return days, unread


def _details(cells: Mapping[str, str], days: Mapping[str, date | None]) -> StateDetails:
    return StateDetails(
        name=cells["name"],
        covenant=cells["covenant"],
        op_signed=days["op_signed"],
        op_deposit=days["op_deposit"],
        op_deposit_kind=cells["op_deposit_kind"] or None,
        op_denounced=days["op_denounced"],
        inquiry=cells["inquiry"] or None,
        interstate=cells["interstate"] or None,
        declarations=cells["declarations"],
        verification=cells["verification"],
        source=cells["source"],
        checked_on=days["checked_on"],
    )


def _check_in_force(problems: dict[str, str], details: StateDetails, written: date | None) -> None:
    if written is not None and not problems and written != in_force_of(details):
        problems["op_in_force"] = (
            "Entry into force follows from the deposit: three months later, not before 5 May 2013. Correct one of the two, or leave this empty."
        )


def _changes(state: State | None, details: StateDetails) -> dict[str, tuple[object, object]]:
    before = {name: getattr(state, name) if state is not None else None for name in STATE_FIELDS}
    after = {name: getattr(details, name) for name in STATE_FIELDS}
    return {
        name: (before[name], after[name]) for name in STATE_FIELDS if (before[name] or None) != (after[name] or None)
    }

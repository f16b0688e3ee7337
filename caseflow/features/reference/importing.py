"""Importing the register from a file: it is read, previewed row by row, then written as a whole.

A file with a faulty row is not written at all: half a register is worse than the old one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from babel import Locale

from caseflow.errors import Conflict, Invalid
from caseflow.features.reference.commands import STATE_COLUMNS, STATE_FIELDS, StateDetails
from caseflow.features.reference.queries import current_register, states_by_code
from caseflow.features.reference.service import faults_of, in_force_of, normalized, require_editor, write_state
from caseflow.jobs import Job
from caseflow.models import State
from caseflow.outbound.tables import rows_of
from caseflow.unit_of_work import UnitOfWork

LARGEST_FILE: Final = 256 * 1024
"""Bytes. The register of all States has about fifty thousand."""
MOST_ROWS: Final = 500
OPTIONAL_COLUMNS: Final = frozenset({"op_in_force"})
"""Computed from the deposit; if the column is present, it must have the same value."""
DATE_COLUMNS: Final = ("op_signed", "op_deposit", "op_in_force", "op_denounced", "checked_on")
ISO_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
COUNTRY_CODE: Final = re.compile(r"[A-Z]{2}")

RowKind = Literal["new", "changed", "unchanged", "faulty"]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell, and how to correct it."""

    column: str
    cell: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """A row of the file, compared with the register."""

    line: int
    """Number of the line; the header is line 1, as in spreadsheets."""
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

    def count_of_kind(self, kind: RowKind) -> int:
        """Return how many rows are of a kind."""
        return sum(row.kind == kind for row in self.rows)

    @property
    def can_be_written(self) -> bool:
        """Return whether no row is faulty and one would change."""
        return not self.count_of_kind("faulty") and bool(self.count_of_kind("new") + self.count_of_kind("changed"))


def preview(uow: UnitOfWork, text: str) -> Preview:
    """Compare a file with the register, without changing anything.

    Raises:
        Forbidden: the person is no administrator.
        Invalid: at `file`, when it is not a table with the register's columns.
    """
    require_editor(uow.actor)
    states, seen = states_by_code(uow), set[str]()
    rows = []
    for line, cells in _lines(text):
        rows.append(_row(line, cells, states, seen))
        seen.add(cells["iso2"])
    return Preview(tuple(rows), current_register(uow).version)


def import_states(uow: UnitOfWork, text: str, seen: str | None = None) -> Preview:
    """Write a file into the register, in one transaction with its history; all of it or nothing.

    `seen` is the version of the register that the preview was compared with.

    Raises:
        Forbidden: the person is no administrator.
        Conflict: the register was changed after the preview.
        Invalid: at `file`, when it can't be read or a row is faulty.
    """
    found = preview(uow, text)
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


def _lines(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row with the number of its line, by the names of columns; empty lines are skipped."""
    rows = rows_of(text)
    if len(rows) - 1 > MOST_ROWS:
        raise Invalid(
            "The file was not read.",
            {"file": "The file has %(rows)s rows; there are fewer than %(most)s States. Is it the right file?"},
            values={"rows": len(rows) - 1, "most": MOST_ROWS},
        )
    if len(rows) < len(("header", "one State")):
        raise Invalid(
            "The file was not read.",
            {"file": "There is no State in this file: it needs a header and a row for each State."},
        )
    header = [cell.casefold() for cell in rows[0][1]]
    _check_header(header)
    for line, cells in rows[1:]:
        yield line, _by_column(header, cells)


def _by_column(header: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """Return a row by column. Cells beyond the header are joined under an empty name, which makes the row faulty."""
    row = dict.fromkeys(STATE_COLUMNS, "") | dict(zip(header, cells, strict=False))
    beyond = [cell for cell in cells[len(header) :] if cell]
    return row | ({"": " ".join(beyond)} if beyond else {})


def _check_header(header: Sequence[str]) -> None:
    missing = [column for column in STATE_COLUMNS if column not in header and column not in OPTIONAL_COLUMNS]
    if missing:
        raise Invalid(
            "The file was not read.",
            {
                "file": "These columns are missing in the first line: %(columns)s. Download the register to see the format."
            },
            values={"columns": ", ".join(missing)},
        )
    unknown = [column for column in header if column and (column not in STATE_COLUMNS or header.count(column) > 1)]
    if unknown:
        raise Invalid(
            "The file was not read.",
            {
                "file": "The register has no such columns, or has them once: %(columns)s. Take them out of the first line and below it."
            },
            values={"columns": ", ".join(dict.fromkeys(unknown))},
        )


def _row(line: int, cells: Mapping[str, str], states: Mapping[str, State], seen: set[str]) -> ImportedRow:
    code = cells["iso2"]
    problems: dict[str, str] = {}
    if not COUNTRY_CODE.fullmatch(code) or code not in Locale("en").territories:
        problems["iso2"] = "No State has this code. Enter its two capital letters of ISO 3166-1, for example ES."
    elif code in seen:
        problems["iso2"] = "This State already appears further up in the file. Keep one of the two rows."
    if "" in cells:
        problems[""] = (
            "This row has more cells than the first line. Is there a separator in a text without quotation marks?"
        )
    days = _days(problems, cells)
    details = normalized(_details(cells, days))
    if not problems:
        problems |= faults_of(details)
    _check_in_force(problems, details, days["op_in_force"])
    state = states.get(code)
    changes = _changes(state, details)
    if state is not None and changes and details.checked_on and (state.checked_on or date.min) > details.checked_on:
        problems["checked_on"] = (
            "The register was checked on a later date than this row. Check the row again and enter that date."
        )
    faults = tuple(Fault(column, cells.get(column, ""), sentence) for column, sentence in problems.items())
    kind: RowKind = "faulty" if faults else "new" if state is None else "changed" if changes else "unchanged"
    return ImportedRow(line, code, cells["name"], kind, None if faults else details, changes, faults)


def _days(problems: dict[str, str], cells: Mapping[str, str]) -> dict[str, date | None]:
    days: dict[str, date | None] = dict.fromkeys(DATE_COLUMNS)
    for name in DATE_COLUMNS:
        if not cells[name]:
            continue
        try:
            days[name] = date.fromisoformat(cells[name]) if ISO_DAY.fullmatch(cells[name]) else None
        except ValueError:
            days[name] = None
        if days[name] is None:
            problems[name] = "Enter the date as year, month and day with hyphens, for example 2014-01-31."
    return days


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

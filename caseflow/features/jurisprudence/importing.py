"""Importing newer tables of decisions and holdings: both are read and compared row by row, then written as a whole.

The two files are the whole tables, as those of the pack: a row that is not in them is removed. With a faulty row nothing
is written.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Final, Literal

from caseflow.audit import assign_changes, changes_of, contents_of
from caseflow.clock import now
from caseflow.errors import Invalid
from caseflow.features.jurisprudence.checking import check_symbol, faults_of, faults_of_holding, faults_of_joined
from caseflow.features.jurisprudence.queries import (
    HOLDING_REMOVED,
    REMOVED,
    SUBJECT,
    communication_of,
    every_decision,
    every_holding,
    holding_of,
)
from caseflow.features.reference.service import note_register_change, require_editor
from caseflow.inbound.tables import Layout, Table, plain, read_table
from caseflow.law.dates import DateError, UncertainDate
from caseflow.law.jurisprudence import (
    COLUMNS,
    DAYS,
    HOLDING_COLUMNS,
    CommitteeHolding,
    Communication,
    communication_from,
    holding_from,
    load_jurisprudence,
)
from caseflow.models import DecidedCommunication, Holding
from caseflow.unit_of_work import UnitOfWork

LARGEST_FILE: Final = 4 * 1024 * 1024
"""Bytes. The packaged tables have about eighty thousand."""
MOST_ROWS: Final = 5_000
COMPUTED: Final = frozenset({"duration_days"})
"""Columns that may be there and are not read."""
COLUMN_OF_FIELD: Final = {"state_code": "state", "sentence": "holding"}
"""The columns that are called otherwise than their fields."""

Kind = Literal["new", "changed", "unchanged", "removed"]
Entry = Communication | CommitteeHolding


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell of one of the files, and how to correct it. `line` is the row's number in the file."""

    file: str
    line: int
    key: str
    column: str
    cell: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A row of a file, or one that is in no file any more, compared with what is stored."""

    kind: Kind
    key: str
    changes: Mapping[str, tuple[object, object]]
    is_kept_by_hand: bool
    """Whether somebody changed or added it here."""
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What two files would change."""

    decisions: Sequence[ComparedRow]
    holdings: Sequence[ComparedRow]
    faults: Sequence[Fault]
    below: Sequence[int]
    """Numbers of the rows below the tables, which were not read."""


def decisions_in(text: str) -> Table:
    """Return the table of decisions in a file.

    Raises:
        Invalid: at `file`, if there is none.
    """
    return _table(text, DECISIONS)


def holdings_in(text: str) -> Table:
    """Return the table of holdings in a file.

    Raises:
        Invalid: at `file`, if there is none.
    """
    return _table(text, HOLDINGS)


def _table(text: str, layout: Layout) -> Table:
    table = read_table(text, layout)
    if not table.rows:
        raise Invalid("The file was not read.", {"file": "There is no row in this file below the names of columns."})
    return table


def preview(uow: UnitOfWork, decided: Table, held: Table) -> Preview:
    """Compare two tables with what is stored, without changing anything.

    Raises:
        Forbidden: the person may not change decisions.
    """
    require_editor(uow.actor)
    rows, faults = _rows("communications", decided, _communication)
    found, faults_of_rows = _rows("holdings", held, lambda cells: (holding_from(cells), {}))
    stored = {key: (communication_of(row), row.changed_at) for key, row in every_decision(uow).items()}
    stored_holdings = {key: (holding_of(row), row.changed_at) for key, row in every_holding(uow).items()}
    in_use = {one.symbol for one, _ in stored_holdings.values()}
    every = {one.number: one for _, _, one in rows if isinstance(one, Communication)}
    symbols = {one.symbol for one in every.values()}
    joined = faults_of_joined(every)
    for line, cells, one in (*rows, *found):
        if isinstance(one, Communication):
            problems = faults_of(one, every) | ({"joined_with": joined[one.number]} if one.number in joined else {})
            check_symbol(problems, stored[one.number][0] if one.number in stored else one, one, in_use)
            faults += _faults("communications", line, cells, one.number, problems)
        else:
            faults += _faults("holdings", line, cells, one.id, faults_of_holding(one, symbols))
    return Preview(
        _compared(stored, every),
        _compared(stored_holdings, {one.id: one for _, _, one in found if isinstance(one, CommitteeHolding)}),
        sorted([*faults, *faults_of_rows], key=lambda fault: (fault.file, fault.line)),
        (*decided.below, *held.below),
    )


def import_decisions(uow: UnitOfWork, decided: Table, held: Table) -> Preview:
    """Make decisions and holdings equal two tables, in one transaction with their history; all of it or nothing.

    Raises:
        Forbidden: the person may not change decisions.
        Invalid: a row is faulty.
    """
    found = preview(uow, decided, held)
    if found.faults:
        raise Invalid("Some rows have errors. Correct them in the file and choose it again.")
    decisions, holdings = every_decision(uow), every_holding(uow)
    numbers = {row.symbol: row.number for row in decisions.values()}
    for row in found.holdings:
        if row.kind == "removed":
            _remove(uow, holdings[row.key], HOLDING_REMOVED, numbers[holdings[row.key].symbol])
    uow.flush()
    for row in found.decisions:
        if row.kind in {"new", "changed"}:
            _write(uow, decisions.get(row.key) or DecidedCommunication(number=row.key), row, row.key)
    uow.flush()
    numbers |= {row.symbol: row.number for row in every_decision(uow).values()}
    for row in found.holdings:
        if row.kind in {"new", "changed"} and isinstance(row.entry, CommitteeHolding):
            _write(uow, holdings.get(row.key) or Holding(id=row.key), row, numbers[row.entry.symbol])
    uow.flush()
    for row in found.decisions:
        if row.kind == "removed":
            _remove(uow, decisions[row.key], REMOVED, row.key)
    return found


def _write(uow: UnitOfWork, row: DecidedCommunication | Holding, wanted: ComparedRow, number: str) -> None:
    assert wanted.entry is not None
    assign_changes(row, wanted.entry)
    changes, is_new = changes_of(row), row not in uow.session
    kind = "decision" if isinstance(row, DecidedCommunication) else "holding"
    if is_new and isinstance(row, Holding):
        changes["id"] = [None, row.id]
    row.pack, row.changed_at = row.pack or load_jurisprudence().version, now()
    uow.session.add(row)
    note_register_change(uow, SUBJECT, number, f"{kind}.{'added' if is_new else 'imported'}", changes)


def _remove(uow: UnitOfWork, row: DecidedCommunication | Holding, action: str, number: str) -> None:
    changes = contents_of(row)
    if isinstance(row, Holding):
        changes["id"] = [row.id, None]
    note_register_change(uow, SUBJECT, number, action, changes)
    uow.session.delete(row)


Rows = list[tuple[int, Mapping[str, str], Entry]]
Parse = Callable[[Mapping[str, str]], tuple[Entry, dict[str, str]]]


def _rows(file: str, table: Table, parse: Parse) -> tuple[Rows, list[Fault]]:
    """Return the rows of a file that can be compared, each with its line, and the faults of those that can't."""
    rows: Rows = []
    faults: list[Fault] = []
    seen: set[str] = set()
    for line, cells in table.rows:
        one, problems = parse(cells)
        key = one.number if isinstance(one, Communication) else one.id
        if key in seen:
            problems["number" if file == "communications" else "id"] = (
                "This row already appears further up in the file. Keep one of the two."
            )
        if "" in cells:
            problems[""] = (
                "This row has more cells than there are names of columns. Is there a separator in a text without quotation marks?"
            )
        seen.add(key)
        faults += _faults(file, line, cells, key, problems)
        if not problems:
            rows.append((line, cells, one))
    return rows, faults


def _communication(cells: Mapping[str, str]) -> tuple[Communication, dict[str, str]]:
    problems: dict[str, str] = {}
    readable = dict(cells)
    for name in DAYS:
        try:
            UncertainDate.parse(cells[name] or "2000-01-01")
        except DateError:
            readable[name] = ""
            problems[name] = "Enter the date in the form 2013-10-03, 2013-10 or 2013; with ? if it is not certain."
    return communication_from(readable), problems


def _faults(file: str, line: int, cells: Mapping[str, str], key: str, problems: Mapping[str, str]) -> list[Fault]:
    columns = {name: COLUMN_OF_FIELD.get(name, name) for name in problems}
    return [
        Fault(file, line, key, columns[name], cells.get(columns[name], ""), sentence)
        for name, sentence in problems.items()
    ]


def _compared(stored: Mapping[str, tuple[Entry, object]], wanted: Mapping[str, Entry]) -> list[ComparedRow]:
    rows = [_compared_row(key, one, *stored.get(key, (None, None))) for key, one in wanted.items()]
    removed = [ComparedRow("removed", key, {}, stored[key][1] is not None) for key in stored if key not in wanted]
    return [*rows, *removed]


def _compared_row(key: str, one: Entry, before: Entry | None, changed_at: object) -> ComparedRow:
    changes = {
        field.name: (getattr(before, field.name, None), getattr(one, field.name))
        for field in fields(one)
        if (getattr(before, field.name, None) or None) != (getattr(one, field.name) or None)
    }
    kind: Kind = "new" if before is None else "changed" if changes else "unchanged"
    return ComparedRow(kind, key, changes, changed_at is not None, one)


def _layout(columns: Sequence[str], key: re.Pattern[str]) -> Layout:
    return Layout(
        is_header=lambda cells: len({plain(cell) for cell in cells} & set(columns)) > len(columns) // 2,
        columns=lambda header: _columns(header, columns),
        is_entry=lambda cells: bool(key.fullmatch(cells[columns[0]])),
        most_rows=MOST_ROWS,
    )


def _columns(header: Sequence[str], wanted: Sequence[str]) -> dict[str, int]:
    names = [plain(cell) for cell in header]
    if missing := [column for column in wanted if column not in names]:
        raise Invalid(
            "The file was not read.",
            {
                "file": "No row has all names of columns. These are missing: %(columns)s. The packaged tables show the format."
            },
            values={"columns": ", ".join(missing)},
        )
    if unknown := [*_unknown(names, wanted)]:
        raise Invalid(
            "The file was not read.",
            {
                "file": "This table has no such columns, or has them once: %(columns)s. Take them out of the row of names and below it."
            },
            values={"columns": ", ".join(unknown)},
        )
    return {name: names.index(name) for name in wanted}


def _unknown(names: Sequence[str], wanted: Sequence[str]) -> Iterator[str]:
    for name, times in Counter(names).items():
        if name and name not in COMPUTED and (name not in wanted or times > 1):
            yield name


DECISIONS: Final = _layout(COLUMNS, re.compile(r"\d+/\d+"))
HOLDINGS: Final = _layout(HOLDING_COLUMNS, re.compile(r"[A-Z]+-?\d+"))

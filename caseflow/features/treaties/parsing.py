"""A list of who accepted which treaty, read from CSV: our own columns, or those of the UN's ratification lists.

Both have one row for each State and treaty. Ours say everything: `treaty,state,accepted,in_force_on,ended_on,source,
checked_on`. The lists of the UN (OHCHR's status of ratification, the UN Treaty Collection) have the day of the State's
act; the day from which it binds is counted from it by the treaty's own clause (`mechanisms.json`), an empty day means
that the State has not acted, and source and day of checking are given beside the file. Reads no database.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from caseflow.errors import Invalid
from caseflow.features.treaties.state_names import state_code
from caseflow.law import load_register
from caseflow.law.dates import MONTHS
from caseflow.law.routes import Acceptance, Mechanisms, Treaty, bound_from, load_mechanisms
from caseflow.outbound.tables import escape_formula, rows_of, text_of

LARGEST_FILE: Final = 5 * 1024 * 1024
"""Bytes."""
MOST_ROWS: Final = 20_000
"""A list of all human rights treaties and all States has some four thousand."""
COLUMNS: Final = ("treaty", "state", "accepted", "in_force_on", "ended_on", "source", "checked_on")
UN_COLUMNS: Final = {
    "treaty": ("treatycode", "treaty", "treatyname", "instrument"),
    "state": ("countrycodeiso3", "countrycode", "iso3", "iso2", "country", "countryname", "participant", "state"),
    "acted_on": (
        "ratificationdate", "dateofratification", "acceptancedate", "dateofratificationaccession", "ratification",
        "ratificationaccessionasuccessiond", "accessiondate", "dateofacceptance",
    ),
    "source": ("source",),
    "checked_on": ("checkedon",),
}  # fmt: skip
"""What a column is -> its names in lists of the UN, in small letters and without signs; the first that is there counts."""
LONGEST: Final = 2_000
"""Characters of a cell."""
ISO_DAY: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?")
UN_DAY: Final = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})(?: [A-Za-z]{1,2})?")
"""As the UN Treaty Collection writes it, with the letter for accession or succession: `5 Feb 2013 a`."""
YES: Final = frozenset({"yes", "y", "true", "1"})
NO: Final = frozenset({"no", "n", "false", "0"})
FIRST_YEAR: Final = 1945
"""Of the United Nations Charter: a day before it is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with one row and what to do. The header is row 1, as spreadsheet programs count."""

    number: int
    error: Invalid

    @property
    def text(self) -> str:
        """Return the sentence in English."""
        return str(self.error)


@dataclass(frozen=True, slots=True)
class AcceptanceList:
    """What was read. `passed_over` counts rows of treaties or territories that no route asks about, by their name."""

    rows: tuple[Acceptance, ...]
    numbers: tuple[int, ...] = ()
    """Of each row in the file, the header being 1."""
    faults: tuple[RowFault, ...] = ()
    passed_over: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Beside:
    """What is said beside a file for the rows that don't say it themselves; and the day of reading."""

    source: str = ""
    checked_on: date | None = None
    today: date = date.max


class _PassedOverError(Exception):
    """The row is about something that no route asks for. The message names it."""


def read_list(content: bytes, beside: Beside | None = None, states: Collection[str] | None = None) -> AcceptanceList:
    """Read a list; a row at fault stops no other.

    `states` are the codes of the register, by default the packaged ones.

    Raises:
        Invalid: at `file`, when it is no such table at all.
    """
    reader = _Reader(beside or Beside(), load_mechanisms(), load_register().states if states is None else states)
    rows: dict[tuple[str, str], Acceptance] = {}
    numbers, faults, passed_over = list[int](), list[RowFault](), dict[str, int]()
    for number, cells in _table(content):
        try:
            row = reader.row(cells, rows)
            rows[row.treaty, row.state] = row
            numbers.append(number)
        except Invalid as error:
            faults.append(RowFault(number, error))
        except _PassedOverError as what:
            passed_over[str(what)] = passed_over.get(str(what), 0) + 1
    return AcceptanceList(tuple(rows.values()), tuple(numbers), tuple(faults), passed_over)


@dataclass(frozen=True, slots=True)
class _Reader:
    beside: Beside
    mechanisms: Mechanisms
    states: Collection[str]

    def row(self, cells: Mapping[str, str], before: Collection[tuple[str, str]]) -> Acceptance:
        is_ours = "accepted" in cells
        treaty = self._treaty(cells["treaty"], is_ours=is_ours)
        state = self._state(cells["state"], is_ours=is_ours)
        if (treaty.code, state) in before:
            raise Invalid("This State and treaty already appear further up in the file. Keep one of the two rows.")
        source = cells.get("source") or self.beside.source
        checked_on = _day(cells.get("checked_on", "")) or self.beside.checked_on
        if not source:
            raise Invalid(
                "The source is missing. Enter where this can be found: the depositary's page, with its address or number."
            )
        if source != escape_formula(source) or len(source) > LONGEST:
            raise Invalid("The source is too long, or begins like a formula. Enter it as plain text.")
        if checked_on is None:
            raise Invalid(
                "The date of checking is missing. Enter the date on which the source was checked, for example 2026-11-23."
            )
        accepted = _ours(cells) if is_ours else _of_the_un(cells, treaty)
        self._check(accepted, checked_on)
        is_accepted, in_force_on, ended_on = accepted
        return Acceptance(treaty.code, state, is_accepted, in_force_on, ended_on, source, checked_on)

    def _treaty(self, written: str, *, is_ours: bool) -> Treaty:
        found = self.mechanisms.treaty_of(written)
        if found is not None:
            return found
        if is_ours or not written:
            raise Invalid(
                'No route requires a treaty "%(treaty)s". The page Treaties lists the codes.',
                values={"treaty": written[:40]},
            )
        raise _PassedOverError(written[:40])

    def _state(self, written: str, *, is_ours: bool) -> str:
        code = state_code(written)
        if code in self.states:
            return str(code)
        if code is not None and not is_ours:
            raise _PassedOverError(written[:40])
        raise Invalid(
            'The register has no State "%(state)s". Enter its code of two or three letters, for example ES or ESP.',
            values={"state": written[:40]},
        )

    def _check(self, accepted: tuple[bool, date | None, date | None], checked_on: date) -> None:
        is_accepted, in_force_on, ended_on = accepted
        if checked_on > self.beside.today:
            raise Invalid("The date of checking is in the future. Enter the date on which the source was checked.")
        if not is_accepted and (in_force_on or ended_on):
            raise Invalid(
                "The State has not accepted according to this row, but it gives a date. Correct one of the two."
            )
        if in_force_on and ended_on and ended_on <= in_force_on:
            raise Invalid("It ends before it begins. Check both dates.")
        for day in (in_force_on, ended_on):
            if day is not None and day.year < FIRST_YEAR:
                raise Invalid("A date is before 1945, when there was no such treaty. Check the year.")


def _ours(cells: Mapping[str, str]) -> tuple[bool, date | None, date | None]:
    said = cells["accepted"].casefold()
    if said not in YES | NO:
        raise Invalid("It is not stated whether the State accepted. Enter yes or no; leave out what is not known.")
    return said in YES, _day(cells["in_force_on"]), _day(cells["ended_on"])


def _of_the_un(cells: Mapping[str, str], treaty: Treaty) -> tuple[bool, date | None, date | None]:
    acted_on = _day(cells["acted_on"])
    return acted_on is not None, bound_from(treaty, acted_on) if acted_on else None, None


def _day(written: str) -> date | None:
    """Read a day; None for an empty cell, and for the signs by which lists say that there is none."""
    text = written.strip()
    if text in ("", "-", "\u2013", "n/a", "N/A", "NULL"):
        return None
    try:
        if match := ISO_DAY.fullmatch(text):
            return date.fromisoformat(match[1])
        if match := UN_DAY.fullmatch(text):
            month = next(n for n, name in enumerate(MONTHS, 1) if name.casefold().startswith(match[2].casefold()))
            return date(int(match[3]), month, int(match[1]))
    except (ValueError, StopIteration):
        pass
    raise Invalid('"%(day)s" is not a date. Enter it in the form 2013-10-03 or 3 Oct 2013.', values={"day": text[:40]})


def _table(content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row with its number, by what its columns are; empty rows are passed over."""
    read = rows_of(text_of(content, LARGEST_FILE), MOST_ROWS + 1)
    if len(read) - 1 > MOST_ROWS:
        raise Invalid(
            "The file was not read.",
            {"file": "The file has more than %(most)s rows. Is it the right one?"},
            values={"most": MOST_ROWS},
        )
    columns = _columns(read[0][1] if read else [])
    for number, cells in read[1:]:
        yield number, {name: cells[place] if place < len(cells) else "" for name, place in columns.items()}


def _columns(header: list[str]) -> dict[str, int]:
    """Return where each column stands."""
    names = [cell.strip().casefold() for cell in header]
    if set(COLUMNS) <= set(names):
        return {name: names.index(name) for name in COLUMNS}
    bare = ["".join(sign for sign in name if sign.isalnum()) for name in names]
    found = {
        what: next(bare.index(name) for name in known if name in bare)
        for what, known in UN_COLUMNS.items()
        if set(known) & set(bare)
    }
    if not {"treaty", "state", "acted_on"} <= set(found):
        raise Invalid(
            "The file was not read.",
            {
                "file": "The first row must name the columns: treaty, state, accepted, in_force_on, ended_on, source, checked_on; or those of a list of the UN: treaty, country and date of ratification."
            },
        )
    return found

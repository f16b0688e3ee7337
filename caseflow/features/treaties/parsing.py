"""Parsing lists of acceptances of treaties from CSV, with the columns of caseflow or of the UN's ratification lists.

Both have a row for each State and treaty. The columns of caseflow are complete: `treaty,state,accepted,in_force_on,
ended_on,source,checked_on`. The lists of the UN (OHCHR's status of ratification, the UN Treaty Collection) have the day of
the State's act. The day of entry into force is counted from it by the treaty's clause (`mechanisms.json`); an empty day
means that the State has not acted; source and day of checking are given as defaults. Uses no database.
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
"""A list of all human rights treaties and States has about four thousand."""
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
"""Meaning of a column -> its names in lists of the UN, in lower case letters and digits; the first match counts."""
LONGEST: Final = 2_000
"""Characters of a cell."""
ISO_DAY: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?")
UN_DAY: Final = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})(?: [A-Za-z]{1,2})?")
"""As the UN Treaty Collection writes it, with the letter for accession or succession: `5 Feb 2013 a`."""
YES: Final = frozenset({"yes", "y", "true", "1"})
NO: Final = frozenset({"no", "n", "false", "0"})
FIRST_YEAR: Final = 1945
"""Year of the Charter of the United Nations; earlier days are typing errors."""


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with a row, and how to correct it. The header is row 1, as in spreadsheets."""

    number: int
    error: Invalid

    @property
    def text(self) -> str:
        """Return the message in English."""
        return str(self.error)


@dataclass(frozen=True, slots=True)
class AcceptanceList:
    """A parsed list. `passed_over` has the numbers of skipped rows by treaty or territory: those without a route."""

    rows: tuple[Acceptance, ...]
    numbers: tuple[int, ...] = ()
    """Number of each row in the file; the header is 1."""
    faults: tuple[RowFault, ...] = ()
    passed_over: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RowDefaults:
    """Source and day of checking for rows without them, and the present day."""

    source: str = ""
    checked_on: date | None = None
    today: date = date.max


class _SkippedError(Exception):
    """The row is about a treaty or territory without a route; the message names it."""


def read_list(
    content: bytes, defaults: RowDefaults | None = None, states: Collection[str] | None = None
) -> AcceptanceList:
    """Parse a list; a faulty row does not stop others.

    `states` are the codes of the register, by default the packaged ones.

    Raises:
        Invalid: at `file`, when it is not such a table.
    """
    reader = _Reader(defaults or RowDefaults(), load_mechanisms(), load_register().states if states is None else states)
    rows: dict[tuple[str, str], Acceptance] = {}
    numbers, faults, passed_over = list[int](), list[RowFault](), dict[str, int]()
    for number, cells in _table(content):
        try:
            row = reader.row(cells, rows)
            rows[row.treaty, row.state] = row
            numbers.append(number)
        except Invalid as error:
            faults.append(RowFault(number, error))
        except _SkippedError as what:
            passed_over[str(what)] = passed_over.get(str(what), 0) + 1
    return AcceptanceList(tuple(rows.values()), tuple(numbers), tuple(faults), passed_over)


@dataclass(frozen=True, slots=True)
class _Reader:
    defaults: RowDefaults
    mechanisms: Mechanisms
    states: Collection[str]

    def row(self, cells: Mapping[str, str], before: Collection[tuple[str, str]]) -> Acceptance:
        is_own_format = "accepted" in cells
        treaty = self._treaty(cells["treaty"], is_own_format=is_own_format)
        state = self._state(cells["state"], is_own_format=is_own_format)
        if (treaty.code, state) in before:
            raise Invalid("This State and treaty already appear further up in the file. Keep one of the two rows.")
        source = cells.get("source") or self.defaults.source
        checked_on = _day(cells.get("checked_on", "")) or self.defaults.checked_on
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
        accepted = _own_columns(cells) if is_own_format else _un_columns(cells, treaty)
        self._check(accepted, checked_on)
        is_accepted, in_force_on, ended_on = accepted
        return Acceptance(treaty.code, state, is_accepted, in_force_on, ended_on, source, checked_on)

    def _treaty(self, written: str, *, is_own_format: bool) -> Treaty:
        found = self.mechanisms.treaty_of(written)
        if found is not None:
            return found
        if is_own_format or not written:
            raise Invalid(
                'No route requires a treaty "%(treaty)s". The page Treaties lists the codes.',
                values={"treaty": written[:40]},
            )
        raise _SkippedError(written[:40])

    def _state(self, written: str, *, is_own_format: bool) -> str:
        code = state_code(written)
        if code in self.states:
            return str(code)
        if code is not None and not is_own_format:
            raise _SkippedError(written[:40])
        raise Invalid(
            'The register has no State "%(state)s". Enter its code of two or three letters, for example ES or ESP.',
            values={"state": written[:40]},
        )

    def _check(self, accepted: tuple[bool, date | None, date | None], checked_on: date) -> None:
        is_accepted, in_force_on, ended_on = accepted
        if checked_on > self.defaults.today:
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


def _own_columns(cells: Mapping[str, str]) -> tuple[bool, date | None, date | None]:
    said = cells["accepted"].casefold()
    if said not in YES | NO:
        raise Invalid("It is not stated whether the State accepted. Enter yes or no; leave out what is not known.")
    return said in YES, _day(cells["in_force_on"]), _day(cells["ended_on"])


def _un_columns(cells: Mapping[str, str], treaty: Treaty) -> tuple[bool, date | None, date | None]:
    acted_on = _day(cells["acted_on"])
    return acted_on is not None, bound_from(treaty, acted_on) if acted_on else None, None


def _day(written: str) -> date | None:
    """Parse a day; None for an empty cell, and for the signs that lists use for "none"."""
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
    """Yield each row with its number, by the meaning of columns; empty rows are skipped."""
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
    """Return the index of each column by its meaning."""
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

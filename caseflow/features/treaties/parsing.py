"""Parsing lists of acceptances of treaties from CSV, with the columns of caseflow or of the UN's tables.

Both have a row for each State and treaty. The columns of caseflow are complete: `treaty,state,accepted,in_force_on,
ended_on,source,checked_on`. The tables of the UN (OHCHR's status of ratification, the UN Treaty Collection) have the day of
the State's act. The day of entry into force is counted from it by the treaty's clause (`mechanisms.json`); an empty day
means that the State has not acted; source and day of checking are given as defaults, and so is the treaty of a table
about one. Uses no database.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from caseflow.days import is_implausible
from caseflow.errors import Invalid
from caseflow.features.treaties.state_names import state_code
from caseflow.inbound.days import DayOrder, order_of, read_day
from caseflow.inbound.tables import Layout, Table, plain, read_table
from caseflow.inbound.text import text_of
from caseflow.law import load_register
from caseflow.law.routes import Acceptance, Mechanisms, Treaty, bound_from, load_mechanisms
from caseflow.outbound.tables import escape_formula

LARGEST_FILE: Final = 5 * 1024 * 1024
"""Bytes."""
MOST_ROWS: Final = 20_000
"""A list of all human rights treaties and States has about four thousand."""
COLUMNS: Final = ("treaty", "state", "accepted", "in_force_on", "ended_on", "source", "checked_on")
REQUIRED: Final = ("state", "accepted", "in_force_on", "ended_on")
"""Of our own columns. The others may be given beside the list."""
UN_COLUMNS: Final = {
    "treaty": ("treatycode", "treaty", "treatyname", "instrument"),
    "state": (
        "countrycodeiso3", "countrycode", "iso3", "iso2", "country", "countryname", "participant", "participants", "state",
        "states", "stateparty", "statesparties", "statename", "memberstate", "countryorterritory", "countryorarea",
    ),
    "source": ("source",),
    "checked_on": ("checkedon",),
}  # fmt: skip
"""Meaning of a column -> its names in tables of the UN, in lower case letters and digits; the first match counts."""
ACTS: Final = (
    r"(?:ratification|accession|acceptance|approval|succession(?!tosignature)|formalconfirmation|definitivesignature"
    r"|consenttobebound|adherence)"
)
LINKS: Final = r"(?:date|depositof|deposit|receiptof|receipt|instrumentof|or|of|and|[acdsr])"
DAY_OF_THE_ACT: Final = re.compile(rf"{LINKS}*{ACTS}(?:{LINKS}|{ACTS})*")
"""A heading of acts in any order, with the letters that mark them: `Formal confirmation(c), Accession(a), Ratification`."""
FORM_OF_DAYS: Final = re.compile(r"\([dmy/. -]+\)", re.IGNORECASE)
"""`(dd/mm/yyyy)` in a heading."""
LONGEST_HEADING: Final = 300
LONGEST: Final = 2_000
"""Characters of a cell."""
BRACKETED: Final = re.compile(r"\[.*\]")
"""The UN Treaty Collection puts the days of a State that has left into brackets."""
YES: Final = frozenset({"yes", "y", "true", "1"})
NO: Final = frozenset({"no", "n", "false", "0"})
ACTED_ON: Final = "acted_on"
"""Meaning of the columns of acts; a table may have several, such as ratification and accession, and one is filled."""
PROTOCOL: Final = frozenset({"op_icescr", "icescr_op", "cescr_op", "op_cescr"})
"""Names of the Optional Protocol to the Covenant. Who joined it is in the register of States."""
FIRST_YEAR: Final = 1945
"""Year of the Charter of the United Nations; earlier days are typing errors."""


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with a row, and how to correct it. `number` is the row's in the file, as spreadsheets show it."""

    number: int
    error: Invalid
    column: str = ""
    """Heading of the column as it is written; empty if it is about the row."""
    cell: str = ""

    @property
    def text(self) -> str:
        """Return the message in English."""
        return str(self.error)

    @property
    def line(self) -> str:
        """Return where it is, and the message, as one line of a command's output."""
        cell = f", {self.column} {self.cell[:80]!r}" if self.column else ""
        return f"line {self.number}{cell}: {self.text}"


@dataclass(frozen=True, slots=True)
class AcceptanceList:
    """A parsed list. `passed_over` has the numbers of skipped rows by treaty or territory: those without a route."""

    rows: tuple[Acceptance, ...]
    numbers: tuple[int, ...] = ()
    """Number of each row in the file."""
    faults: tuple[RowFault, ...] = ()
    passed_over: Mapping[str, int] = field(default_factory=dict)
    withdrawn: tuple[str, ...] = ()
    """States whose days are in brackets: they have left, and the list does not say when. Their rows are skipped."""
    below: tuple[int, ...] = ()
    """Numbers of the rows below the table, which were not read."""


@dataclass(frozen=True, slots=True)
class RowDefaults:
    """What is given beside the list, for rows without it, and the present day."""

    source: str = ""
    checked_on: date | None = None
    today: date = date.max
    treaty: str = ""
    day_order: DayOrder | None = None
    """Whether the day or the month comes first, where the columns don't show it."""


class _CellError(Exception):
    """A cell is faulty: the meaning of its column, and why."""

    def __init__(self, column: str, error: Invalid) -> None:
        super().__init__(str(error))
        self.column, self.error = column, error


class _SkippedError(Exception):
    """The row is about a treaty or territory without a route; the message names it."""


class _WithdrawnError(Exception):
    """The State has left the treaty, on a day that the list does not give; the message names it."""


def read_list(
    content: bytes, defaults: RowDefaults | None = None, states: Collection[str] | None = None
) -> AcceptanceList:
    """Parse a list; a faulty row does not stop others.

    `states` are the codes of the register, by default the packaged ones.

    Raises:
        Invalid: at `file`, when it is not such a table; at `treaty`, when nothing names the treaty.
    """
    given = defaults or RowDefaults()
    mechanisms = load_mechanisms()
    if given.treaty and mechanisms.treaty_of(given.treaty) is None:
        raise _no_such_treaty(given.treaty)
    table = read_table(text_of(content, LARGEST_FILE), LAYOUT)
    if "treaty" not in table.headings and not given.treaty:
        raise Invalid(
            "The file was not read.",
            {
                "treaty": "The list has no column for the treaty. Choose the treaty that the whole list is about (in a command: --treaty)."
            },
        )
    reader = _Reader(given, mechanisms, load_register().states if states is None else states, _orders(table, given))
    rows: dict[tuple[str, str], Acceptance] = {}
    numbers, faults, passed_over, withdrawn = list[int](), list[RowFault](), dict[str, int](), list[str]()
    for number, cells in table.rows:
        try:
            row = reader.row(cells, rows)
            rows[row.treaty, row.state] = row
            numbers.append(number)
        except _CellError as faulty:
            faults.append(_fault(number, faulty, table, cells))
        except _SkippedError as what:
            passed_over[str(what)] = passed_over.get(str(what), 0) + 1
        except _WithdrawnError as which:
            withdrawn.append(str(which))
    return AcceptanceList(
        tuple(rows.values()), tuple(numbers), tuple(faults), passed_over, tuple(withdrawn), table.below
    )


def _fault(number: int, faulty: _CellError, table: Table, cells: Mapping[str, str]) -> RowFault:
    """Return a fault with the heading and the content of its cell; tables of the UN have the day of the act for three of ours."""
    column = ACTED_ON if faulty.column in REQUIRED and faulty.column not in cells else faulty.column
    return RowFault(number, faulty.error, table.headings.get(column, column), cells.get(column, ""))


def _orders(table: Table, given: RowDefaults) -> Mapping[str, DayOrder | None]:
    return {name: given.day_order or order_of(table.column(name)) for name in table.headings}


@dataclass(frozen=True, slots=True)
class _Reader:
    defaults: RowDefaults
    mechanisms: Mechanisms
    states: Collection[str]
    orders: Mapping[str, DayOrder | None]

    def row(self, cells: Mapping[str, str], before: Collection[tuple[str, str]]) -> Acceptance:
        is_own_format = "accepted" in cells
        treaty = self._treaty(cells.get("treaty") or self.defaults.treaty, is_own_format=is_own_format)
        state = self._state(cells["state"], is_own_format=is_own_format)
        if (treaty.code, state) in before:
            raise _CellError(
                "state",
                Invalid("This State and treaty already appear further up in the file. Keep one of the two rows."),
            )
        source = cells.get("source") or self.defaults.source
        checked_on = self._day(cells, "checked_on") or self.defaults.checked_on
        if not source:
            raise _CellError(
                "source",
                Invalid(
                    "The source is missing. Enter where this can be found: the depositary's page, with its address or number."
                ),
            )
        if source != escape_formula(source) or len(source) > LONGEST:
            raise _CellError(
                "source", Invalid("The source is too long, or begins like a formula. Enter it as plain text.")
            )
        if checked_on is None:
            raise _CellError(
                "checked_on",
                Invalid(
                    "The date of checking is missing. Enter the date on which the source was checked, for example 2026-11-23."
                ),
            )
        accepted = self._own_columns(cells) if is_own_format else self._un_columns(cells, treaty)
        self._check(accepted, checked_on)
        is_accepted, in_force_on, ended_on = accepted
        return Acceptance(treaty.code, state, is_accepted, in_force_on, ended_on, source, checked_on)

    def _treaty(self, written: str, *, is_own_format: bool) -> Treaty:
        found = self.mechanisms.treaty_of(written)
        if found is not None:
            return found
        if is_own_format or not written:
            raise _CellError("treaty", _no_such_treaty(written))
        raise _SkippedError(written[:40])

    def _state(self, written: str, *, is_own_format: bool) -> str:
        code = state_code(written)
        if code in self.states:
            return str(code)
        if code is not None and not is_own_format:
            raise _SkippedError(written[:40])
        raise _CellError(
            "state",
            Invalid(
                'The register has no State "%(state)s". Enter its code of two or three letters, for example ES or ESP.',
                values={"state": written[:40]},
            ),
        )

    def _check(self, accepted: tuple[bool, date | None, date | None], checked_on: date) -> None:
        is_accepted, in_force_on, ended_on = accepted
        if checked_on > self.defaults.today:
            raise _CellError(
                "checked_on",
                Invalid("The date of checking is in the future. Enter the date on which the source was checked."),
            )
        if not is_accepted and (in_force_on or ended_on):
            raise _CellError(
                "accepted",
                Invalid(
                    "The State has not accepted according to this row, but it gives a date. Correct one of the two."
                ),
            )
        if in_force_on and ended_on and ended_on <= in_force_on:
            raise _CellError("ended_on", Invalid("It ends before it begins. Check both dates."))
        for name, day in (("in_force_on", in_force_on), ("ended_on", ended_on)):
            if day is not None and day.year < FIRST_YEAR:
                raise _CellError(name, Invalid("A date is before 1945, when there was no such treaty. Check the year."))
        for name, day in (("checked_on", checked_on), ("in_force_on", in_force_on), ("ended_on", ended_on)):
            if is_implausible(day):
                raise _CellError(
                    name, Invalid("This date is before 1900 or more than twenty years away. Check the year.")
                )

    def _own_columns(self, cells: Mapping[str, str]) -> tuple[bool, date | None, date | None]:
        said = cells["accepted"].casefold()
        if said not in YES | NO:
            raise _CellError(
                "accepted",
                Invalid("It is not stated whether the State accepted. Enter yes or no; leave out what is not known."),
            )
        return said in YES, self._day(cells, "in_force_on"), self._day(cells, "ended_on")

    def _un_columns(self, cells: Mapping[str, str], treaty: Treaty) -> tuple[bool, date | None, date | None]:
        names = [name for name in cells if name.startswith(ACTED_ON)]
        if any(BRACKETED.fullmatch(cells[name]) for name in names):
            raise _WithdrawnError(cells["state"][:40])
        acted_on = next(filter(None, (self._day(cells, name) for name in names)), None)
        if acted_on is not None and acted_on.year < FIRST_YEAR:
            raise _CellError(ACTED_ON, Invalid("A date is before 1945, when there was no such treaty. Check the year."))
        return acted_on is not None, bound_from(treaty, acted_on) if acted_on else None, None

    def _day(self, cells: Mapping[str, str], name: str) -> date | None:
        try:
            return read_day(cells.get(name, ""), self.orders.get(name))
        except Invalid as error:
            raise _CellError(name, error) from error


def _no_such_treaty(written: str) -> Invalid:
    values = {"treaty": written[:40]}
    if plain(written) in PROTOCOL:
        return Invalid(
            'Who joined "%(treaty)s" is in the register of States: change the State on its page, or import a file of States.',
            values=values,
        )
    return Invalid('No route requires a treaty "%(treaty)s". The page Treaties lists the codes.', values=values)


def _columns(header: Sequence[str]) -> dict[str, int]:
    """Return the index of each column by its meaning."""
    names = [plain(cell) for cell in header]
    if set(REQUIRED) <= set(names):
        return {name: names.index(name) for name in COLUMNS if name in names}
    if _is_header(header):
        return _un_headings(header)
    raise Invalid(
        "The file was not read.",
        {
            "file": "No row names the columns: treaty, state, accepted, in_force_on, ended_on, source, checked_on; or those of a list of the UN: treaty, country and date of ratification."
        },
    )


def _is_header(cells: Sequence[str]) -> bool:
    names = {plain(cell) for cell in cells}
    if set(REQUIRED) <= names:
        return True
    found = _un_headings(cells) if "accepted" not in names else {}
    return "state" in found and ACTED_ON in found


def _un_headings(header: Sequence[str]) -> dict[str, int]:
    bare = ["".join(filter(str.isalnum, plain(FORM_OF_DAYS.sub("", cell[:LONGEST_HEADING])))) for cell in header]
    found = {
        what: next(bare.index(name) for name in known if name in bare)
        for what, known in UN_COLUMNS.items()
        if set(known) & set(bare)
    }
    acts = [place for place, name in enumerate(bare) if DAY_OF_THE_ACT.fullmatch(name)]
    return found | {f"{ACTED_ON}{number or ''}": place for number, place in enumerate(acts)}


LAYOUT: Final = Layout(_is_header, _columns, lambda cells: state_code(cells.get("state", "")) is not None, MOST_ROWS)

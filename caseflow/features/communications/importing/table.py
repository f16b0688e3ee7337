"""Reading a table of letters: what each line says, and in plain words what is wrong with it."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar

from caseflow.db.base import LONGEST_LINE, LONGEST_TEXT
from caseflow.models import Awaited, FilingChannel, LetterDirection, LetterKind
from caseflow.models.letter_kinds import LETTER_KINDS

COLUMNS: Final = (
    "case", "section", "state", "right", "title", "filed_on", "letter", "kind", "direction", "number", "dated_on",
    "received_on", "channel", "says", "who_answers", "due_on", "answers", "no_answer_because",
)  # fmt: skip
"""All columns of a table, in any order; only `case`, `kind` and `dated_on` must be there."""
OF_NEW_CASE: Final = ("section", "state", "right", "title", "filed_on")
"""What the first line of a case says that is not recorded here yet."""
NEEDED: Final = frozenset({"case", "kind", "dated_on"})
LARGEST_TABLE: Final = 5_000_000
MOST_LINES: Final = 20_000
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a line; `column` is empty where it is the line as a whole."""

    line: int
    column: str
    what: str

    def __str__(self) -> str:
        """Return it as one line of text."""
        place = f"Line {self.line}, {self.column}" if self.column else f"Line {self.line}"
        return f"{place}: {self.what}"


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A line with a letter."""

    line: int
    name: str
    """By which `answers` of other lines name it; may be empty."""
    kind: LetterKind
    direction: LetterDirection
    dated_on: date
    number: str = ""
    received_on: date | None = None
    channel: FilingChannel | None = None
    says: str = ""
    awaited: Awaited | None = None
    due_on: date | None = None
    answers: tuple[str, ...] = ()
    no_answer_because: str = ""


@dataclass(slots=True)
class CaseRows:
    """The lines of one case. `new` are the texts of a case that is not recorded here yet; empty for one that is."""

    line: int
    name: str
    new: Mapping[str, str] = field(default_factory=dict)
    letters: list[LetterRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_table(raw: bytes) -> tuple[list[CaseRows], list[Fault]]:
    """Return the cases of a table in its order, each with the faults of its lines, and the faults of the table as a whole."""
    if len(raw) > LARGEST_TABLE:
        return [], [Fault(1, "", "The file is larger than 5 megabytes. Import it in parts.")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], [Fault(1, "", "The file is not text in UTF-8. Save it as “CSV UTF-8” in the spreadsheet.")]
    if "\0" in text:
        return [], [Fault(1, "", "The file is not a table as text (CSV). Save it as “CSV UTF-8” in the spreadsheet.")]
    head = text.partition("\n")[0]
    rows = csv.reader(
        io.StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ",", strict=True
    )
    try:
        return _read(rows)
    except csv.Error:
        return [], [
            Fault(rows.line_num, "", "The line is not whole: a quotation mark is missing, or a text is too long.")
        ]


def _read(rows: Iterator[list[str]]) -> tuple[list[CaseRows], list[Fault]]:
    head = [name.strip().lower() for name in next(rows, [])]
    if problem := _fault_of_head(head):
        return [], [Fault(1, "", problem)]
    cases: dict[str, CaseRows] = {}
    for cells in rows:
        line: int = rows.line_num  # type: ignore[attr-defined]  # of a csv reader
        if line > MOST_LINES:
            return [], [Fault(line, "", f"The table has more than {MOST_LINES:,} lines. Import it in parts.")]
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(head):
            return [], [Fault(line, "", f"The line has {len(cells)} cells, but the table has {len(head)} columns.")]
        values = {name: cell.strip() for name, cell in zip(head, cells, strict=False)}
        name = values.get("case", "")
        if not name:
            return [], [Fault(line, "case", "The case is missing: its reference, or a word of yours for a new one.")]
        case = cases.setdefault(name, CaseRows(line, name))
        _take(case, line, values)
    if not cases:
        return [], [Fault(1, "", "The table has no line with a letter.")]
    return list(cases.values()), []


def _fault_of_head(head: Sequence[str]) -> str:
    if unknown := [name for name in head if name not in COLUMNS]:
        return f"There is no column “{unknown[0][:40]}”. The columns are: {', '.join(COLUMNS)}."
    if missing := sorted(NEEDED - set(head)):
        return f"The column “{missing[0]}” is missing. The first line has the names of the columns."
    if len(set(head)) < len(head):
        return "A column is there twice."
    return ""


def _take(case: CaseRows, line: int, values: Mapping[str, str]) -> None:
    new = {name: values.get(name, "") for name in OF_NEW_CASE if values.get(name)}
    if new and line != case.line:
        case.faults.append(Fault(line, next(iter(new)), "Only the first line of a new case has this. Leave it empty."))
    elif new:
        case.new = new
    reader = _Line(case, line, values)
    kind, dated_on = reader.choice("kind", LetterKind), reader.day("dated_on")
    usual = LETTER_KINDS[kind].directions if kind is not None else ()
    direction = reader.choice("direction", LetterDirection) if values.get("direction") else None
    if direction is None and len(usual) == 1:
        direction = usual[0]
    elif direction is None and not values.get("direction") and kind is not None:
        reader.refuse("direction", "Say whether the letter was “received” or “sent”.")
    if kind is None and not values.get("kind"):
        reader.refuse("kind", "The kind of the letter is missing.")
    if dated_on is None and not values.get("dated_on"):
        reader.refuse("dated_on", "The day of the letter is missing.")
    before = len(case.faults)
    row = {
        "name": reader.text("letter", LONGEST_LINE),
        "number": reader.text("number", LONGEST_LINE),
        "received_on": reader.day("received_on"),
        "channel": reader.choice("channel", FilingChannel),
        "says": reader.text("says", LONGEST_TEXT),
        "awaited": reader.choice("who_answers", Awaited),
        "due_on": reader.day("due_on"),
        "answers": tuple(values.get("answers", "").split()),
        "no_answer_because": reader.text("no_answer_because", LONGEST_TEXT),
    }
    if row["name"] and any(one.name == row["name"] for one in case.letters):
        reader.refuse("letter", f"Two letters of this case are called “{row['name']}”.")
    if len(case.faults) == before and kind is not None and direction is not None and dated_on is not None:
        case.letters.append(LetterRow(line=line, kind=kind, direction=direction, dated_on=dated_on, **row))  # type: ignore[arg-type]  # each of its column


@dataclass(frozen=True, slots=True)
class _Line:
    """The cells of a line, read one by one; what is wrong is noted at the case."""

    case: CaseRows
    line: int
    values: Mapping[str, str]

    def refuse(self, column: str, what: str) -> None:
        self.case.faults.append(Fault(self.line, column, what))

    def text(self, column: str, most: int) -> str:
        value = self.values.get(column, "")
        if len(value) > most:
            self.refuse(column, f"The text has {len(value)} characters; at most {most} fit. Shorten it.")
        if any(character < " " and character not in "\n\r\t" for character in value):
            self.refuse(column, "The text has a character that can't be shown. Remove it.")
        return value

    def day(self, column: str) -> date | None:
        value = self.values.get(column, "")
        if not value:
            return None
        try:
            if len(value) == len("2026-05-03"):
                return date.fromisoformat(value)
        except ValueError:
            pass
        self.refuse(column, f"“{value[:40]}” is not a day. Write it as 2026-05-03.")
        return None

    def choice(self, column: str, of: type[Choice]) -> Choice | None:
        value = self.values.get(column, "").lower()
        if not value:
            return None
        try:
            return of(value)
        except ValueError:
            self.refuse(column, f"“{value[:40]}” is not one of: {', '.join(of)}.")
            return None

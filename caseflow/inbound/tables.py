"""The table in a file: where it begins and ends, its columns, and its rows with the numbers that spreadsheet programs show.

Around a table there may be a line `sep=;`, titles above the header, empty rows and columns, and footnotes below. What is not
read is counted, so that nothing disappears silently.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from caseflow.errors import Invalid
from caseflow.outbound.tables import unescape_formula

SEPARATORS: Final = (",", ";", "\t")
"""Spreadsheet programs write semicolons where the comma is the decimal separator."""
NAMED_SEPARATOR: Final = re.compile(r'"?sep=(?P<sign>[^\r\n"])"?[;,\t]*(?:\r\n|\r|\n|$)', re.IGNORECASE)
"""The first line by which Excel names the separator; it shows no row for it."""
ROWS_BEFORE_HEADER: Final = 40
LONGEST_CELL: Final = 60_000
"""Characters. Three times the longest text of a field."""
INVISIBLE: Final = "\ufeff\u200b\u2060\u200e\u200f"
EMPTY: Final = " ,;\t\r\n"
"""What empty rows are made of. Spreadsheet programs may write a million of them below a table."""
REST_OF_LINE: Final = re.compile(r"[^\r\n]*")
FOOTNOTE: Final = re.compile(
    r"[*\u2020\u2021\u00b9\u00b2\u00b3\u2070-\u2079]|\(?\[?\d{1,3}[\])./]?[\])]?\s|(?:end ?|foot)?notes?\b|source|total|last updated|status as at"
    r"|date of|nota|fuente|remarque",
    re.IGNORECASE,
)
"""How a line below a table begins."""
LONGEST_NAME: Final = 60
"""Characters. A line that is longer and fills one cell is a sentence."""
MOST_CELLS_OF_A_FOOTNOTE: Final = 2


@dataclass(frozen=True, slots=True)
class Layout:
    """The kind of table that is looked for."""

    is_header: Callable[[Sequence[str]], bool]
    """Whether a row names the columns."""
    columns: Callable[[Sequence[str]], Mapping[str, int]]
    """The place of each column by its meaning. Raises `Invalid` at `file` when one is missing or unknown."""
    is_entry: Callable[[Mapping[str, str]], bool]
    """Whether a row belongs to the table, to tell faulty rows from footnotes."""
    most_rows: int


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table, each with its number in the file."""

    rows: tuple[tuple[int, Mapping[str, str]], ...]
    """Cells by the meaning of columns. Cells without a heading are joined under an empty name, if there are any."""
    headings: Mapping[str, str]
    """Meaning of a column -> its heading as written."""
    below: tuple[int, ...] = ()
    """Numbers of the rows below the table, which were not read."""

    def column(self, name: str) -> Iterator[str]:
        """Yield the cells of a column."""
        return (cells.get(name, "") for _, cells in self.rows)


def read_table(text: str, layout: Layout) -> Table:
    """Return the table in a text.

    Raises:
        Invalid: at `file`, if there is no such table, it has too many rows, or quotation marks don't match.
    """
    separator, text = _separator(_without_empty_end(text.lstrip("\ufeff")), layout)
    rows = list(islice(_rows(text, separator), layout.most_rows + ROWS_BEFORE_HEADER + 2))
    header = next((place for place, (_, cells) in enumerate(rows[:ROWS_BEFORE_HEADER]) if layout.is_header(cells)), 0)
    names = rows[header][1] if rows else []
    columns = layout.columns(names)
    if len(rows) - header - 1 > layout.most_rows:
        raise Invalid(
            "The file was not read.",
            {"file": "The file has more than %(most)s rows. Is it the right one?"},
            values={"most": layout.most_rows},
        )
    found = [(number, _by_column(names, columns, cells)) for number, cells in rows[header + 1 :]]
    below = _footnotes(found, layout)
    kept = tuple(found[: len(found) - len(below)])
    return Table(kept, {name: names[place] for name, place in columns.items()}, below)


def plain(heading: str) -> str:
    """Return a heading in lower case, without accents, and with underscores for blanks and hyphens."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", heading) if not unicodedata.combining(sign))
    return "_".join(re.split(r"[\s_-]+", bare.casefold().strip()))


def _without_empty_end(text: str) -> str:
    filled = len(text.rstrip(EMPTY))
    end_of_line = REST_OF_LINE.match(text, filled)
    return text[: end_of_line.end() if end_of_line else filled]


def _separator(text: str, layout: Layout) -> tuple[str, str]:
    """Return the separator, and the text without the line that names it."""
    if named := NAMED_SEPARATOR.match(text):
        return named["sign"], text[named.end() :]
    first_line = next((line for line in text.splitlines() if line.strip()), "")
    likeliest = sorted(SEPARATORS, key=first_line.count, reverse=True)
    for separator in likeliest:
        try:
            if any(layout.is_header(cells) for _, cells in islice(_rows(text, separator), ROWS_BEFORE_HEADER)):
                return separator, text
        except Invalid:
            continue
    return likeliest[0], text


def _rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not empty; the first row is number 1, and a cell with several lines is still in one row."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, row in enumerate(reader, 1):
            cells = [unescape_formula(cell.strip().strip(INVISIBLE).strip()) for cell in row]
            if any(cells):
                yield number, cells
    except csv.Error as error:
        if "field limit" in str(error):
            raise Invalid(
                "The file was not read.",
                {
                    "file": "A cell near line %(line)s has more than %(most)s characters. Shorten it, or close a quotation mark before it."
                },
                values={"line": reader.line_num, "most": LONGEST_CELL},
            ) from error
        raise Invalid(
            "The file was not read.",
            {
                "file": "A quotation mark near line %(line)s opens a text that does not end, or ends it too early. Save the file as CSV again."
            },
            values={"line": reader.line_num},
        ) from error


def _by_column(names: Sequence[str], columns: Mapping[str, int], cells: Sequence[str]) -> dict[str, str]:
    row = {name: cells[place] if place < len(cells) else "" for name, place in columns.items()}
    beyond = [cell for place, cell in enumerate(cells) if cell and not (place < len(names) and names[place])]
    return row | ({"": " ".join(beyond)} if beyond else {})


def _footnotes(rows: Sequence[tuple[int, Mapping[str, str]]], layout: Layout) -> tuple[int, ...]:
    """Return the numbers of the last rows that are no entries, from the first that reads like a note or stands apart."""
    start = len(rows)
    while start and _may_be_a_note(rows[start - 1][1], layout):
        start -= 1
    for place in range(start, len(rows)):
        number, cells = rows[place]
        filled = list(filter(None, cells.values()))
        is_apart = len(filled) == 1 and place > 0 and rows[place - 1][0] < number - 1
        if is_apart or FOOTNOTE.match(filled[0]) or len(filled[0]) > LONGEST_NAME:
            return tuple(number for number, _ in rows[place:])
    return ()


def _may_be_a_note(cells: Mapping[str, str], layout: Layout) -> bool:
    return sum(map(bool, cells.values())) <= MOST_CELLS_OF_A_FOOTNOTE and not layout.is_entry(cells)

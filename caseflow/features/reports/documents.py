"""The counts as tables, with the same rows on the page and in the file."""

from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from caseflow.features.reports.advocacy import FACTS, Advocacy
from caseflow.features.reports.queries import DIMENSIONS, SectionCounts
from caseflow.law.dates import add_months
from caseflow.outbound.tables import csv_table

Words = Callable[[str, str], str]
"""Returns the label of a code of a dimension, in the reader's language."""

HEADER = ("section", "from", "until", "dimension", "code", "label", "cases", "note")
"""The columns of the file, with the same names in every language so that programs can read it."""

ADVOCACY_HEADER = ("state", "name", "standing", "counted_on", "binding_from", "facts", "cases", "note")
"""Hidden numbers are empty cells with a note, in both files, to distinguish them from 0."""
HIDDEN = "Not shown"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: the number of cases opened from `first` to `last` with `code` in the dimension."""

    code: str
    label: str
    cases: int | None
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Dimension:
    """The table of counts of a dimension."""

    name: str
    rows: tuple[Row, ...]

    @property
    def largest(self) -> int:
        """Return the largest number that is shown, at least 1, for the length of the bars."""
        return max((row.cases or 0 for row in self.rows), default=0) or 1


def months_of(first: date, last: date) -> Iterator[tuple[str, date, date]]:
    """Yield each month of a period as `2026-03` with its first and last day inside the period."""
    month = first.replace(day=1)
    while month <= last:
        end = month.replace(day=monthrange(month.year, month.month)[1])
        yield f"{month.year:04}-{month.month:02}", max(month, first), min(end, last)
        if end == date.max:
            return
        month = add_months(month, 1)


def tables(counts: SectionCounts, codes: Callable[[str], list[str]], words: Words) -> tuple[Dimension, ...]:
    """Return the tables, with all stages and months, and those rights that have cases."""
    return tuple(Dimension(name, tuple(_rows(counts, name, codes, words))) for name in DIMENSIONS)


def _rows(counts: SectionCounts, name: str, codes: Callable[[str], list[str]], words: Words) -> Iterator[Row]:
    first, last, found = counts.of.opened_from, counts.of.opened_until, counts.by[name]
    if name == "month":
        for code, begin, end in months_of(first, last):
            yield Row(code, words(name, code), found.get(code, 0), begin, end)
        return
    known = codes(name) if name == "stage" else [code for code in codes(name) if code in found]
    for code in [*known, *sorted(set(found) - set(known))]:
        yield Row(code, words(name, code), found.get(code, 0), first, last)


def counts_csv(counts: SectionCounts, dimensions: tuple[Dimension, ...], words: Words) -> bytes:
    """Return the counts as one CSV table; the last row is the total."""
    start = (counts.section.code, counts.of.opened_from.isoformat(), counts.of.opened_until.isoformat())
    lines = [(*start, table.name, row.code, row.label, *_cell(row.cases)) for table in dimensions for row in table.rows]
    return csv_table(HEADER, [*lines, (*start, "total", "", words("total", ""), *_cell(counts.total))])


def advocacy_csv(found: Advocacy, name: Callable[[str], str]) -> bytes:
    """Return the cases against States that are not bound as one CSV table: a row for each number, the sums last."""
    days = (found.on.isoformat(), found.binding_from.isoformat())
    lines: list[tuple[str | int, ...]] = []
    for row in found.rows:
        named = (row.code, name(row.code), row.standing or "") if row.code else ("", "others", "")
        lines += [(*named, *days, *cells) for cells in _cells(row.cases)]
    lines += [("", "all", "", *days, *cells) for cells in _cells(found.total)]
    return csv_table(ADVOCACY_HEADER, lines)


def _cells(numbers: Sequence[int | None]) -> Iterator[tuple[str, str | int, str]]:
    for facts, number in zip((*FACTS, "total"), numbers, strict=False):
        yield (facts, *_cell(number))


def _cell(number: int | None) -> tuple[str | int, str]:
    """Return the cells of a number and its note."""
    return ("", HIDDEN) if number is None else (number, "")

"""Counts of a year and of its quarters for people who do not see the cases, hidden together (docs/threat-model.md, L7).

The quarters of a year add up to it. So a number that is hidden in a quarter could be calculated from the other quarters and the
year, unless all five tables are made at once: a matrix with a column for each quarter, and the year as their sum. A quarter whose
total is hidden shows nothing; such quarters form one column of the matrix, as their sum follows from the others.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from caseflow.features.reports.commands import CountsQuery
from caseflow.features.reports.suppression import SMALLEST, suppressed, suppressed_list
from caseflow.law.dates import add_months

MONTHS: Final = 3
"""Of a quarter."""
QUARTERS: Final = 4
YEAR: Final = None
"""Stands for the whole year beside the numbers of quarters."""

Counts = Mapping[str, Mapping[str, int]]
"""Numbers of cases by dimension and code. The dimension `total` has one code."""
Shown = tuple[int | None, Mapping[str, Mapping[str, int | None]]]
"""The total, and the numbers by dimension and code; hidden ones are None."""


def quarter_of(day: date) -> int:
    """Return the number of a day's quarter, from 1 to 4."""
    return (day.month - 1) // MONTHS + 1


def quarter(year: int, number: int) -> tuple[date, date]:
    """Return the first and last day of a quarter."""
    first = date(year, (number - 1) * MONTHS + 1, 1)
    return first, add_months(first, MONTHS) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """A calendar year or one of its quarters, until today, and the quarters of that year that have begun."""

    of: CountsQuery
    number: int | None
    quarters: Mapping[int, tuple[date, date]]

    @classmethod
    def nearest(cls, of: CountsQuery, on: date) -> "Period":
        """Return the quarter that is asked for; for any other period the calendar year in which it ends.

        Of two periods that overlap one minus the other would be a case.
        """
        year = of.opened_until.year
        all_of_them = {number: quarter(year, number) for number in range(1, QUARTERS + 1)}
        begun = {number: (first, min(last, on)) for number, (first, last) in all_of_them.items() if first <= on}
        for number, (first, last) in begun.items():
            if of.opened_from == first and of.opened_until in (last, all_of_them[number][1]):
                return cls(replace(of, opened_until=last), number, begun)
        first, last = date(year, 1, 1), date(year, 12, 31)
        return cls(replace(of, opened_from=first, opened_until=on if first <= on <= last else last), YEAR, begun)


def shown_counts(counts: Mapping[int, Counts], wanted: int | None) -> Shown:
    """Return what is shown of a quarter or of the year, without numbers that could identify a person.

    Args:
        counts: the counts of each quarter of the year that has begun.
        wanted: the number of the quarter, or `YEAR`.
    """
    totals = {number: found["total"].get("", 0) for number, found in counts.items()}
    total = sum(totals.values())
    if total < SMALLEST:
        return None, _nothing(counts, wanted)
    closed = {number for number, shown in _of_numbers(totals, total).items() if shown is None}
    while True:
        tables = {dimension: _table(counts, dimension, closed) for dimension in ("right", "stage")}
        further = {number for table in tables.values() for number in table.without_sum}
        if not further:
            break
        closed = _enough(closed | further, totals)
    if wanted in closed:
        return None, _nothing(counts, wanted)
    by: dict[str, Mapping[str, int | None]] = {name: table.columns[wanted] for name, table in tables.items()}
    by["month"] = _months(counts, totals, closed, wanted)
    return total if wanted is None else totals[wanted], by


def _nothing(counts: Mapping[int, Counts], wanted: int | None) -> dict[str, Mapping[str, int | None]]:
    """Return hidden numbers only. All codes of the year have one: which codes a quarter lacks would tell of the others."""
    by: dict[str, Mapping[str, int | None]] = {
        dimension: dict.fromkeys(code for found in counts.values() for code in found[dimension])
        for dimension in ("right", "stage")
    }
    by["month"] = dict.fromkeys(
        code for number, found in counts.items() if wanted in (YEAR, number) for code in found["month"]
    )
    return by


def _of_numbers(numbers: Mapping[int, int], total: int) -> dict[int, int | None]:
    shown = suppressed_list({str(number): cases for number, cases in numbers.items()}, total)
    return {int(number): cases for number, cases in shown.items()}


def _enough(closed: set[int], totals: Mapping[int, int]) -> set[int]:
    """Return the quarters that show nothing, with as many more as are needed that the total of none can be calculated."""
    closed = set(closed)
    while len(closed) == 1 or 0 < sum(totals[number] for number in closed) < SMALLEST:
        rest = [number for number in totals if number not in closed]
        if not rest:
            break
        closed.add(min(rest, key=lambda number: (totals[number] == 0, totals[number], number)))
    return closed


@dataclass(frozen=True, slots=True)
class _Table:
    """What is shown of a dimension, by quarter and for the year; and the quarters whose sum would have to be hidden."""

    columns: Mapping[int | None, Mapping[str, int | None]]
    without_sum: frozenset[int]


def _table(counts: Mapping[int, Counts], dimension: str, closed: set[int]) -> _Table:
    """Hide the small numbers of a dimension. A case may have several rights, so those of a quarter may exceed its total."""
    codes = sorted({code for found in counts.values() for code in found[dimension]})
    shown = [number for number in counts if number not in closed]
    groups = [*([number] for number in shown), *([sorted(closed)] if closed else [])]
    rows = [[sum(counts[number][dimension].get(code, 0) for number in group) for group in groups] for code in codes]
    sums = [sum(counts[number]["total"].get("", 0) for number in group) for group in groups]
    matrix = [[*row, sum(row)] for row in rows]
    nearly_all = {
        (r, c)
        for r, row in enumerate(matrix)
        for c, cases in enumerate(row)
        if 0 < [*sums, sum(sums)][c] - cases < SMALLEST and cases
    }
    hidden = suppressed([*matrix, [sum(column) for column in zip(*matrix, strict=True)]], also=nearly_all)
    columns: dict[int | None, Mapping[str, int | None]] = {
        number: {code: hidden[r][c] for r, code in enumerate(codes)} for c, number in enumerate(shown)
    }
    columns[YEAR] = {code: hidden[r][-1] for r, code in enumerate(codes)}
    without_sum = {number for c, number in enumerate(shown) if hidden[-1][c] is None}
    if not without_sum and None in hidden[-1]:  # the year, or the quarters that show nothing: their sums are known
        without_sum = {min(shown, key=lambda number: (sums[shown.index(number)], number))} if shown else set()
        if not shown:
            columns[YEAR] = dict.fromkeys(codes)
    return _Table(columns, frozenset(without_sum))


def _months(
    counts: Mapping[int, Counts], totals: Mapping[int, int], closed: set[int], wanted: int | None
) -> dict[str, int | None]:
    """Return the months of a quarter, or of the year: those of quarters that show nothing are hidden."""
    shown: dict[str, int | None] = {}
    for number, found in counts.items():
        if wanted in (YEAR, number):
            months = found["month"]
            shown |= dict.fromkeys(months) if number in closed else suppressed_list(months, totals[number])
    return shown

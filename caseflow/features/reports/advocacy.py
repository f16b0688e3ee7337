"""What joining would open: cases against States that are not bound, by State, with no number that points at a person.

Why it is counted so: the Committee receives nothing about a State that has not joined (OP-ICESCR art. 1(2)), and facts
before entry into force count only where they went on after it, or where a later decision could have repaired them
(art. 3(2)(b)). So of each case one thing is asked: does an act continue, is a domestic decision still to come, or is all
of it past.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from caseflow.features.reference.queries import BOUND_OR_JOINING, Standing, standings
from caseflow.features.reports.suppression import SMALLEST, suppressed
from caseflow.law import Register, entry_into_force

FACTS: Final = ("continuing", "awaited", "past")
"""In the order of the columns."""
OTHERS: Final = ""
"""The code of the row in which States with few cases stand together: their names alone would tell that there is a case."""


@dataclass(frozen=True, slots=True)
class StateCounts:
    """One row: numbers in the order of `FACTS`, then their sum. None is a number that is not shown."""

    code: str
    standing: Standing | None
    cases: Sequence[int | None]


@dataclass(frozen=True, slots=True)
class Advocacy:
    """The table on a day. `rows` is empty when there are too few cases in all for any number."""

    on: date
    binding_from: date
    """The day from which the Protocol would bind a State that deposited its instrument on the day of the table."""
    rows: Sequence[StateCounts]
    total: Sequence[int | None]
    smallest: int = SMALLEST

    @property
    def largest(self) -> int:
        """Return the largest sum of a row that is shown, for the length of the bars; at least one."""
        return max((row.cases[-1] or 0 for row in self.rows), default=0) or 1

    @property
    def has_hidden(self) -> bool:
        """Tell whether some number is not shown."""
        return any(number is None for row in (*(row.cases for row in self.rows), self.total) for number in row)


def not_bound(register: Register, on: date) -> Mapping[str, Standing]:
    """Return the States that are not bound and will not be by waiting, with how they stand."""
    return {code: found for code, found in standings(register, on).items() if found not in BOUND_OR_JOINING}


def advocacy(counts: Mapping[str, Mapping[str, int]], states: Mapping[str, Standing], on: date) -> Advocacy:
    """Return the table: the States with most cases first, those with few together, small numbers hidden."""
    table = {code: [found.get(facts, 0) for facts in FACTS] for code, found in counts.items()}
    named, others = _parted(table)
    codes = sorted(named, key=lambda code: (-sum(named[code]), code)) + ([OTHERS] if any(others) else [])
    inner = [[*numbers, sum(numbers)] for numbers in (named.get(code, others) for code in codes)]
    total = [sum(column) for column in zip(*inner, strict=True)] or [0] * (len(FACTS) + 1)
    if total[-1] < SMALLEST:
        return Advocacy(on, entry_into_force(on), (), ())
    *rows, sums = suppressed([*inner, total])
    found = [StateCounts(code, states.get(code), row) for code, row in zip(codes, rows, strict=True)]
    return Advocacy(on, entry_into_force(on), found, sums)


def _parted(table: Mapping[str, list[int]]) -> tuple[dict[str, list[int]], list[int]]:
    """Return the States that are named, and the numbers of the others: together no small number either."""
    named, others = dict(table), [0] * len(FACTS)
    for code in sorted(table, key=lambda code: (sum(table[code]), code)):
        if sum(table[code]) < SMALLEST or 0 < sum(others) < SMALLEST:
            others = [a + b for a, b in zip(others, named.pop(code), strict=True)]
    return named, others

"""Cases that could reach the Committee if their States joined the Protocol, by State, without small numbers.

The Committee receives no communication about a State that has not joined (OP-ICESCR art. 1(2)), and facts before entry
into force count only if they continued after it, or if a later decision could have repaired them (art. 3(2)(b)). So each
case is counted by one criterion: an act continues, a domestic decision is awaited, or everything is past.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from caseflow.features.reference.queries import BOUND_OR_JOINING, Standing, standings
from caseflow.features.reports.suppression import SMALLEST, suppressed
from caseflow.law import Register, entry_into_force

FACTS: Final = ("continuing", "awaited", "past")
"""The criteria, in the order of the columns."""
OTHERS: Final = ""
"""The code of the row that combines States with few cases, as their names alone would reveal that there is a case."""


@dataclass(frozen=True, slots=True)
class StateCounts:
    """A row: numbers in the order of `FACTS`, then their sum; None for hidden numbers."""

    code: str
    standing: Standing | None
    cases: Sequence[int | None]


@dataclass(frozen=True, slots=True)
class Advocacy:
    """The table for a day. `rows` is empty if there are too few cases to show any number."""

    on: date
    binding_from: date
    """The day on which the Protocol would enter into force for a State that deposited its instrument on `on`."""
    rows: Sequence[StateCounts]
    total: Sequence[int | None]
    smallest: int = SMALLEST

    @property
    def largest(self) -> int:
        """Return the largest sum that is shown, at least 1, for the length of the bars."""
        return max((row.cases[-1] or 0 for row in self.rows), default=0) or 1

    @property
    def has_hidden(self) -> bool:
        """Return whether a number is hidden."""
        return any(number is None for row in (*(row.cases for row in self.rows), self.total) for number in row)


def not_bound(register: Register, on: date) -> Mapping[str, Standing]:
    """Return the States that are not bound and have not joined, with their status."""
    return {code: found for code, found in standings(register, on).items() if found not in BOUND_OR_JOINING}


def advocacy(counts: Mapping[str, Mapping[str, int]], states: Mapping[str, Standing], on: date) -> Advocacy:
    """Return the table: States with most cases first, those with few combined, small numbers hidden."""
    table = {code: [found.get(facts, 0) for facts in FACTS] for code, found in counts.items()}
    named, others = _with_others_combined(table)
    codes = sorted(named, key=lambda code: (-sum(named[code]), code)) + ([OTHERS] if any(others) else [])
    inner = [[*numbers, sum(numbers)] for numbers in (named.get(code, others) for code in codes)]
    total = [sum(column) for column in zip(*inner, strict=True)] or [0] * (len(FACTS) + 1)
    if total[-1] < SMALLEST:
        return Advocacy(on, entry_into_force(on), (), ())
    *rows, sums = suppressed([*inner, total])
    found = [StateCounts(code, states.get(code), row) for code, row in zip(codes, rows, strict=True)]
    return Advocacy(on, entry_into_force(on), found, sums)


def _with_others_combined(table: Mapping[str, list[int]]) -> tuple[dict[str, list[int]], list[int]]:
    """Return the States to be named, and the combined numbers of the others, whose sum is not small either."""
    named, others = dict(table), [0] * len(FACTS)
    for code in sorted(table, key=lambda code: (sum(table[code]), code)):
        if sum(table[code]) < SMALLEST or 0 < sum(others) < SMALLEST:
            others = [a + b for a, b in zip(others, named.pop(code), strict=True)]
    return named, others

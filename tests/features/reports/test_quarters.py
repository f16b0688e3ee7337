"""Quarters and their year, hidden together: nothing small can be calculated from all five pages. Checked with linear algebra."""

from datetime import date
from fractions import Fraction
from random import Random

import pytest

from caseflow.features.reports.commands import CountsQuery
from caseflow.features.reports.quarters import QUARTERS, YEAR, Period, quarter, shown_counts
from caseflow.features.reports.suppression import SMALLEST, suppressed_list
from tests.features.reports.test_suppression import rank

SIZES = (0, 0, 0, 1, 2, 3, 5, 6, 9, 30)


def drawn(chance):
    """Return invented counts of the begun quarters: each case has one stage and one month, and one right."""
    counts = {}
    for number in range(1, chance.choice((1, 2, 3, 4, 4, 4)) + 1):
        stages = {f"s{n}": chance.choice(SIZES) for n in range(chance.randint(1, 4))}
        total = sum(stages.values())
        months = [0, 0, 0]
        for _ in range(total):
            months[chance.randrange(3)] += 1
        rights = {"": total} if chance.random() < 0.3 else split(chance, total)
        counts[number] = {
            "stage": {code: cases for code, cases in stages.items() if cases},
            "right": {code: cases for code, cases in rights.items() if cases},
            "month": {f"2026-{3 * number - 2 + n:02}": cases for n, cases in enumerate(months) if cases},
            "total": {"": total} if total else {},
        }
    return counts


def split(chance, total):
    found = dict.fromkeys(("A", "B", "C"), 0)
    for _ in range(total):
        found[chance.choice("AAABC")] += 1
    return found


def published(counts, dimension):
    """Return what a reader of all pages knows: sets of cells (code, quarter) whose sum is shown, with that sum."""
    codes = {code for found in counts.values() for code in found[dimension]}
    known = []
    for wanted in (*counts, YEAR):
        total, by = shown_counts(counts, wanted)
        quarters = [number for number in counts if wanted in (YEAR, number)]
        if total is not None:
            known.append(([(code, number) for code in codes for number in quarters], total))
        own = by[dimension]
        known += [
            ([(code, number) for number in quarters], own.get(code, 0))
            for code in codes
            if own.get(code, 0) is not None and (total is not None or own)
        ]
    return known


def leaks(counts, dimension):
    """Return the small numbers of a dimension, of a quarter or the year, that follow from what is published."""
    codes = sorted({code for found in counts.values() for code in found[dimension]})
    cells = [(code, number) for code in codes for number in counts]
    rows = [[Fraction(cell in of) for cell in cells] for of, _ in published(counts, dimension)]
    exact = rank(rows)
    asked = [[cell] for cell in cells]
    asked += [[(code, number) for number in counts] for code in codes]
    asked += [[(code, number) for code in codes] for number in counts]
    found = []
    for of in asked:
        number = sum(counts[quarter_][dimension].get(code, 0) for code, quarter_ in of)
        if 0 < number < SMALLEST and rank([*rows, [Fraction(cell in of) for cell in cells]]) == exact:
            found.append((of, number))
    return found


@pytest.mark.parametrize("seed", range(20))
def test_no_small_number_follows_from_the_quarters_and_the_year(seed):
    chance = Random(seed)
    for _ in range(15):
        counts = drawn(chance)
        for dimension in ("stage", "right", "month"):
            assert leaks(counts, dimension) == [], (dimension, counts)


def test_a_planted_leak_is_found(monkeypatch):
    """Quarters that are hidden each by itself: the year minus three quarters is the fourth."""

    def alone(counts, wanted):
        quarters = [found for number, found in counts.items() if wanted in (YEAR, number)]
        codes = {code for found in quarters for code in found["stage"]}
        by = {code: sum(found["stage"].get(code, 0) for found in quarters) for code in codes}
        total = sum(by.values())
        return total if total >= SMALLEST else None, {"stage": suppressed_list(by, total)}

    monkeypatch.setattr("tests.features.reports.test_quarters.shown_counts", alone)
    assert ([("s", 1)], 3) in leaks(one_stage(3, 20, 30, 40), "stage")


@pytest.mark.parametrize("seed", range(5))
def test_what_is_shown_is_right_and_never_small(seed):
    chance = Random(seed)
    for _ in range(40):
        counts = drawn(chance)
        for wanted in (*counts, YEAR):
            total, by = shown_counts(counts, wanted)
            quarters = [number for number in counts if wanted in (YEAR, number)]
            assert total in (None, sum(counts[number]["total"].get("", 0) for number in quarters))
            for dimension, shown in by.items():
                for code, number in shown.items():
                    right = sum(counts[one][dimension].get(code, 0) for one in quarters)
                    assert number is None or (number == right and not 0 < number < SMALLEST)


def one_stage(*totals):
    """Return counts of quarters whose cases all have one stage, one right and one month."""
    return {
        number: {"stage": {"s": n}, "right": {"A": n}, "month": {f"2026-{3 * number:02}": n}, "total": {"": n}}
        for number, n in enumerate(totals, 1)
    }


def test_large_quarters_are_shown():
    counts = one_stage(10, 20, 30, 40)
    assert [shown_counts(counts, number)[0] for number in (*counts, YEAR)] == [10, 20, 30, 40, 100]
    assert shown_counts(counts, 2)[1] == {"stage": {"s": 20}, "right": {"A": 20}, "month": {"2026-06": 20}}


def test_a_small_quarter_is_hidden_with_another_one():
    counts = one_stage(3, 20, 30, 40)
    assert [shown_counts(counts, number)[0] for number in (*counts, YEAR)] == [None, None, 30, 40, 93]
    assert shown_counts(counts, YEAR)[1]["month"] == {"2026-03": None, "2026-06": None, "2026-09": 30, "2026-12": 40}


def test_few_cases_in_the_year_show_nothing():
    assert shown_counts(one_stage(1, 1, 1, 1), YEAR)[0] is None
    assert shown_counts({}, YEAR) == (None, {"right": {}, "stage": {}, "month": {}})


ON = date(2026, 8, 15)


@pytest.mark.parametrize(
    ("first", "last", "number", "until"),
    [
        (date(2026, 4, 1), date(2026, 6, 30), 2, date(2026, 6, 30)),
        (date(2026, 7, 1), date(2026, 8, 15), 3, ON),
        (date(2026, 7, 1), date(2026, 9, 30), 3, ON),
        (date(2026, 7, 1), date(2026, 8, 14), YEAR, ON),
        (date(2026, 4, 1), date(2026, 6, 29), YEAR, ON),
        (date(2026, 10, 1), date(2026, 12, 31), YEAR, ON),
        (date(2025, 10, 1), date(2025, 12, 31), 4, date(2025, 12, 31)),
        (date(2020, 1, 1), date(2025, 12, 31), YEAR, date(2025, 12, 31)),
    ],
)
def test_only_whole_quarters_and_years_are_counted(first, last, number, until):
    found = Period.nearest(CountsQuery(section_code="ES", opened_from=first, opened_until=last), ON)
    assert (found.number, found.of.opened_until) == (number, until)
    assert found.of.opened_from == (quarter(last.year, number)[0] if number else date(last.year, 1, 1))
    assert len(found.quarters) == (3 if last.year == ON.year else QUARTERS)

"""Small numbers stay hidden, also from subtraction: checked with linear algebra instead of graphs."""

from fractions import Fraction
from random import Random

import pytest

from caseflow.features.reports.suppression import SMALLEST, suppressed, suppressed_list


def with_sums(inner):
    rows = [[*row, sum(row)] for row in inner]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def rank(rows):
    rows, found = [list(row) for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((i for i in range(found, len(rows)) if rows[i][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for i, row in enumerate(rows):
            if i != found and row[column]:
                factor = row[column] / rows[found][column]
                rows[i] = [a - factor * b for a, b in zip(row, rows[found], strict=True)]
        found += 1
    return found


def computable(shown):
    """Return the hidden cells whose number follows from the visible numbers and sums."""
    height, width = len(shown), len(shown[0])
    hidden = [(r, c) for r in range(height) for c in range(width) if shown[r][c] is None]
    rows = [[Fraction((1 if c < width - 1 else -1) * (r == line)) for r, c in hidden] for line in range(height)]
    columns = [[Fraction((1 if r < height - 1 else -1) * (c == line)) for r, c in hidden] for line in range(width)]
    known = rank(rows + columns)
    units = [[Fraction(i == j) for j in range(len(hidden))] for i in range(len(hidden))]
    return [cell for cell, unit in zip(hidden, units, strict=True) if rank([*rows, *columns, unit]) == known]


def secrets(matrix, shown):
    """Return the small sums of hidden numbers in rows and columns whose total is shown."""
    lines = [list(zip(row, seen, strict=True)) for row, seen in zip(matrix, shown, strict=True)]
    lines += [list(column) for column in zip(*lines, strict=True)]
    sums = [sum(n for n, seen in parts if seen is None) for *parts, total in lines if total[1] is not None]
    return [number for number in sums if 0 < number < SMALLEST]


@pytest.mark.parametrize("seed", range(20))
def test_no_hidden_number_can_be_computed(seed):
    chance = Random(seed)
    for _ in range(25):
        height, width = chance.randint(1, 6), chance.randint(1, 3)
        matrix = with_sums([[chance.choice((0, 0, 1, 2, 4, 5, 6, 9, 30)) for _ in range(width)] for _ in range(height)])
        shown = suppressed(matrix)
        assert computable(shown) == [], (matrix, shown)
        assert secrets(matrix, shown) == [], (matrix, shown)
        for row, seen in zip(matrix, shown, strict=True):
            assert all(cell is None or (cell == n and not 0 < n < SMALLEST) for n, cell in zip(row, seen, strict=True))


def test_a_planted_leak_is_found():
    """A table in which only the small numbers are hidden."""
    assert computable([[None, 20, 23], [7, 8, 15], [10, 28, 38]]) == [(0, 0)]
    assert secrets([[1, 2, 20, 23], [9, 9, 9, 27]], [[None, None, 20, 23], [None, None, 9, 27]]) == [3]


def test_large_numbers_and_zero_are_shown():
    matrix = with_sums([[5, 0, 12], [9, 30, 7]])
    assert suppressed(matrix) == matrix


def test_as_little_as_possible_is_hidden_besides_a_small_number():
    matrix = with_sums([[3, 20, 30], [40, 6, 50], [70, 80, 90]])
    hidden = sum(cell is None for row in suppressed(matrix) for cell in row)
    assert hidden == 4


def shown_list(numbers, total):
    return list(suppressed_list({str(place): number for place, number in enumerate(numbers)}, total).values())


@pytest.mark.parametrize(
    ("numbers", "total", "shown"),
    [
        ([5, 0, 9], 14, [5, 0, 9]),
        ([1, 9, 20], 30, [None, None, 20]),
        ([2, 2, 20], 24, [None, None, None]),
        ([4, 4, 20], 28, [None, None, 20]),
        ([9, 5], 10, [None, None]),  # one of ten is not among the nine
        ([3, 0, 0, 7], 10, [None, 0, 0, None]),
        ([], 0, []),
    ],
)
def test_a_list_hides_small_numbers_and_what_gives_them_away(numbers, total, shown):
    assert shown_list(numbers, total) == shown


@pytest.mark.parametrize("seed", range(20))
def test_no_hidden_number_of_a_list_follows_from_the_total(seed):
    chance = Random(seed)
    for _ in range(200):
        numbers = [chance.choice((0, 0, 1, 2, 4, 5, 6, 9, 30)) for _ in range(chance.randint(1, 8))]
        if sum(numbers) < SMALLEST:
            continue
        shown = shown_list(numbers, sum(numbers))
        hidden = [number for number, seen in zip(numbers, shown, strict=True) if seen is None]
        assert all(seen is None or (seen == n and not 0 < n < SMALLEST) for n, seen in zip(numbers, shown, strict=True))
        assert not hidden or (len(hidden) > 1 and sum(hidden) >= SMALLEST), (numbers, shown)

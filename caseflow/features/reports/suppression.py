"""Hiding small numbers, and those from which they could be computed (docs/threat-model.md, L7).

A table is a matrix whose last column has the sums of rows and whose last row has the sums of columns. The hidden cells are
the edges of a graph whose nodes are the rows and columns. A hidden number can be computed exactly when its edge is a bridge
(D. Gusfield, "A graph theoretic approach to statistical data security", 1988). So cells are hidden until no edge is a
bridge, and until the hidden numbers of a row or column with a visible sum do not add up to a small number either.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

SMALLEST: Final = 5
"""The smallest number that is shown; 0 is shown, too, as it concerns nobody."""

Matrix = Sequence[Sequence[int]]
Cell = tuple[int, int]
Node = tuple[str, int]


def suppressed(matrix: Matrix, smallest: int = SMALLEST, *, also: Collection[Cell] = ()) -> list[list[int | None]]:
    """Return the table with hidden numbers as None. The last row and column of the matrix are sums.

    `also` are cells that are hidden for another reason than that they are small.
    """
    hidden = {(r, c) for r, row in enumerate(matrix) for c, number in enumerate(row) if _is_small(number, smallest)}
    hidden |= set(also)
    while (cell := _next(matrix, hidden, smallest)) is not None:
        hidden.add(cell)
    return [[None if (r, c) in hidden else number for c, number in enumerate(row)] for r, row in enumerate(matrix)]


def suppressed_list(numbers: Mapping[str, int], total: int, smallest: int = SMALLEST) -> dict[str, int | None]:
    """Return a list of numbers beside their visible total with the hidden ones as None.

    Hidden is also a number from which all but a few cases of the total are missing. A case may be counted under several
    codes, but usually is not, so a single hidden number would follow from the others: there are always two, and together
    they are not small either.
    """
    hidden = {
        code for code, number in numbers.items() if _is_small(number, smallest) or _is_small(total - number, smallest)
    }
    while hidden and (len(hidden) == 1 or _is_small(sum(numbers[code] for code in hidden), smallest)):
        shown = [code for code, number in numbers.items() if number and code not in hidden]
        if not shown:
            break
        hidden.add(min(shown, key=lambda code: (numbers[code], code)))
    return {code: None if code in hidden else number for code, number in numbers.items()}


def _is_small(number: int, smallest: int) -> bool:
    return 0 < number < smallest


def is_computable(cell: Cell, hidden: set[Cell]) -> bool:
    """Return whether a hidden number follows from visible ones: its edge is a bridge."""
    others = hidden - {cell}
    return ("column", cell[1]) not in _reached(("row", cell[0]), others)


def _next(matrix: Matrix, hidden: set[Cell], smallest: int) -> Cell | None:
    """Return the cell to hide next, None if done. Preferred is another edge between the parts that a bridge connects."""
    for cell in sorted(hidden):
        if is_computable(cell, hidden):
            one_part, other_part = (_reached(end, hidden - {cell}) for end in (("row", cell[0]), ("column", cell[1])))
            shown = _shown(matrix, hidden)
            between = [other for other in shown if _leaves(other, one_part) and _leaves(other, other_part)]
            return _cheapest(matrix, between or [other for other in shown if _leaves(other, one_part)])
    for line in _lines(matrix):
        *parts, total = line
        hidden_sum = sum(matrix[r][c] for r, c in parts if (r, c) in hidden)
        if total not in hidden and _is_small(hidden_sum, smallest):
            return _cheapest(matrix, [cell for cell in line if cell not in hidden])
    return None


def _leaves(cell: Cell, part: set[Node]) -> bool:
    """Return whether exactly one end of a cell's edge is in a part of the graph."""
    return (("row", cell[0]) in part) != (("column", cell[1]) in part)


def _reached(start: Node, cells: set[Cell]) -> set[Node]:
    """Return the rows and columns that are connected with one of them by edges."""
    found, open_ = {start}, [start]
    while open_:
        kind, number = open_.pop()
        near = (
            ("column", column) if kind == "row" else ("row", row)
            for row, column in cells
            if number == (row if kind == "row" else column)
        )
        for node in near:
            if node not in found:
                found.add(node)
                open_.append(node)
    return found


def _shown(matrix: Matrix, hidden: set[Cell]) -> list[Cell]:
    return [(r, c) for r, row in enumerate(matrix) for c in range(len(row)) if (r, c) not in hidden]


def _cheapest(matrix: Matrix, cells: Sequence[Cell]) -> Cell:
    """Return the cheapest cell to hide: rather no sum, rather not 0, and the smallest number."""
    height, width = len(matrix), len(matrix[0])

    def cost(cell: Cell) -> tuple[bool, bool, int, Cell]:
        number = matrix[cell[0]][cell[1]]
        return cell[0] == height - 1 or cell[1] == width - 1, number == 0, number, cell

    return min(cells, key=cost)


def _lines(matrix: Matrix) -> Iterator[list[Cell]]:
    rows, columns = len(matrix), len(matrix[0])
    yield from ([(r, c) for c in range(columns)] for r in range(rows))
    yield from ([(r, c) for r in range(rows)] for c in range(columns))

"""Small numbers are not shown, nor those from which they could be computed (threat model, L7: threshold and complement).

A table is a matrix whose last column adds up its rows and whose last row adds up its columns. In such a table a hidden
number can be computed exactly when, in the graph of rows and columns that the hidden cells draw, its line is a bridge
(D. Gusfield, "A graph theoretic approach to statistical data security", 1988). So cells are hidden until no line of the
graph is a bridge, and until what is hidden in one row or column adds up to no small number either.
"""

from collections.abc import Iterator, Sequence
from typing import Final

SMALLEST: Final = 5
"""The smallest number that is shown; nought is shown, too, as it is about nobody."""

Matrix = Sequence[Sequence[int]]
Cell = tuple[int, int]
Node = tuple[str, int]


def suppressed(matrix: Matrix, smallest: int = SMALLEST) -> list[list[int | None]]:
    """Return a table of which each hidden number is None. The sums stand in the last row and the last column."""
    hidden = {(r, c) for r, row in enumerate(matrix) for c, number in enumerate(row) if 0 < number < smallest}
    while (cell := _next(matrix, hidden, smallest)) is not None:
        hidden.add(cell)
    return [[None if (r, c) in hidden else number for c, number in enumerate(row)] for r, row in enumerate(matrix)]


def is_computable(cell: Cell, hidden: set[Cell]) -> bool:
    """Tell whether a hidden number follows from those that are shown: its row and column hang together by it alone."""
    others = hidden - {cell}
    return ("column", cell[1]) not in _reached(("row", cell[0]), others)


def _next(matrix: Matrix, hidden: set[Cell], smallest: int) -> Cell | None:
    """Return the cell to hide next, None at the end. A second way between the two parts helps at once, else one out of one."""
    for cell in sorted(hidden):
        if is_computable(cell, hidden):
            ours, theirs = (_reached(end, hidden - {cell}) for end in (("row", cell[0]), ("column", cell[1])))
            shown = _shown(matrix, hidden)
            across = [other for other in shown if _joins(other, ours) and _joins(other, theirs)]
            return _least(matrix, across or [other for other in shown if _joins(other, ours)])
    for line in _lines(matrix):
        *parts, total = line
        secret = sum(matrix[r][c] for r, c in parts if (r, c) in hidden)
        if total not in hidden and 0 < secret < smallest:
            return _least(matrix, [cell for cell in line if cell not in hidden])
    return None


def _joins(cell: Cell, side: set[Node]) -> bool:
    """Tell whether a cell would lead out of a part of the graph: one of its ends is inside, the other outside."""
    return (("row", cell[0]) in side) != (("column", cell[1]) in side)


def _reached(start: Node, cells: set[Cell]) -> set[Node]:
    """Return the rows and columns that hang together with one of them by hidden cells."""
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


def _least(matrix: Matrix, cells: Sequence[Cell]) -> Cell:
    """Return the cell whose hiding costs least: no sum if it can be helped, somebody in it, and a small number."""
    height, width = len(matrix), len(matrix[0])

    def cost(cell: Cell) -> tuple[bool, bool, int, Cell]:
        number = matrix[cell[0]][cell[1]]
        return cell[0] == height - 1 or cell[1] == width - 1, number == 0, number, cell

    return min(cells, key=cost)


def _lines(matrix: Matrix) -> Iterator[list[Cell]]:
    rows, columns = len(matrix), len(matrix[0])
    yield from ([(r, c) for c in range(columns)] for r in range(rows))
    yield from ([(r, c) for r in range(rows)] for c in range(columns))

"""The kinds of misprint in a table's cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from random import Random

from gouji.fictitious.departments import FictitiousDepartment, Grid
from gouji.fictitious.misprints.digits import ANYWHERE, Misprint, Shown, negated
from gouji.fictitious.misprints.plant import TABLES, Kind, Plant

Position = tuple[str, int, int]
"""A table's key, the row of its body and the leaf column."""

ROWS, COLUMNS = ((-1, 0), (1, 0)), ((0, -1), (0, 1))
"""The steps to the rows above and below, and to the columns beside."""


def amounts(department: FictitiousDepartment) -> list[str]:
    """Returns the cells that print an amount other than zero."""
    return [path for path, text in department.printed.items() if any(char in "123456789" for char in text)]


def neighbours(department: FictitiousDepartment, steps: Sequence[tuple[int, int]]) -> dict[str, list[str]]:
    """Returns, for each cell, those with a printed number a given number of rows and columns away."""
    paths = _paths(department)
    printed = {position: path for position, path in paths.items() if _has_digit(department.printed[path])}
    return {
        path: [printed[to] for down, right in steps if (to := (key, row + down, column + right)) in printed]
        for (key, row, column), path in paths.items()
    }


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)


def _paths(department: FictitiousDepartment) -> dict[Position, str]:
    """Returns every cell with a concept, by its place in its grid."""
    columns = {grid.key: _columns(grid) for grid in department.grids}
    return {
        (place.key, place.row, columns[place.key][place.row][place.cell]): path
        for path, place in department.places.items()
    }


def _columns(grid: Grid) -> list[list[int]]:
    """Returns the leaf column at which each cell of each body row begins."""
    return [[sum(one.colspan for one in row[:at]) for at in range(len(row))] for row in grid.body]


def _by_itself(kind: str, misprint: Misprint, department: FictitiousDepartment, chance: Random) -> Iterator[Plant]:
    cells = amounts(department)
    for path in chance.sample(cells, len(cells)):
        clean = department.printed[path]
        shown = Shown(clean, department.template.unit, department.template.thousands)
        yield from _plant(kind, path, clean, misprint(shown, chance))


def _of_a_neighbour(
    kind: str, steps: Sequence[tuple[int, int]], department: FictitiousDepartment, chance: Random
) -> Iterator[Plant]:
    cells, beside = amounts(department), neighbours(department, steps)
    for path in chance.sample(cells, len(cells)):
        if beside[path]:
            yield from _plant(kind, path, department.printed[path], department.printed[chance.choice(beside[path])])


def _plant(kind: str, path: str, clean: str, printed: str) -> Iterator[Plant]:
    """Yields the plant, if it changes the value."""
    if printed and Shown(printed, "").value != Shown(clean, "").value:
        yield Plant(TABLES, kind, path, clean, printed)


KINDS: dict[str, Kind] = {
    **{kind: partial(_by_itself, kind, misprint) for kind, misprint in ANYWHERE.items()},
    "正负号相反": partial(_by_itself, "正负号相反", negated),
    "误填相邻行": partial(_of_a_neighbour, "误填相邻行", ROWS),
    "误填相邻列": partial(_of_a_neighbour, "误填相邻列", COLUMNS),
}
"""Every kind of misprint in a table."""

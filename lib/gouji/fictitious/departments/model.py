"""What is published: cells, tables and the department as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field

from gouji.fictitious.departments.templates import Template


@dataclass
class GridCell:
    """One printed cell; '' is a blank cell."""

    text: str
    colspan: int = 1
    rowspan: int = 1


@dataclass
class Grid:
    """One printed table. A header row that holds only continuations of cells above is an empty list."""

    key: str
    number: str
    title: str
    unit: str
    header: list[list[GridCell]]
    body: list[list[GridCell]]
    notes: list[str]

    @property
    def width(self) -> int:
        """Returns the number of columns."""
        return sum(cell.colspan for cell in self.header[0])


@dataclass(frozen=True)
class GridPlace:
    """Where a concept is printed: the table's key, the body row and the position of the cell in that row."""

    key: str
    row: int
    cell: int


@dataclass
class FictitiousDepartment:
    """A published account: tables, narrative, the printed text of every concept, and the true amounts in 分.

    `truth` lacks the concepts that are zero. `places` finds the cell of a concept in `grids`. `profile` is the text
    of 概况, a paragraph each; without it a short one is printed.
    """

    name: str
    year: int
    template: Template
    grids: list[Grid]
    narrative: list[str]
    printed: dict[str, str]
    truth: dict[str, int] = field(default_factory=dict)
    places: dict[str, GridPlace] = field(default_factory=dict)
    profile: tuple[str, ...] = ()

    def grid(self, key: str) -> Grid:
        """Returns the table with that key."""
        return next(grid for grid in self.grids if grid.key == key)

"""One page: its lines of text and its ruled tables, from the top down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pdfplumber.page import Page as PlumbedPage

from gouji.document.formats.pdf.grids import PageGrid, fill, grid_of
from gouji.document.formats.pdf.lines import Char, TextLine, lines_of
from gouji.document.formats.pdf.turned import turned_back
from gouji.document.origin import Box

#: A table needs at least this many rules; a page with fewer is not searched for one.
_FEWEST_RULES = 4


@dataclass(frozen=True, slots=True)
class Page:
    """A page by number (from 1): width and height in points, and its lines and tables in reading order. `turn` is by
    how many degrees, clockwise, it was turned to be read."""

    number: int
    width: float
    height: float
    items: tuple[TextLine | PageGrid, ...]
    turn: int = 0

    def placed(self, box: Box) -> Box:
        """A box as it stands on the page before it was turned."""
        width, height = (self.height, self.width) if self.turn else (self.width, self.height)
        return turned_back(box, self.turn, width, height)

    @property
    def lines(self) -> list[TextLine]:
        """Its lines outside tables."""
        return [item for item in self.items if isinstance(item, TextLine)]


def read_page(page: PlumbedPage, number: int, turn: int = 0) -> Page:
    """The lines and ruled tables of a page; pages without rules are not searched for tables."""
    rest = [_char(one) for one in page.chars]
    grids: list[PageGrid] = []
    if len(page.lines) + len(page.rects) + len(page.curves) >= _FEWEST_RULES:
        for table in page.find_tables():
            grid = grid_of(table.cells)
            if grid is not None:
                rest = fill(grid, rest)
                grids.append(grid)
    found: list[TextLine | PageGrid] = [*lines_of(rest), *grids]
    items = sorted(found, key=lambda item: item.box[1])
    return Page(number, float(page.width), float(page.height), tuple(items), turn)


def _char(one: dict[str, Any]) -> Char:
    return Char(one["text"], one["x0"], one["top"], one["x1"], one["bottom"])

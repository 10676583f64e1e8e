"""One page: its lines of text and its ruled tables, from the top down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gouji.document.formats.pages.grids import PageGrid
from gouji.document.formats.pages.lines import TextLine
from gouji.document.formats.pages.unruled import unruled_grids
from gouji.document.origin import Box


@dataclass(frozen=True, slots=True)
class Page:
    """A page by number (from 1): width and height in points, and its lines and tables in reading order. `turn` is by
    how many degrees, clockwise, it was turned to be read."""

    number: int
    width: float
    height: float
    items: tuple[TextLine | PageGrid, ...]
    turn: int = 0

    @property
    def lines(self) -> list[TextLine]:
        """Its lines outside tables."""
        return [item for item in self.items if isinstance(item, TextLine)]

    def placed(self, box: Box) -> Box:
        """A box as it stands on the page before it was turned."""
        left, top, right, bottom = box
        if self.turn == 90:
            return top, self.width - right, bottom, self.width - left
        return (self.height - bottom, left, self.height - top, right) if self.turn == 270 else box


def in_order(lines: Sequence[TextLine], grids: Sequence[PageGrid]) -> tuple[TextLine | PageGrid, ...]:
    """Lines and tables from the top down; tables without rules are looked for where there are none with."""
    rest, unruled = (lines, []) if grids else unruled_grids(lines)
    found: list[TextLine | PageGrid] = [*rest, *grids, *unruled]
    return tuple(sorted(found, key=lambda item: item.box[1]))

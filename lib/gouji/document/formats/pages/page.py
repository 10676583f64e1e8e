"""Describes one page: its lines of text and its tables, from the top down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gouji.document.formats.pages.grids import PageGrid
from gouji.document.formats.pages.lines import TextLine
from gouji.document.formats.pages.unruled import unruled_grids
from gouji.document.origin import Box


@dataclass(frozen=True, slots=True)
class Page:
    """A page.

    `number` counts from 1. `width` and `height` are in points. `items` are its lines and tables in reading order.
    `turn` is the number of degrees, clockwise, by which it was turned to be read.
    """

    number: int
    width: float
    height: float
    items: tuple[TextLine | PageGrid, ...]
    turn: int = 0

    @property
    def lines(self) -> list[TextLine]:
        """Returns its lines outside tables."""
        return [item for item in self.items if isinstance(item, TextLine)]

    def placed(self, box: Box) -> Box:
        """Returns a box as it stands on the page before it was turned."""
        left, top, right, bottom = box
        if self.turn == 90:
            return top, self.width - right, bottom, self.width - left
        return (self.height - bottom, left, self.height - top, right) if self.turn == 270 else box


def in_order(lines: Sequence[TextLine], grids: Sequence[PageGrid]) -> tuple[TextLine | PageGrid, ...]:
    """Returns lines and tables from the top down. Looks for tables without rules only if there are none with rules."""
    rest, unruled = (lines, []) if grids else unruled_grids(lines)
    found: list[TextLine | PageGrid] = [*rest, *grids, *unruled]
    return tuple(sorted(found, key=lambda item: item.box[1]))

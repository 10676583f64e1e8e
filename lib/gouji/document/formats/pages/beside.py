"""Joins the pages of sheets that are wider than the paper: a later page prints what belongs to the right of a table on
an earlier page.

Programs print such a sheet page by page, first downwards or first across. The rows of a page then have exactly the
heights of the rows that they continue, and nothing but a mark of the corner (公开02表, 单位：万元) stands above them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from gouji.document.formats.pages.grids import GridCell, PageGrid, nearest, rules_of
from gouji.document.formats.pages.lines import TextLine
from gouji.document.formats.pages.page import Page
from gouji.document.origin import Box
from gouji.document.word_lists import WORDS
from gouji.runtime.word_lists import any_of

#: The difference in height (points) up to which rows are level.
_LEVEL = 1.5
#: The fewest rows of a part. Fewer may be level with another table's by chance.
_FEWEST_ROWS = 3
#: The most rows of a header.
_HEADER = 3
#: What the upper right corner of a sheet prints.
_CORNER = re.compile(rf"^(?:(?:{any_of(WORDS.table_series)})\w{{1,4}}表|(?:金额)?单位[:：].{{1,8}})+$")
_TITLE = re.compile(r"表$")
_FIGURE = re.compile(r"^-?[¥￥]?-?[\d,]*(?:\.\d+)?%?$")


@dataclass(slots=True)
class _Part:
    """A page of a sheet: its index in the list of pages, its table, whether the sheet's title stands above it, and how
    many parts are already to its right (`beside`)."""

    at: int
    grid: PageGrid
    titled: bool
    beside: int = 0


@dataclass(slots=True)
class _Sheets:
    """The pages while they are put together, and the parts of the sheet that was begun last."""

    pages: list[Page]
    sheet: list[_Part] = field(default_factory=list)

    def add(self, at: int) -> None:
        """Takes the next page: to the right of a table, or as the beginning of a new sheet, or as its next page down.
        Tables without rules are left alone: their rows have no exact heights."""
        grids = [item for item in self.pages[at].items if isinstance(item, PageGrid)]
        if len(grids) != 1 or not grids[0].ruled:
            self.sheet = []
            return
        above = [line for line in self.pages[at].lines if line.box[1] < grids[0].box[1] - _LEVEL]
        titled = not all(_CORNER.match("".join(line.text.split())) for line in above)
        if titled:
            self.sheet = []
        elif home := self._home(grids[0], self.pages[at]):
            self._join(home, at, grids[0], above)
            return
        self.sheet.append(_Part(at, grids[0], titled))

    def _home(self, grid: PageGrid, page: Page) -> _Part | None:
        """Returns the part of the sheet that a table continues to the right; None if there is none. Of parts at the
        same height, this is the one with the fewest parts to its right."""
        split = any(part.beside for part in self.sheet)
        fits = [
            part
            for part in self.sheet
            if (page.width, page.height, page.turn) == ((other := self.pages[part.at]).width, other.height, other.turn)
            and _is_level(grid, part.grid)
            and (part.titled or (split and not _has_labels(grid)) or not _continues(grid, part.grid))
        ]
        return min(fits, key=lambda part: part.beside, default=None)

    def _join(self, home: _Part, at: int, grid: PageGrid, above: Sequence[TextLine]) -> None:
        left, right = self.pages[home.at], self.pages[at]
        wide = _side_by_side(home.grid, grid, right.number)
        wide, taken = _closed(wide, (left, home.grid), (right, grid))
        rest = [item for item in left.items if item is not home.grid and item not in taken]
        moved = [replace(line, page=right.number) for line in above if line not in taken]
        place = sum(item.box[1] < wide.box[1] for item in rest)
        self.pages[home.at] = replace(left, items=(*rest[:place], *moved, wide, *rest[place:]))
        gone = (grid, *above, *taken)
        self.pages[at] = replace(right, items=tuple(item for item in right.items if item not in gone))
        home.grid, home.beside = wide, home.beside + 1


def put_beside(pages: Sequence[Page]) -> list[Page]:
    """Returns the pages, with what later pages print to the right of a table joined to it. A table of one column that
    continues no other becomes lines of text."""
    found = _Sheets(list(pages))
    for at in range(len(pages)):
        found.add(at)
    return [replace(page, items=tuple(_without_strips(page.items))) for page in found.pages]


def _without_strips(items: Iterable[TextLine | PageGrid]) -> Iterable[TextLine | PageGrid]:
    for item in items:
        if isinstance(item, PageGrid) and item.width == 1:
            yield from (line for cell in item.cells for line in cell.lines)
        else:
            yield item


def _levels(grid: PageGrid) -> list[float]:
    return rules_of(y for cell in grid.cells for y in (cell.box[1], cell.box[3]))


def _is_level(right: PageGrid, left: PageGrid) -> bool:
    """True if every row of `right` begins and ends where a row of `left` does, and no table title is among its rows.
    The uppermost rows may be missing: labels that cross the paper's edge have no frame there."""
    levels, others = _levels(right), _levels(left)
    if len(levels) <= _FEWEST_ROWS or any(_TITLE.search(cell.text) for cell in right.cells if cell.row == 0):
        return False
    tops = others[:_HEADER]
    ends = abs(tops[nearest(tops, levels[0])] - levels[0]) < _LEVEL and abs(levels[-1] - others[-1]) < _LEVEL
    return ends and all(abs(others[nearest(others, level)] - level) < _LEVEL for level in levels)


def _continues(grid: PageGrid, above: PageGrid) -> bool:
    """True if a table has the columns of another, as the next page down has."""
    return grid.width == above.width and all(
        abs(one - other) < _LEVEL for one, other in zip(grid.rules, above.rules, strict=True)
    )


def _has_labels(grid: PageGrid) -> bool:
    """True if the first column says what the rows are."""
    first = [cell.text for cell in grid.cells if cell.col == 0]
    return sum(not _FIGURE.match(text) or len(text) in (3, 5, 7) for text in first if text) > len(first) / 2


def _side_by_side(left: PageGrid, right: PageGrid, page: int) -> PageGrid:
    """Returns two tables as one. The cells of the right one are marked as standing on `page`."""
    shift = left.rules[-1] - right.rules[0]
    down = _levels(left)
    cells = [
        GridCell(
            top := nearest(down, cell.box[1]),
            cell.col + left.width,
            nearest(down, cell.box[3]) - top,
            cell.cols,
            cell.box,
            cell.lines,
            page,
        )
        for cell in right.cells
    ]
    rules = (*left.rules, *(rule + shift for rule in right.rules[1:]))
    ordered = sorted((*left.cells, *cells), key=lambda cell: (cell.row, cell.col))
    return replace(left, cells=tuple(ordered), rules=rules)


def _closed(
    wide: PageGrid, left: tuple[Page, PageGrid], right: tuple[Page, PageGrid]
) -> tuple[PageGrid, list[TextLine]]:
    """Returns the table with the cells that the paper's edge cut in two (they have no frame on either page), and the
    lines of text that stood in them."""
    covered = {
        (row, col)
        for cell in wide.cells
        for row in range(cell.row, cell.row + cell.rows)
        for col in range(cell.col, cell.col + cell.cols)
    }
    edge = left[1].width
    cells, taken = [], []
    for row, (top, bottom) in enumerate(pairwise(_levels(wide))):
        for cols in _runs([col for col in range(wide.width) if (row, col) not in covered]):
            if cols[0] < edge <= cols[-1]:
                boxes = (
                    (left[0], (left[1].rules[cols[0]], top, left[0].width, bottom)),
                    (right[0], (0.0, top, right[1].rules[cols[-1] + 1 - edge], bottom)),
                )
                page, box, lines = _printed_in(boxes)
                cells.append(GridCell(row, cols[0], 1, len(cols), box, lines, page.number))
                taken += lines
    ordered = sorted((*wide.cells, *cells), key=lambda cell: (cell.row, cell.col))
    return replace(wide, cells=tuple(ordered)), taken


def _printed_in(boxes: Sequence[tuple[Page, Box]]) -> tuple[Page, Box, list[TextLine]]:
    """Returns (page, box, lines) of the first box in which lines of text begin; of the first box, with no lines, if
    none begin in any."""
    for page, (left, top, right, bottom) in boxes:
        lines = [
            line
            for line in page.lines
            if left <= line.box[0] <= right and top < (line.box[1] + line.box[3]) / 2 < bottom
        ]
        if lines:
            return page, (left, top, right, bottom), lines
    return *boxes[0], []


def _runs(cols: Sequence[int]) -> list[list[int]]:
    """Returns consecutive columns in groups."""
    return [[col for _, col in run] for _, run in groupby(enumerate(cols), key=lambda one: one[1] - one[0])]

"""Ruled tables of a page: pdfplumber's cells as rows and columns, and the characters in each."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from gouji.document.formats.pages.lines import Char, TextLine, lines_of
from gouji.document.origin import Box

#: Rules closer than this (points) are one.
_ONE_RULE = 2.0
#: Characters of a word stand closer than this share of their size.
_TOUCHING = 0.12
#: An amount in cents, then more such amounts or the code of an account.
_FIGURE_AND_MORE = re.compile(r"^-?\d[\d,]*\.\d{2}(?P<next>(?:-?\d[\d,]*\.\d{2})+|\d{3}(?:\d{2}){0,2})$")


@dataclass(slots=True)
class GridCell:
    """A cell: first row and column, rows and columns covered, its box and its lines of text."""

    row: int
    col: int
    rows: int
    cols: int
    box: Box
    lines: list[TextLine] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its lines as one text: a cell breaks lines where it is full, not where words end."""
        return "".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class PageGrid:
    """A table on a page: its cells in order, the rules between columns, its number of rows and its box. Of a table that
    is not `ruled` the columns are concluded; it is `certain` that they are right, or not."""

    cells: tuple[GridCell, ...]
    rules: tuple[float, ...]
    rows: int
    box: Box
    ruled: bool = True
    certain: bool = True

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.rules) - 1


def grid_of(boxes: Sequence[Box]) -> PageGrid | None:
    """The grid of a table's cells, still empty; None for a frame around text, or lines of text (one column)."""
    across = _rules(x for box in boxes for x in (box[0], box[2]))
    down = _rules(y for box in boxes for y in (box[1], box[3]))
    if len(across) < 3:
        return None
    cells = []
    for box in sorted(boxes, key=lambda box: (box[1], box[0])):
        left, right = _nearest(across, box[0]), _nearest(across, box[2])
        top, bottom = _nearest(down, box[1]), _nearest(down, box[3])
        if left < right and top < bottom:
            cells.append(GridCell(top, left, bottom - top, right - left, box))
    outer = (across[0], down[0], across[-1], down[-1])
    return PageGrid(tuple(sorted(cells, key=lambda cell: (cell.row, cell.col))), tuple(across), len(down) - 1, outer)


def fill(grid: PageGrid, chars: Sequence[Char]) -> list[Char]:
    """Puts characters into the cells they stand in; returns those that stand in none."""
    taken: dict[int, list[Char]] = {}
    left: list[Char] = []
    fields = _Fields(grid)
    reached: dict[int, list[Char]] = {}
    for word in _words(chars):
        for part, at in _placed(word, grid, fields):
            if at is None:
                left.extend(part)
            elif at < 0:
                reached.setdefault(-1 - at, []).extend(part)
            else:
                taken.setdefault(at, []).extend(part)
    # A cell that only another's figure reaches into may be that figure's own.
    taken |= {at: part for at, part in reached.items() if at not in taken}
    for at, inside in taken.items():
        grid.cells[at].lines = lines_of(inside)
    return left


def _rules(values: Iterable[float]) -> list[float]:
    """Distinct positions of rules, in order."""
    rules: list[float] = []
    for value in sorted(values):
        if not rules or value - rules[-1] > _ONE_RULE:
            rules.append(value)
    return rules


def _nearest(rules: Sequence[float], value: float) -> int:
    at = bisect_left(rules, value)
    near = [one for one in (at - 1, at) if 0 <= one < len(rules)]
    return min(near, key=lambda one: abs(rules[one] - value))


def _words(chars: Sequence[Char]) -> list[list[Char]]:
    """Characters that were written one after another without a gap. The order is that of the file: what was too wide
    for its cell may lie over what stands in the next one."""
    words: list[list[Char]] = []
    for one in chars:
        last = words[-1][-1] if words else None
        alike = last and last.text.isascii() == one.text.isascii() and abs(one.top - last.top) < 1
        if last and alike and abs(one.x0 - last.x1) <= _TOUCHING * one.size:
            words[-1].append(one)
        else:
            words.append([one])
    return words


def _placed(word: list[Char], grid: PageGrid, fields: _Fields) -> list[tuple[list[Char], int | None]]:
    """A word with its cell. A figure too wide for its cell reaches over a rule: it is that of the cell most of it
    stands in, of the first where two have as much. By more than a character it may as well be two that touch, or that
    of the next cell: nothing is sure in either (cells that are only reached into are given as −1 − cell). Words in
    Chinese have no end: each character has its own cell."""
    if not _near(word, grid.box):
        return [(word, None)]
    homes = [fields.cell_at(one.middle, (one.top + one.bottom) / 2) for one in word]
    if len(set(homes)) == 1:
        return [(word, homes[0])]
    if not all(one.text.isascii() for one in word):
        return [([one], home) for one, home in zip(word, homes, strict=True)]
    if cut := _two_in_one(word):
        return _placed(word[:cut], grid, fields) + _placed(word[cut:], grid, fields)
    known = [home for home in homes if home is not None]
    home = max(dict.fromkeys(known), key=known.count)
    left, _, right, _ = grid.cells[home].box
    if len(word) - known.count(home) <= 1 and word[-1].x1 - word[0].x0 <= right - left:
        return [(word, home)]
    unsure = [replace(one, sure=False) for one in word]
    others = [touched for touched in dict.fromkeys(known) if touched != home]
    return [(unsure, home), *((unsure, -1 - touched) for touched in others)]


def _near(word: Sequence[Char], box: Box) -> bool:
    left, top, right, bottom = box
    return word[0].x0 < right and word[-1].x1 > left and word[0].top < bottom and word[0].bottom > top


def _two_in_one(word: Sequence[Char]) -> int:
    """Where a figure touches the figure or code of the next cell, the place of that; 0 for what is one."""
    match = _FIGURE_AND_MORE.match("".join(one.text[0] for one in word))
    return match.start("next") if match else 0


class _Fields:
    """Which cell stands where: the cells by the fields between all rules that they cover."""

    def __init__(self, grid: PageGrid) -> None:
        self._across = grid.rules
        self._down = _rules(y for cell in grid.cells for y in (cell.box[1], cell.box[3]))
        self._cells = {
            (row, col): at
            for at, cell in enumerate(grid.cells)
            for row in range(cell.row, cell.row + cell.rows)
            for col in range(cell.col, cell.col + cell.cols)
        }

    def cell_at(self, x: float, y: float) -> int | None:
        """The place of the cell around a point, None where there is none."""
        return self._cells.get((bisect_right(self._down, y) - 1, bisect_right(self._across, x) - 1))

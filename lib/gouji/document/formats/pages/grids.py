"""Makes rows and columns of the cells that pdfplumber finds in a ruled table, and puts the page's characters into
them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from gouji.document.formats.pages.lines import Char, TextLine, lines_of
from gouji.document.origin import Box

#: Rules closer than this (points) are one.
_ONE_RULE = 2.0
#: A column by itself may be part of a table if it has more positions of level rules than this.
_STRIP = 3
#: Characters of a word stand closer than this share of their size.
_TOUCHING = 0.12
#: An amount in cents, then more such amounts or the code of an account.
_FIGURE_AND_MORE = re.compile(r"^-?\d[\d,]*\.\d{2}(?P<next>(?:-?\d[\d,]*\.\d{2})+|\d{3}(?:\d{2}){0,2})$")


@dataclass(slots=True)
class GridCell:
    """A cell of a table on a page.

    `row`, `col` are its first row and column, `rows`, `cols` how many it covers. `page` is its page if that is not the
    page on which the table begins, else 0.
    """

    row: int
    col: int
    rows: int
    cols: int
    box: Box
    lines: list[TextLine] = field(default_factory=list)
    page: int = 0

    @property
    def text(self) -> str:
        """Returns its lines as one text. A cell breaks a line where it is full, not where a word ends."""
        return "".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class PageGrid:
    """A table on a page.

    `cells` are in order. `rules` are the positions of the rules around and between columns. `ruled` is False if the
    columns are concluded; `certain` is False if this is only a guess.
    """

    cells: tuple[GridCell, ...]
    rules: tuple[float, ...]
    rows: int
    box: Box
    ruled: bool = True
    certain: bool = True

    @property
    def width(self) -> int:
        """Returns the number of columns."""
        return len(self.rules) - 1


def grid_of(boxes: Sequence[Box], strips: bool = False) -> PageGrid | None:
    """Returns the grid of a table's cells, without text; None for a frame around text, or for a single column. With
    `strips`, one column is a grid if it has the rows of a table."""
    across = rules_of(x for box in boxes for x in (box[0], box[2]))
    down = rules_of(y for box in boxes for y in (box[1], box[3]))
    if len(across) < 3 and not (strips and len(across) == 2 and len(down) > _STRIP):
        return None
    cells = []
    for box in sorted(boxes, key=lambda box: (box[1], box[0])):
        left, right = nearest(across, box[0]), nearest(across, box[2])
        top, bottom = nearest(down, box[1]), nearest(down, box[3])
        if left < right and top < bottom:
            cells.append(GridCell(top, left, bottom - top, right - left, box))
    outer = (across[0], down[0], across[-1], down[-1])
    return PageGrid(tuple(sorted(cells, key=lambda cell: (cell.row, cell.col))), tuple(across), len(down) - 1, outer)


def fill(grid: PageGrid, chars: Sequence[Char], estimated: bool = False) -> list[Char]:
    """Puts characters into the cells in which they stand; returns the characters that stand in none.

    `estimated`: the positions of characters within their line were concluded from the line's width.
    """
    fields = _Fields(grid)
    parts = [part for word in words_of(chars) for part in _placed(word, grid, fields, estimated)]
    taken: dict[int, list[Char]] = {}
    reached: dict[int, list[Char]] = {}
    for part in parts:
        if part.cell is not None:
            (reached if part.reaches else taken).setdefault(part.cell, []).extend(part.chars)
    # A cell that only another's figure reaches into may be that figure's own.
    for at, inside in (reached | taken).items():
        grid.cells[at].lines = lines_of(inside)
    return [one for part in parts if part.cell is None for one in part.chars]


def rules_of(values: Iterable[float]) -> list[float]:
    """Returns the distinct positions of rules, in order."""
    rules: list[float] = []
    for value in sorted(values):
        if not rules or value - rules[-1] > _ONE_RULE:
            rules.append(value)
    return rules


def nearest(rules: Sequence[float], value: float) -> int:
    """Returns the index of the rule nearest to a position."""
    at = bisect_left(rules, value)
    near = [one for one in (at - 1, at) if 0 <= one < len(rules)]
    return min(near, key=lambda one: abs(rules[one] - value))


def words_of(chars: Sequence[Char]) -> list[list[Char]]:
    """Returns characters in groups that were written one after another without a gap. Their order is that of the file:
    text that is too wide for its cell may lie over the text of the next one."""
    words: list[list[Char]] = []
    for one in chars:
        last = words[-1][-1] if words else None
        alike = last and last.text.isascii() == one.text.isascii() and abs(one.top - last.top) < 1
        if last and alike and abs(one.x0 - last.x1) <= _TOUCHING * one.size:
            words[-1].append(one)
        else:
            words.append([one])
    return words


@dataclass(frozen=True, slots=True)
class _Placed:
    """Some characters of a word, and the cell in which they stand (None: in none). `reaches`: they only reach into it
    from another cell."""

    chars: list[Char]
    cell: int | None
    reaches: bool = False


def _placed(word: list[Char], grid: PageGrid, fields: _Fields, estimated: bool) -> list[_Placed]:
    """Returns a word with the cell in which most of it stands; or its parts, each with its own cell.

    A name longer than its column reaches over the text of the next cell. If positions are `estimated`, it may be two
    names that seem to touch.
    """
    if not _near(word, grid.box):
        return [_Placed(word, None)]
    homes = [fields.cell_at(one.middle, (one.top + one.bottom) / 2) for one in word]
    if len(set(homes)) == 1:
        return [_Placed(word, homes[0])]
    known = [home for home in homes if home is not None]
    home = max(dict.fromkeys(known), key=known.count)
    if not all(one.text.isascii() for one in word):
        return [_Placed([one], at if estimated or at is None else home) for one, at in zip(word, homes, strict=True)]
    if cut := _two_in_one(word):
        return [part for half in (word[:cut], word[cut:]) for part in _placed(half, grid, fields, estimated)]
    left, _, right, _ = grid.cells[home].box
    if len(word) - known.count(home) <= 1 and word[-1].x1 - word[0].x0 <= right - left:
        return [_Placed(word, home)]
    return _too_wide(word, known, home)


def _too_wide(word: Sequence[Char], known: Sequence[int], home: int) -> list[_Placed]:
    """Returns a figure that reaches over a rule, in the cell in which most of it stands (the first, of two equal ones).

    If it reaches over by more than a character, it may be two figures that touch, or belong to the next cell. So
    nothing is certain in either cell.
    """
    unsure = [replace(one, sure=False) for one in word]
    others = [touched for touched in dict.fromkeys(known) if touched != home]
    return [_Placed(unsure, home), *(_Placed(unsure, touched, reaches=True) for touched in others)]


def _near(word: Sequence[Char], box: Box) -> bool:
    left, top, right, bottom = box
    return word[0].x0 < right and word[-1].x1 > left and word[0].top < bottom and word[0].bottom > top


def _two_in_one(word: Sequence[Char]) -> int:
    """Returns where in a word the figure or code of the next cell begins; 0 if the word is one."""
    match = _FIGURE_AND_MORE.match("".join(one.text[0] for one in word))
    return match.start("next") if match else 0


class _Fields:
    """Finds the cell at a point. The fields between all rules are assigned to the cells that cover them."""

    def __init__(self, grid: PageGrid) -> None:
        self._across = grid.rules
        self._down = rules_of(y for cell in grid.cells for y in (cell.box[1], cell.box[3]))
        self._cells = {
            (row, col): at
            for at, cell in enumerate(grid.cells)
            for row in range(cell.row, cell.row + cell.rows)
            for col in range(cell.col, cell.col + cell.cols)
        }

    def cell_at(self, x: float, y: float) -> int | None:
        """Returns the index of the cell around a point; None if there is none."""
        return self._cells.get((bisect_right(self._down, y) - 1, bisect_right(self._across, x) - 1))

"""Makes rows of ruled tables and joins tables over pages: a continuation has the same columns, with or without the
header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from gouji.document.formats.pages.grids import PageGrid
from gouji.document.formats.pages.lines import TextLine
from gouji.document.formats.pages.unruled import refitted
from gouji.document.headings import parse_number
from gouji.document.origin import Box

#: The share of a table's width by which the rules of a continuation may differ from the table's.
_SHIFT = 0.02
#: A grid with more rules than this, or with half the table's, may continue it. A frame does not.
_FEWEST = 4
_DIGIT = re.compile(r"\d")
#: An amount in cents: no end of a page cuts what is whole.
_AMOUNT = re.compile(r"^-?[¥￥]?-?[\d,]+\.\d{2}$")
_CODE = re.compile(r"^\d{3}(?:\d{2}){0,2}$")


@dataclass(slots=True)
class Placed:
    """A cell of a row.

    `col` is its first column, `cols` how many it covers. `lines` have their page each. `frame` is its own page and box,
    None for a place under a cell merged downwards.
    """

    col: int
    cols: int
    lines: list[tuple[int, TextLine]] = field(default_factory=list)
    frame: tuple[int, Box] | None = None

    @property
    def text(self) -> str:
        """Returns its text without spaces."""
        return "".join("".join(line.text for _, line in self.lines).split())


class Table:
    """A table that may continue over pages: its rows, and whether its columns are ruled and certain.

    `blank` are the empty rows below the last printed one. If the table continues, they are where the page cut it.
    """

    def __init__(self, grid: PageGrid, page: int) -> None:
        self._rules = grid.rules
        self.ruled = grid.ruled
        self.certain = grid.certain
        self.rows, self.blank = _rows(grid, page, list(range(len(grid.rules))))

    def take(self, grid: PageGrid, page: int) -> bool:
        """Adds a grid of a later page and returns True; returns False, and adds nothing, if it has other columns. A
        table without rules is continued by any table without rules on the next page."""
        if grid.ruled != self.ruled:
            return False
        if not self.ruled:
            grid = refitted(grid, self._rules)
        columns = self._columns(grid)
        self.certain = self.certain and grid.certain
        if columns is None:
            return False
        more, self.blank = _rows(grid, page, columns)
        more = more[_repeats(self.rows, more) :]
        if self.rows and more and _is_rest(self.rows[-1], more[0]):
            _join(self.rows[-1], more.pop(0))
        self.rows += more
        return True

    def _columns(self, grid: PageGrid) -> list[int] | None:
        """Returns the column that each rule of a grid begins; None if a rule stands where the table has none."""
        first, last = self._rules[0], self._rules[-1]
        scale = (last - first) / max(grid.rules[-1] - grid.rules[0], 1.0)
        columns = []
        for rule in grid.rules:
            at = first + (rule - grid.rules[0]) * scale
            near = min(range(len(self._rules)), key=lambda one: abs(self._rules[one] - at))
            if abs(self._rules[near] - at) > _SHIFT * (last - first):
                return None
            columns.append(near)
        fits = 0.8 < scale < 1.25 and (2 * len(columns) >= len(self._rules) or len(columns) > _FEWEST)
        return columns if fits and len(set(columns)) == len(columns) else None


def _rows(grid: PageGrid, page: int, columns: Sequence[int]) -> tuple[list[list[Placed]], list[list[Placed]]]:
    """Returns the printed rows of a grid, and the empty rows at its foot.

    Leaves out empty rows at the top, and rows at the foot that are lower than a line: a table cut at the end of a page
    leaves an empty strip. A cell merged downwards stands in its first row.
    """
    rows: list[list[Placed]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        start, end = columns[cell.col], columns[cell.col + cell.cols]
        number = cell.page or page
        rows[cell.row].append(Placed(start, end - start, [(number, line) for line in cell.lines], (number, cell.box)))
        for below in range(cell.row + 1, cell.row + cell.rows):
            rows[below].append(Placed(start, end - start))
    filled = [at for at, row in enumerate(rows) if any(cell.lines for cell in row)]
    if not filled:
        return [], []
    line = min(line.size for cell in rows[filled[-1]] for _, line in cell.lines)
    foot = [row for row in rows[filled[-1] + 1 :] if _height(row) >= line]
    return [_in_order(row) for row in rows[filled[0] : filled[-1] + 1]], [_in_order(row) for row in foot]


def _in_order(row: list[Placed]) -> list[Placed]:
    """Returns the cells of a row from left to right. If two overlap, as on a damaged page, the first ends where the
    second begins; if both begin in one column, they become one."""
    ordered: list[Placed] = []
    for cell in sorted(_apart(row), key=lambda one: one.col):
        before = ordered[-1] if ordered else None
        if before is not None and cell.col == before.col:
            before.lines += cell.lines
            continue
        if before is not None:
            before.cols = min(before.cols, cell.col - before.col)
        ordered.append(cell)
    return ordered


def _height(row: Sequence[Placed]) -> float:
    """Returns the height of the lowest cell that begins in a row; 0 if none does."""
    return min((box[3] - box[1] for _, box in (cell.frame for cell in row if cell.frame)), default=0.0)


def _apart(row: Sequence[Placed]) -> list[Placed]:
    """Returns the cells of a row, without places under a merged cell that another cell occupies."""
    own = [cell for cell in row if cell.frame is not None]
    return [
        cell
        for cell in row
        if cell.frame is not None
        or not any(cell.col < one.col + one.cols and one.col < cell.col + cell.cols for one in own)
    ]


def _repeats(first: Sequence[list[Placed]], more: Sequence[list[Placed]]) -> int:
    """Counts the rows at the beginning of a continuation that repeat the first rows of the table."""
    for count, (one, other) in enumerate(zip(first, more, strict=False)):
        if [cell.text for cell in one] != [cell.text for cell in other]:
            return count
    return min(len(first), len(more))


def _is_rest(above: Sequence[Placed], row: Sequence[Placed]) -> bool:
    """True if a row is the rest of the row above, which the end of the page cut.

    It prints only in columns in which that row prints, and no account code. If it prints in that row's first column,
    these are words without a number, and it has no figure. Two whole amounts, or two numbered labels, one below the
    other belong to two rows.
    """
    words = {cell.col: cell.text for cell in row if cell.text}
    before = {cell.col: cell.text for cell in above if cell.text}
    if not words or not words.keys() <= before.keys() or any(_CODE.match(text) for text in words.values()):
        return False
    if any(bool(_DIGIT.search(text)) != bool(_DIGIT.search(before[col])) for col, text in words.items()):
        return False
    if any(_are_two(before[col], text) for col, text in words.items()):
        return False
    head = min(before)
    if head not in words:
        return True
    numbered = parse_number(before[head]) is not None or before[head][0].isdigit()
    return numbered and parse_number(words[head]) is None and not any(_DIGIT.search(text) for text in words.values())


def _are_two(above: str, below: str) -> bool:
    """True for two whole amounts, and for two labels that are numbered each (八、… and 九、…)."""
    if _AMOUNT.match(above) and _AMOUNT.match(below):
        return True
    return not below[0].isdigit() and parse_number(above) is not None and parse_number(below) is not None


def _join(above: Sequence[Placed], rest: Sequence[Placed]) -> None:
    by_col = {cell.col: cell for cell in above}
    for cell in rest:
        if cell.lines:
            by_col[cell.col].lines += cell.lines

"""Separates the rows of a ruled table that have no level rules between them: one row of cells that hold an amount on
each line.

Each line is a row. Words without a figure or a number that stand nearer to another line than rows do are the rest of a
name. The columns are those of the rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from gouji.document.formats.pages.grids import GridCell, PageGrid
from gouji.document.formats.pages.lines import TextLine
from gouji.document.headings import parse_number
from gouji.document.marks import FIGURE

#: A whole amount; of one that is too long for its cell no two lines are.
_AMOUNT = re.compile(r"^-?[¥￥]?-?[\d,]+\.\d{2}$")
#: The code of an account, alone or with its name.
_CODE = re.compile(r"^\d{5}(?:\d{2})?\s*(?:[\u4e00-\u9fff]{2}|$)|^\d{3}$")
_NAME_AND_AMOUNT = re.compile(r"[\u4e00-\u9fff]{2}\s*-?[\d,]+\.\d{2}$")
_NAME_AND_CODE = re.compile(r"[\u4e00-\u9fff]{2}\s+(?:-?[\d,]+\.\d{2}\s+)?\d{3}(?:\d{2}){0,2}\s+[\u4e00-\u9fff]{2}")
#: The greatest length of the label of a source or class (一、…).
_LABEL = 30
#: The fewest cells with two amounts, or the fewest amounts in one cell, that make a row several.
_CELLS, _AMOUNTS = 2, 3
#: The greatest distance of their middles, in sizes of the text, at which lines stand beside each other.
_BESIDE = 0.4
#: The share of the usual distance between rows below which lines belong to one row.
_SAME_ROW = 0.8


def unstacked(grid: PageGrid) -> PageGrid:
    """Returns the grid, with rows that hold several separated. If upright rules end among such rows, cells of several
    columns run together: the grid is then not certain."""
    by_row: dict[int, list[GridCell]] = {}
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.rows):
            by_row.setdefault(row, []).append(cell)
    for row, cells in sorted(by_row.items(), reverse=True):
        if any(map(_is_mixed, cells)):
            grid = replace(grid, certain=False)
        elif _is_stacked(cells):
            parted = _parted(grid, row, cells)
            grid = parted if all(cell.rows == 1 for cell in cells) else replace(grid, certain=False)
    return grid


def _is_mixed(cell: GridCell) -> bool:
    """True for a cell with a line of several columns, or with lines of which one begins with a code and one holds a
    name and an amount."""
    if any(_NAME_AND_CODE.search(line.text) for line in cell.lines):
        return True
    amounts = sum(bool(_NAME_AND_AMOUNT.search(line.text)) for line in cell.lines)
    return len(cell.lines) > 1 and amounts > 0 and any(_CODE.match(line.text) for line in cell.lines)


def _is_stacked(cells: Sequence[GridCell]) -> bool:
    amounts = [_count(cell, _is_amount) for cell in cells]
    if max(amounts, default=0) >= _AMOUNTS or sum(count > 1 for count in amounts) >= _CELLS:
        return True
    if any(_count(cell, _has_code) > 1 and not all(len(line.text) == 3 for line in cell.lines) for cell in cells):
        return True  # three digits alone may be part of a number
    return any(amounts) and any(_count(cell, _is_numbered) > 1 for cell in cells)


def _count(cell: GridCell, kind: Callable[[TextLine], bool]) -> int:
    """Counts the lines of a kind that stand below one another. Figures too wide for their cells lie on each other, and
    count as one."""
    return len(_beside(filter(kind, cell.lines))) if len(cell.lines) > 1 else sum(map(kind, cell.lines))


def _is_amount(line: TextLine) -> bool:
    return bool(_AMOUNT.match(line.text))


def _has_code(line: TextLine) -> bool:
    return bool(_CODE.match(line.text))


def _is_numbered(line: TextLine) -> bool:
    number = parse_number(line.text)
    return number is not None and number.level == 2 and len(line.text) <= _LABEL


def _parted(grid: PageGrid, row: int, cells: Sequence[GridCell]) -> PageGrid:
    """Returns the grid with the cells of a row cut between the rows that they hold."""
    rows = _rows(_beside(line for cell in cells for line in cell.lines))
    bands = [(min(line.box[1] for line in one), max(line.box[3] for line in one)) for one in rows]
    cuts = [(upper[1] + lower[0]) / 2 for upper, lower in pairwise(bands)]
    parted = []
    for cell in cells:
        left, top, right, bottom = cell.box
        for at, (above, below) in enumerate(pairwise([top, *cuts, bottom])):
            inside = [line for line in cell.lines if any(line is one for one in rows[at])]
            parted.append(GridCell(row + at, cell.col, 1, cell.cols, (left, above, right, below), inside))
    more = len(rows) - 1
    others = [
        replace(cell, row=cell.row + more) if cell.row > row else cell for cell in grid.cells if cell not in cells
    ]
    ordered = sorted([*others, *parted], key=lambda cell: (cell.row, cell.col))
    return replace(grid, cells=tuple(ordered), rows=grid.rows + more)


def _beside(lines: Iterable[TextLine]) -> list[list[TextLine]]:
    """Returns the lines of cells in groups of one height, from the top down."""
    found: list[list[TextLine]] = []
    for line in sorted(lines, key=_middle):
        if found and _middle(line) - _middle(found[-1][0]) <= _BESIDE * line.size:
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _rows(lines: Sequence[list[TextLine]]) -> list[list[TextLine]]:
    """Returns the rows that lines of one height make. A line of words joins the line above if they are much nearer to
    each other than lines usually are."""
    steps = [_middle(lower[0]) - _middle(upper[0]) for upper, lower in pairwise(lines)]
    near = _SAME_ROW * sorted(steps)[len(steps) // 2]
    rows = [list(lines[0])]
    for at, (step, line) in enumerate(zip(steps, lines[1:], strict=True), start=1):
        above, after = (_is_rest(lines[at - 1]), _is_rest(line))
        if step < near and (after or above):
            rows[-1] += line
        else:
            rows.append(list(line))
    return rows


def _is_rest(line: Sequence[TextLine]) -> bool:
    """True for words that no figure and no number stands beside."""
    return not any(FIGURE.match(one.text) or parse_number(one.text) for one in line)


def _middle(line: TextLine) -> float:
    return (line.box[1] + line.box[3]) / 2

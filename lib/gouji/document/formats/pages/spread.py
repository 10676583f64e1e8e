"""Finds which columns the labels of a head stand over, in tables without rules.

A label over several columns stands in the middle of them and need not reach to the first and the last. It may also
stand over more columns than it covers, if each of these has a label of its own below it, none beside it on its line,
and the label is in the middle of them all. Of several such widths the greatest is meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from gouji.document.formats.pages.grids import GridCell, PageGrid
from gouji.document.formats.pages.lines import TextLine
from gouji.document.marks import FIGURE
from gouji.document.word_lists import WORDS

#: How far from the middle of its columns a label may stand, and labels on one line from each other, in sizes of the
#: text.
_MIDDLE = 1.0
_LEVEL = 0.3
#: Lines of one label are at most so far apart.
_ONE_LABEL = 1.6
#: Reaching over a rule by less does not count.
_SLACK = 0.3

#: What heads columns of names, codes and numbers of lines.
_NAMES = (*WORDS.heads_of_names, *WORDS.heads_of_codes, *WORDS.line_number, *WORDS.levels)

_Columns = tuple[int, int]


@dataclass(slots=True)
class _Label:
    """A label of the head: its lines, and the first and last column that it stands over."""

    lines: list[TextLine]
    columns: _Columns
    extended: bool = False

    @property
    def text(self) -> str:
        return "".join(line.text for line in self.lines)


@dataclass(slots=True)
class _Below:
    """What is known of the columns from the lines below: how wide each is, and its uppermost label."""

    widths: list[tuple[float, float] | None]
    labels: list[_Label | None] = field(default_factory=list)


def covered(x0: float, x1: float, size: float, rules: Sequence[float]) -> _Columns:
    """Returns the first and the last column that a part of a line covers."""
    slack = _SLACK * size
    first = max(at for at, rule in enumerate(rules[:-1]) if at == 0 or rule <= x0 + slack)
    last = max(at for at, rule in enumerate(rules[:-1]) if at == 0 or rule <= x1 - slack)
    return first, max(first, last)


def with_spread_heads(grid: PageGrid, body: int) -> PageGrid:
    """Returns a table with each label of its head over all its columns; `body` is its first row of figures. A table
    whose labels cover their columns already is returned unchanged."""
    lines = _lines(grid, body)
    below = _Below(_widths(grid, body), [None] * grid.width)
    for line in reversed(lines):
        _spread(line, below)
    if not any(label.extended for line in lines for label in line):
        return grid
    rows = [row for row in _joined(lines) if row]
    moved = [replace(cell, row=cell.row - body + len(rows)) for cell in grid.cells if cell.row >= body]
    head = [cell for at, row in enumerate(rows) for cell in _cells(grid, at, row)]
    return replace(grid, cells=(*head, *moved), rows=grid.rows - body + len(rows))


def _lines(grid: PageGrid, body: int) -> list[list[_Label]]:
    """Returns the labels of a head by line, from the top down, each over the columns that it covers."""
    parts = sorted((line for cell in grid.cells if cell.row < body for line in cell.lines), key=_middle)
    lines: list[list[TextLine]] = []
    for part in parts:
        if lines and _middle(part) - _middle(lines[-1][-1]) <= _LEVEL * part.size:
            lines[-1].append(part)
        else:
            lines.append([part])
    return [
        [_Label([part], covered(part.box[0], part.box[2], part.size, grid.rules)) for part in sorted(line, key=_left)]
        for line in lines
    ]


def _middle(line: TextLine) -> float:
    return (line.box[1] + line.box[3]) / 2


def _left(line: TextLine) -> float:
    return line.box[0]


def _widths(grid: PageGrid, body: int) -> list[tuple[float, float] | None]:
    """Returns where the contents of each column begin and end."""
    widths: list[tuple[float, float] | None] = [None] * grid.width
    for cell in grid.cells:
        if cell.row >= body and cell.cols == 1:
            for line in cell.lines:
                widths[cell.col] = _both(widths[cell.col], (line.box[0], line.box[2]))
    return widths


def _both(one: tuple[float, float] | None, other: tuple[float, float]) -> tuple[float, float]:
    return (min(one[0], other[0]), max(one[1], other[1])) if one else other


def _spread(line: Sequence[_Label], below: _Below) -> None:
    """Gives each label of a line its columns, and notes it as the uppermost label of these."""
    if all(FIGURE.match(label.text) or label.text in WORDS.line_number for label in line):
        return
    wider = [_wider(label, line, below) for label in line]
    for at, label in enumerate(line):
        others = [columns for other, columns in enumerate(wider) if other != at]
        if wider[at] != label.columns and not any(_meet(wider[at], other) for other in others):
            label.columns, label.extended = wider[at], True
    for label in line:
        first, last = label.columns
        if first == last:
            box = label.lines[0].box
            below.widths[first] = _both(below.widths[first], (box[0], box[2]))
        below.labels[first : last + 1] = [label] * (last + 1 - first)


def _wider(label: _Label, line: Sequence[_Label], below: _Below) -> _Columns:
    """Returns the most columns that a label can stand in the middle of; those that it covers if there are none."""
    first, last = label.columns
    width = len(below.labels)
    free = [
        below.labels[col] is not None
        and _is_under(label, below.labels[col])
        and not any(other is not label and other.columns[0] <= col <= other.columns[1] for other in line)
        for col in range(width)
    ]
    if not all(free[first : last + 1]):
        return first, last
    left = next((col + 1 for col in range(first, -1, -1) if not free[col]), 0)
    right = next((col - 1 for col in range(last, width) if not free[col]), width - 1)
    found = [
        (one, other)
        for one in range(left, first + 1)
        for other in range(last, right + 1)
        if other > one and _is_in_middle(label, (one, other), below) and _are_parts((one, other), below)
    ]
    return max(found, key=lambda columns: columns[1] - columns[0], default=(first, last))


def _is_under(label: _Label, lower: _Label | None) -> bool:
    return lower is not None and lower.lines[0].box[1] >= label.lines[0].box[3] - _LEVEL * label.lines[0].size


def _is_in_middle(label: _Label, columns: _Columns, below: _Below) -> bool:
    left, right = below.widths[columns[0]], below.widths[columns[1]]
    if left is None or right is None:
        return False
    box, size = label.lines[0].box, label.lines[0].size
    return abs((box[0] + box[2]) - (left[0] + right[1])) <= 2 * _MIDDLE * size


def _are_parts(columns: _Columns, below: _Below) -> bool:
    """True where labels can stand under one: none of them only in part, more than one, and a total before all others of
    amounts."""
    inside = [one for one in below.labels[columns[0] : columns[1] + 1] if one is not None]
    whole = all(columns[0] <= one.columns[0] and one.columns[1] <= columns[1] for one in inside)
    labels = list({id(one): one.text for one in inside}.values())
    amounts = [text for text in labels if not text.endswith(_NAMES)]
    return whole and len(labels) > 1 and not set(amounts[1:]) & {*WORDS.totals}


def _meet(one: _Columns, other: _Columns) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _joined(lines: Sequence[list[_Label]]) -> list[list[_Label]]:
    """Returns the lines with the parts of each label that takes several lines joined, in the lowest of these: parts
    over the same columns, close to each other, or of a label over several columns."""
    joined: list[list[_Label]] = []
    for line in lines:
        for label in line:
            upper = next(
                ((row, one) for row in reversed(joined) for one in row if _meet(one.columns, label.columns)),
                None,
            )
            if upper and _is_rest(label, upper[1]):
                upper[0].remove(upper[1])
                label.lines = [*upper[1].lines, *label.lines]
        joined.append(list(line))
    return joined


def _is_rest(label: _Label, upper: _Label) -> bool:
    if upper.columns != label.columns or FIGURE.match(label.text):
        return False
    several = label.columns[0] < label.columns[1]
    near = _middle(label.lines[0]) - _middle(upper.lines[-1]) < _ONE_LABEL * label.lines[0].size
    return several or (near and not upper.extended)


def _cells(grid: PageGrid, row: int, labels: Sequence[_Label]) -> list[GridCell]:
    """Returns the cells of a row of the head, with empty ones where no label stands."""
    top = min(line.box[1] for label in labels for line in label.lines)
    bottom = max(line.box[3] for label in labels for line in label.lines)
    cells: list[GridCell] = []
    col = 0
    for label in sorted(labels, key=lambda one: one.columns):
        first, last = label.columns
        if first < col:
            cells[-1].lines = [*cells[-1].lines, *label.lines]
            continue
        for empty in range(col, first):
            cells.append(GridCell(row, empty, 1, 1, (grid.rules[empty], top, grid.rules[empty + 1], bottom)))
        box = (grid.rules[first], top, grid.rules[last + 1], bottom)
        cells.append(GridCell(row, first, 1, last + 1 - first, box, list(label.lines)))
        col = last + 1
    for empty in range(col, grid.width):
        cells.append(GridCell(row, empty, 1, 1, (grid.rules[empty], top, grid.rules[empty + 1], bottom)))
    return cells

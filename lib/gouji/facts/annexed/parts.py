"""Reads a table that another holds among other things (机构运行信息表): its rows, from one half if that has two."""

from __future__ import annotations

from dataclasses import replace

from gouji.document.model import Cell, Grid
from gouji.facts.annexed.labelled import label_of
from gouji.facts.headers import Header
from gouji.layouts import Layout
from gouji.runtime.immutable import immutable

_ITEM = "项目"


@immutable()
class _Extent:
    """Rows `first` to `last` of the columns `left` to `right`; `last` and `right` are exclusive."""

    first: int
    last: int
    left: int
    right: int


def part_of(grid: Grid, header: Header, layout: Layout) -> tuple[Grid, Header] | None:
    """Returns the rows of a layout's section under the header, as a grid of their own. Returns None if the table has no
    such section, or one that may go on in its other half."""
    extent = _extent(grid, header, layout)
    if extent is None:
        return None
    rows = [*grid.rows[: header.body], *grid.rows[extent.first : extent.last]]
    cut = grid.cut and extent.last == len(grid.rows)
    sliced = tuple(_sliced(row, number, extent) for number, row in enumerate(rows))
    part = replace(grid, rows=sliced, width=extent.right - extent.left, cut=cut)
    return part, replace(header, paths=header.paths[extent.left : extent.right])


def _extent(grid: Grid, header: Header, layout: Layout) -> _Extent | None:
    starts = [col for col, path in enumerate(header.paths) if path and path[-1].startswith(_ITEM)]
    starts = [col for at, col in enumerate(starts) if at == 0 or starts[at - 1] != col - 1] or [0]
    for at, left in enumerate(starts):
        last_half = at == len(starts) - 1
        right = grid.width if last_half else starts[at + 1]
        labels = [_label(row, left, right) for row in grid.rows]
        first = next((row for row in range(header.body, len(labels)) if labels[row] in layout.since), None)
        if first is None:
            continue
        ends = (row for row in range(first + 1, len(labels)) if labels[row] in layout.beyond)
        last = next(ends, len(labels) if last_half else None)
        return None if last is None else _Extent(first, last, left, right)
    return None


def _label(row: tuple[Cell, ...], left: int, right: int) -> str:
    return next((label_of(cell.text) for cell in row if left <= cell.col < right and cell.text.strip()), "")


def _sliced(row: tuple[Cell, ...], number: int, extent: _Extent) -> tuple[Cell, ...]:
    """Returns the cells of a row that stand in the columns, numbered anew."""
    kept = []
    for cell in row:
        left, right = max(cell.col, extent.left), min(cell.col + cell.colspan, extent.right)
        if left < right:
            kept.append(replace(cell, row=number, col=left - extent.left, colspan=right - left))
    return tuple(kept)

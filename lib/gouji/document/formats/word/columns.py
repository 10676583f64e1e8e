"""Finds the columns of a table as a reader of the page sees them."""

from __future__ import annotations

from itertools import accumulate

#: Edges nearer to each other than this are one edge that was not drawn exactly (in twentieths of a point: 2 mm).
_NEAR = 113

Spans = list[tuple[int, int]]


def evened(rows: list[Spans], widths: list[int]) -> tuple[list[Spans], int]:
    """Returns the (first column, span) of each cell and the number of columns, after removing columns that nobody sees.

    `rows` and `widths` (twentieths of a point) are those of the file. Word's grid has a column for every edge of any
    cell. If a border was drawn a hair off the border of the row above, there is a sliver of a column in between, and
    cells that stand under one another begin in different columns. An edge that no cell has, and one that lies close
    behind another, is removed, unless a cell would be left without a column.
    """
    cells = [(column, column + span) for row in rows for column, span in row]
    used = sorted({edge for cell in cells for edge in cell})
    ends = [0, *accumulate(widths)]
    seen: dict[int, int] = {}
    first = -1
    for edge in used:
        near = first >= 0 and edge < len(ends) and ends[edge] - ends[first] < _NEAR and any(widths)
        if near and not any(seen[left] == seen[first] for left, right in cells if right == edge):
            seen[edge] = seen[first]
        else:
            seen[edge] = seen[first] + 1 if first >= 0 else 0
            first = edge
    columns = [[(seen[column], seen[column + span] - seen[column]) for column, span in row] for row in rows]
    return columns, max(seen.values(), default=0)

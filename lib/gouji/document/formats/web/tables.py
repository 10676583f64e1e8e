"""Reads HTML tables: which hold data, and where their cells stand once merged ones are resolved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from gouji.document.formats.web.page import is_shown, text_of

#: The most columns or rows that a cell may cover.
_MOST = 1000
#: The greatest length of a data cell. A longer one that holds most of a table's text is the page's text in a layout.
_LONG = 400


@dataclass(frozen=True, slots=True)
class LaidCell:
    """A cell of a table; `element` is None below a cell merged downwards and where a row is too short."""

    column: int
    span: int
    element: etree._Element | None


def data_tables(root: etree._Element) -> set[etree._Element]:
    """Returns the tables below an element that hold data. A table around one of them is the page's layout."""
    found: set[etree._Element] = set()
    for table in reversed(list(root.iter("table"))):
        if _holds_data(table) and not any(inner in found for inner in table.iter("table")):
            found.add(table)
    return found


def _holds_data(table: etree._Element) -> bool:
    """True for a table of at least two rows and columns whose text is not mostly that of one long cell."""
    rows = [[len(text) for cell in row if (text := text_of(cell))] for row in _rows(table)]
    lengths = [length for row in rows for length in row]
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return False
    return max(lengths) <= _LONG or 2 * max(lengths) <= sum(lengths)


def laid_out(table: etree._Element, most: Callable[[int], None] = lambda cells: None) -> list[list[LaidCell]]:
    """Returns the cells of each row of a table, from left to right, so that all columns are covered. `most` is called
    with their number before they are made."""
    rows = _rows(table)
    laid: list[list[LaidCell]] = []
    hanging: dict[int, tuple[int, int]] = {}  # first column -> (rows still covered, columns) of a cell begun above
    for index, cells in enumerate(rows):
        row, hanging = _laid_row(cells, hanging, len(rows) - index)
        laid.append(row)
    width = max((row[-1].column + row[-1].span for row in laid if row), default=0)
    most(len(laid) * width)
    return [_filled(row, width) for row in laid]


def _laid_row(
    cells: list[etree._Element], hanging: dict[int, tuple[int, int]], left: int
) -> tuple[list[LaidCell], dict[int, tuple[int, int]]]:
    """Returns the cells of a row in the columns that no cell from above covers, and the cells that reach below
    the row."""
    row: list[LaidCell] = []
    below: dict[int, tuple[int, int]] = {}
    own = iter(cells)
    column = 0
    while True:
        if column in hanging:
            rows, span = hanging[column]
            row.append(LaidCell(column, span, None))
        else:
            cell = next(own, None)
            later = [first for first in hanging if first > column]
            if cell is None and not later:
                return row, below
            if cell is None:
                column = min(later)
                continue
            span = min([_number(cell, "colspan"), *(first - column for first in later)])
            rows = _number(cell, "rowspan") if cell.get("rowspan", "").strip() != "0" else left
            row.append(LaidCell(column, span, cell))
        if rows > 1:
            below[column] = (rows - 1, span)
        column += span


def _filled(row: list[LaidCell], width: int) -> list[LaidCell]:
    """Returns a row with empty cells where it has none."""
    filled: list[LaidCell] = []
    column = 0
    for cell in [*row, LaidCell(width, 0, None)]:
        filled += [LaidCell(gap, 1, None) for gap in range(column, cell.column)]
        filled += [cell] if cell.span else []
        column = cell.column + cell.span
    return filled


def _rows(table: etree._Element) -> list[list[etree._Element]]:
    """Returns the cells of each row that is shown."""
    return [
        [cell for cell in row.iterchildren("td", "th") if is_shown(cell)]
        for row in _own_rows(table)
        if is_shown(row) and row.get("height", "").strip() != "0"
    ]


def _own_rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table.iterchildren("tr", "thead", "tbody", "tfoot"):
        if child.tag == "tr":
            yield child
        elif is_shown(child):
            yield from child.iterchildren("tr")


def _number(cell: etree._Element, name: str) -> int:
    digits = cell.get(name, "1").strip().rstrip("px%")
    return min(_MOST, max(1, int(digits))) if digits.isascii() and digits.isdigit() else 1

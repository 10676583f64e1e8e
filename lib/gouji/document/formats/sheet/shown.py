"""Reads what a sheet shows: its rows with the text of each cell, with merged cells and hidden rows and columns
resolved."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles.colors import Color
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gouji.document.formats.faint import SMALLEST, is_white
from gouji.document.formats.number_format import Value, shown
from gouji.document.formats.sheet.hidden import Hidden, hidden_lines, hidden_of, is_figure, unshown_line

#: What stands where a formula has no result: no figure can be read from it.
UNCALCULATED = "#未计算"
#: `0.##` shows a whole number with a bare point.
_BARE_POINT = re.compile(r"(?<=\d)\.$")
#: A form may be published with nothing filled in: so many blank rows below the last print may belong to it.
_BLANK_ROWS = 20
#: The paper's colour in a theme, and in the palette of older workbooks.
_PAPER = 0
_INDEXED_WHITE = (1, 9)
_NOT_ZERO = re.compile("[1-9１-９]")
_LINE = re.compile(r"\d{1,2}$")
_ESCAPED = re.compile(r"_x000[dD]_|\r\n?")


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell as shown: its text, its first column among the visible ones (from 0), how many of them it covers, and its
    name (`B7`)."""

    text: str
    column: int
    span: int
    name: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A visible row.

    - `ruled`: lines are ruled between its cells. `reached`: a cell merged downwards reaches into it from above.
    - `apart`: an empty row lies before it. `hides`: a hidden row beside it holds an amount.
    """

    cells: tuple[ShownCell, ...]
    ruled: bool
    reached: bool
    apart: bool
    hides: bool = False

    @property
    def printed(self) -> list[ShownCell]:
        """Returns the cells that are not empty."""
        return [cell for cell in self.cells if cell.text.strip()]


@dataclass(frozen=True, slots=True)
class Shown:
    """A sheet as shown.

    - `hidden`: a line for people on each run of hidden rows and columns.
    - `texts`: all texts, hidden ones too. `faint`: the texts of cells that are there but not seen.
    """

    title: str
    rows: tuple[ShownRow, ...]
    hidden: tuple[str, ...]
    texts: tuple[str, ...]
    faint: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Merge:
    """Merged cells: their first visible row, their visible columns, and the cell (row, column) that holds their
    text."""

    first_row: int
    columns: tuple[int, ...]
    holder: tuple[int, int]


def shown_sheet(sheet: Worksheet, uncalculated: frozenset[str], most: Callable[[int], None]) -> Shown:
    """Reads a sheet as it is shown.

    `uncalculated` are the cells whose formula has no result. `most` is called with the number of cells, each row in
    every column, and raises an error if there are too many: a single cell in the last row and column would ask for
    seventeen thousand million.
    """
    cells: Mapping[tuple[int, int], Cell | MergedCell] = sheet._cells  # iter_rows would make every cell there can be
    texts = {place: text for place, cell in cells.items() if (text := _text(cell, uncalculated)).strip()}
    extent = max((col for _, col in texts), default=0)
    hidden = hidden_of(sheet, extent)
    columns = {col: order for order, col in enumerate(col for col in range(1, extent + 1) if col not in hidden.columns)}
    last = max((row for row, _ in texts), default=0) + _BLANK_ROWS
    visible = sorted({row for row, _ in cells if row <= last and row not in hidden.rows})
    most(len(visible) * len(columns))
    merges = _merges(sheet, columns, hidden, last)
    hiding = _hiding(texts, hidden, visible)
    rows = [
        ShownRow(
            tuple(_cells(row, columns, texts, merges)),
            any(_ruled(cells.get((row, col))) for col in columns),
            any(place in merges and merges[place].first_row < row for place in ((row, col) for col in columns)),
            any(between not in hidden.rows for between in range(before + 1, row)),
            row in hiding,
        )
        for before, row in zip([row - 1 for row in visible[:1]] + visible, visible, strict=False)
    ]
    faint = (f"{cells[place].coordinate}：{text}" for place, text in texts.items() if _is_faint(cells[place]))
    unshown = [cell.coordinate for place, cell in cells.items() if place not in texts and _is_unshown(cell)]
    lines = (*hidden_lines(sheet.title, hidden, texts), *unshown_line(sheet.title, unshown))
    return Shown(sheet.title, tuple(rows), lines, tuple(texts.values()), tuple(faint))


def _hiding(texts: Mapping[tuple[int, int], str], hidden: Hidden, visible: list[int]) -> frozenset[int]:
    """Returns the visible rows next to a hidden row that holds an amount other than zero. Sums above it lack this row.

    The first text of a row is its code; a number of two digits is that of its line.
    """
    found: set[int] = set()
    rows: dict[int, list[str]] = {}
    for row, col in sorted(texts):
        if row in hidden.rows:
            rows.setdefault(row, []).append(texts[row, col].strip())
    for row, own in rows.items():
        if any(is_figure(text) and _NOT_ZERO.search(text) and not _LINE.match(text) for text in own[1:]):
            at = bisect_left(visible, row)
            found.update(visible[max(at - 1, 0) : at + 1])
    return frozenset(found)


def _is_unshown(cell: Cell | MergedCell) -> bool:
    """True for an amount, not a zero, of which a format such as ;;; shows nothing."""
    return isinstance(cell.value, int | float) and bool(cell.value)


def _text(cell: Cell | MergedCell, uncalculated: frozenset[str]) -> str:
    """Returns what a cell shows. Padding that a number's format adds is left out; a text keeps its own spaces."""
    value = cast(Value, cell.value)  # formulas come as their results
    if cell.coordinate in uncalculated:
        return UNCALCULATED
    if value is None:
        return ""
    if isinstance(value, str):
        return _ESCAPED.sub("\n", shown(value, cell.number_format)).replace("\n\n", "\n")
    return _BARE_POINT.sub("", shown(value, cell.number_format).strip())


def _merges(sheet: Worksheet, columns: Mapping[int, int], hidden: Hidden, last: int) -> dict[tuple[int, int], _Merge]:
    """Returns, for each visible place in merged cells, what they are. Their text shows in the first of these places."""
    found: dict[tuple[int, int], _Merge] = {}
    for area in sheet.merged_cells.ranges:
        own = tuple(col for col in columns if area.min_col <= col <= area.max_col)
        rows = [row for row in range(area.min_row, min(area.max_row, last) + 1) if row not in hidden.rows]
        for row in rows:
            merge = _Merge(rows[0], own, (area.min_row, area.min_col))
            found.update(((row, col), merge) for col in own)
    return found


def _cells(
    row: int,
    columns: Mapping[int, int],
    texts: Mapping[tuple[int, int], str],
    merges: Mapping[tuple[int, int], _Merge],
) -> Iterator[ShownCell]:
    for col, order in columns.items():
        merge = merges.get((row, col))
        if merge is None:
            yield ShownCell(texts.get((row, col), ""), order, 1, f"{get_column_letter(col)}{row}")
        elif col == merge.columns[0]:
            text = texts.get(merge.holder, "") if row == merge.first_row else ""
            held_row, held_col = merge.holder if text else (row, col)
            yield ShownCell(text, order, len(merge.columns), f"{get_column_letter(held_col)}{held_row}")


def _ruled(cell: Cell | MergedCell | None) -> bool:
    """True for a cell with a line at its left or right, as forms have."""
    border = cell.border if cell is not None else None
    return border is not None and any(side is not None and side.style for side in (border.left, border.right))


def _is_faint(cell: Cell | MergedCell) -> bool:
    """True for text as white as paper where no colour lies under it, or too small to be read."""
    font, fill = cell.font, cell.fill
    if font is None or not cell.has_style:
        return False
    if font.sz is not None and font.sz < SMALLEST:
        return True
    if not _is_white(font.color):
        return False
    return not getattr(fill, "fill_type", None) or (fill.fill_type == "solid" and _is_white(fill.fgColor))


def _is_white(colour: Color | None) -> bool:
    """True for white by its value, by the old palette, or by the theme, where it is the paper's as it is."""
    if colour is None:
        return False
    if colour.type == "rgb":
        return is_white(colour.rgb)
    if colour.type == "theme":
        return colour.theme == _PAPER and not colour.tint
    return colour.type == "indexed" and colour.indexed in _INDEXED_WHITE

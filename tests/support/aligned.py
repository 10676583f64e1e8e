"""Documents as text whose tables are set with spaces, the way programs print that copy a page's layout."""

from __future__ import annotations

import unicodedata

from gouji.document.model import Cell, Grid
from gouji.document.text import read_blocks

#: Names are broken after so many characters.
_NAME = 8


def aligned(text: str, wide: int) -> str:
    """`text` with its tables set with spaces; a Chinese character takes `wide` columns."""
    lines = []
    for block in read_blocks(text):
        lines += _table(block.grid, wide) if block.grid else [block.text]
    return "\n".join(lines) + "\n"


def _table(grid: Grid, wide: int) -> list[str]:
    widths = [4] * grid.width
    for row in grid.rows:
        for cell in row:
            if cell.colspan == 1:
                widths[cell.col] = max(widths[cell.col], *(_width(part, wide) for part in _broken(cell.text)))
    starts = [sum(width + 3 for width in widths[:col]) for col in range(grid.width + 1)]
    return [line for row in grid.rows for line in _row(row, starts, wide)]


def _row(row: tuple[Cell, ...], starts: list[int], wide: int) -> list[str]:
    broken = {cell.col: _broken(cell.text) for cell in row}
    lines = []
    for at in range(max(map(len, broken.values()))):
        line = ""
        for cell in row:
            part = broken[cell.col][at] if at < len(broken[cell.col]) else ""
            room = starts[cell.col + cell.colspan] - 3 - starts[cell.col]
            figure = part.replace(".", "").replace(",", "").isdigit() and "." in part
            before = (room - _width(part, wide)) if figure else (room - _width(part, wide)) // 2 * (cell.colspan > 1)
            if part:
                line += " " * (starts[cell.col] + max(before, 0) - _width(line, wide)) + part
        lines.append(line)
    return lines


def _broken(text: str) -> list[str]:
    text = text.strip()
    if text.isascii():
        return [text]
    return [text[at : at + _NAME] for at in range(0, len(text), _NAME)]


def _width(text: str, wide: int) -> int:
    return sum(wide if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)

"""Recognises tables in plain text of which every cell stands on a line of its own, with nothing to show where a row
ends.

Empty cells leave no line, so the columns cannot be told. But it can be told that this is a table: short lines follow a
caption or a table number, and many of them are bare numbers. They become a table that is not certain, never sentences.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from gouji.document.headings import parse_number
from gouji.document.marks import FIGURE, NOTE, OWNER, SET_APART, TABLE_NUMBER, is_caption
from gouji.document.pieces import Line, Piece, Row

_LONGEST_CELL = 32
#: The most other lines between caption and cells (编制单位： and, on the next, its name).
_HEAD = 3
#: The fewest bare numbers of a table, and the most lines for each of them.
_FIGURES = 6
_ONE_IN = 6


def stacked_pieces(lines: Sequence[Line], others: Callable[[Sequence[Line]], Iterator[Piece]]) -> Iterator[Piece]:
    """Yields the pieces of consecutive lines: such tables as rows of one cell, the rest as `others` reads it."""
    plain: list[Line] = []
    cells = _Cells(lines)
    at = 0
    while at < len(lines):
        end = _end_of_table(lines, at, cells) if at and heads_table(lines[at - 1].text) else at
        if end > at:
            yield from others(plain)
            yield [Row([line], ruled=False, certain=False) for line in lines[at:end]]
            plain, at = [], end
        else:
            plain.append(lines[at])
            at += 1
    yield from others(plain)


def heads_table(text: str) -> bool:
    """True for a caption, a table's number, or a short line that names its department or unit."""
    text = text.strip()
    furniture = TABLE_NUMBER.search(text) or OWNER.search(text)
    return is_caption(text) or (bool(furniture) and len(text) <= _LONGEST_CELL)


class _Cells:
    """Finds runs of cells, each only once: a run that makes no table is asked for again below each of its captions."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._end = 0
        self._figures: list[int] = []

    def figures(self, first: int) -> tuple[int, int]:
        """Returns how many bare numbers the cells from a line on print, and the index behind the last of them.

        Lines must be asked for in ascending order.
        """
        if first >= self._end:
            self._scan(first)
        count = len(self._figures) - bisect_left(self._figures, first)
        return count, self._figures[-1] + 1 if count else first

    def _scan(self, first: int) -> None:
        self._end, self._figures = first, []
        while self._end < len(self._lines) and _is_cell(text := self._lines[self._end].text.strip()):
            if FIGURE.match(text):
                self._figures.append(self._end)
            self._end += 1


def _end_of_table(lines: Sequence[Line], first: int, cells: _Cells) -> int:
    """Returns the index behind the last bare number of the cells that begin at a line; that line's index if no table
    begins there."""
    if any(heads_table(line.text) for line in lines[first : first + _HEAD]):
        return first
    figures, last = cells.figures(first)
    return last if figures >= _FIGURES and figures * _ONE_IN >= last - first else first


def _is_cell(text: str) -> bool:
    numbered = parse_number(text)
    outside = is_caption(text) or NOTE.match(text) or SET_APART.search(text) or (numbered and numbered.level == 1)
    return len(text) <= _LONGEST_CELL and not outside and not any(mark in text for mark in "。；;")

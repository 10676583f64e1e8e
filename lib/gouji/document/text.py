"""Plain text to Document.

Two ways in which tables come in text are read. Word's conversion puts one cell on a line that begins with a tab, leaves
a blank line after each row, and lets a line without a tab continue the cell before it. Spreadsheets and browsers put a
row on a line, its cells parted by tabs. Captions, units and notes that stand inside such a run become paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from gouji.document.headings import enter, is_heading, parse_annex, parse_number
from gouji.document.model import Block, BlockKind, Cell, Grid, Heading, Place
from gouji.document.spans import column_spans, starts

_LINE_END = re.compile(r"\r\n|\r|\n")
_CAPTION = re.compile(r"^\s*[^。；，：:]{2,60}表(\s*[（(]续.*[）)])?\s*$")
_FURNITURE = re.compile(r"公开\s*\d+\s*表|^附?表\s*\d+|^(编制|填报)?(部门|单位)(名称)?\s*[:：]|单位\s*[:：]")
_NOTE = re.compile(r"^\s*[（(]?(注|备注|说明)\s*\d?[:：]")


@dataclass(slots=True)
class _Line:
    number: int
    text: str
    start: int = 0


@dataclass(slots=True)
class _Row:
    cells: list[_Line] = field(default_factory=list)

    @property
    def printed(self) -> list[str]:
        return [text for cell in self.cells if (text := cell.text.strip())]

    @property
    def joined(self) -> str:
        return "  ".join(self.printed)


def read_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a plain text in order."""
    lines = [_Line(number, line) for number, line in enumerate(_LINE_END.split(text), 1)]
    blocks: list[Block] = []
    section: tuple[Heading, ...] = ()
    for piece in _pieces(lines):
        block, section = _block(piece, len(blocks), section)
        blocks.append(block)
    return tuple(blocks)


def _block(piece: _Line | list[_Row], index: int, section: tuple[Heading, ...]) -> tuple[Block, tuple[Heading, ...]]:
    if isinstance(piece, list):
        grid = _grid(piece)
        first = piece[0].cells[0].number
        return Block(index, BlockKind.TABLE, "", Place(first), section, grid), section
    text = piece.text.strip()
    begin = len(piece.text) - len(piece.text.lstrip())
    place = Place(piece.number, begin, begin + len(text))
    if annex := parse_annex(text, section):
        section = enter(section, annex)
        return Block(index, BlockKind.HEADING, text, place, section), section
    numbered = parse_number(text)
    if numbered and is_heading(text):
        section = enter(section, numbered)
        return Block(index, BlockKind.HEADING, text, place, section), section
    inside = enter(section, Heading(numbered.level, numbered.number, "")) if numbered else section
    return Block(index, BlockKind.PARAGRAPH, text, place, inside), section


def _pieces(lines: list[_Line]) -> Iterator[_Line | list[_Row]]:
    """Paragraph lines and tables, in order."""
    rows: list[_Row] = []
    for row_or_line in _rows_and_lines(lines):
        if isinstance(row_or_line, _Row):
            rows.append(row_or_line)
            continue
        yield from _tables(rows)
        rows = []
        yield row_or_line
    yield from _tables(rows)


def _rows_and_lines(lines: list[_Line]) -> Iterator[_Row | _Line]:
    row = _Row()
    blank_before = True
    for line in lines:
        blank = not line.text.strip("\r\n \u3000") and "\t" not in line.text
        body = line.text.removeprefix("\t")
        if "\t" in body.strip("\r\n"):
            if row.cells:
                yield row
            yield _tabbed(line)
            row = _Row()
        elif line.text.startswith("\t"):
            row.cells.append(_Line(line.number, body, 1))
        elif blank:
            if row.cells:
                yield row
            row = _Row()
        elif row.cells and not blank_before:
            row.cells[-1].text += line.text.strip()
        else:
            if row.cells:
                yield row
            row = _Row()
            yield line
        blank_before = blank
    if row.cells:
        yield row


def _tabbed(line: _Line) -> _Row:
    """A row whose cells stand on one line, parted by tabs."""
    cells = line.text.rstrip("\r\n").split("\t")
    offsets = accumulate((len(cell) + 1 for cell in cells), initial=0)
    return _Row([_Line(line.number, cell, start) for cell, start in zip(cells, offsets, strict=False)])


def _tables(rows: list[_Row]) -> Iterator[_Line | list[_Row]]:
    """Cuts a run of rows at captions; captions, furniture above and notes below leave the grid as paragraphs."""
    for run in _cut_at_captions(rows):
        head = _furniture_rows(run)
        tail = len(run)
        while tail > head and _ends_in_note(run[head:tail]):
            tail -= 1
        yield from _paragraphs(run[:head])
        if tail > head:
            yield run[head:tail]
        yield from _paragraphs(run[tail:])


def _cut_at_captions(rows: list[_Row]) -> list[list[_Row]]:
    runs: list[list[_Row]] = [[]]
    for row in rows:
        if _is_caption(row) and runs[-1]:
            runs.append([])
        runs[-1].append(row)
    return [run for run in runs if run]


def _is_caption(row: _Row) -> bool:
    return len(row.printed) == 1 and bool(_CAPTION.match(row.printed[0])) and not _FURNITURE.search(row.printed[0])


def _furniture_rows(run: list[_Row]) -> int:
    """How many leading rows are caption, table number, department and unit, or empty."""
    count = 0
    for row in run:
        furniture = row.printed and (_is_caption(row) or any(_FURNITURE.search(text) for text in row.printed))
        if not furniture and row.printed:
            break
        count += 1
    return count


def _ends_in_note(rows: list[_Row]) -> bool:
    """True where the last printed row is a note."""
    return next((_is_note(row) for row in reversed(rows) if row.printed), False)


def _is_note(row: _Row) -> bool:
    """A row below the grid that is no part of it: one cell holding a note."""
    return len(row.cells) <= 2 and len(row.printed) == 1 and bool(_NOTE.match(row.printed[0]))


def _paragraphs(rows: Iterable[_Row]) -> Iterator[_Line]:
    for row in rows:
        if row.printed:
            yield _Line(row.cells[0].number, row.joined)


def _grid(rows: list[_Row]) -> Grid:
    texts = [[cell.text for cell in row.cells] for row in rows]
    spans, width = column_spans(texts)
    return Grid(
        tuple(
            tuple(
                Cell(index, col, span, cell.text, Place(cell.number, cell.start, cell.start + len(cell.text)))
                for cell, col, span in zip(row.cells, starts(spans[index]), spans[index], strict=True)
            )
            for index, row in enumerate(rows)
        ),
        width,
    )

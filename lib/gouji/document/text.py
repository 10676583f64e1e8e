"""Reads plain text into pieces.

Tables come in text in four ways that are read. Word's conversion puts one cell on a line that begins with a tab, leaves
a blank line after each row, and lets a line without a tab continue the cell before it. Spreadsheets and browsers put a
row on a line with tabs between the cells; people put bars between them (`barred`). Programs that copy a page's layout
set the cells apart with spaces (`aligned`). Two ways cannot be read, but they are recognised: the cells of a row one
space apart (`run_together`), and a cell on each line with nothing else (`stacked`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, groupby

from gouji.document.aligned import aligned_pieces
from gouji.document.assemble import assemble
from gouji.document.barred import barred_rows
from gouji.document.broken import unbroken
from gouji.document.model import Block
from gouji.document.pieces import Line, Piece, Row
from gouji.document.resumed import resumed
from gouji.document.run_together import rows_run_together
from gouji.document.stacked import stacked_pieces
from gouji.radicals import ordinary

_LINE_END = re.compile(r"\r\n|\r|\n")


def read_blocks(text: str) -> tuple[Block, ...]:
    """Returns the blocks of a plain text in order."""
    return assemble(read_pieces(text))


def read_pieces(text: str) -> Iterator[Piece]:
    """Yields the paragraphs and tables of a plain text in order. Lines have the numbers that they have in the file."""
    printed = [Line(number, line) for number, line in enumerate(_LINE_END.split(ordinary(text)), 1)]
    for is_row, run in groupby(barred_rows(printed), key=lambda one: isinstance(one, Row)):
        if is_row:
            yield [one for one in run if isinstance(one, Row)]
        else:
            yield from _unbarred([one for one in run if isinstance(one, Line)])


def _unbarred(printed: list[Line]) -> Iterator[Piece]:
    for is_row, run in groupby(rows_run_together(printed), key=lambda one: isinstance(one, Row)):
        if is_row:
            yield [one for one in run if isinstance(one, Row)]
        else:
            yield from _not_together([one for one in run if isinstance(one, Line)])


def _not_together(printed: list[Line]) -> Iterator[Piece]:
    lines = resumed(unbroken(printed))
    for is_row, run in groupby(_rows_and_lines(lines), key=lambda one: isinstance(one, Row)):
        if is_row:
            yield [one for one in run if isinstance(one, Row)]
        else:
            yield from stacked_pieces([one for one in run if isinstance(one, Line)], aligned_pieces)


def _rows_and_lines(lines: list[Line]) -> Iterator[Row | Line]:
    row = Row()
    blank_before = True
    for line in lines:
        blank = not line.text.strip() and "\t" not in line.text
        body = line.text.removeprefix("\t")
        if "\t" in body.strip("\r\n"):
            if row.cells:
                yield row
            yield _tabbed(line)
            row = Row()
        elif line.text.startswith("\t"):
            row.cells.append(Line(line.number, body, 1))
        elif blank:
            if row.cells:
                yield row
            row = Row()
        elif row.cells and not blank_before:
            row.cells[-1].text += line.text.strip()
        else:
            if row.cells:
                yield row
            row = Row()
            yield line
        blank_before = blank
    if row.cells:
        yield row


def _tabbed(line: Line) -> Row:
    """Returns a line with tabs as a row of cells."""
    cells = line.text.rstrip("\r\n").split("\t")
    offsets = accumulate((len(cell) + 1 for cell in cells), initial=0)
    return Row([Line(line.number, cell, start) for cell, start in zip(cells, offsets, strict=False)], packed=True)

"""Recognises tables in plain text whose rows are lines with one blank between the cells.

Programs that take the words of a page line by line write such text. Empty cells leave nothing, and the names in a row
may stand in other lines than its amounts, so the columns cannot be told. But it can be told that this is a table: lines
that end in amounts stand below a caption, up to a note or a sentence. They become a table that is not certain, never
headings and sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gouji.document.headings import parse_number
from gouji.document.marks import FIGURE, GAP, NOTE, OWNER, WORD, is_caption, opens_table
from gouji.document.pieces import Line, Row

#: The fewest rows of such a table.
_ROWS = 2
#: What sentences have and rows have not; figures may have commas.
_PROSE = re.compile(r"(?<!\d)，|，(?!\d)|[。；;]|\d\s*(?:[万亿]?元|%|％)(?!\s|$)")
_AMOUNT = re.compile(r"^-?\d[\d,]*\.\d+$")
_PIECE = re.compile(r"\S+")


def run_together(lines: Sequence[Line]) -> Iterator[list[Row] | Line]:
    """Yields the lines of a text, with the lines of each such table as its rows: a cell for each piece of a line."""
    at = 0
    while at < len(lines):
        line = lines[at]
        yield line
        at += 1
        if is_caption(line.text) and not _is_chapter(line.text):
            above = _above(lines, at)
            end = _end(lines, above)
            if end > above:
                yield from lines[at:above]
                yield [_row(one) for one in lines[above:end] if one.text.strip()]
                at = end


def _above(lines: Sequence[Line], first: int) -> int:
    """Returns the index of the first line below what stands between a caption and its table."""
    at = first
    while at < len(lines) and (not lines[at].text.strip() or OWNER.search(lines[at].text)):
        at += 1
    return at


def _end(lines: Sequence[Line], first: int) -> int:
    """Returns the index behind the last row of the table that begins at a line; that line's index if none does."""
    rows = heads = 0
    last = at = first
    while at < len(lines) and _is_inside(lines[at].text):
        pieces = lines[at].text.split()
        if _is_row(pieces):
            rows, last = rows + 1, at + 1
        elif len(pieces) > 1 and all(map(WORD.search, pieces)):
            heads += 1
        at += 1
    if not rows and heads and at < len(lines) and NOTE.match(lines[at].text):
        return at
    return last if rows >= _ROWS or (rows and heads) else first


def _is_inside(text: str) -> bool:
    """True for a line that may be a row, a part of a head or of a name; cells apart from each other are another kind of
    table."""
    outside = _is_chapter(text) or opens_table(text) or NOTE.match(text) or _PROSE.search(text)
    return not outside and "\t" not in text and not GAP.search(text.strip())


def _is_chapter(text: str) -> bool:
    numbered = parse_number(text)
    return numbered is not None and numbered.level == 1


def _is_row(pieces: Sequence[str]) -> bool:
    """True for words and an amount behind them, or several amounts."""
    amounts = sum(bool(_AMOUNT.match(piece)) for piece in pieces)
    ends = bool(pieces) and bool(FIGURE.match(pieces[-1]) or WORD.search(pieces[-1]))
    return ends and len(pieces) > 1 and amounts > 0


def _row(line: Line) -> Row:
    """Returns a row whose cells are the pieces of a line."""
    cells = [Line(line.number, match.group(), line.start + match.start()) for match in _PIECE.finditer(line.text)]
    return Row(cells, ruled=False, certain=False)

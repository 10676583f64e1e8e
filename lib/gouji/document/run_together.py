"""Recognises tables in plain text whose cells are set apart by one space each, as programs do that copy the text of a
PDF line by line.

Blank cells vanish, and the names of two lines stand around the line of their amounts, so the columns cannot be told.
But it can be told that this is a table: lines that end in amounts follow a caption, up to a note or a sentence. They
become a table that is not certain, never sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gouji.document.headings import parse_number
from gouji.document.marks import GAP, NOTE, is_caption
from gouji.document.pieces import Line, Row
from gouji.document.stacked import heads_table

#: A line that ends in numbers behind a label, a code or other numbers, one of them an amount.
_ROW = re.compile(r"\S\s+(?:-?\d[\d,]*\s+)*-?\d[\d,]*\.\d+(?:\s+-?\d[\d,]*(?:\.\d+)?)*$")
#: A line of so many amounts is a table by itself.
_ALONE = re.compile(r"^(?:-?\d[\d,]*(?:\.\d+)?(?:\s+|$)){4,}$")
#: What only sentences have.
_PROSE = re.compile(r"[。；;：:]|，(?!\d{3}(?!\d))|\d\s*(?:[万亿]?元|%|％)")
#: The longest line of a table; narrative wraps at fewer characters or not at all.
_LONGEST = 200
#: The fewest rows of a table, and the most lines for each of them.
_ROWS, _ONE_IN = 2, 6
_ITEM = re.compile(r"\S+")


def rows_run_together(lines: Sequence[Line]) -> Iterator[Line | Row]:
    """Yields the lines; those of such tables as rows that are not certain, their words and amounts as cells."""
    at, below_head = 0, False
    while at < len(lines):
        text = lines[at].text.strip()
        end = _end_of_rows(lines, at) if below_head and not heads_table(text) else at
        if end > at:
            yield from (_row(line) for line in lines[at:end] if line.text.strip())
            at, below_head = end, False
            continue
        yield lines[at]
        below_head = heads_table(text) if text else below_head
        at += 1


def _end_of_rows(lines: Sequence[Line], first: int) -> int:
    """Returns the index behind the last row of the table that begins at a line; that line's index if no table begins
    there, or if its cells are set apart by wider gaps."""
    last, rows, at = first, 0, first
    while at < len(lines) and _may_be_of_table(lines[at].text):
        if _ROW.search(lines[at].text.strip()):
            rows, last = rows + 1, at + 1
        at += 1
    body = [text for line in lines[first:last] if (text := line.text.strip())]
    alone = rows == 1 and bool(_ALONE.match(body[-1]))
    few = rows < _ROWS or rows * _ONE_IN < len(body)
    return first if (few and not alone) or any(map(GAP.search, body)) else last


def _row(line: Line) -> Row:
    cells = [Line(line.number, item.group(), line.start + item.start()) for item in _ITEM.finditer(line.text)]
    return Row(cells, ruled=False, certain=False)


def _may_be_of_table(text: str) -> bool:
    """True for a line that may stand between the first and the last row of a table."""
    if "\t" in text:
        return False
    text = text.strip()
    numbered = parse_number(text)
    part = numbered is not None and numbered.level == 1 and text.startswith("第")
    return len(text) <= _LONGEST and not (part or is_caption(text) or NOTE.match(text) or _PROSE.search(text))

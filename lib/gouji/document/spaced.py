"""Recognises tables in plain text whose cells are parted by one space only: programs write them that copy the words of
a page and not their places.

Empty cells leave nothing, and a name on two lines stands around its figures, so the columns cannot be told. But it can
be told that this is a table: below a caption or a unit, lines end in figures. They become a table that is not certain,
never sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gouji.document.headings import parse_number
from gouji.document.marks import GAP, NOTE, OWNER, TABLE_NUMBER, is_caption
from gouji.document.pieces import Line, Row

_AMOUNT = r"-?\d[\d,]*(?:\.\d+)?"
#: The figures at the end of a line, one space before each.
_FIGURES = re.compile(rf"(?:(?<=\S) {_AMOUNT})+$")
_DECIMAL = re.compile(r"\.\d")
#: The fewest figures of a table, and the most lines of a head above the first.
_FEWEST = 6
_HEAD = 16
#: No row is longer, and no unit's line.
_LONGEST = 100
_LONGEST_UNIT = 32
_STOP = re.compile("[。；;]|\\d[万亿]?元")


def spaced_rows(lines: Sequence[Line]) -> Iterator[Line | Row]:
    """Yields the lines of a text, with the lines of such tables as rows of one cell."""
    at = 0
    while at < len(lines):
        end = _end_of_table(lines, at) if at and _heads_table(lines[at - 1].text.strip()) else at
        yield from (Row([line], ruled=False, certain=False) for line in lines[at:end])
        at = max(at, end)
        if at < len(lines):
            yield lines[at]
        at += 1


def _heads_table(text: str) -> bool:
    """True for a caption, or a short line that names the table's number, department or unit."""
    furniture = TABLE_NUMBER.search(text) or OWNER.search(text)
    return is_caption(text) or (bool(furniture) and len(text) <= _LONGEST_UNIT)


def _end_of_table(lines: Sequence[Line], first: int) -> int:
    """Returns the index behind the last line of the table that begins at a line; that line's index if none does."""
    figures, last = 0, first
    for at in range(first, len(lines)):
        text = lines[at].text.strip()
        if _is_outside(text) or (not figures and at >= first + _HEAD):
            break
        found = _figures(text)
        figures += found
        last = at + 1 if found else last
    return last if figures >= _FEWEST else first


def _is_outside(text: str) -> bool:
    """True for a line that is no row, or a row of a table that others read."""
    numbered = parse_number(text)
    chapter = numbered is not None and numbered.level == 1
    told = _heads_table(text) or NOTE.match(text) or _STOP.search(text) or "\t" in text or GAP.search(text)
    return chapter or bool(told) or len(text) > _LONGEST


def _figures(text: str) -> int:
    """Returns how many figures stand at the end of a line; 0 where one integer alone does, which may be a page's or a
    year's."""
    match = _FIGURES.search(text)
    if match is None:
        match = re.fullmatch(rf"{_AMOUNT}(?: {_AMOUNT})+", text)
    count = match.group().strip().count(" ") + 1 if match else 0
    return count if count > 1 or (match and _DECIMAL.search(match.group())) else 0

"""Tables set with spaces whose columns begin where their labels do, as programs fill up cells with blanks.

Each label of the head, on whatever line, begins where its column begins; what is below stands inside a column, at its
left or at its right. A label over several columns begins with the first of them, and what follows it on its line is
blank above the others. Where all lines of a table keep to that, its columns are certain, however few amounts it prints.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gouji.document.headings import parse_number
from gouji.document.marks import FIGURE
from gouji.document.pieces import Line, Row
from gouji.document.places import Extent, extents_of, likeliest_width, pieces_of
from gouji.document.word_lists import WORDS
from gouji.document.wrapped import goes_on, names_of

#: No table has more lines of labels.
_MOST_LABELS = 8
_WIDTHS = (1, 2)


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a line, and where it begins and ends."""

    line: Line
    extent: Extent

    @property
    def text(self) -> str:
        return self.line.text


#: A label has a word, or is the name of a level: 类.
_LABEL = re.compile("[\u4e00-\u9fff]")
#: What may stand in cells merged: a name, or a code over the columns of its levels.
_MERGED = re.compile(r"[\u4e00-\u9fff]{2}|^\d{3}(?:\d{2}){0,2}$")
#: The number of a page, as contents have it.
_PAGE = re.compile(r"^\d{1,3}$")
#: What leads to it.
_LEADER = re.compile(r"^[.…·．]{2,}$")
#: What each column holds on one line.
_Placed = dict[int, _Part]


def padded_rows(lines: Sequence[Line]) -> list[Row] | None:
    """Returns the rows of a table, a cell in each column; None unless its lines have columns that begin with their
    labels, the same whether a Chinese character is counted as one or as two, or with one of these only."""
    likeliest = likeliest_width(lines)
    found = [rows for wide in sorted(_WIDTHS, key=lambda one: one != likeliest) if (rows := _rows(lines, wide))]
    if not found or any(_printed(rows) != _printed(found[0]) for rows in found[1:]):
        return None
    return found[0]


def _printed(rows: Sequence[Row]) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in rows]


def _rows(lines: Sequence[Line], wide: int) -> list[Row] | None:
    parts = [list(_parts(line, wide)) for line in lines]
    body = next((at for at, line in enumerate(parts) if _begins_body(line)), 0)
    if not 0 < body <= _MOST_LABELS or max(map(len, parts[:body])) < 2:
        return None
    if not any(len(line) > 1 and any(_is_no_page(part.text) for part in line) for line in parts[body:]):
        return None
    starts = sorted({part.extent[0] for line in parts[:body] for part in line})
    placed = [_placed(line, starts, at < body) for at, line in enumerate(parts)]
    whole = [one for one in placed if one is not None]
    head = _spans(whole[:body], starts) if len(whole) == len(placed) else None
    if head is None or not _is_told(whole, body, starts):
        return None
    spans = head + [{col: _reach(part, starts) - col for col, part in line.items()} for line in whole[body:]]
    rows: list[Row] = []
    names = names_of(lines, wide)
    for at, line in enumerate(whole):
        if at > body and goes_on(lines[at], lines[at - 1], names, wide):
            _join(rows[-1], line)
        else:
            rows.append(_row(line, spans[at], len(starts)))
    return rows


def _parts(line: Line, wide: int) -> Iterator[_Part]:
    """The pieces of a line; a label spread over its column (项　目) is one."""
    found: list[_Part] = []
    for match, extent in zip(pieces_of(line.text), extents_of(line, wide), strict=True):
        start = match.start()
        if found and found[-1].text + match.group() in WORDS.spread_labels:
            before = found.pop()
            start, extent = before.line.start - line.start, (before.extent[0], extent[1])
        found.append(_Part(Line(line.number, line.text[start : match.end()], line.start + start), extent))
    yield from found


def _begins_body(line: Sequence[_Part]) -> bool:
    """True for a row of the body: it prints an amount, a code or a sign that there is none, and not the numbers of
    columns; or a total, or a numbered label, alone."""
    texts = [part.text for part in line]
    if _is_numbering(texts):
        return False
    if len(texts) == 1:
        return "".join(texts[0].split()) in WORDS.totals or parse_number(texts[0]) is not None
    return any(FIGURE.match(text) or _is_nothing(text) for text in texts)


def _is_numbering(texts: Sequence[str]) -> bool:
    numbers = [text for text in texts if text not in WORDS.line_number and text not in WORDS.levels]
    return len(numbers) > 1 and numbers == [str(at) for at in range(1, len(numbers) + 1)]


def _is_no_page(text: str) -> bool:
    """True for an amount, a code, or a sign that there is none; a list of contents has numbers of pages instead."""
    if _LEADER.match(text):
        return False
    return _is_nothing(text) or (bool(FIGURE.match(text)) and not _PAGE.match(text))


def _is_nothing(text: str) -> bool:
    return text in WORDS.nothing or not any(char.isalnum() for char in text)


def _placed(line: Sequence[_Part], starts: Sequence[float], in_head: bool) -> _Placed | None:
    """The parts of a line by column; None where one stands in no column, two in one, or one reaches into the next and
    is no label of the head, nor a name or code of cells merged."""
    found: _Placed = {}
    free = 0
    for part in line:
        col = bisect_right(starts, part.extent[0]) - 1
        reach = _reach(part, starts)
        merged = part.extent[0] == starts[col] and (in_head or bool(_MERGED.search(part.text)))
        if col < free or (reach > col + 1 and not merged):
            return None
        found[col] = part
        free = reach
    return found


def _reach(part: _Part, starts: Sequence[float]) -> int:
    """The first column that begins behind a part."""
    return bisect_left(starts, part.extent[1])


def _is_told(lines: Sequence[_Placed], body: int, starts: Sequence[float]) -> bool:
    """True where something tells of each column of amounts where it begins, beside its lowest label: another label, or
    what is below begins there too, or the amounts stand below the label, or below such amounts."""
    for col, start in enumerate(starts):
        labels = [line[col] for line in lines[:body] if col in line and _LABEL.search(line[col].text)]
        below = [line[col] for line in lines[body:] if col in line]
        amounts = [part for part in below if FIGURE.match(part.text)]
        if not amounts:
            continue
        heads = sum(col in line for line in lines[:body])
        again = heads > 1 or any(part.extent[0] == start and not FIGURE.match(part.text) for part in below)
        if not labels or not (again or _touch([labels[-1], *amounts])):
            return False
    return True


def _touch(parts: Sequence[_Part]) -> bool:
    """True where no gap runs between parts that stand one below the other."""
    extents = sorted({part.extent for part in parts})
    end = extents[0][1]
    for left, right in extents[1:]:
        if left >= end:
            return False
        end = max(end, right)
    return True


def _spans(head: Sequence[_Placed], starts: Sequence[float]) -> list[dict[int, int]] | None:
    """How many columns each label of a head covers, by line and first column: those of the labels below it, up to the
    next column that a label on its own line, or one above, begins. None where a label reaches over others; and where
    one without any of its own below stands among columns that have some: it may be set in the middle of those it is
    over."""
    width = len(starts)
    labelled = [{col for col, part in line.items() if _LABEL.search(part.text)} for line in head]
    first = [next((at for at, line in enumerate(labelled) if col in line), None) for col in range(width)]
    spans: list[dict[int, int]] = [{} for _ in head]
    for at in reversed(range(len(head))):
        for col, part in head[at].items():
            below = next((other for other in range(at + 1, len(head)) if col in labelled[other]), None)
            end = col + 1 if below is None else col + spans[below][col]
            while below is not None and end in spans[below] and first[end] == below:
                end += spans[below][end]
            if _reach(part, starts) > end:
                return None
            spans[at][col] = end - col
        if _may_be_in_the_middle(at, spans[at], labelled, first):
            return None
    return spans


def _may_be_in_the_middle(
    at: int, spans: dict[int, int], labelled: Sequence[set[int]], first: Sequence[int | None]
) -> bool:
    """True where a label of a line has none of its own below, and columns beside it have, but none on its line."""
    covered = {one for col, span in spans.items() for one in range(col, col + span)}
    below = set().union(*labelled[at + 1 :])
    alone = (col for col, span in spans.items() if span == 1 and col in labelled[at] and col not in below)
    beside = {one for col in alone for one in (col - 1, col + 1) if 0 <= one < len(first)}
    return any((first[one] or 0) > at for one in beside - covered)


def _row(line: _Placed, spans: dict[int, int], width: int) -> Row:
    """A row with a cell in each column; an empty one stands right behind the one before it."""
    cells: list[Line] = []
    columns: list[tuple[int, int]] = []
    number, end = next((part.line.number, part.line.start) for part in line.values())
    col = 0
    while col < width:
        part = line.get(col)
        cells.append(part.line if part else Line(number, "", end))
        columns.append((col, spans.get(col, 1)))
        end = part.line.start + len(part.text) if part else end
        col += columns[-1][1]
    return Row(cells, columns, ruled=False)


def _join(row: Row, rest: _Placed) -> None:
    """Adds the rest of its names to a row."""
    for at, (cell, (col, _)) in enumerate(zip(row.cells, row.columns or (), strict=True)):
        if col in rest:
            row.cells[at] = Line(cell.number, cell.text + rest[col].text, cell.start)

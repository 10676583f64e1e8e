"""Reads tables in plain text whose cells are separated by bars (a | b, │ a │ b │), with or without lines drawn between
rows.

Rows with equally many bars are a table like those with tabs. Rows with fewer bars, as under merged heads, are placed by
the positions of their bars. If these match no bar of the fullest row, the table is not certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from gouji.document.marks import FIGURE, is_caption, is_furniture, is_note
from gouji.document.pieces import Line, Row
from gouji.runtime.width import text_width

_BARS = "|｜│┃║"
_BAR = re.compile(f"[{_BARS}]")
#: A line that is drawn between rows: |---|:--:|, ├──┼──┤, +---+.
_DRAWN = re.compile(rf"^\s*(?=.*[-─━═—]{{2}})[\s{_BARS}+:\-─━═—┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝╭╮╰╯]+$")
#: The fewest rows of a table. A table of two columns needs more, and an amount in one of them.
_FEWEST = 2
_FEWEST_OF_TWO = 3
_LONGEST_CELL = 200
#: The most columns of a table.
_MOST = 80
#: How wide a bar is: in some fonts as a letter, in others as a Chinese character.
_WIDTHS = (1, 2)


def has_bars(text: str) -> bool:
    """True for a text with any bar."""
    return bool(_BAR.search(text))


def barred_rows(lines: Sequence[Line]) -> Iterator[Line | Row]:
    """Yields the lines of a text, with such tables as rows. Lines that are drawn between rows are left out."""
    at = 0
    while at < len(lines):
        end = _end(lines, at)
        around, inside = _around(lines[at:end])
        rows = _rows(inside)
        found: list[Line | Row] = [*around[0], *rows, *around[1]] if rows else [*lines[at : max(end, at + 1)]]
        yield from found
        at = max(end, at + 1)


def _around(lines: Sequence[Line]) -> tuple[tuple[list[Line], list[Line]], Sequence[Line]]:
    """Returns the titles above and the notes below a run of such lines, both without their bars, and the lines in
    between."""
    texts = [[text for part in _BAR.split(line.text) if (text := part.strip())] for line in lines]
    top = next((at for at, own in enumerate(texts) if not all(is_caption(one) or is_furniture(one) for one in own)), 0)
    end = len(lines)
    while end > top and (_DRAWN.match(lines[end - 1].text) or _is_note(texts[end - 1])):
        end -= 1
    above = [line for line, own in zip(lines[:top], texts, strict=False) if own and not _DRAWN.match(line.text)]
    below = [line for line, own in zip(lines[end:], texts[end:], strict=True) if _is_note(own)]
    return ([_bare(line) for line in above], [_bare(line) for line in below]), lines[top:end]


def _is_note(texts: Sequence[str]) -> bool:
    return len(texts) == 1 and is_note(texts[0])


def _bare(line: Line) -> Line:
    """Returns a line without the bars around its text, in its place. Bars inside the text become blanks."""
    said = line.text.strip(f"{_BARS} \u3000\t")
    return replace(line, text=_BAR.sub("\u3000", said), start=line.start + line.text.index(said))


def _end(lines: Sequence[Line], first: int) -> int:
    """Returns the index behind the last barred or drawn line of a run. Across an empty line, the run continues only
    with equally many bars."""
    end, bars = first, 0
    for at in range(first, len(lines)):
        text = lines[at].text
        own = len(_BAR.findall(text))
        if _DRAWN.match(text):
            end = at + 1
        elif own and (end == at or own == bars):
            end, bars = at + 1, own
        elif text.strip():
            break
    return end


def _rows(lines: Sequence[Line]) -> list[Row]:
    """Returns the rows of a run of such lines; none if they are no table."""
    printed = [line for line in lines if _BAR.search(line.text) and not _DRAWN.match(line.text)]
    parts = [_BAR.split(line.text) for line in printed]
    if len(printed) < _FEWEST or any(len(own) > _MOST or max(map(len, own)) > _LONGEST_CELL for own in parts):
        return []
    closed = [all(_BAR.match(line.text.strip()[side]) for line in printed) for side in (0, -1)]
    cells = {line.number: _cells(line, *closed) for line in printed}
    most = max(map(len, cells.values()))
    of_two = len(printed) >= _FEWEST_OF_TWO and any(own and FIGURE.match(own[-1].text) for own in cells.values())
    if most < _FEWEST or (most == _FEWEST and not of_two):
        return []
    if any(len(own) < most for own in cells.values()):
        return _placed(printed, cells, most)
    return [Row(own, packed=True) for own in _unpadded(list(_joined(lines, cells)))]


def _cells(line: Line, opened: bool, closed: bool) -> list[Line]:
    """Returns the texts between the bars of a line, each with its place.

    `opened`: a bar stands before the first cell. `closed`: a bar stands behind the last one.
    """
    bars = [one.start() for one in _BAR.finditer(line.text)]
    edges = [*([] if opened else [-1]), *bars, *([] if closed else [len(line.text)])]
    cells = []
    for left, right in pairwise(edges):
        text = line.text[left + 1 : right]
        before = len(text) - len(text.lstrip())
        cells.append(replace(line, text=text.strip(), start=line.start + left + 1 + before))
    return cells


def _unpadded(rows: list[list[Line]]) -> list[list[Line]]:
    """Returns the rows, without the empty cells at their end if a row of the head has such cells: programs that flatten
    a table pad rows there instead of under merged cells.

    The cells are kept if the first row of several labels is full or has a blank before a label. Then merged cells leave
    their blanks in place.
    """
    end = next((at for at, row in enumerate(rows) if any(FIGURE.match(cell.text) for cell in row)), len(rows))
    head = [row for row in rows[:end] if row]
    first = next((row for row in head if sum(bool(cell.text) for cell in row) > 1), [])
    kept = all(cell.text for cell in first) or any(not one.text and other.text for one, other in pairwise(first))
    kept = kept or _stands_over_last(first, head[-1] if head else [])
    padded = any(not row[-1].text for row in head) and not (first and kept)
    return [_without_padding(row) for row in rows] if padded else rows


def _stands_over_last(row: list[Line], below: list[Line]) -> bool:
    """True if only the last label of a row has parts below it. They begin where it stands and end the row."""
    labels = [at for at, cell in enumerate(row) if cell.text]
    parts = [at for at, cell in enumerate(below) if cell.text]
    return bool(labels) and parts == list(range(labels[-1], len(below))) and labels[-1] > 0


def _without_padding(row: list[Line]) -> list[Line]:
    last = max((number for number, cell in enumerate(row) if cell.text), default=0)
    return row[: last + 1]


def _joined(lines: Sequence[Line], cells: dict[int, list[Line]]) -> Iterator[list[Line]]:
    """Yields the rows. If lines are drawn between rows, a line that continues the names of the line above is joined to
    it."""
    drawn = sum(bool(_DRAWN.match(line.text)) for line in lines)
    last: list[Line] | None = None
    for line in lines:
        own = cells.get(line.number)
        if own is None:
            yield from [last] if last else []
            last = None
        elif last and drawn > _FEWEST and not own[0].text and not any(FIGURE.match(cell.text) for cell in own):
            last = [replace(one, text=one.text + further.text) for one, further in zip(last, own, strict=True)]
        else:
            yield from [last] if last else []
            last = own
    yield from [last] if last else []


def _placed(printed: Sequence[Line], cells: dict[int, list[Line]], most: int) -> list[Row]:
    """Returns the rows in the columns between the bars of the fullest row; not certain if the other rows' bars do not
    match it."""
    for of_bar in _WIDTHS:
        places = [_places(line.text, of_bar) for line in printed]
        fullest = next(own for own, line in zip(places, printed, strict=True) if len(cells[line.number]) == most)
        if len(fullest) == most + 1 and all(set(own) <= set(fullest) and len(own) > 1 for own in places):
            edges = [[fullest.index(place) for place in own] for own in places]
            spans = [[(left, right - left) for left, right in pairwise(own)] for own in edges]
            return [Row(cells[line.number], columns=own) for line, own in zip(printed, spans, strict=True)]
    return [Row(cells[line.number], certain=False, packed=True) for line in printed]


def _places(text: str, of_bar: int) -> list[int]:
    """Returns the position of each bar of a line, in widths of a character. `of_bar` is the width of a bar."""
    return [
        text_width(_BAR.sub("", text[: one.start()])) + of_bar * number
        for number, one in enumerate(_BAR.finditer(text))
    ]

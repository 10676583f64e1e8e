"""Finds the columns of rows in which merged cells leave nothing in what they cover. Browsers copy tables so: a line for
each row, with tabs between the cells.

In the head, each cell is a column or stands over parts in the next row. Every way to share out these parts that makes
as many columns as the body has is tried. Words and figures below, and the names of heads and parts (`words.yaml`), rule
ways out. If several ways are left, the columns are not certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import Enum
from itertools import combinations, groupby, islice, pairwise, product
from math import comb, prod

from gouji.document.marks import FIGURE, WORD
from gouji.document.pieces import Line, Row
from gouji.document.word_lists import WORDS

#: The code of a class, or of a part of it in a column of its own: 201, 20101, 2010101, 201 01 01, 01.
_CODE = re.compile(r"^\d{3}(?:\s*\d{2}){0,2}$|^\d{2}$")
#: The most rows of a head, the most columns of names and codes, and the most ways to share out parts that are tried.
_MOST_ROWS = 5
_MOST_NAMES = 5
_MOST_WAYS = 20_000

#: Which cells of a row are heads, and how many cells of the next row are parts of each.
_Way = tuple[tuple[int, int], ...]


class Kind(Enum):
    """What a column's cells are."""

    WORDS = 1
    CODES = 2
    AMOUNTS = 3


def laid_out(rows: Sequence[Row]) -> list[Row] | None:
    """Returns the rows of a table with their columns, with an empty cell where one above covers it; None if they are
    not certain.

    Rows of several lists that begin with codes are returned unchanged: codes tell these rows, whatever stands above.
    """
    texts = [[cell.text.strip() for cell in row.cells] for row in rows]
    width = max(map(len, texts))
    if _keeps_blanks(texts, width):
        return [replace(row, columns=[(col, 1) for col in range(len(row.cells))]) for row in rows]
    body = next((at for at, row in enumerate(texts) if _begins_body(row)), len(texts))
    kinds = kinds_of([row for row in texts[body:] if len(row) == width], width)
    if body and len(texts[body - 1]) == width and _lists_codes(kinds, _period(texts[body - 1])):
        return list(rows)
    head = head_columns(texts[:body], width, kinds)
    if head is None and all(_is_total(row) and len(row) == width for row in texts[body:]):
        wider = [
            (more, head_columns(texts[:body], width + more, [None] * (width + more))) for more in range(1, _MOST_NAMES)
        ]
        fitting = [(more, one) for more, one in wider if one and one[0][0] == (0, more + 1)]
        more, head = fitting[0] if len(fitting) == 1 else (0, None)
        kinds = [None] * (width + more)
    if head is None:
        return None
    trimmed = not all(map(all, texts)) and all(row[-1] for row in texts)
    below = [_spans(row, kinds, head[0][0][1] if head else 0, trimmed) for row in texts[body:]]
    if any(spans is None for spans in below):
        return None
    return [_filled(row, columns, len(kinds)) for row, columns in zip(rows, [*head, *filter(None, below)], strict=True)]


def _is_total(row: Sequence[str]) -> bool:
    """True for a row of totals, whose label may cover all columns of names and codes."""
    return row[0] in WORDS.totals and not any(WORD.search(text) for text in row[1:])


def _keeps_blanks(texts: Sequence[Sequence[str]], width: int) -> bool:
    """True if merged cells leave blanks in what they cover, as spreadsheets copy them: no row is shorter than others,
    or rows of the head only lack blanks at the end, which other programs cut off."""
    first = next((at for at, row in enumerate(texts) if any(map(FIGURE.match, row))), len(texts))
    short = [row for row in texts[:first] if len(row) < width]
    return all(len(row) == width for row in texts) or any(not all(row[: len(row) - 1]) and row[-1] for row in short)


def _begins_body(row: Sequence[str]) -> bool:
    """True for a row with a blank or a figure."""
    return not all(row) or any(map(FIGURE.match, row))


def kinds_of(rows: Sequence[Sequence[str]], width: int) -> list[Kind | None]:
    """Returns the kind of content of each of `width` columns; None for an empty column."""
    kinds: list[Kind | None] = []
    counted = [row for row in rows if not _is_numbering(row)]
    for col in range(width):
        cells = [row[col] for row in counted if row[col]]
        words = sum(bool(WORD.search(text)) for text in cells)
        if not cells:
            kinds.append(None)
        elif 2 * words > len(cells):
            kinds.append(Kind.WORDS)
        elif all(_CODE.match(text) or WORD.search(text) for text in cells):
            kinds.append(Kind.CODES)
        else:
            kinds.append(Kind.AMOUNTS)
    # Codes are what stands before a name, and not right behind one: there small amounts look alike.
    for col in reversed(range(width)):
        before_name = col + 1 < width and kinds[col + 1] in (Kind.WORDS, Kind.CODES)
        behind_name = col > 0 and kinds[col - 1] is Kind.WORDS
        if kinds[col] is Kind.CODES and (behind_name or not before_name):
            kinds[col] = Kind.AMOUNTS
        elif kinds[col] is None and before_name and col > 0 and kinds[col - 1] is Kind.CODES:
            kinds[col] = Kind.CODES
    return kinds


def _is_numbering(row: Sequence[str]) -> bool:
    """True for a row that numbers the columns (1, 2, 3 …)."""
    printed = [text for text in row if text]
    return printed == [str(at) for at in range(1, len(printed) + 1)]


def head_columns(
    rows: Sequence[Sequence[str]], width: int, kinds: Sequence[Kind | None]
) -> list[list[tuple[int, int]]] | None:
    """Returns the (first column, width) of each cell of a table's head, by row; None if there is no way to lay it out,
    or if several ways remain."""
    if not rows:
        return []
    last, period = rows[-1], _period(rows[-1])
    if len(rows) > 1 and len(last) == width and period > 1 and width // period > len(rows[-2]):
        # Every column above has the same parts, told in a row of their own: 预算数, 决算数 of each.
        upper = head_columns(rows[:-1], width // period, kinds[::period])
        wide = [[(col * period, span * period) for col, span in row] for row in upper or ()]
        return [*wide, [(col, 1) for col in range(width)]] if upper else None
    found = _only(_ways(rows, width), rows, kinds)
    return None if found is None else _columns(rows, found)


def _period(row: Sequence[str]) -> int:
    """Returns the number of labels after which a row begins again; its length if it does not."""
    return next(
        size
        for size in range(1, len(row) + 1)
        if len(row) % size == 0 and all(one == other for one, other in zip(row, row[size:], strict=False))
    )


def _lists_codes(kinds: Sequence[Kind | None], period: int) -> bool:
    """True for several lists beside each other whose rows begin with codes. Then the codes tell the rows, whatever
    stands above."""
    begins = kinds[::period]
    return len(begins) > 1 and kinds[0] is Kind.CODES and set(begins) <= {Kind.CODES, None}


def _ways(rows: Sequence[Sequence[str]], width: int) -> list[tuple[_Way, ...]]:
    """Returns every way to lay out a head over `width` columns; none if there are too many."""
    heads = sum(map(len, rows)) - width
    if len(rows) > _MOST_ROWS or heads < len(rows) - 1:
        return []
    options = [_shared(row, below) for row, below in pairwise(rows)]
    by_count = [
        {count: [way for way in ways if len(way) == count] for count in set(map(len, ways))} for ways in options
    ]
    chosen = [
        [by_count[at][count] for at, count in enumerate(counts)]
        for counts in product(*by_count)
        if sum(counts) == heads
    ]
    if sum(prod(map(len, lists)) for lists in chosen) > _MOST_WAYS:
        return []
    return [ways for lists in chosen for ways in product(*lists)]


def _shared(row: Sequence[str], below: Sequence[str]) -> list[_Way]:
    """Returns every way to share out the cells `below` among heads of a row; none if there are too many.

    A head has each label once. If the labels begin again, there is a head for each time.
    """
    able = [at for at, label in enumerate(row) if label not in WORDS.line_number]
    begins = [at for at, label in enumerate(below) if label == below[0]]
    cuts: Iterable[tuple[int, ...]] = [tuple(begins[1:])]
    if len(begins) == 1:
        if comb(len(able) + len(below) - 1, len(below)) > _MOST_WAYS:
            return []
        inner = range(1, len(below))
        cuts = (cut for count in range(min(len(able), len(below))) for cut in combinations(inner, count))
    ways: list[_Way] = []
    for cut in cuts:
        parts = [below[one:other] for one, other in pairwise([0, *cut, len(below)])]
        if comb(len(able), len(parts)) <= _MOST_WAYS and all(map(_is_group, parts)):
            counts = list(map(len, parts))
            ways += [tuple(zip(heads, counts, strict=True)) for heads in combinations(able, len(parts))]
    return ways


def _is_group(labels: Sequence[str]) -> bool:
    """True for labels that can stand under one head: each occurs once, and a total stands before its parts."""
    behind = [one for one, label in pairwise(labels) if _squeezed(label) in WORDS.totals]
    return len(set(labels)) == len(labels) and all(_is_name(one) or one in WORDS.line_number for one in behind)


def _only(
    ways: list[tuple[_Way, ...]], rows: Sequence[Sequence[str]], kinds: Sequence[Kind | None]
) -> tuple[_Way, ...] | None:
    """Returns the only way that remains after the content of the columns, and then the names of the heads, have ruled
    others out; None if it is not the only one."""
    if len(ways) > 1:
        ways = [way for way in ways if _fits(_leaves(rows, way), kinds)]
    for at, (row, below) in enumerate(pairwise(rows)):
        if len({way[at] for way in ways}) > 1:
            ways = [way for way in ways if _named(way[at], row, below)]
    return ways[0] if len(ways) == 1 else None


def _leaves(rows: Sequence[Sequence[str]], ways: Sequence[_Way]) -> list[str]:
    """Returns the lowest label over each column."""
    labels = [""] * sum(len(row) for row in rows)
    for row, columns in zip(rows, _columns(rows, ways), strict=True):
        for label, (col, span) in zip(row, columns, strict=True):
            labels[col : col + span] = [label] * span
    return labels


def _fits(labels: Sequence[str], kinds: Sequence[Kind | None]) -> bool:
    """True if the content of each column is of the kind that its label asks for."""
    return all(
        kind is None or (kind in (Kind.WORDS, Kind.CODES) if _is_name(label) else kind is _wanted(label))
        for label, kind in zip(labels, kinds, strict=False)
    )


def _wanted(label: str) -> Kind:
    return Kind.CODES if _is_code(label) else Kind.AMOUNTS


def _is_name(label: str) -> bool:
    return _squeezed(label).endswith(WORDS.heads_of_names) and not _is_code(label)


def _is_code(label: str) -> bool:
    return _squeezed(label).endswith(WORDS.heads_of_codes) or _squeezed(label) in WORDS.levels


def _named(way: _Way, row: Sequence[str], below: Sequence[str]) -> bool:
    """True if each head has the name of its parts, and heads of the same name have the same parts. False if a label of
    the row says nothing of its parts (其中): then those of the others are not certain either."""
    if any(_squeezed(label) in WORDS.of_which for label in row):
        return False
    rest = iter(map(_squeezed, below))
    parts = {head: tuple(islice(rest, count)) for head, count in way}
    alike = {(label, parts.get(at)) for at, label in enumerate(row) if parts.keys() & _places(row, label)}
    one_of_each = len(alike) == len({label for label, _ in alike})
    return one_of_each and all(_holds(_squeezed(row[head]), labels) for head, labels in parts.items())


def _places(row: Sequence[str], label: str) -> set[int]:
    return {at for at, other in enumerate(row) if other == label}


def _holds(head: str, parts: Sequence[str]) -> bool:
    """True for a head that these parts belong to.

    An item has names and codes, a code has levels. Any other head has parts that are named like it or are known to be
    its parts, behind their total.
    """
    if _is_code(head):
        return all(part in WORDS.levels for part in parts)
    if _is_name(head):
        return _is_name(parts[-1]) and all(_is_name(part) or _is_code(part) for part in parts)
    own = parts[1:] if parts[0] in WORDS.totals else parts
    known = tuple(part for word, words in WORDS.parts.items() if word in head for part in words)
    return bool(own) and all(
        part not in WORDS.totals
        and (any(word in part for word in known) or _alike(head, part) >= max(2, len(part) / 2))
        for part in own
    )


def _alike(one: str, other: str) -> int:
    """Returns the length of the longest text that two labels share."""
    return max(
        (
            end - start
            for start in range(len(other))
            for end in range(start + 1, len(other) + 1)
            if other[start:end] in one
        ),
        default=0,
    )


def _columns(rows: Sequence[Sequence[str]], ways: Sequence[_Way]) -> list[list[tuple[int, int]]]:
    """Returns the (first column, width) of each cell, by row."""
    spans = [[1] * len(row) for row in rows]
    for at in range(len(ways) - 1, -1, -1):
        below = iter(spans[at + 1])
        for head, count in ways[at]:
            spans[at][head] = sum(islice(below, count))
    columns: list[list[tuple[int, int]]] = []
    starts: Iterable[int] = [0]
    for at, row in enumerate(spans):
        placed: list[tuple[int, int]] = []
        parts = [count for _, count in ways[at - 1]] if at else [len(row)]
        cells = iter(row)
        for start, count in zip(starts, parts, strict=True):
            col = start
            for span in islice(cells, count):
                placed.append((col, span))
                col += span
        columns.append(placed)
        starts = [placed[head][0] for head, _ in ways[at]] if at < len(ways) else []
    return columns


def _spans(row: Sequence[str], kinds: Sequence[Kind | None], first: int, trimmed: bool) -> list[tuple[int, int]] | None:
    """Returns the (first column, width) of each cell of a body's row; None if they cannot be told.

    A short row has names that cover all columns of names and codes. Or it lacks blanks at its end, if these are
    `trimmed`: the table prints blanks elsewhere, but never at the end. `first` is the number of columns that the head's
    first cell covers.
    """
    width = len(kinds)
    if len(row) == width:
        return [(col, 1) for col in range(width)]
    runs = [(named, len(list(run))) for named, run in groupby(kind in (Kind.WORDS, Kind.CODES) for kind in kinds)]
    merged = [span for named, count in runs for span in ([count] if named else [1] * count)]
    if not any(kinds):
        merged = [first] + [1] * (width - first)
    if len(merged) == len(row) and all(
        not text or bool(WORD.search(text)) == (span > 1) for text, span in zip(row, merged, strict=True)
    ):
        starts = [sum(merged[:at]) for at in range(len(merged))]
        return list(zip(starts, merged, strict=True))
    told = (
        trimmed
        and any(kinds)
        and all(
            not text or kind is None or bool(WORD.search(text)) == (kind is Kind.WORDS)
            for text, kind in zip(row, kinds, strict=False)
        )
    )
    return [(col, 1) for col in range(len(row))] if told else None


def _filled(row: Row, columns: Sequence[tuple[int, int]], width: int) -> Row:
    """Returns the row with an empty cell in each column that no cell covers."""
    cells: list[Line] = []
    placed: list[tuple[int, int]] = []
    last = row.cells[0]
    at = 0
    for cell, (col, span) in zip(row.cells, columns, strict=True):
        for empty in range(at, col):
            cells.append(Line(last.number, "", last.start))
            placed.append((empty, 1))
        cells.append(cell)
        placed.append((col, span))
        last, at = cell, col + span
    end = last.start + len(last.text)
    for empty in range(at, width):
        cells.append(Line(last.number, "", end))
        placed.append((empty, 1))
    return replace(row, cells=cells, columns=placed)


def _squeezed(text: str) -> str:
    return "".join(text.split())

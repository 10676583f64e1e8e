"""Separates tables that stand beside each other under titles in one row.

A sheet or a page may print 收入决算表 on its left and 支出决算表 on its right. Read as one table, every row would be a
row of both. One of four signs shows where the next table begins: an empty column between them, titles merged over their
tables, a second department (部门：), or a table head that begins again. If there is no sign, the tables are marked as
not certain, and no amounts are read from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from gouji.document.marks import NOTE, NUMBERED, OWNER, is_caption, is_continuation, is_furniture
from gouji.document.pieces import Line, Piece, Row
from gouji.document.spans import column_spans, starts

#: The parts of a line, separated by wide blanks.
_PIECE = re.compile(r"\S+(?:[ \u3000\u00a0]\S+)*")
#: What separates them, so that lines of one part are not looked at closely.
_WIDE_BLANK = re.compile(r"\s{2}|[^\S \u3000\u00a0]")
#: The fewest rows of a table (its head and one more), and the fewest cells of each.
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell in its columns: its line, its first column, and how many columns it covers."""

    line: Line
    col: int
    span: int

    @property
    def text(self) -> str:
        """Returns the text without blanks around it."""
        return self.line.text.strip()

    @property
    def end(self) -> int:
        """Returns the first column behind the cell."""
        return self.col + self.span


_Cells = Sequence[_Placed]


def side_by_side(run: list[Row]) -> list[list[Row]]:
    """Returns the rows of each table, if a run of rows begins with the titles of several tables; else the run alone."""
    above = next((at for at, row in enumerate(run) if not _is_above(row)), len(run))
    titled = next((at for at in range(above) if len(_titles(run[at])) > 1), None)
    if titled is None:
        return [run]
    before, rows, between, body = run[:titled], run[titled:], run[titled + 1 : above], run[above:]
    titles = _titles(run[titled])
    if all(_fills(row) < _FEWEST * len(titles) for row in body):
        return [run]
    placed = [_placed(row) for row in rows]
    edges = _edges(placed, above - titled) if all(placed) else None
    if edges is None:
        told = [] if all(placed) else _by_head(_in_columns(body), len(titles))
        told = told or [list(_uncertain(body)) for _ in titles]
        lines = _shared([row.cells for row in between], len(titles))
        tables = [[Row([one]), *map(Row, own), *rows] for one, own, rows in zip(titles, lines, told, strict=True)]
        return [[*before, *tables[0]], *tables[1:]]
    parts = [list(_part(rows, placed, left, right)) for left, right in pairwise((0, *edges, _width(placed)))]
    if any(sum(_fills(row) >= _FEWEST for row in part) < _FEWEST for part in parts):
        return [run]
    return [[*before, *parts[0]], *parts[1:]]


def has_titles(texts: Sequence[str]) -> bool:
    """True if two or more texts of a row are titles of tables, and the others also stand above tables."""
    return sum(map(_is_title, texts)) > 1 and all(map(_stands_above, texts))


def above_several(texts: Sequence[str]) -> bool:
    """True if the texts of a row stand above several tables: all are of the kind that stands above tables, and there
    are several titles, table numbers or departments."""
    numbers, owners = sum(bool(NUMBERED.match(text)) for text in texts), sum(map(_names_owner, texts))
    return all(map(_stands_above, texts)) and (has_titles(texts) or numbers > 1 or owners > 1)


def _titles(row: Row) -> list[Line]:
    """Returns the titles that a row prints, if there are several; else none."""
    found = [cell for cell in row.cells if _is_title(cell.text.strip())]
    return found if len(found) > 1 else []


def _names_owner(text: str) -> bool:
    """True for a text that names the department, not for one that names the unit (单位：万元)."""
    return bool(OWNER.search(text)) and not text.startswith("单位")


def _is_title(text: str) -> bool:
    return is_caption(text) or is_continuation(text)


def _stands_above(text: str) -> bool:
    return is_caption(text) or is_furniture(text)


def _is_above(row: Row) -> bool:
    return all(map(_stands_above, row.printed))


def _fills(row: Row) -> int:
    """Counts the cells of a row that are not empty; 0 for a note."""
    return 0 if any(map(NOTE.match, row.printed)) else len(row.printed)


def _uncertain(rows: Sequence[Row]) -> Iterator[Row]:
    """Returns the rows, marked as not certain."""
    return (replace(row, certain=False) for row in rows)


def _placed(row: Row) -> list[_Placed]:
    """Returns the cells of a row with their columns; none if its format does not say them."""
    columns = [(at, 1) for at in range(len(row.cells))] if row.columns is None and row.packed else row.columns
    return [_Placed(line, col, span) for line, (col, span) in zip(row.cells, columns or (), strict=False)]


def _width(placed: Sequence[_Cells]) -> int:
    return max(cell.end for row in placed for cell in row)


def _edges(placed: Sequence[_Cells], above: int) -> list[int] | None:
    """Returns the first column of each table except the first; None if one cannot be found, or if a cell lies over it.

    `placed` begins with the row of titles. `above` is the number of rows from there to the tables' heads.
    """
    titles = [cell for cell in placed[0] if _is_title(cell.text)]
    edges = []
    for number, (one, other) in enumerate(pairwise(titles), start=1):
        found = (
            _behind_gap(placed[above:], one, other)
            or (other.col if one.span > 1 and other.span > 1 else None)
            or _of_owner(placed[:above], one, other)
            or _of_head(placed[above:], one, other, number / len(titles))
        )
        if found is None or any(_lies_over(row, found) for row in placed):
            return None
        edges.append(found)
    return edges


def _lies_over(row: _Cells, col: int) -> bool:
    """True if one of several texts of a row lies over the edge before a column."""
    printed = [cell for cell in row if cell.text]
    return len(printed) > 1 and any(cell.col < col < cell.end for cell in printed)


def _behind_gap(body: Sequence[_Cells], one: _Placed, other: _Placed) -> int | None:
    """Returns the column behind the last empty column between two titles; None if there is none."""
    rows = [row for row in body if len([cell for cell in row if cell.text]) > 1]
    filled = {col for row in rows for cell in row if cell.text for col in range(cell.col, cell.end)}
    empty = [col for col in range(one.end, other.col) if col not in filled]
    return empty[-1] + 1 if empty else None


def _of_owner(above: Sequence[_Cells], one: _Placed, other: _Placed) -> int | None:
    """Returns the column in which a second table's department is named (部门：); None if no row names several."""
    for row in above:
        named = [cell.col for cell in row if _names_owner(cell.text)]
        second = [col for col in named[1:] if one.end <= col <= other.col]
        if len(named) > 1 and second:
            return second[-1]
    return None


def _of_head(body: Sequence[_Cells], one: _Placed, other: _Placed, share: float) -> int | None:
    """Returns the column in which the head begins again; None if it does not.

    This is the column of the second title, or else the beginning that stands at `share` of all beginnings of the head.
    """
    head = next(([cell for cell in row if cell.text] for row in body if any(cell.text for cell in row)), [])
    begins = [cell.col for cell in head if cell.text == head[0].text]
    at = share * len(begins)
    if other.col in begins:
        return other.col
    found = begins[int(at)] if len(begins) > 1 and at.is_integer() else None
    return found if found is not None and one.end <= found <= other.col else None


def _part(rows: Sequence[Row], placed: Sequence[_Cells], left: int, right: int) -> Iterator[Row]:
    """Yields the rows of the table between two columns, without empty rows and columns at its end. A title or note that
    is alone in its row becomes one cell."""
    own = [[cell for cell in row if left <= cell.col < right] for row in placed]
    end = max((cell.end for row in own for cell in row if cell.text and cell.end <= right), default=right)
    last = max((at for at, row in enumerate(own) if any(cell.text for cell in row)), default=-1)
    for row, cells in zip(rows[: last + 1], own, strict=False):
        printed = [cell for cell in cells if cell.text]
        if len(printed) == 1 and (_stands_above(printed[0].text) or NOTE.match(printed[0].text)):
            yield replace(row, cells=[printed[0].line], columns=[(0, end - left)])
            continue
        inside = [cell for cell in cells if cell.col < end]
        columns = [(cell.col - left, min(cell.end, end) - cell.col) for cell in inside]
        yield replace(row, cells=[cell.line for cell in inside], columns=columns, packed=False)


def under_titles(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yields the pieces, with titles of several tables on one line moved above their tables.

    As many tables must follow the line as it has titles, or one table that holds them all.
    """
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        titles = _titles_of(piece) if isinstance(piece, Line) else []
        first = at + 1
        while titles and first < len(pieces) and _is_above_piece(pieces[first]):
            first += 1
        tables = list(takewhile(lambda one: isinstance(one, list), pieces[first:]))
        told = list(_told_apart(titles, tables[: len(titles)])) if titles and tables else []
        if not told:
            yield piece
            at += 1
            continue
        above = _shared([_parts(one) for one in pieces[at + 1 : first] if isinstance(one, Line)], len(titles))
        for title, lines, rows in zip(titles, above, told, strict=True):
            yield title
            yield from (one for line in lines for one in line)
            yield rows
        at = first + (len(titles) if len(tables) >= len(titles) else 1)


def _titles_of(line: Line) -> list[Line]:
    """Returns the titles of a line that prints several and nothing else, each with its place; else none."""
    parts = _parts(line) if _WIDE_BLANK.search(line.text.strip()) else []
    return parts if len(parts) > 1 and all(_is_title(one.text) for one in parts) else []


def _parts(line: Line) -> list[Line]:
    """Returns the parts of a line between wide blanks, each with its place."""
    return [replace(line, text=one.group(), start=line.start + one.start()) for one in _PIECE.finditer(line.text)]


def _shared(lines: Sequence[list[Line]], count: int) -> list[list[list[Line]]]:
    """Returns, for each of `count` tables, its lines above the table. A line that repeats the same kinds of parts for
    each table is divided; any other line goes to every table."""
    shared: list[list[list[Line]]] = [[] for _ in range(count)]
    for line in lines:
        size = len(line) // count
        chunks = [line[at * size : (at + 1) * size] for at in range(count)]
        alike = size * count == len(line) and len({tuple(map(_kind, chunk)) for chunk in chunks}) == 1
        for at, own in enumerate(shared):
            own.append(chunks[at] if alike else line)
    return shared


def _kind(line: Line) -> str:
    """Returns the kind of a line above a table (部门, 单位, 公开表): its text without digits and without what follows a
    colon."""
    return re.sub(r"[:：].*|\d+", "", line.text.strip())


def _in_columns(rows: Sequence[Row]) -> list[Row]:
    """Returns the rows with columns concluded from their texts."""
    spans, _ = column_spans([[cell.text for cell in row.cells] for row in rows])
    return [
        replace(row, columns=list(zip(starts(own), own, strict=True))) for row, own in zip(rows, spans, strict=True)
    ]


def _is_above_piece(piece: Piece) -> bool:
    return isinstance(piece, Line) and all(_stands_above(one.group()) for one in _PIECE.finditer(piece.text))


def _told_apart(titles: Sequence[Line], tables: Sequence[Piece]) -> Iterator[list[Row]]:
    """Yields the rows of the table below each title; none if there are neither as many tables as titles nor a single
    one."""
    found = [rows for rows in tables if isinstance(rows, list)]
    if len(found) == len(titles):
        yield from found
    elif len(found) == 1:
        yield from _by_head(found[0], len(titles)) or ([*_uncertain(found[0])] for _ in titles)


def _by_head(rows: list[Row], count: int) -> list[list[Row]]:
    """Returns the rows of each of `count` tables in one, if its head begins again in each; else none."""
    placed = [_placed(row) for row in rows]
    if not all(placed):
        return []
    head = [cell for cell in placed[0] if cell.text]
    begins = [cell.col for cell in head if cell.text == head[0].text]
    if not begins or len(begins) % count:
        return []
    edges = begins[:: len(begins) // count][1:]
    if any(_lies_over(row, edge) for row in placed for edge in edges):
        return []
    return [list(_part(rows, placed, left, right)) for left, right in pairwise((0, *edges, _width(placed)))]

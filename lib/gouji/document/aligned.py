"""Reads tables in plain text that are set with spaces, as programs do that copy a page's layout into text.

Two or more spaces separate the parts of a row. The columns are concluded as on a page without rules, with one line
below the other and one character beside the other; `formats.pages.unruled` decides which columns are certain. A row is
never read as a sentence: rows whose columns cannot be told are a table that is not certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from gouji.document.formats.pages.furniture import PAGE_NUMBER
from gouji.document.formats.pages.grids import GridCell, PageGrid
from gouji.document.formats.pages.lines import Char, TextLine
from gouji.document.formats.pages.unruled import unruled_grids
from gouji.document.headings import parse_number
from gouji.document.marks import CAPTION_END, FIGURE, GAP, NOTE, OWNER, TABLE_NUMBER
from gouji.document.packed import Kind, head_columns, kinds_of
from gouji.document.padded import padded_rows
from gouji.document.pieces import Line, Piece, Row
from gouji.document.places import Extent, likeliest_width, overlap, parts_of, pieces_of, placed_chars
from gouji.document.wrapped import begins_body, goes_on, names_of

_STOP = re.compile("[。；;]")
#: What sentences have and rows of tables have not.
_PROSE = re.compile(r"(?<!\d)，|，(?!\d{3}(?!\d))|[。；]|\d\s*(?:[万亿]?元|%|％)")
#: No table has as many columns; nor is a line of as many pieces set out.
_MOST_PIECES = 80
_A_LABEL_AND_A_FIGURE = 2
#: The height of a line, and the space between two, in widths of a character.
_HEIGHT = 2.0
#: The distance below the line before at which a line stands that can only be the rest of its names.
_NEARER = 1.2
#: Where each character of the lines set out comes from: its line and its place in it.
_Source = dict[Char, tuple[Line, int]]


def aligned_pieces(lines: Sequence[Line]) -> Iterator[Piece]:
    """Yields the pieces of consecutive lines of text: lines that are rows of a table are put together."""
    if not any(GAP.search(line.text.strip()) for line in lines):
        yield from lines
        return
    captioned = False
    before: Sequence[Line] = ()
    for chunk in _chunks(lines):
        captioned = _is_captioned(chunk, captioned)
        if (len(chunk) > 1 or _is_row_alone(chunk[0])) and all(len(parts_of(one.text)) < _MOST_PIECES for one in chunk):
            further = _goes_on_over_page(chunk) and before
            yield from _lines_if_no_table(
                iter(_continued(before, chunk)) if further else _of_chunk(chunk), captioned, chunk
            )
            before = before if further else chunk
        else:
            yield from chunk
            before = before if all(PAGE_NUMBER.match(one.text.strip()) for one in chunk) else ()


def _goes_on_over_page(chunk: Sequence[Line]) -> bool:
    """True for rows that begin a page without a head of their own."""
    rows = [line for line in chunk if len(parts_of(line.text)) > 1]
    return "\f" in chunk[0].text and bool(rows) and begins_body(rows[0])


def _continued(before: Sequence[Line], chunk: Sequence[Line]) -> list[Piece]:
    """Returns the pieces of a page that continues the table `before`.

    Its rows are certain if they have the same number of columns with the same kinds of content, or if both parts read
    together make one certain table.
    """
    pieces = list(_of_chunk(chunk))
    whole = [piece for piece in _of_chunk(before) if isinstance(piece, list)]
    tables = [piece for piece in pieces if isinstance(piece, list)]
    if len(whole) != 1 or len(tables) != 1 or not _is_certain(whole[0]) or any(map(_is_split, tables[0])):
        return pieces
    if _are_alike(whole[0], tables[0]):
        rows = [replace(row, certain=True) for row in tables[0]]
        return [rows if piece is tables[0] else piece for piece in pieces]
    first = chunk[0].number
    both = [piece for piece in _of_chunk([*before, *chunk]) if isinstance(piece, list)]
    if len(both) != 1 or not _is_certain(both[0]):
        return pieces
    rows = [row for row in both[0] if row.cells[0].number >= first]
    return [rows if piece is tables[0] else piece for piece in pieces]


def _is_certain(rows: Sequence[Row]) -> bool:
    return all(row.certain for row in rows)


def _is_split(row: Row) -> bool:
    """True for a row in which a figure covers several columns."""
    return any(
        span > 1 and FIGURE.match(cell.text) for cell, (_, span) in zip(row.cells, row.columns or (), strict=False)
    )


def _are_alike(one: Sequence[Row], other: Sequence[Row]) -> bool:
    """True if two tables have equally many columns, and no column holds words in one and amounts in the other."""
    kinds = [_kinds(rows) for rows in (one, other)]
    return len(kinds[0]) == len(kinds[1]) and all(
        None in pair or pair[0] is pair[1] for pair in zip(*kinds, strict=True)
    )


def _kinds(rows: Sequence[Row]) -> list[Kind | None]:
    """Returns the kind of content of each column in a table's body; None for an empty column."""
    width = max(col + span for row in rows for col, span in row.columns or ())
    texts = [[""] * width for _ in rows]
    for row, printed in zip(rows, texts, strict=True):
        for cell, (col, span) in zip(row.cells, row.columns or (), strict=True):
            printed[col] = cell.text.strip() if span == 1 else ""
    body = next((at for at, printed in enumerate(texts) if any(map(FIGURE.match, printed))), 0)
    return kinds_of(texts[body:], width)


def _is_captioned(chunk: Sequence[Line], before: bool) -> bool:
    """True if the lines stand behind a caption, unit or table number, with no sentence in between. `before` is the
    answer for the lines before."""
    text = chunk[0].text.strip()
    if len(chunk) > 1 or (len(parts_of(text)) > 1 and not _is_around(text)):
        return before
    return bool(CAPTION_END.search(text)) or (_is_around(text) and not _PROSE.search(text))


def _is_around(text: str) -> bool:
    """True for a text that stands around tables and ends them: a table number, department, note or sentence."""
    return any(mark.search(text) for mark in (TABLE_NUMBER, OWNER, NOTE, _STOP))


def _lines_if_no_table(pieces: Iterator[Piece], captioned: bool, chunk: Sequence[Line]) -> Iterator[Piece]:
    """Yields the pieces. A table of labels with one figure each is yielded as lines, unless it is certain or follows a
    caption."""
    by_number = {line.number: line for line in chunk}
    for piece in pieces:
        if (
            isinstance(piece, Line)
            or captioned
            or any(row.certain or len(row.printed) > _A_LABEL_AND_A_FIGURE for row in piece)
        ):
            yield piece
        else:
            yield from (by_number[number] for number in sorted({one.number for row in piece for one in row.cells}))


def _is_row_alone(line: Line) -> bool:
    """True for a line that is a row by itself: a label and figures, or several figures."""
    label, *rest = parts_of(line.text)
    return bool(rest) and all(FIGURE.match(part) for part in rest) and (len(rest) > 1 or not FIGURE.match(label))


def _chunks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yields the lines in groups, cut where a table cannot continue. A line that stands around tables is a group of its
    own; a repeated head and a new page begin a new group."""
    chunk: list[Line] = []
    head = ""
    for line in lines:
        text = line.text.strip()
        alone = _is_around(text) or (len(parts_of(text)) == 1 and bool(CAPTION_END.search(text)))
        alone = alone or _is_spoken(text)
        squeezed = "".join(text.split())
        begins = "\f" in line.text or (head and squeezed == head)
        if (alone or begins) and chunk:
            yield from _at_foot(chunk) if "\f" in line.text else [chunk]
            chunk = []
        if alone:
            yield [line]
            head = ""
            continue
        if not head and len(parts_of(text)) > 1:
            head = squeezed
        chunk.append(line)
    if chunk:
        yield chunk


def _at_foot(chunk: list[Line]) -> list[list[Line]]:
    """Returns the lines at the end of a page, with the page's number as a group of its own."""
    if len(chunk) == 1 or not PAGE_NUMBER.match(chunk[-1].text.strip()):
        return [chunk]
    return [chunk[:-1], chunk[-1:]]


def _is_spoken(text: str) -> bool:
    """True for a heading with a gap behind its number, and for a sentence with a gap in it."""
    number, *rest = parts_of(text)
    numbered = parse_number(number)
    heading = numbered is not None and not numbered.title and len(rest) == 1 and not FIGURE.match(rest[0])
    return heading or bool(_PROSE.search(text))


def _of_chunk(chunk: Sequence[Line]) -> Iterator[Piece]:
    """The lines of a chunk, those that are a table put together: by columns that begin with their labels, or as on a
    page. Where both are certain and differ, as on a page."""
    pieces = list(_as_on_page(chunk))
    tables = [piece for piece in pieces if isinstance(piece, list)]
    certain = len(tables) == 1 and _is_certain(tables[0])
    last = len(chunk) - next((at for at, line in enumerate(reversed(chunk)) if len(parts_of(line.text)) > 1), 0)
    for end in dict.fromkeys((len(chunk), last)):
        rows = padded_rows(chunk[:end])
        if rows and (not certain or _amounts(rows) == _amounts(tables[0])):
            return iter([rows, *chunk[end:]])
    return iter(pieces)


def _amounts(rows: Sequence[Row]) -> list[tuple[int, int, str]]:
    """Each figure of a table with its line and its column."""
    return [
        (cell.number, col, cell.text)
        for row in rows
        for cell, (col, _) in zip(row.cells, row.columns or (), strict=True)
        if FIGURE.match(cell.text)
    ]


def _as_on_page(chunk: Sequence[Line]) -> Iterator[Piece]:
    text_lines, source = _set_out(chunk)
    rest, grids = unruled_grids(text_lines, 2 * _HEIGHT)
    found: list[TextLine | PageGrid] = [*rest, *map(_headed, grids)]
    found.sort(key=lambda one: one.box[1])
    plain: list[Line] = []
    for item, below in zip(found, [*found[1:], None], strict=True):
        if isinstance(item, PageGrid):
            yield from _unread(plain)
            plain = []
            whole = not isinstance(below, TextLine) or not _is_rest_of_figures(item, below, source)
            yield _rows(replace(item, certain=item.certain and whole), source)
        else:
            plain.append(source[item.chars[0]][0])
    yield from _unread(plain)


def _headed(grid: PageGrid) -> PageGrid:
    """Returns the table with its head laid out, if there is only one way in which the labels can stand over its
    columns; else the table as it is.

    A label that is centred over several columns need not reach to the first and the last of them.
    """
    body = _first_amounts(grid)
    lines = _lines_above(grid, body)
    numbers = [lines.pop()] if lines and [part.text for part in lines[-1]] == _numbers(grid.width) else []
    below = [cell for cell in grid.cells if cell.row >= body]
    if not lines or any((cell.cols > 1 and FIGURE.match(cell.text)) or _is_crowded(cell) for cell in below):
        return grid
    texts = [[""] * grid.width for _ in range(grid.rows)]
    for cell in below:
        texts[cell.row][cell.col] = cell.text if cell.cols == 1 else ""
    labels = [[part.text for part in line] for line in lines]
    columns = head_columns(labels, grid.width, kinds_of(texts[body:], grid.width))
    if columns is None or not _stand_over(lines, columns, below, grid.width):
        return grid
    head = [*lines, *numbers]
    columns += [[(col, 1) for col in range(grid.width)] for _ in numbers]
    cells = [
        cell
        for row, (line, placed) in enumerate(zip(head, columns, strict=True))
        for cell in _cells_above(grid, row, dict(zip(placed, line, strict=True)))
    ]
    moved = [replace(cell, row=cell.row - body + len(head)) for cell in below]
    return replace(grid, cells=(*cells, *moved), rows=grid.rows - body + len(head), certain=True)


def _first_amounts(grid: PageGrid) -> int:
    """Returns the first row that prints a figure and is not the row of column numbers; 0 if there is none."""
    texts: list[list[str]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        texts[cell.row] += [part.text for part in cell.lines]
    numbers = _numbers(grid.width)
    return next((at for at, row in enumerate(texts) if any(map(FIGURE.match, row)) and row != numbers), 0)


def _numbers(width: int) -> list[str]:
    """Returns the texts of a row that numbers the columns."""
    return [str(number) for number in range(1, width + 1)]


def _lines_above(grid: PageGrid, body: int) -> list[list[TextLine]]:
    """Returns the lines of a table's head, each as its labels from left to right."""
    above = sorted(
        (part for cell in grid.cells if cell.row < body for part in cell.lines), key=lambda part: part.box[1]
    )
    return [sorted(line, key=lambda part: part.box[0]) for _, line in groupby(above, key=lambda part: part.box[1])]


def _stand_over(
    lines: Sequence[Sequence[TextLine]],
    columns: Sequence[Sequence[tuple[int, int]]],
    below: Sequence[GridCell],
    width: int,
) -> bool:
    """True if the labels can stand over these columns: each column's lowest label stands over its content and over no
    other; each label of several columns has its middle between the first and the last of them, and stands over no
    other."""
    printed: list[set[Extent]] = [set() for _ in range(width)]
    for cell in below:
        if cell.cols == 1:
            printed[cell.col].update((part.box[0], part.box[2]) for part in cell.lines)
    extents: list[Extent] = [(0.0, 0.0)] * width
    labelled = [False] * width
    placed = [
        (part, col, span)
        for line, row in zip(lines, columns, strict=True)
        for part, (col, span) in zip(line, row, strict=True)
    ]
    for part, col, span in reversed(placed):
        label = (part.box[0], part.box[2])
        if span == 1 and not labelled[col]:
            apart = any(overlap(label, one) for at, column in enumerate(printed) if at != col for one in column)
            if apart or (printed[col] and not any(overlap(label, one) for one in printed[col])):
                return False
            labelled[col] = True
            own = [label, *printed[col]]
            extents[col] = (min(one[0] for one in own), max(one[1] for one in own))
            continue
        own_columns = range(col, col + span)
        inside = extents[col][0] < sum(label) / 2 < extents[col + span - 1][1]
        beyond = any(overlap(label, one) for at, one in enumerate(extents) if labelled[at] and at not in own_columns)
        if not inside or beyond or not all(labelled[at] for at in own_columns):
            return False
    return all(labelled)


def _cells_above(grid: PageGrid, row: int, labels: dict[tuple[int, int], TextLine]) -> Iterator[GridCell]:
    """Yields the cells of a row of the head, with empty cells where no label stands."""
    top, bottom = next((part.box[1], part.box[3]) for part in labels.values())
    at = 0
    for (col, span), part in labels.items():
        for empty in range(at, col):
            yield GridCell(row, empty, 1, 1, (grid.rules[empty], top, grid.rules[empty + 1], bottom))
        yield GridCell(row, col, 1, span, (grid.rules[col], top, grid.rules[col + span], bottom), [part])
        at = col + span
    for empty in range(at, grid.width):
        yield GridCell(row, empty, 1, 1, (grid.rules[empty], top, grid.rules[empty + 1], bottom))


def _is_crowded(cell: GridCell) -> bool:
    """True for a cell that holds two parts of one line."""
    return len({line.box[1] for line in cell.lines}) < len(cell.lines)


def _is_rest_of_figures(grid: PageGrid, line: TextLine, source: _Source) -> bool:
    """True for a line of digits right below a table: the rest of amounts that were too wide for their columns."""
    last = max(source[part.chars[0]][0].number for cell in grid.cells for part in cell.lines)
    below, _ = source[line.chars[0]]
    return below.number == last + 1 and all(FIGURE.match(part) for part in parts_of(below.text))


def _unread(lines: Sequence[Line]) -> Iterator[Piece]:
    """Yields lines that are in no table. Consecutive lines of several parts each are still rows, of a table that is not
    certain."""
    for several, group in groupby(lines, key=lambda line: len(parts_of(line.text)) > 1):
        run = list(group)
        if several and (len(run) > 1 or _is_row_alone(run[0])):
            yield [_row_of_parts(line) for line in run]
        else:
            yield from run


def _row_of_parts(line: Line) -> Row:
    """Returns the parts of a line as a row that is not certain."""
    cells = [Line(line.number, match.group(), line.start + match.start()) for match in pieces_of(line.text)]
    return Row(cells, ruled=False, certain=False)


def _set_out(chunk: Sequence[Line]) -> tuple[list[TextLine], _Source]:
    """Returns the lines with their characters where they would stand on a page, and the source of each character."""
    wide = likeliest_width(chunk)
    source: _Source = {}
    lines: list[TextLine] = []
    below, in_body = 0.0, False
    before: Line | None = None
    names = names_of(chunk, wide)
    for line in chunk:
        top = (
            below - (_HEIGHT - _NEARER)
            if in_body and before and goes_on(line, before, names, wide)
            else below + _HEIGHT
        )
        in_body = in_body or begins_body(line)
        chars = []
        for at, (char, x0, x1) in enumerate(placed_chars(line.text, wide)):
            one = Char(char, x0, top, x1, top + _HEIGHT)
            source[one] = (line, at)
            chars.append(one)
        printed = [one for one in chars if one.text.strip()]
        lines.append(TextLine(tuple(chars[chars.index(printed[0]) : chars.index(printed[-1]) + 1])))
        below, before = top + _HEIGHT, line
    return lines, source


def _rows(grid: PageGrid, source: _Source) -> list[Row]:
    by_row: list[list[GridCell]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        by_row[cell.row].append(cell)
    return [
        Row(_cells(row, source), [(cell.col, cell.cols) for cell in row], grid.ruled, grid.certain) for row in by_row
    ]


def _cells(row: Sequence[GridCell], source: _Source) -> list[Line]:
    """Returns the cells of a row as lines. An empty cell has its place right behind the cell before it."""
    first = next(line for cell in row for line in cell.lines)
    number, end = source[first.chars[0]][0].number, 0
    cells = []
    for cell in row:
        pieces = [_slice(line, source) for line in cell.lines]
        if pieces:
            number, end = pieces[0].number, pieces[0].start + len(pieces[0].text)
            cells.append(Line(number, "".join(piece.text for piece in pieces), pieces[0].start))
        else:
            cells.append(Line(number, "", end))
    return cells


def _slice(line: TextLine, source: _Source) -> Line:
    """Returns the part of the source line that a part of a line prints."""
    origin, start = source[line.chars[0]]
    _, last = source[line.chars[-1]]
    return Line(origin.number, origin.text[start : last + 1], origin.start + start)

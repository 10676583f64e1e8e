"""Makes blocks of the pieces of a file: numbers headings, opens sections, cuts tables at captions. It is the same for
every format.

Captions, units and notes that stand inside a run of rows become paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from gouji.document.headings import (
    below_the_open,
    enter,
    is_title,
    parse_annex,
    parse_number,
    parse_told_of,
    split_title,
)
from gouji.document.marks import FOOTNOTE, NOTE, SENTENCE, WORD, is_caption, is_furniture, opens_table
from gouji.document.model import Block, BlockKind, Cell, Grid, Heading, Place
from gouji.document.packed import laid_out
from gouji.document.pieces import Line, Piece, Row
from gouji.document.side_by_side import side_by_side, under_titles
from gouji.document.spans import column_spans, starts
from gouji.radicals import ordinary


def assemble(pieces: Iterable[Piece]) -> tuple[Block, ...]:
    """Returns the blocks of a document, from its lines and tables in order."""
    blocks: list[Block] = []
    section: tuple[Heading, ...] = ()
    for piece in under_titles(list(_in_ordinary_characters(pieces))):
        for part in _headed(piece) if isinstance(piece, Line) else _tables(piece):
            block, section = _block(part, len(blocks), section)
            blocks.append(block)
    return tuple(blocks)


def _headed(line: Line) -> Iterator[Line]:
    """Yields the heading and the text of a line that prints both, or the line itself. Both parts keep their places."""
    end = split_title(line.text)
    before = len(line.text) - len(line.text.lstrip())
    rest = line.text[before + end :]
    if not end or not rest.strip():
        yield line
        return
    yield replace(line, text=line.text[: before + end])
    yield replace(line, text=rest, start=line.start + before + end)


def _block(piece: Piece, index: int, section: tuple[Heading, ...]) -> tuple[Block, tuple[Heading, ...]]:
    """Returns the block of a piece, and the section that is open behind it."""
    if isinstance(piece, list):
        grid = _grid(piece)
        first = piece[0].cells[0].number
        return Block(index, BlockKind.TABLE, "", Place(first), section, grid), section
    text = piece.text.strip()
    begin = piece.start + len(piece.text) - len(piece.text.lstrip())
    place = Place(piece.number, begin, begin + len(text))
    if unnumbered := parse_annex(text, section) or parse_told_of(text):
        section = enter(section, unnumbered)
        return Block(index, BlockKind.HEADING, text, place, section), section
    numbered = parse_number(text)
    if numbered and split_title(text) == len(text):
        numbered = Heading(numbered.level, numbered.number, numbered.title[:-1])
    numbered = below_the_open(numbered, section) if numbered else None
    if numbered and is_title(numbered.title):
        section = enter(section, numbered)
        return Block(index, BlockKind.HEADING, text, place, section), section
    inside = enter(section, Heading(numbered.level, numbered.number, "")) if numbered else section
    return Block(index, BlockKind.PARAGRAPH, text, place, inside), section


def _tables(rows: list[Row]) -> Iterator[Piece]:
    """Yields the tables in a run of rows, cut at captions. Captions and units above a table and notes below it become
    paragraphs."""
    for run in _runs(rows):
        head = _furniture_rows(run)
        tail = _end_of_grid(run, head)
        yield from _paragraphs(run[:head])
        if tail > head:
            yield run[head:tail]
        yield from _paragraphs(run[tail:])


def _runs(rows: list[Row]) -> Iterator[list[Row]]:
    """Yields the rows of each table. Tables that stand beside each other come from left to right."""
    for run in _cut_at_captions(rows):
        parts = side_by_side(run)
        yield from parts if len(parts) == 1 else (own for part in parts for own in _cut_at_captions(part))


def _cut_at_captions(rows: list[Row]) -> list[list[Row]]:
    """Returns runs of rows: each caption or table number behind a table begins a new run."""
    runs: list[list[Row]] = [[]]
    begun = False
    for row in rows:
        if begun and _opens_table(row):
            runs.append([])
            begun = False
        begun = begun or not _is_above(row)
        runs[-1].append(row)
    return [run for run in runs if run]


def _opens_table(row: Row) -> bool:
    """True for a row that prints a caption or a table's number, and nothing but what stands above tables."""
    return _is_above(row) and any(opens_table(text) for text in row.printed)


def _is_above(row: Row) -> bool:
    """True for a row that prints only captions, numbers of tables, departments and units, or nothing."""
    for cell in row.cells:
        text = cell.text.strip()
        if text and not (is_caption(text) or is_furniture(text)):
            return False  # as most rows, at their first cell
    return True


def _furniture_rows(run: list[Row]) -> int:
    """Counts the rows at the beginning of a run that are empty or print a caption, a table number, a department or a
    unit."""
    count = 0
    for row in run:
        alone = len(row.printed) == 1 and is_caption(row.printed[0])
        if row.printed and not alone and not any(is_furniture(text) for text in row.printed):
            break
        count += 1
    return count


def _end_of_grid(run: list[Row], head: int) -> int:
    """Returns the index of the first row that is a note below a grid.

    Notes are rows at the end that print one text each, the first of them a note. Rows behind it continue it
    (2.本表为空表).
    """
    tail = at = len(run)
    while at > head and (not run[at - 1].printed or _is_text(run[at - 1])):
        at -= 1
        if _is_note(run[at]):
            tail = at
    return tail


def _is_text(row: Row) -> bool:
    """True for a note, and for a row of one cell that prints words."""
    alone = len(row.cells) <= 2 and len(row.printed) == 1
    return _is_note(row) or (alone and bool(WORD.search(row.printed[0])))


def _is_note(row: Row) -> bool:
    """True for a row below the grid that does not belong to it: one cell that holds a note, or several cells of
    sentences that a note begins. (Each line of the note may have a tab before it.)"""
    first, *others = row.printed or [""]
    alone = not others and (len(row.cells) <= 2 or bool(SENTENCE.search(first)))
    if alone and FOOTNOTE.match(first):
        return True
    return bool(NOTE.match(first)) and (alone or (bool(others) and all(SENTENCE.search(text) for text in others)))


def _paragraphs(rows: Iterable[Row]) -> Iterator[Line]:
    """Yields the rows as lines, one for each row; for a note over several cells, one for each cell."""
    for row in rows:
        if _is_note(row) and len(row.printed) > 1:
            yield from (cell for cell in row.cells if cell.text.strip())
        elif row.printed:
            first = next(cell for cell in row.cells if cell.text.strip())
            before = len(first.text) - len(first.text.lstrip())
            yield Line(first.number, row.joined, first.start + before)


def _grid(rows: list[Row]) -> Grid:
    if all(row.packed for row in rows):
        rows = laid_out(rows) or [replace(row, certain=False) for row in rows]
    columns, width = _columns(rows)
    return Grid(
        tuple(
            tuple(
                Cell(index, col, span, cell.text, Place(cell.number, cell.start, cell.start + len(cell.text)))
                for cell, (col, span) in zip(row.cells, columns[index], strict=True)
            )
            for index, row in enumerate(rows)
        ),
        width,
        all(row.ruled for row in rows),
        all(row.certain for row in rows),
        any(row.cut for row in rows),
        any(row.hides for row in rows),
    )


def _columns(rows: list[Row]) -> tuple[list[list[tuple[int, int]]], int]:
    """Returns the (first column, width) of every cell by row, and the number of columns. Concludes them from the texts
    if the format does not say them."""
    known = [row.columns for row in rows if row.columns is not None]
    if len(known) == len(rows):
        return known, max((col + span for row in known for col, span in row), default=0)
    spans, width = column_spans([[cell.text for cell in row.cells] for row in rows])
    return [list(zip(starts(row), row, strict=True)) for row in spans], width


def _in_ordinary_characters(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yields the pieces with ordinary characters in place of radicals that look like them."""
    for piece in pieces:
        for line in [piece] if isinstance(piece, Line) else (cell for row in piece for cell in row.cells):
            line.text = ordinary(line.text)
        yield piece

"""Decides which grid is which of the nine tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import takewhile

from gouji.document.marks import CAPTION_END, is_continuation, is_furniture, is_note
from gouji.document.model import Block, BlockKind, Cell, Document, Grid
from gouji.document.origin import InSheet
from gouji.facts.captions import Surroundings, surroundings
from gouji.facts.cells import known_columns
from gouji.facts.figure import parse_figure
from gouji.facts.headers import CODE, Header, read_header, with_total_apart, without_heads_again
from gouji.labels import YEAR, normalise
from gouji.layouts import Form, Layouts, load_layouts
from gouji.runtime.immutable import immutable

#: A line longer than a running head or page number ends a table.
_FURNITURE_LENGTH = 20
#: What a caption counts for, against a column that is known.
_CAPTIONED = 100


@immutable()
class Candidate:
    """A grid that may be one of the nine tables: its key, the caption that says so, and how well it fits.

    `loose`: the caption is a title only without its words on publication. `further` are the blocks whose rows were
    added to those of `block`: the table's further pages.
    """

    block: Block
    grid: Grid
    around: Surroundings
    header: Header
    key: str
    title: str
    score: int
    loose: bool = False
    further: tuple[int, ...] = ()


@immutable()
class Choice:
    """The grid chosen for each table, and the grids with its caption that were not chosen, in printed order."""

    chosen: dict[str, Candidate]
    passed: tuple[Candidate, ...]


def choose(document: Document, layouts: Layouts, year: int | None) -> Choice:
    """Chooses the best grid for each table: a caption decides, its columns confirm; without one all columns must fit.

    A grid that goes on with the table before it (over a page, or captioned 续) is read as its further rows.
    """
    chosen: dict[str, Candidate] = {}
    passed: list[Candidate] = []
    before: Candidate | None = None
    for block in document.blocks:
        if block.kind is not BlockKind.TABLE or block.grid is None:
            continue
        candidate = _best(_candidates(document, block, block.grid, layouts, year), layouts)
        if before and continues(candidate, before, block, document):
            header = read_header(block.grid, layouts.coded)
            before = extended(document, before, block, block.grid, header, candidate)
            chosen[before.key] = before
            continue
        if before and candidate is None and is_cut(before, block, document, layouts):
            chosen[before.key] = ended(before)
        before = candidate
        held = chosen.get(candidate.key) if candidate else None
        if candidate and (held is None or candidate.score > held.score):
            chosen[candidate.key] = candidate
            passed += [held] if held else []
        elif candidate:
            passed.append(candidate)
            before = None
    captioned = sorted((one for one in passed if one.score >= _CAPTIONED), key=lambda one: one.block.index)
    return Choice(chosen, tuple(captioned))


def _best(candidates: Iterator[Candidate], layouts: Layouts) -> Candidate | None:
    """The first candidate; the first that has all columns it needs, where that one has none of its own: the titles of
    several tables stand above the first of them."""
    first = next(candidates, None)
    if first is None or _held(first, layouts):
        return first
    others = (one for one in candidates if _held(one, layouts) >= set(layouts.tables[one.key].required))
    return next(others, first)


def _held(candidate: Candidate, layouts: Layouts) -> set[str]:
    """The columns that a candidate needs and has."""
    layout = layouts.tables[candidate.key]
    return known_columns(candidate.grid, candidate.header, layout, layouts.coded) & set(layout.required)


def _candidates(
    document: Document, block: Block, grid: Grid, layouts: Layouts, year: int | None
) -> Iterator[Candidate]:
    around = surroundings(document, block)
    grid = with_total_apart(grid, layouts.coded)
    header = read_header(grid, layouts.coded)
    grid = without_heads_again(grid, header)
    grid, header = _of_the_year(grid, header, layouts, year)
    for caption in around.captions:
        years = {int(found) for found in YEAR.findall(caption)}
        if years and year and year not in years:
            beside = layouts.other_years or year in _years_of_columns(block.grid, header.body)
            if beside and not _tables_titled(caption, layouts.form):
                continue  # what heads a column beside this year's
            return  # another year's table
        for key, preferred in _tables_titled(caption, layouts.form):
            layout = layouts.tables[key]
            known = known_columns(grid, header, layout, layouts.coded)
            if layout.title.holds(caption) and not set(layout.required) <= known:
                continue  # a table of other things, this one not among them
            score = _CAPTIONED * (1 + preferred) + len(known)
            yield Candidate(block, grid, around, header, key, caption, score)
        for key, preferred in _tables_titled_loosely(caption, layouts.form):
            layout = layouts.tables[key]
            if set(layout.required) - set(layout.optional) <= known_columns(grid, header, layout, layouts.coded):
                yield Candidate(block, grid, around, header, key, caption, _CAPTIONED * (1 + preferred), loose=True)
    if any(is_title(caption) for caption in around.captions):
        return  # a table of another name is none of the nine, whatever its columns
    for key, layout in layouts.tables.items():
        known = known_columns(grid, header, layout, layouts.coded)
        distinctive = len(layout.required) > 2 or layout.shape == "single"
        if distinctive and set(layout.required) <= known:
            yield Candidate(block, grid, around, header, key, layout.name, len(known))


def _of_the_year(grid: Grid, header: Header, layouts: Layouts, year: int | None) -> tuple[Grid, Header]:
    """Returns a grid without the columns headed with another year, if the form prints such columns, or the account
    prints them beside its own year's."""
    if not layouts.other_years and year not in _years_of_columns(grid, header.body):
        return grid, header
    others = {col for col in range(grid.width) if _of_another_year(grid, col, header.body, layouts, year)}
    if not others:
        return grid, header
    rows = tuple(tuple(cell for cell in row if cell.col not in others) for row in grid.rows[header.body :])
    paths = tuple(() if col in others else path for col, path in enumerate(header.paths))
    return replace(grid, rows=(*grid.rows[: header.body], *rows)), replace(header, paths=paths)


def _years_of_columns(grid: Grid | None, body: int) -> frozenset[int]:
    """Returns the years that distinguish a grid's columns; each column's labels name at most one of several."""
    if grid is None:
        return frozenset()
    years = {int(found) for row in grid.rows[:body] for cell in row for found in YEAR.findall(cell.text)}
    wide = any(cell.colspan == grid.width and YEAR.search(cell.text) for row in grid.rows[:body] for cell in row)
    return frozenset(years) if len(years) > 1 and not wide else frozenset()


def _of_another_year(grid: Grid, col: int, body: int, layouts: Layouts, year: int | None) -> bool:
    labels = [cell.text for row in range(body) if (cell := grid.cell_at(row, col))]
    years = {int(found) for label in labels for found in YEAR.findall(label)}
    named = any(word in normalise(label) for label in labels for word in layouts.other_years)
    return named or bool(years and year and year not in years)


@lru_cache(maxsize=2048)
def _tables_titled(caption: str, form: Form) -> tuple[tuple[str, int], ...]:
    """Returns the tables that a caption may name, each with the number of words that support it. Departments word
    captions alike."""
    tables = load_layouts(form).tables.items()
    matching = [(key, layout.title) for key, layout in tables if layout.title.matches(caption)]
    return tuple((key, sum(word in caption for word in title.prefer)) for key, title in matching)


@lru_cache(maxsize=2048)
def _tables_titled_loosely(caption: str, form: Form) -> tuple[tuple[str, int], ...]:
    """Returns the tables that a caption may name without its words on publication (公开, 批复, 总)."""
    layouts = load_layouts(form)
    if _tables_titled(caption, form) or not layouts.title_words:
        return ()
    tables = layouts.tables.items()
    found = [(key, one.title) for key, one in tables if one.title.matches_loosely(caption, layouts.title_words)]
    return tuple((key, sum(word in caption for word in title.prefer)) for key, title in found)


def is_title(caption: str) -> bool:
    """True for a caption that is a title, not the number of a table. It may end in a bracket: …表(经济科目)."""
    return bool(CAPTION_END.search(caption)) and not caption.startswith("公开") and not is_continuation(caption)


def continues(candidate: Candidate | None, before: Candidate, block: Block, document: Document) -> bool:
    """True for a grid of the same width that follows with nothing but page furniture between, or is captioned as the
    same table continued; on another sheet only where it is said to go on."""
    assert block.grid is not None
    if block.grid.width != before.grid.width:
        return False
    marked = any(_goes_on(before, text) for text in _between(before, block, document))
    apart = sheet_of(block.grid, document) != sheet_of(before.block.grid, document)
    if candidate is not None and candidate.key == before.key:
        named = candidate.score // _CAPTIONED  # not 财政拨款… behind 一般公共预算财政拨款…
        own = named == 0 or (named == before.score // _CAPTIONED and candidate.loose is before.loose)
        alike = own and candidate.header.paths == before.header.paths
        return "续" in candidate.title or (alike and (marked or not apart))
    # without a caption, columns that two tables have are taken for those of the first
    unnamed = candidate is None or (
        marked and candidate.score < _CAPTIONED and candidate.header.paths == before.header.paths
    )
    return unnamed and (marked or not apart) and not ended_between(before, block, document, _begins_with_code(block))


def _begins_with_code(block: Block) -> bool:
    """True for rows that begin with a code, without a head: they can only go on with the table before them."""
    row = block.grid.rows[0] if block.grid else ()
    first = next((text for cell in row if (text := normalise(cell.text))), "")
    return bool(CODE.match(first)) and any(parse_figure(cell.text, "").decimals for cell in row)


def ended_between(before: Candidate, block: Block, document: Document, headless: bool = False) -> bool:
    """True where more than page furniture stands between a table and another: short lines, one that says that the
    table goes on, and what names it beside that one, are furniture; and notes, if the rows below have no head."""
    texts = [text for text in _between(before, block, document) if not (headless and is_note(text))]
    marked = any(_goes_on(before, text) for text in texts)
    return any(
        CAPTION_END.search(text) or text.startswith("注") or len(text) > _FURNITURE_LENGTH
        for text in texts
        if not (marked and (_goes_on(before, text) or is_furniture(text)))
    )


def _goes_on(before: Candidate, text: str) -> bool:
    """True for a line that says that a table goes on, or prints the number of that table again."""
    return is_continuation(text) or (bool(before.around.number) and normalise(text) == before.around.number)


def _between(before: Candidate, block: Block, document: Document) -> list[str]:
    """Returns the lines above a table, up to the table before it."""
    between = document.blocks[before.block.index + 1 : block.index]
    above = takewhile(lambda one: one.kind is not BlockKind.TABLE, reversed(between))
    return [one.text for one in above]


def is_cut(before: Candidate, block: Block, document: Document, layouts: Layouts) -> bool:
    """True where the page ends a table: rows follow without a head, whose columns are not those of the table."""
    assert block.grid is not None
    headless = not block.grid.certain and read_header(block.grid, layouts.coded).body == 0
    return headless and before.grid.certain and not ended_between(before, block, document)


def ended(before: Candidate) -> Candidate:
    """Returns `before` as cut: the rest of its rows cannot be read, so only the rows up to the end of its page are
    certain."""
    return replace(before, grid=replace(before.grid, cut=True))


def sheet_of(grid: Grid | None, document: Document) -> str:
    """Returns the sheet of a workbook that holds a grid; "" in other formats. A table goes on on another sheet only
    where that is stated."""
    lines = (cell.place.line for row in grid.rows for cell in row) if grid else ()
    origins = (document.origins.get(line) for line in lines)
    return next((one.sheet for one in origins if isinstance(one, InSheet)), "")


def _texts(row: Sequence[Cell]) -> list[str]:
    return [cell.text.strip() for cell in row]


def extended(
    document: Document, before: Candidate, block: Block, grid: Grid, header: Header, candidate: Candidate | None
) -> Candidate:
    """`before` with the rows of `grid`, which `block` holds, below its own, a repeated header and the row that both
    pages print left out, and with the notes below it.

    Rows whose columns are not certain are not taken.
    """
    if before.grid.certain and not grid.certain:
        return ended(before)
    grid = without_heads_again(grid, header)
    repeated = header.paths == before.header.paths or (candidate and candidate.key == before.key)
    body = header.body if repeated else 0
    if before.grid.rows[-1:] and grid.rows[body:] and _texts(grid.rows[body]) == _texts(before.grid.rows[-1]):
        body += 1
    offset = len(before.grid.rows)
    rows = tuple(
        tuple(Cell(offset + number, cell.col, cell.colspan, cell.text, cell.place) for cell in row)
        for number, row in enumerate(grid.rows[body:])
    )
    certain = before.grid.certain and before.grid.ruled == grid.ruled
    whole = replace(before.grid, rows=before.grid.rows + rows, certain=certain, cut=grid.cut)
    whole = replace(whole, hides=before.grid.hides or grid.hides)
    notes = (*before.around.notes, *surroundings(document, block).notes)
    around = replace(before.around, notes=tuple(dict.fromkeys(notes)))
    return replace(before, grid=whole, around=around, further=(*before.further, block.index))

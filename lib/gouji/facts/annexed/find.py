"""Decides which grid is which table beyond the nine: a title names it, and its rows and columns must be certain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from gouji.document.marks import WORD
from gouji.document.model import Block, BlockKind, Document, Grid
from gouji.facts.annexed.labelled import labelled
from gouji.facts.annexed.parts import part_of
from gouji.facts.captions import Surroundings, surroundings
from gouji.facts.cells import Meaning, meanings
from gouji.facts.choose import Candidate, continues, ended_between, extended, is_title, sheet_of
from gouji.facts.evaluation.rows import is_form
from gouji.facts.figure import parse_figure
from gouji.facts.headers import CODE, Header, read_header, without_heads_again
from gouji.labels import YEAR, row_label
from gouji.layouts import Layout, load_layouts
from gouji.layouts.evaluation import load_evaluation
from gouji.runtime.immutable import immutable

#: The first digit of the codes of each classification.
_DIGITS = {"functions": "2", "accounts": "3"}


@immutable()
class Found:
    """A table beyond the nine, with the meanings of its cells."""

    candidate: Candidate
    layout: Layout
    meanings: tuple[Meaning, ...]


def find(document: Document, year: int | None, others: frozenset[int]) -> Iterator[Found]:
    """Yields the tables beyond the nine, in printed order. Of two tables with one key, which belong to two
    institutions, yields neither. Blocks of `others` are other tables."""
    candidates = (*_joined(document, year, others), *_held_tables(document, year))
    pages = [one for one in map(_read, candidates) if one is not None]
    twice = Counter(one.candidate.key for one in pages)
    yield from (one for one in pages if twice[one.candidate.key] == 1)


def _joined(document: Document, year: int | None, others: frozenset[int]) -> Iterator[Candidate]:
    """Grids under a title of such a table, with the pages they go on on. Their key is still open."""
    held: Candidate | None = None
    for block in document.blocks:
        if block.kind is not BlockKind.TABLE or block.grid is None:
            continue
        candidate = None if block.index in others else _candidate(document, block, block.grid, year)
        if held and block.index not in others and _follows(candidate, held, block, document):
            header = read_header(block.grid, load_layouts("annexed").coded)
            same = not _labelled(header) or header.paths == held.header.paths
            if same and continues(candidate, held, block, document):
                held = extended(document, held, block, block.grid, header, candidate)
            else:  # its further columns, or rows under others
                held = replace(held, grid=replace(held.grid, cut=True))
            continue
        if held:
            yield held
        held = candidate
    if held:
        yield held


def _held_tables(document: Document, year: int | None) -> Iterator[Candidate]:
    """Yields tables that stand as rows inside others, each with its key, which the title does not tell."""
    for block in document.blocks:
        if block.kind is not BlockKind.TABLE or block.grid is None:
            continue
        around = surroundings(document, block)
        caption = next((one for one in around.captions if _tables_held(one) and _is_of(one, year)), "")
        for key in _tables_held(caption) if caption else ():
            header = read_header(block.grid, load_layouts("annexed").coded)
            if found := part_of(block.grid, header, load_layouts("annexed").tables[key]):
                yield Candidate(block, found[0], around, found[1], key, caption, 0)


def _candidate(document: Document, block: Block, grid: Grid, year: int | None) -> Candidate | None:
    around = surroundings(document, block)
    title = _title(around, year)
    header = read_header(grid, load_layouts("annexed").coded)
    return Candidate(block, without_heads_again(grid, header), around, header, "", title, 0) if title else None


def _title(around: Surroundings, year: int | None) -> str:
    """Returns the nearest caption that is a title, unless it is another year's; "" if there is none."""
    for caption in around.captions:
        if _tables_titled(caption):
            return caption if _is_of(caption, year) else ""
        if caption.endswith("表") and not caption.startswith("公开"):
            return ""  # the title of another table
    return ""


def _is_of(caption: str, year: int | None) -> bool:
    """True unless a title names another year."""
    years = {int(found) for found in YEAR.findall(caption)}
    return not (years and year and year not in years)


@lru_cache(maxsize=2048)
def _tables_titled(caption: str) -> tuple[str, ...]:
    """Returns the tables of which a caption is the title."""
    layouts = load_layouts("annexed")
    own = [(key, one.title) for key, one in layouts.tables.items() if key not in _tables_held(caption)]
    strictly = tuple(key for key, title in own if title.matches(caption))
    return strictly or tuple(key for key, title in own if title.matches_loosely(caption, layouts.title_words))


@lru_cache(maxsize=2048)
def _tables_held(caption: str) -> tuple[str, ...]:
    """Returns the tables that a table with this title holds among others."""
    tables = load_layouts("annexed").tables.items()
    return tuple(key for key, one in tables if one.title.holds(caption))


def _follows(candidate: Candidate | None, held: Candidate, block: Block, document: Document) -> bool:
    """True for a grid that continues the table before it: with its title again, or with none, and only furniture
    between."""
    if candidate is not None:
        return candidate.title == held.title and (
            "续" in candidate.title or candidate.header.paths == held.header.paths
        )
    if sheet_of(block.grid, document) != sheet_of(held.block.grid, document):
        return False
    if any(is_title(caption) for caption in surroundings(document, block).captions):
        return False
    assert block.grid is not None
    apart = is_form(block.grid, load_evaluation()) or _is_another(block.grid, held)
    return not apart and not ended_between(held, block, document)


def _is_another(grid: Grid, held: Candidate) -> bool:
    """True for a grid with a head and rows that share no label with the table before it. Further rows would stand under
    the same head, further columns beside the same rows."""
    header = read_header(grid, load_layouts("annexed").coded)
    if not _labelled(header):
        return False
    heads = [{label for path in one.paths for label in path} for one in (header, held.header)]
    rows = [_row_labels(one, at.body) for one, at in ((grid, header), (held.grid, held.header))]
    return bool(rows[0]) and heads[0].isdisjoint(heads[1] | rows[1]) and rows[0].isdisjoint(rows[1] | heads[1])


def _row_labels(grid: Grid, body: int) -> set[str]:
    """Returns the first words of a grid's rows, without numbers."""
    first = (next((cell.text for cell in row if cell.text.strip()), "") for row in grid.rows[body:])
    return {label for text in first if WORD.search(label := row_label(text))}


def _labelled(header: Header) -> bool:
    return header.body > 0 and any(header.paths)


def _read(candidate: Candidate) -> Found | None:
    """Returns the table that a grid is, by its rows and columns: among those with its title, the one with most of its
    columns. Returns None if none is certain."""
    if not candidate.grid.certain:
        return None
    keys = (candidate.key,) if candidate.key else _tables_titled(candidate.title)
    found = [one for key in keys if (one := _read_as(key, candidate)) is not None]
    return max(found, key=lambda one: _columns(one), default=None)


def _columns(found: Found) -> int:
    return len({one.column for one in found.meanings if not one.column.startswith("?")})


def _read_as(key: str, candidate: Candidate) -> Found | None:
    """Returns a grid read as the table of a key.

    Returns None if it lacks a required column, prints two figures for one, has rows of another kind, or, without rules,
    has a figure that belongs to no column.
    """
    layouts = load_layouts("annexed")
    layout = layouts.tables[key]
    grid, header = candidate.grid, candidate.header
    if layout.shape == "labelled":
        read = tuple(labelled(grid, header, layout))
    else:
        read = tuple(meanings(grid, header, layout, layouts.coded))
    columns = {one.column for one in read} | {layout.column(path) for path in header.paths if layout.shape == "coded"}
    figures = [one for one in read if parse_figure(one.cell.text, "").printed]
    if not set(layout.required) <= columns or (figures and not _has_rows(layout, read)):
        return None
    if layout.shape == "coded" and _is_doubled(layout, figures):
        return None
    if any(
        layout.unit_of(one.column) and parse_figure(one.cell.text, "").decimals for one in figures if _is_known(one)
    ):
        return None
    if not grid.ruled and any(one.column.startswith("?") for one in figures):
        return None
    return Found(_with_key(candidate, key), layout, read)


def _is_known(meaning: Meaning) -> bool:
    return not meaning.row.startswith("?") and not meaning.column.startswith("?")


def _with_key(candidate: Candidate, key: str) -> Candidate:
    return replace(candidate, key=key)


def _has_rows(layout: Layout, read: tuple[Meaning, ...]) -> bool:
    """True if the codes of the rows belong to the layout's classification."""
    if not layout.rows_of:
        return True
    codes = {one.row for one in read if CODE.match(one.row)}
    return bool(codes) and all(code.startswith(_DIGITS[layout.rows_of]) for code in codes)


def _is_doubled(layout: Layout, figures: list[Meaning]) -> bool:
    """True if a row prints two figures for one column: nobody can tell which of them is meant."""
    printed = Counter((one.cell.row, one.column) for one in figures if not one.column.startswith("?"))
    return any(count > 1 for count in printed.values())

"""Finds tables of an account that were not read: captioned as one of the nine for which another was taken, or as no
known table."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from gouji.document.model import BlockKind, Document
from gouji.facts.captions import Surroundings, surroundings
from gouji.facts.choose import Candidate, Choice, is_title
from gouji.facts.fact import RecognisedTable, Unread
from gouji.facts.figure import parse_figure
from gouji.labels import YEAR
from gouji.layouts import Layouts


def unread_tables(
    document: Document, layouts: Layouts, year: int | None, choice: Choice, read: Collection[RecognisedTable]
) -> tuple[Unread, ...]:
    """Returns the tables of a document that are not in `read`, each title once, in printed order."""
    blocks = {index for table in read for index in (table.block, *table.further)}
    found = [(one.block.index, _as_unread(one, choice)) for one in choice.passed if one.block.index not in blocks]
    blocks |= {number for number, _ in found}
    found += _unknown_tables(document, layouts, year, blocks, {table.title for table in read})
    return tuple(dict.fromkeys(one for _, one in sorted(found, key=lambda one: one[0])))


def _as_unread(candidate: Candidate, choice: Choice) -> Unread:
    taken = choice.chosen[candidate.key]
    return Unread(_name_of(candidate.around, candidate.title), _name_of(taken.around, taken.title), candidate.key)


def _unknown_tables(
    document: Document, layouts: Layouts, year: int | None, others: Collection[int], titles: Collection[str]
) -> Iterator[tuple[int, Unread]]:
    """Yields tables of amounts whose caption says that they belong to the account, and is no title of a table that was
    read."""
    for block in document.blocks:
        if block.kind is not BlockKind.TABLE or block.grid is None or block.index in others:
            continue
        around = surroundings(document, block)
        title = next((one for one in around.captions if is_title(one)), "")
        years = {int(one) for one in YEAR.findall(title)}
        if layouts.word not in title or title in titles or (years and year and year not in years):
            continue
        if any(parse_figure(cell.text, "").decimals for row in block.grid.rows for cell in row):
            yield block.index, Unread(_name_of(around, title))


def _name_of(around: Surroundings, title: str) -> str:
    return f"{around.number} {title}".strip()

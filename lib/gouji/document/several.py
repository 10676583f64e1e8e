"""Joins several files of one account into one document: their blocks in order, each line with its own number."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from gouji.document.headings import enter, follows
from gouji.document.marks import SENTENCE, WORD
from gouji.document.model import Block, BlockKind, Document, DocumentPart, Heading, Place
from gouji.document.origin import Origin


def joined(documents: Sequence[Document]) -> Document:
    """Joins one or more documents into one. Of several, `sha256` is the hash of the files' hashes in order.

    A file that begins in the middle of the one before it (a sentence, or the next heading) goes on in its sections.
    """
    if len(documents) == 1:
        return documents[0]
    parts: list[DocumentPart] = []
    blocks: list[Block] = []
    origins: dict[int, Origin] = {}
    doubtful: dict[int, tuple[tuple[int, int], ...]] = {}
    line = 0
    for one in documents:
        parts.append(DocumentPart(one.name, one.sha256, one.encoding, line))
        around = blocks[-1].section if blocks else ()
        own = _inside(around, one.blocks) if around and _goes_on(around, one.blocks) else one.blocks
        blocks += [_moved(block, len(blocks) + at, line) for at, block in enumerate(own)]
        origins |= {number + line: origin for number, origin in one.origins.items()}
        doubtful |= {number + line: spans for number, spans in one.doubtful.items()}
        line += _last_line(one)
    return Document(
        name="、".join(one.name for one in documents),
        sha256=hashlib.sha256("".join(one.sha256 for one in documents).encode()).hexdigest(),
        encoding="、".join(dict.fromkeys(one.encoding for one in documents)),
        blocks=tuple(blocks),
        anomalies=tuple(f"{one.name}：{text}" for one in documents for text in one.anomalies),
        origins=origins,
        doubtful=doubtful,
        parts=tuple(parts),
    )


def _goes_on(around: tuple[Heading, ...], blocks: Sequence[Block]) -> bool:
    """True if a file continues the one before it: it begins with that file's next heading, or with a sentence that such
    a heading or a new part follows. False for a file that begins with a title, a table or a heading of its own."""
    first = next((block for block in blocks if block.kind is BlockKind.TABLE or WORD.search(block.text)), None)
    heading = next((block.section[-1] for block in blocks if block.kind is BlockKind.HEADING), None)
    if first is None or first.kind is BlockKind.TABLE:
        return False
    if first.kind is BlockKind.HEADING:
        return heading is not None and heading.level > 1 and follows(heading, around)
    return bool(SENTENCE.search(first.text)) and (heading is None or follows(heading, around))


def _inside(around: tuple[Heading, ...], blocks: Sequence[Block]) -> list[Block]:
    """Returns the blocks of a file inside the sections that it continues, until its own headings close these."""
    moved = []
    for block in blocks:
        if block.section:
            around = enter(around, block.section[0])[:-1]
        moved.append(replace(block, section=(*around, *block.section)))
    return moved


def _last_line(document: Document) -> int:
    lines = [block.place.line for block in document.blocks]
    cells = [cell.place.line for block in document.blocks if block.grid for row in block.grid.rows for cell in row]
    return max([*lines, *cells, *document.origins], default=0)


def _moved(block: Block, index: int, line: int) -> Block:
    grid = block.grid
    if grid is not None:
        rows = tuple(tuple(replace(cell, place=_down(cell.place, line)) for cell in row) for row in grid.rows)
        grid = replace(grid, rows=rows)
    return replace(block, index=index, place=_down(block.place, line), grid=grid)


def _down(place: Place, lines: int) -> Place:
    return Place(place.line + lines, place.start, place.end)

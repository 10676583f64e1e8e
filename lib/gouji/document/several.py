"""Joins several files of one account into one document: their blocks in order, each line with its own number."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from gouji.document.model import Block, Document, DocumentPart, Place
from gouji.document.origin import Origin


def joined(documents: Sequence[Document]) -> Document:
    """Joins one or more documents into one. Of several, `sha256` is the hash of the files' hashes in order."""
    if len(documents) == 1:
        return documents[0]
    parts: list[DocumentPart] = []
    blocks: list[Block] = []
    origins: dict[int, Origin] = {}
    doubtful: dict[int, tuple[tuple[int, int], ...]] = {}
    line = 0
    for one in documents:
        parts.append(DocumentPart(one.name, one.sha256, one.encoding, line))
        blocks += [_moved(block, len(blocks) + at, line) for at, block in enumerate(one.blocks)]
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

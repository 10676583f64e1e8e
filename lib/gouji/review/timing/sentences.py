"""The sentences of a document's prose, and where one stands."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.document.model import Block, BlockKind, Document

_ENDS = "。；;！？\n"


def prose(document: Document) -> Iterator[Block]:
    """The blocks that are no tables."""
    return (block for block in document.blocks if block.kind is not BlockKind.TABLE)


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the sentence (or the part of one up to a semicolon) around some characters."""
    begins = max(text.rfind(mark, 0, start) for mark in _ENDS) + 1
    ends = [at for mark in _ENDS if (at := text.find(mark, end)) >= 0]
    return begins, min(ends, default=len(text))


def clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The same up to commas."""
    begins, ends = sentence(text, start, end)
    begins = max(begins, *(text.rfind(mark, begins, start) + 1 for mark in "，,"))
    stops = [at for mark in "，," if 0 <= (at := text.find(mark, end)) < ends]
    return begins, min(stops, default=ends)


def headed(block: Block) -> str:
    """The titles of the headings that a block stands under."""
    return "".join(heading.title for heading in block.section)

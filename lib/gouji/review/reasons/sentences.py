"""The sentences of a document that hold one of some words: found by plain search, so that most are never looked at."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from gouji.document.model import Block
from gouji.facts.narrative.read import is_annex
from gouji.review.material import Material
from gouji.review.prose import Prose, prose_of
from gouji.review.reasons.causes import told

#: A passage: its block, and the span of the words in it.
Passage = tuple[Block, int, int]

_ENDS = re.compile(r"[。；;！？!?\n]")


def told_of_the_year(material: Material) -> Prose:
    """The paragraphs that say something of the year."""
    return prose_of(block for block in material.document.blocks if told(block))


def annexed(material: Material) -> frozenset[int]:
    """The blocks of annexed reports."""
    return frozenset([block.index for block in material.document.blocks if is_annex(block.section)])


def sentences(material: Material, anchors: Sequence[str]) -> Iterator[Passage]:
    """The sentences with one of some words in them, in printed order."""
    text = material.once(told_of_the_year)
    found: set[tuple[int, int]] = set()
    for anchor in anchors:
        at = text.text.find(anchor)
        while at >= 0:
            number = bisect_right(text.starts, at) - 1
            offset = at - text.starts[number]
            start, end = around(text.blocks[number].text, offset, offset + len(anchor), _ENDS)
            found.add((number, start))
            at = text.text.find(anchor, text.starts[number] + end)
    for number, start in sorted(found):
        block = text.blocks[number]
        stop = _ENDS.search(block.text, start)
        yield block, start, stop.start() if stop else len(block.text)


def around(text: str, start: int, end: int, marks: re.Pattern[str]) -> tuple[int, int]:
    """The span between the marks around some words."""
    begin = max((mark.end() for mark in marks.finditer(text, 0, start)), default=0)
    stop = marks.search(text, end)
    return begin, stop.start() if stop else len(text)

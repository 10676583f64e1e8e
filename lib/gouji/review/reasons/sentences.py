"""The sentences of a document that hold one of some words: found by one search, so that most are never looked at."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from gouji.document.model import Block
from gouji.facts.narrative.read import is_annex
from gouji.review.material import Material
from gouji.review.prose import Prose, prose_of
from gouji.review.reasons.causes import told
from gouji.review.reasons.rule import anchors

#: A passage: its block, and the span of the words in it.
Passage = tuple[Block, int, int]

_ENDS = re.compile(r"[。；;！？!?\n]")


def told_of_the_year(material: Material) -> Prose:
    """The paragraphs that say something of the year."""
    return prose_of(block for block in material.document.blocks if told(block))


def annexed(material: Material) -> frozenset[int]:
    """The blocks of annexed reports."""
    return frozenset([block.index for block in material.document.blocks if is_annex(block.section)])


def sentences(material: Material, words: Sequence[str]) -> Iterator[Passage]:
    """The sentences with one of some of the rules' anchors in them, in printed order."""
    text, anchored = material.once(told_of_the_year), material.once(_anchored)
    found: set[tuple[int, int]] = set()
    for word in words:
        for at in anchored.get(word, ()):
            number = bisect_right(text.starts, at) - 1
            offset = at - text.starts[number]
            start, _ = around(text.blocks[number].text, offset, offset + len(word), _ENDS)
            found.add((number, start))
    for number, start in sorted(found):
        block = text.blocks[number]
        stop = _ENDS.search(block.text, start)
        yield block, start, stop.start() if stop else len(block.text)


def _anchored(material: Material) -> dict[str, list[int]]:
    """Where each anchor of the family's rules stands, by one search for all of them: where several begin at one
    character, the search finds the longest, and the others are beginnings of it."""
    text, (pattern, beginnings) = material.once(told_of_the_year).text, _search()
    found: dict[str, list[int]] = {}
    match = pattern.search(text)
    while match:
        for anchor in beginnings[match[0]]:
            found.setdefault(anchor, []).append(match.start())
        match = pattern.search(text, match.start() + 1)
    return found


@cache
def _search() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    """What finds any anchor, the longest first; by anchor, those that it begins with, itself among them."""
    words = anchors()
    beginnings = {word: tuple(one for one in words if word.startswith(one)) for word in words}
    return re.compile("|".join(map(re.escape, words))), beginnings


def around(text: str, start: int, end: int, marks: re.Pattern[str]) -> tuple[int, int]:
    """The span between the marks around some words."""
    begin = max((mark.end() for mark in marks.finditer(text, 0, start)), default=0)
    stop = marks.search(text, end)
    return begin, stop.start() if stop else len(text)

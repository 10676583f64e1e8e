"""Finds the sentences of a document that have one of some words. One search finds all, so most sentences are never
looked at."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from gouji.document.model import Block
from gouji.facts.narrative.read import is_annex
from gouji.review.material import Material
from gouji.review.prose import Prose, prose_of
from gouji.review.reasons.causes import is_about_the_year
from gouji.review.reasons.rule import anchors

#: A passage: its block, and the span of the words in it.
Passage = tuple[Block, int, int]

_ENDS = re.compile(r"[。；;！？!?\n]")


def paragraphs_of_the_year(material: Material) -> Prose:
    """Returns the paragraphs that state something about the year."""
    return prose_of(block for block in material.document.blocks if is_about_the_year(block))


def annexed(material: Material) -> frozenset[int]:
    """Returns the blocks of annexed reports."""
    return frozenset([block.index for block in material.document.blocks if is_annex(block.section)])


def sentences(material: Material, words: Sequence[str]) -> Iterator[Passage]:
    """Returns the sentences with one of some of the rules' anchors in them, in printed order."""
    text, anchored = material.once(paragraphs_of_the_year), material.once(_places_of_anchors)
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


def _places_of_anchors(material: Material) -> dict[str, list[int]]:
    """Returns the places of each anchor of the family's rules, by one search. If several begin at one character, the
    search finds the longest; the others are beginnings of it."""
    text, (pattern, beginnings) = material.once(paragraphs_of_the_year).text, _search_pattern()
    found: dict[str, list[int]] = {}
    match = pattern.search(text)
    while match:
        for anchor in beginnings[match[0]]:
            found.setdefault(anchor, []).append(match.start())
        match = pattern.search(text, match.start() + 1)
    return found


@cache
def _search_pattern() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    """Returns the expression that finds any anchor, the longest first, and, by anchor, the anchors with which it
    begins, itself included."""
    words = anchors()
    beginnings = {word: tuple(one for one in words if word.startswith(one)) for word in words}
    return re.compile("|".join(map(re.escape, words))), beginnings


def around(text: str, start: int, end: int, marks: re.Pattern[str]) -> tuple[int, int]:
    """Returns the span between the marks around some words."""
    begin = max((mark.end() for mark in marks.finditer(text, 0, start)), default=0)
    stop = marks.search(text, end)
    return begin, stop.start() if stop else len(text)

"""Finds what a form leaves to be filled in (XX万元, 增加（减少）). A document that prints it was published as a
form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from gouji.document.model import BlockKind, Document, Place
from gouji.layouts.phrases import load_phrases
from gouji.runtime.immutable import immutable

#: Characters of the sentence around a placeholder that are quoted.
_AROUND = 18


@immutable()
class Placeholder:
    """A place left to be filled in: its location for people, the words around it, and the place of its characters."""

    where: str
    quote: str
    place: Place


def placeholders_of(document: Document) -> tuple[Placeholder, ...]:
    """Returns the places that a form leaves open in headings and paragraphs, in order."""
    return tuple(_find(document))


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in load_phrases().placeholders))


def _find(document: Document) -> Iterator[Placeholder]:
    for block in document.blocks:
        if block.kind is BlockKind.TABLE:
            continue
        for match in _pattern().finditer(block.text):
            start, end = match.span()
            quote = block.text[max(0, start - _AROUND) : end + _AROUND // 2]
            place = Place(block.place.line, block.place.start + start, block.place.start + end)
            yield Placeholder(block.where, quote, place)

"""Joins a sentence of a Word document or a web page that a paragraph's end cuts before a figure.

Copies of paged documents are cut so: one paragraph ends with the subject, the next one begins with its amount. The
paragraphs of these formats are the author's, so that less is joined than in plain text (`resumed`): the first must
be part of a sentence, and the second must begin with a figure and its unit, or with the rest of a figure. Cells of
tables are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from gouji.document.broken import ENDS
from gouji.document.marks import SENTENCE
from gouji.document.origin import InWord
from gouji.document.pieces import Line, Piece
from gouji.document.resumed import is_open, is_rest
from gouji.document.word_lists import WORDS
from gouji.runtime.word_lists import any_of

_UNIT = rf"(?:{any_of(WORDS.units)})"
#: What the second paragraph begins with: an amount; behind a figure also the rest of it or its unit.
_AMOUNT = re.compile(rf"\s*[\d,，]*\.?\d+\s*{_UNIT}")
_REST = re.compile(rf"\s*(?:[\d,，]*\.?\d+\s*{_UNIT}|{_UNIT}[，。；、（）)])")
#: The end of a paragraph whose last figure has its unit: another figure is not its rest.
_WHOLE = re.compile(rf"\d\s*{_UNIT}\s*$")
_OPEN_FIGURE = re.compile(r"\d[.．,，]?\s*$")


def rejoined(pieces: Iterable[Piece], origins: Mapping[int, InWord]) -> tuple[list[Piece], dict[int, InWord]]:
    """Returns the pieces with such paragraphs joined, and the origins of their lines. The joined line has the number of
    the first one; its origin knows both paragraphs."""
    joined: list[Piece] = []
    places = dict(origins)
    for piece in pieces:
        before = joined[-1] if joined else None
        if isinstance(before, Line) and isinstance(piece, Line) and _is_cut(before.text, piece.text):
            kept = before.text.rstrip()
            if _join_places(places, before, piece, len(kept)):
                joined[-1] = replace(before, text=kept + piece.text)
                continue
        joined.append(piece)
    return joined, places


def _is_cut(text: str, below: str) -> bool:
    """True for a part of a sentence before the paragraph that begins with its figure."""
    begins = _REST if _OPEN_FIGURE.search(text) else _AMOUNT
    if not begins.match(below) or text.rstrip().endswith(ENDS) or _WHOLE.search(text):
        return False
    return bool(SENTENCE.search(below)) and is_open(text) and is_rest(text, numbered=True) and is_rest(below)


def _join_places(places: dict[int, InWord], first: Line, second: Line, end: int) -> bool:
    """Makes the origin of the first line that of both; the second begins at `end`. Returns False for two lines of one
    paragraph, which no origin can describe."""
    one, other = places.get(first.number), places.get(second.number)
    if one is None or other is None:
        return one is other
    if set(one.paragraphs) & set(other.paragraphs):
        return False
    begins = (*_begins(one), *(begin + end for begin in _begins(other)))
    places[first.number] = InWord(one.paragraphs + other.paragraphs, one.prefix, begins)
    return True


def _begins(origin: InWord) -> tuple[int, ...]:
    return origin.begins or (origin.prefix,)

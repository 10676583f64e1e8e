"""Where the pieces of a line of text stand: how far from its left each begins and ends, in columns of characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from gouji.document.marks import FIGURE, GAP
from gouji.document.pieces import Line

#: Where a piece of a line begins and ends.
Extent = tuple[float, float]

_PRINTED = re.compile(r"\S+(?:[ \u3000\u00a0]\S+)*")


def parts_of(text: str) -> list[str]:
    """Returns the pieces of a line: what two or more blanks part."""
    return GAP.split(text.strip())


def pieces_of(text: str) -> Iterator[re.Match[str]]:
    """Yields the pieces of a line, each with its place in the text."""
    return _PRINTED.finditer(text)


def extents_of(line: Line, wide: int, pattern: re.Pattern[str] | None = None) -> Iterator[Extent]:
    """Yields where the pieces of a line begin and end, those that have something of a pattern."""
    places = list(placed_chars(line.text, wide))
    for match in pieces_of(line.text):
        if pattern is None or pattern.search(match.group()):
            yield places[match.start()][1], places[match.end() - 1][2]


def placed_chars(text: str, wide: int) -> Iterator[tuple[str, float, float]]:
    """Yields each character with where it begins and ends; a Chinese one takes `wide` columns."""
    x = 0.0
    for char in text:
        width = wide if unicodedata.east_asian_width(char) in "WF" else 1
        yield char, x, x + width
        x += width


def likeliest_width(lines: Sequence[Line]) -> int:
    """Returns how many columns a Chinese character takes; programs count it as one or as two. Figures line up as was
    meant."""
    return min((2, 1), key=lambda wide: len(_edges(lines, wide)))


def overlap(one: Extent, other: Extent) -> bool:
    """True where two pieces have a column of characters in common."""
    return one[0] < other[1] and other[0] < one[1]


def _edges(lines: Sequence[Line], wide: int) -> set[float]:
    """Where the figures end."""
    ends: set[float] = set()
    for line in lines:
        places = list(placed_chars(line.text, wide))
        ends |= {places[match.end() - 1][2] for match in pieces_of(line.text) if FIGURE.match(match.group())}
    return ends

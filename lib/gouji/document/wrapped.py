"""Names in tables set with spaces that take several lines: which lines are the rest of the row above."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gouji.document.headings import parse_number
from gouji.document.marks import FIGURE, WORD
from gouji.document.pieces import Line
from gouji.document.places import Extent, extents_of, overlap, parts_of
from gouji.document.word_lists import WORDS


def begins_body(line: Line) -> bool:
    """True for a row of a table's body: it prints a figure or a code, and not the numbers of columns."""
    parts = parts_of(line.text)
    numbering = bool({*parts} & {*WORDS.line_number})
    return len(parts) > 1 and not numbering and any(FIGURE.match(part) for part in parts)


def goes_on(line: Line, before: Line, names: Sequence[Extent], wide: int) -> bool:
    """True for a line that prints only words, right below a row: what is left of the names in it, each of which found
    no more room in its column."""
    parts, above_it = parts_of(line.text), parts_of(before.text)
    worded = not any(re.search(r"\d", part) or parse_number(part) for part in parts)
    numbering = bool({*above_it} & {*WORDS.line_number})
    alone = len(above_it) < 2 and parse_number(before.text) is None
    if not worded or numbering or line.number != before.number + 1 or alone:
        return False
    above = list(extents_of(before, wide, WORD))
    return all(
        any(overlap(one, other) and other[1] + wide > _edge(other, names) for other in above)
        for one in extents_of(line, wide)
    )


def names_of(lines: Sequence[Line], wide: int) -> list[Extent]:
    """Returns where names stand in rows of a table's body."""
    begins = next((at for at, line in enumerate(lines) if begins_body(line)), len(lines))
    texts = {line.text for line in lines[begins:]}
    return list({one for text in texts for one in extents_of(Line(0, text), wide, WORD)})


def _edge(name: Extent, names: Sequence[Extent]) -> float:
    """How far to the right the names in a name's column reach."""
    return max((one[1] for one in names if overlap(one, name)), default=0.0)

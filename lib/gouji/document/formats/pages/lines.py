"""Puts the characters of a page together as lines of text.

Programs place digits of another font a few points above or below the line that they belong to, sometimes nearer to the
next line. So characters at one height are put together first, then rows that overlap and fit into each other's gaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from gouji.document.origin import Box
from gouji.document.raised import raised

#: The difference of their tops, as a share of a character's size, up to which characters stand at one height.
_SAME_HEIGHT = 0.12
#: The share of the lower of two rows that must lie beside the other for them to be one line.
_BESIDE = 0.35
#: The share of width that rows of one line may cover of each other: a quotation mark over a letter's edge.
_COLLISION = 0.15
#: The greatest size of a raised mark and its least height above the line's foot, as shares of the line's size.
_SMALL, _RAISED = 0.78, 0.12
#: The distance, as a share of its size, up to which the same character counts as drawn twice, if it is less than half
#: the character's width.
_TWICE = 0.12
#: The distance up to which it counts as drawn twice whatever its width.
_ON_ITSELF = 0.06
#: The gap, in sizes of the text, between words, and between parts of a line (部门：…　单位：…).
_NEAR, _FAR = 0.22, 0.9
#: The least width of a written blank, in sizes of the text.
_BLANK = 0.1


@dataclass(frozen=True, slots=True)
class Char:
    """A printed character and its box, in points from the top left corner.

    `sure` is False if OCR recognised it with little confidence. `turned` is not 0 for a character that lies on its
    side: -1 in text that goes up the page, 1 in text that goes down.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    sure: bool = True
    turned: int = 0

    @property
    def size(self) -> float:
        """Returns its height."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Returns the middle of its width."""
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True)
class TextLine:
    """A line of text: its characters from left to right. `page` is its page if that is not the page that lists it, else
    0."""

    chars: tuple[Char, ...]
    page: int = 0

    @cached_property
    def box(self) -> Box:
        """Returns the box around its characters."""
        return (
            min(one.x0 for one in self.printed),
            min(one.top for one in self.printed),
            max(one.x1 for one in self.printed),
            max(one.bottom for one in self.printed),
        )

    @cached_property
    def size(self) -> float:
        """Returns the median height of its characters."""
        return sorted(one.size for one in self.printed)[len(self.printed) // 2]

    @cached_property
    def text(self) -> str:
        """Returns the characters as text, with spaces between words and between parts of the line."""
        return "".join(text for text, _ in self.spaced)

    @cached_property
    def printed(self) -> tuple[Char, ...]:
        """Returns the characters without white space."""
        return tuple(one for one in self.chars if one.text.strip())

    @cached_property
    def spaced(self) -> list[tuple[str, Char | None]]:
        """Returns the text piece by piece, each with its character; a space has None."""
        pieces: list[tuple[str, Char | None]] = []
        before, blank = None, False
        for one in self.chars:
            if not one.text.strip():
                blank = True
                continue
            if before and (gap := _gap(before, one, self.size, blank)):
                pieces.append((gap, None))
            pieces.append((one.text, one))
            before, blank = one, False
        return pieces


def _gap(before: Char, after: Char, size: float, blank: bool) -> str:
    """Returns the spaces between two characters.

    Letters and digits are separated by the gap between words, `blank` or not. Other characters need a written blank, or
    the gap between parts of a line (two spaces).
    """
    apart = after.x0 - before.x1
    if apart > _FAR * size:
        return "  "
    both = before.text[-1].isascii() and after.text[0].isascii()
    if both and before.text[-1].isalnum() and after.text[0].isalnum():
        return " " if apart > _NEAR * size else ""
    return " " if blank and apart > _BLANK * size else ""


def lines_of(chars: Iterable[Char]) -> list[TextLine]:
    """Returns the lines of some characters, from the top down, without white space at their ends."""
    once = _once(chars)
    merged = _merged([part for row in _rows([one for one in once if not one.turned]) for part in _untangled(row)])
    lines = [_with_marks(line) for row in merged if (line := _trimmed(sorted(row, key=lambda one: one.x0)))]
    lines += _sideways([one for one in once if one.turned])
    return sorted(lines, key=lambda line: (line.box[1] + line.box[3], line.box[0]))


def _sideways(chars: Sequence[Char]) -> list[TextLine]:
    """Returns the lines of text that goes up or down the page. All lines of one direction are read as one."""
    text = []
    for way, across in ((-1, 1), (1, -1)):
        stand = sorted((one for one in chars if one.turned == way), key=lambda one: across * one.x0)
        columns: list[list[Char]] = []
        for one in stand:
            if columns and abs(one.x0 - columns[-1][0].x0) < (one.x1 - one.x0) / 2:
                columns[-1].append(one)
            else:
                columns.append([one])
        text.append([one for column in columns for one in sorted(column, key=lambda one: way * one.top)])
    return [TextLine(tuple(line)) for row in text if (line := _trimmed(row))]


def _with_marks(row: list[Char]) -> TextLine:
    """Returns a line, with small digits that stand above its foot as raised digits."""
    line = TextLine(tuple(row))
    foot = sorted(one.bottom for one in line.printed)[len(line.printed) // 2]
    small = [
        one.text.isdigit() and one.size < _SMALL * line.size and one.bottom < foot - _RAISED * line.size for one in row
    ]
    if not any(small):
        return line
    return TextLine(
        tuple(replace(one, text=raised(one.text)) if it else one for one, it in zip(row, small, strict=True))
    )


def _trimmed(row: list[Char]) -> list[Char]:
    printed = [at for at, one in enumerate(row) if one.text.strip()]
    return row[printed[0] : printed[-1] + 1] if printed else []


def _rows(chars: Sequence[Char]) -> list[list[Char]]:
    """Returns the characters in groups of one height."""
    rows: list[list[Char]] = []
    for one in sorted(chars, key=lambda one: one.top):
        if rows and one.top - rows[-1][0].top <= _SAME_HEIGHT * max(one.size, 1.0):
            rows[-1].append(one)
        else:
            rows.append([one])
    return rows


def _once(chars: Iterable[Char]) -> list[Char]:
    """Returns the characters without those that are drawn a second time in the same place, as some programs print bold
    text."""
    seen: dict[tuple[str, int, int], list[Char]] = {}
    kept = []
    for one in chars:
        step = max(one.size, 1.0) / 2
        across, down = int(one.x0 // step), int(one.top // step)
        near = [
            other
            for column in (across - 1, across, across + 1)
            for line in (down - 1, down, down + 1)
            for other in seen.get((one.text, column, line), ())
        ]
        reach = max(_ON_ITSELF * one.size, min(_TWICE * one.size, (one.x1 - one.x0) / 2))
        if any(abs(one.x0 - other.x0) < reach and abs(one.top - other.top) < _TWICE * one.size for other in near):
            continue
        seen.setdefault((one.text, across, down), []).append(one)
        kept.append(one)
    return kept


def _untangled(row: list[Char]) -> list[list[Char]]:
    """Returns the texts that characters at one height belong to, because two texts may be printed over each other.

    Characters that follow each other in the file without a gap are of one text. Texts that do not cover each other are
    of one line.
    """
    ordered = sorted(row, key=lambda one: one.x0)
    covered = sum(max(0.0, one.x1 - other.x0) for one, other in pairwise(ordered))
    if covered <= _COLLISION * sum(one.x1 - one.x0 for one in row):
        return [row]
    words: list[list[Char]] = []
    for one in row:
        if words and abs(one.x0 - words[-1][-1].x1) <= _NEAR * one.size:
            words[-1].append(one)
        else:
            words.append([one])
    texts: list[list[Char]] = []
    for word in words:
        home = next((text for text in texts if not _collide(text, word)), None)
        if home is None:
            texts.append(list(word))
        else:
            home.extend(word)
    return texts


def _merged(rows: list[list[Char]]) -> list[list[Char]]:
    """Returns the rows, with those that are one line put together. Rows that overlap most in height come first."""
    bands = [(min(one.top for one in row), max(one.bottom for one in row)) for row in rows]
    pairs = [
        (beside, upper, lower)
        for upper in range(len(rows))
        for lower in range(upper + 1, len(rows))
        if bands[lower][0] < bands[upper][1] and (beside := _beside(bands[upper], bands[lower])) >= _BESIDE
    ]
    groups = {at: [at] for at in range(len(rows))}
    home = list(range(len(rows)))
    for _, upper, lower in sorted(pairs, key=lambda one: -one[0]):
        into, gone = home[upper], home[lower]
        if into != gone and not _collide(_all(groups[into], rows), _all(groups[gone], rows)):
            groups[into] += groups[gone]
            for at in groups.pop(gone):
                home[at] = into
    return [_all(group, rows) for group in groups.values()]


def _all(group: Sequence[int], rows: list[list[Char]]) -> list[Char]:
    return [one for at in group for one in rows[at]]


def _beside(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Returns how much of the lower of two bands lies beside the other, as a share of its height."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared / max(min(one[1] - one[0], other[1] - other[0]), 0.1)


def _collide(one: Sequence[Char], other: Sequence[Char]) -> bool:
    """True if two rows cover the same width: they stand above one another."""
    covered, at = 0.0, 0
    first, second = sorted(one, key=lambda char: char.x0), sorted(other, key=lambda char: char.x0)
    for char in first:
        while at < len(second) and second[at].x1 <= char.x0:
            at += 1
        for rival in second[at:]:
            if rival.x0 >= char.x1:
                break
            covered += max(0.0, min(char.x1, rival.x1) - max(char.x0, rival.x0))
    width = min(sum(char.x1 - char.x0 for char in row) for row in (first, second))
    return covered > _COLLISION * width

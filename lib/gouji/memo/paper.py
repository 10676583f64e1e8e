"""The elements of papers, in Word as in PDF: headings, paragraphs of marked text, tables with their widths."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from math import ceil

#: The type area of an A4 page inside its margins, in points (16 cm wide), and the padding at each side of a cell.
TEXT_WIDTH, PADDING = 453.5, 3.0
#: Letter sizes of a table, each with the least number of characters before a word may break (figures never break).
#: The first that fits is taken.
_SIZES = ((9.0, 6), (8.0, 6), (8.0, 4), (7.0, 4), (7.0, 3), (6.0, 3))
#: The same for the head rows.
_HEAD_WORDS = 3
#: A line of more characters than this is long: longer lines get no more width.
_LONG = 34
#: Widths of a Chinese character and of other characters, in letter sizes. The latter is that of wide Latin fonts,
#: which replace missing ones.
_WIDE, _NARROW = 1.0, 0.65
#: A table estimated at no more than this height (in points) stays on one page; the height of a line in letter sizes.
_WHOLE, _LEADING = 150.0, 1.4
#: Characters that reverse the text direction, so that figures would be read backwards.
_TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Mark(StrEnum):
    """How a stretch of text stands out; never by colour alone."""

    PLAIN = ""
    SUSPECT = "suspect"
    ASKED = "asked"
    OPPOSED = "opposed"
    STRONG = "strong"
    SOFT = "soft"


class Style(StrEnum):
    """The kind of a paragraph. A lead and a caption stay with what follows."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    BODY = "body"
    LEAD = "lead"
    QUOTE = "quote"
    ADVICE = "advice"
    CAPTION = "caption"
    SMALL = "small"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text with its mark. On a page it may lead to the finding with the id `leads_to`."""

    text: str
    mark: Mark = Mark.PLAIN
    leads_to: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 or 2, on a new page where `new_page`. What follows stays on its page."""

    level: int
    text: str
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `kept` keeps it on the page of what follows even where its style does not."""

    style: Style
    spans: tuple[Span, ...]
    kept: bool = False


@dataclass(frozen=True, slots=True)
class PaperCell:
    """A table cell that covers `colspan` columns, with a paragraph for each of `lines`.

    `align` is left, center or right. `shaded` marks labels and the figures that the ones in question are compared
    with.
    """

    lines: tuple[tuple[Span, ...], ...]
    colspan: int = 1
    align: str = "left"
    shaded: bool = False

    @property
    def text(self) -> str:
        """Returns the text of the cell, one line for each paragraph."""
        return "\n".join("".join(span.text for span in line) for line in self.lines)


PaperRow = tuple[PaperCell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `head` is repeated on every page, and no row is split.

    `widths` are those of its columns in points, `size` is the letter size in points. `whole`: it is short enough to
    stay on one page. `kept`: on the page of what follows.
    """

    head: tuple[PaperRow, ...]
    body: tuple[PaperRow, ...]
    widths: tuple[float, ...]
    size: float
    whole: bool
    kept: bool = False


Block = Heading | Paragraph | Table


def printable(text: str) -> str:
    """Replaces characters that paper cannot hold (control characters, changes of text direction) by �."""
    if text.isprintable() and _TURNING.isdisjoint(text):
        return text
    return "".join("\ufffd" if _unfit(char) else char for char in "\n".join(text.splitlines()))


def _unfit(char: str) -> bool:
    return char in _TURNING or (char not in "\n\t" and unicodedata.category(char) in ("Cc", "Cs", "Cn", "Co"))


def kept_together(blocks: Iterable[Block]) -> list[Block]:
    """Returns the blocks, each on the page of the next where they belong together: what leads up to a table,
    and short blocks with the note below them, which would be an orphan on the next page."""
    blocks = list(blocks)
    return [*(_keep_with_next(one, after) for one, after in pairwise(blocks)), *blocks[-1:]]


def _keep_with_next(one: Block, after: Block) -> Block:
    noted = isinstance(after, Paragraph) and after.style is Style.SMALL
    if isinstance(one, Table):
        return replace(one, kept=one.whole and noted)
    if not isinstance(one, Paragraph) or one.style not in (Style.BODY, Style.ADVICE, Style.SMALL):
        return one
    leads = isinstance(after, Table)
    return replace(one, kept=noted if one.style is Style.SMALL else leads or (noted and one.style is Style.ADVICE))


def paragraph(style: Style, *spans: Span | str) -> Paragraph:
    """A paragraph of texts and marked spans."""
    return Paragraph(style, tuple(one if isinstance(one, Span) else Span(one) for one in spans if one))


def cell(*lines: str | Span, align: str = "left", colspan: int = 1, shaded: bool = False) -> PaperCell:
    """Returns a cell with one line for each text."""
    spans = tuple((one if isinstance(one, Span) else Span(one),) for one in lines)
    return PaperCell(spans, colspan, align, shaded)


def spans_cell(*spans: str | Span, colspan: int = 1, shaded: bool = False) -> PaperCell:
    """Returns a cell with one line of texts and marked spans."""
    line = tuple(one if isinstance(one, Span) else Span(one) for one in spans if one)
    return PaperCell((line,), colspan, shaded=shaded)


def figure(text: str, mark: Mark = Mark.PLAIN) -> PaperCell:
    """Returns a cell with a figure, set to the right."""
    return cell(Span(text, mark), align="right")


def table(head: Iterable[PaperRow], body: Iterable[PaperRow], shares: Sequence[float] = ()) -> Table:
    """Returns a table as wide as the page, with columns as wide as their content, or in proportion to `shares`. Figures
    are never broken: where they do not fit, other columns are narrower than their share, or the letters smaller."""
    head, body = tuple(head), tuple(body)
    rows = (*head, *body)
    count = max((sum(one.colspan for one in row) for row in rows), default=0)
    for size, words in _SIZES:
        least, natural = _demands(rows, count, size, words)
        if sum(least) <= TEXT_WIDTH:
            break
    given = tuple(TEXT_WIDTH * one / sum(shares) for one in shares)
    widths = _fitted(given, least) if given and sum(least) <= TEXT_WIDTH else _shared(least, natural)
    return Table(head, body, widths, size, sum(_height(row, widths, size) for row in rows) <= _WHOLE)


def titles(*names: str) -> PaperRow:
    """Returns a head row."""
    return tuple(cell(Span(name, Mark.STRONG), align="center", shaded=True) for name in names)


def text_width(text: str, size: float) -> float:
    """Estimates the width of a line in points: a Chinese character is as wide as it is high."""
    return sum(_WIDE if unicodedata.east_asian_width(char) in "WFA" else _NARROW for char in text) * size


def _demands(rows: Sequence[PaperRow], count: int, size: float, words: int) -> tuple[list[float], list[float]]:
    """Returns two widths for each column: the least, and the one at which nothing breaks."""
    least, natural = [size * 1.5] * count, [size * 1.5] * count
    for row in rows:
        column = 0
        for one in row:
            if one.colspan == 1:
                need, whole = _demand(one, size, words)
                least[column], natural[column] = max(least[column], need), max(natural[column], whole)
            column += one.colspan
    return least, natural


def _demand(one: PaperCell, size: float, words: int) -> tuple[float, float]:
    whole = max((text_width(line, size) for line in one.text.split("\n")), default=0.0)
    words = _HEAD_WORDS if one.align == "center" else words
    kept = whole if one.align == "right" else min(whole, words * size)
    return kept + 2 * PADDING + 2, max(kept, min(whole, _LONG * size)) + 2 * PADDING + 2


def _shared(least: list[float], natural: list[float]) -> tuple[float, ...]:
    """Shares out the page's width: the least to each column, the rest in proportion to what each lacks."""
    room = TEXT_WIDTH - sum(least)
    if room <= 0 or sum(natural) <= TEXT_WIDTH:
        whole = least if room <= 0 else natural
        return tuple(TEXT_WIDTH * one / sum(whole) for one in whole)
    part = room / sum(whole - need for need, whole in zip(least, natural, strict=True))
    return tuple(need + (whole - need) * part for need, whole in zip(least, natural, strict=True))


def _fitted(given: Sequence[float], least: Sequence[float]) -> tuple[float, ...]:
    """Widens the columns that are too narrow for their figures, at the cost of those that have room."""
    room = TEXT_WIDTH - sum(least)
    spare = [max(0.0, width - need) for width, need in zip(given, least, strict=True)]
    part = room / sum(spare) if sum(spare) else 0.0
    return tuple(need + free * part for need, free in zip(least, spare, strict=True))


def _height(row: PaperRow, widths: Sequence[float], size: float) -> float:
    """Estimates the height of a row in points."""
    lines, column = 1, 0
    for one in row:
        width = sum(widths[column : column + one.colspan]) - 2 * PADDING
        column += one.colspan
        lines = max(lines, sum(max(1, ceil(text_width(line, size) / width)) for line in one.text.split("\n")))
    return lines * size * _LEADING + 2 * PADDING

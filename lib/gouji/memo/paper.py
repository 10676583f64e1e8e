"""What papers are laid out of, in Word as in PDF: headings, paragraphs of marked text, tables with their widths."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from math import ceil

#: The type area of an A4 page with its margins, in points (16 cm), and a cell's padding at each side.
TEXT_WIDTH, PADDING = 453.5, 3.0
#: Sizes of a table's letters, and after how many characters words break in it at the earliest (figures never do):
#: the first that fits is taken.
_SIZES = ((9.0, 6), (8.0, 6), (8.0, 4), (7.0, 4), (7.0, 3), (6.0, 3))
#: The same of heads.
_HEAD_WORDS = 3
#: After so many characters a line is long: longer ones take no more of the width.
_LONG = 34
#: Widths of a Chinese character and of others in sizes; the latter of wide Latin fonts, which replace missing ones.
_WIDE, _NARROW = 1.0, 0.65
#: A table estimated to be no higher than this (in points) stays on one page; a line's height in sizes.
_WHOLE, _LEADING = 150.0, 1.4
#: Characters that make text run the other way: figures would be read backwards.
_TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Mark(StrEnum):
    """How a stretch of text stands out, never by colour alone."""

    PLAIN = ""
    SUSPECT = "suspect"
    OPPOSED = "opposed"
    STRONG = "strong"
    SOFT = "soft"


class Style(StrEnum):
    """What a paragraph is. A lead and a caption stay with what follows."""

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
    """A stretch of text with its mark."""

    text: str
    mark: Mark = Mark.PLAIN


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 1 or 2, on a page of its own (`new_page`) or where it comes. What follows stays on its page."""

    level: int
    text: str
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `kept` on the page of what follows, beyond what its style asks for."""

    style: Style
    spans: tuple[Span, ...]
    kept: bool = False


@dataclass(frozen=True, slots=True)
class PaperCell:
    """A table's cell, covering `colspan` columns: a paragraph for each of `lines`, `align` left, center or right.
    `shaded`: what the figures in question are compared with, and labels."""

    lines: tuple[tuple[Span, ...], ...]
    colspan: int = 1
    align: str = "left"
    shaded: bool = False

    @property
    def text(self) -> str:
        """Its text, lines apart."""
        return "\n".join("".join(span.text for span in line) for line in self.lines)


PaperRow = tuple[PaperCell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `head` is repeated on every page, no row is split; `widths` of its columns in points, `size` of its
    letters. `whole`: it is short enough to stay on one page."""

    head: tuple[PaperRow, ...]
    body: tuple[PaperRow, ...]
    widths: tuple[float, ...]
    size: float
    whole: bool


Block = Heading | Paragraph | Table


def printable(text: str) -> str:
    """Text without what no paper can hold: characters of control, and those that turn text round, become �."""
    if text.isprintable() and _TURNING.isdisjoint(text):
        return text
    return "".join("\ufffd" if _unfit(char) else char for char in "\n".join(text.splitlines()))


def _unfit(char: str) -> bool:
    return char in _TURNING or (char not in "\n\t" and unicodedata.category(char) in ("Cc", "Cs", "Cn", "Co"))


def kept_together(blocks: Iterable[Block]) -> list[Block]:
    """The blocks, each paragraph that leads up to a table or to a caption kept on its page."""
    blocks = list(blocks)
    return [*(_kept(one, after) for one, after in pairwise(blocks)), *blocks[-1:]]


def _kept(one: Block, after: Block) -> Block:
    if not isinstance(one, Paragraph) or one.style not in (Style.BODY, Style.ADVICE):
        return one
    captioned = isinstance(after, Paragraph) and after.style is Style.CAPTION
    return replace(one, kept=captioned or isinstance(after, Table))


def paragraph(style: Style, *spans: Span | str) -> Paragraph:
    """A paragraph of texts and marked spans."""
    return Paragraph(style, tuple(one if isinstance(one, Span) else Span(one) for one in spans if one))


def cell(*lines: str | Span, align: str = "left", colspan: int = 1, shaded: bool = False) -> PaperCell:
    """A cell with a line for each text."""
    told = tuple((one if isinstance(one, Span) else Span(one),) for one in lines)
    return PaperCell(told, colspan, align, shaded)


def spans_cell(*spans: str | Span) -> PaperCell:
    """A cell with one line of texts and marked spans."""
    return PaperCell((tuple(one if isinstance(one, Span) else Span(one) for one in spans if one),))


def figure(text: str, mark: Mark = Mark.PLAIN) -> PaperCell:
    """A cell with a figure, to the right."""
    return cell(Span(text, mark), align="right")


def table(head: Iterable[PaperRow], body: Iterable[PaperRow]) -> Table:
    """A table as wide as the page, its columns as wide as what they hold; figures are not broken, if need be printed
    smaller."""
    head, body = tuple(head), tuple(body)
    rows = (*head, *body)
    count = max((sum(one.colspan for one in row) for row in rows), default=0)
    for size, words in _SIZES:
        least, natural = _demands(rows, count, size, words)
        if sum(least) <= TEXT_WIDTH:
            break
    widths = _shared(least, natural)
    return Table(head, body, widths, size, sum(_height(row, widths, size) for row in rows) <= _WHOLE)


def titles(*names: str) -> PaperRow:
    """A head row."""
    return tuple(cell(Span(name, Mark.STRONG), align="center", shaded=True) for name in names)


def text_width(text: str, size: float) -> float:
    """About how wide a line of text is, in points: a Chinese character is as wide as high."""
    return sum(_WIDE if unicodedata.east_asian_width(char) in "WFA" else _NARROW for char in text) * size


def _demands(rows: Sequence[PaperRow], count: int, size: float, words: int) -> tuple[list[float], list[float]]:
    """The widths each column needs at least, and would have if nothing broke."""
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
    """The page's width shared out: to each column its least; of the rest as much more as it would take more."""
    room = TEXT_WIDTH - sum(least)
    if room <= 0 or sum(natural) <= TEXT_WIDTH:
        whole = least if room <= 0 else natural
        return tuple(TEXT_WIDTH * one / sum(whole) for one in whole)
    part = room / sum(whole - need for need, whole in zip(least, natural, strict=True))
    return tuple(need + (whole - need) * part for need, whole in zip(least, natural, strict=True))


def _height(row: PaperRow, widths: Sequence[float], size: float) -> float:
    """About how high a row is."""
    lines, column = 1, 0
    for one in row:
        width = sum(widths[column : column + one.colspan]) - 2 * PADDING
        column += one.colspan
        lines = max(lines, sum(max(1, ceil(text_width(line, size) / width)) for line in one.text.split("\n")))
    return lines * size * _LEADING + 2 * PADDING

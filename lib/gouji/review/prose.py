"""The sentences of a document as one text, and the way back from its characters to blocks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

from gouji.document.model import Block, BlockKind
from gouji.labels import years_in_digits
from gouji.review.material import Material, quote
from gouji.review.observation import Quote
from gouji.runtime.immutable import immutable

_ENDS = "。；;！？\n"
_COMMAS = "，,"
_BUDGET = re.compile(r"(?P<year>20\d\d)\s*年度?[^，,。；;\d决]{0,30}预算")


@immutable()
class Prose:
    """The blocks that are no tables, their text one line each, years in digits. Searching one text is quicker than
    searching each."""

    text: str
    blocks: tuple[Block, ...]
    starts: tuple[int, ...]

    def block_at(self, at: int) -> Block:
        """The block that a character of the text stands in."""
        return self.blocks[bisect_right(self.starts, at) - 1]

    def quote(self, start: int, end: int, around: int = 0) -> Quote:
        """Characters of the text as a quotation; see `material.quote`."""
        number = bisect_right(self.starts, start) - 1
        return quote(self.blocks[number], start - self.starts[number], end - self.starts[number], around)

    def line(self, at: int) -> int:
        """The first character of the block that a character stands in."""
        return self.starts[bisect_right(self.starts, at) - 1]

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The bounds of the sentence (or the part of one up to a semicolon) around some characters."""
        return self._within(start, end, _ENDS)

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """The same up to commas."""
        return self._within(start, end, _ENDS + _COMMAS)

    def said(self, start: int, end: int) -> str:
        """The sentence around some characters."""
        begins, ends = self.sentence(start, end)
        return self.text[begins:ends]

    def lines(self) -> Iterator[tuple[int, str]]:
        """Each block's text with where it begins."""
        pairs = zip(self.starts, self.blocks, strict=True)
        return ((start, self.text[start : start + len(block.text)]) for start, block in pairs)

    def holding(self, pattern: re.Pattern[str]) -> Iterator[Block]:
        """The blocks in whose text a pattern may match, found in one search of the whole. It may name one in which the
        pattern matches only together with what follows it; it passes over none, if the pattern is compiled with
        MULTILINE and has no negative assertion on what follows a line."""
        at = 0
        while match := pattern.search(self.text, at):
            number = bisect_right(self.starts, match.start()) - 1
            yield self.blocks[number]
            if number + 1 == len(self.starts):
                return
            at = self.starts[number + 1]

    def _within(self, start: int, end: int, marks: str) -> tuple[int, int]:
        first = self.line(start)
        number = bisect_right(self.starts, end) if end < len(self.text) else len(self.starts)
        last = self.starts[number] - 1 if number < len(self.starts) else len(self.text)
        begins = max(first, *(self.text.rfind(mark, first, start) + 1 for mark in marks))
        stops = [at for mark in marks if (at := self.text.find(mark, end, last)) >= 0]
        return begins, min(stops, default=last)


def prose(material: Material) -> Prose:
    """A document's sentences."""
    return prose_of(block for block in material.document.blocks if block.kind is not BlockKind.TABLE)


def prose_of(chosen: Iterable[Block]) -> Prose:
    """The sentences of some blocks."""
    blocks = tuple(chosen)
    starts = (0, *accumulate(len(block.text) + 1 for block in blocks))[: len(blocks)]
    return Prose(years_in_digits("\n".join(block.text for block in blocks)), blocks, starts)


def headed(block: Block) -> str:
    """The titles of the headings that a block stands under."""
    return "".join(heading.title for heading in block.section)


def later_budget(sentence: str, year: int) -> bool:
    """True of a sentence about the budget of one of the next years, which some publish beside the account."""
    return any(year < int(match["year"]) <= year + 2 for match in _BUDGET.finditer(sentence))

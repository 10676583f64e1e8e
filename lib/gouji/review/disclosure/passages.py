"""The parts of a document that disclosure rules go through: its list of contents, its body, its annex."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from gouji.document.model import Block, BlockKind, Document, Heading
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Facts
from gouji.facts.labels import normalise
from gouji.intervals import MONEY_UNITS, unscaled
from gouji.layouts.phrases import load_phrases
from gouji.review.observation import Observation, Outcome
from gouji.review.rule import ReviewRule

#: The list of contents begins among so many blocks.
_FIRST_BLOCKS = 40
#: No entry of a list of contents is longer.
_ENTRY = 60
_SHORT = 12
_NUMBER = re.compile(
    r"^(?:第[一二三四五六七八九十]+部分[:：]?|\(?[一二三四五六七八九十\d]{1,3}[、.．)]+|(?:表|附表|附件)\d*[:：]?)+"
)
_SPACE = re.compile(r"[ \t\u3000\xa0]+")
_FILLER = re.compile("的|情况|说明|关于|部门|单位")
_LEADER = re.compile(r"(?:PAGEREF.*|[.．·…\-—_]{2,}.*|\(?\d{1,3}\)?)$")


def contents_of(document: Document) -> tuple[Sequence[Block], Sequence[Block]]:
    """The blocks of a document's list of contents (none where it has no list) and those of its body."""
    blocks = document.blocks
    first_blocks = enumerate(blocks[:_FIRST_BLOCKS])
    start = next((at for at, one in first_blocks if len(one.text) < _SHORT and normalise(one.text) == "目录"), -1)
    if start < 0:
        return (), blocks
    first = next((at for at in range(start + 1, len(blocks)) if blocks[at].text.strip()), -1)
    if first < 0:
        return (), blocks
    opening = entry_of(blocks[first].text)
    for at in range(first + 1, len(blocks)):
        block = blocks[at]
        if block.kind is BlockKind.TABLE or len(block.text) > _ENTRY:
            break
        if entry_of(block.text) == opening:
            return blocks[first:at], blocks[at:]
    return (), blocks


def entry_of(text: str) -> str:
    """An entry or heading without number, dots, page, and the words that one has and the other lacks."""
    return _FILLER.sub("", _NUMBER.sub("", _LEADER.sub("", normalise(text))))


def in_annex(block: Block) -> bool:
    """True for what stands in the annex, or under the heading of a report."""
    return _chapter(block.section)[0]


def is_narrative(block: Block) -> bool:
    """True for text of the account itself: no table, no annex, no explained term."""
    return block.kind is not BlockKind.TABLE and not any(_chapter(block.section))


def under(block: Block, words: tuple[str, ...]) -> bool:
    """True for what stands under a heading that has one of some words."""
    return _under(block.section, words)


@lru_cache(maxsize=1024)
def _chapter(section: tuple[Heading, ...]) -> tuple[bool, bool]:
    """Whether headings are of the annex, and of explained terms."""
    phrases = load_phrases()
    return _under(section, phrases.annex), _under(section, phrases.excluded)


@lru_cache(maxsize=1024)
def _under(section: tuple[Heading, ...], words: tuple[str, ...]) -> bool:
    return any(word in heading.title for heading in section for word in words)


def shown(fact: Fact) -> str:
    """A figure as printed, with its unit."""
    text = fact.figure.text.strip()
    return text if text.endswith(fact.figure.unit) else f"{text}{fact.figure.unit}"


def in_ten_thousand(fact: Fact) -> str:
    """The amount of a money figure in 万元, without trailing zeros."""
    value = unscaled(fact.amount or 0, "万元").normalize()
    return f"{value:f}万元" if fact.figure.unit in MONEY_UNITS else shown(fact)


def first_amount(facts: Facts, paths: Sequence[str]) -> Fact | None:
    """The first of several cells (concept paths) that is printed with an amount, or stated by a sentence."""
    for path in paths:
        table, _, rest = path.partition("[")
        row, _, column = rest.partition("].")
        if not rest:
            table, _, column = path.partition(".")
        fact = facts.get(table, row, column)
        if fact is not None and fact.figure.printed and fact.amount is not None:
            return fact
        said = _stated(facts, path)
        if said is not None:
            return said
    return None


def _stated(facts: Facts, path: str) -> Fact | None:
    """The final amount that a sentence states of a cell."""
    for fact in facts.statements():
        if fact.claim is not None and fact.claim.measure is Measure.FINAL and fact.claim.topic.key == path:
            return fact if fact.amount is not None else None
    return None


def joined(blocks: Sequence[Block]) -> str:
    """The text of all but tables, spaces left out."""
    return _SPACE.sub("", "\n".join([block.text for block in blocks if block.kind is not BlockKind.TABLE]))


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the sentence around some characters."""
    before = max(text.rfind(mark, 0, start) for mark in "。；\n") + 1
    after = [at for mark in "。；\n" if (at := text.find(mark, end)) >= 0]
    return before, min(after, default=len(text))


def clear(rule: ReviewRule, matter: str) -> Observation:
    """Nothing to ask about a matter."""
    return Observation(rule, matter, Outcome.CLEAR)


def unknown(rule: ReviewRule, matter: str, message: str) -> Observation:
    """A matter on which too little was published."""
    return Observation(rule, matter, Outcome.UNKNOWN, message=message)

"""Divides a document into the parts that disclosure rules go through: its list of contents, its body, its annex."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from gouji.document.marks import NOTE, opens_table
from gouji.document.model import Block, BlockKind, Document, Heading
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Facts
from gouji.labels import normalise
from gouji.layouts.phrases import load_phrases
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome
from gouji.review.prose import Prose, prose_of
from gouji.review.rule import ReviewRule
from gouji.review.word_lists import WORDS
from gouji.runtime.word_lists import any_of

#: The list of contents begins among so many blocks.
_FIRST_BLOCKS = 40
#: No entry of a list of contents is longer.
_ENTRY = 60
_SHORT = 12
_NUMBER = re.compile(
    rf"^(?:第[一二三四五六七八九十]+部分[:：]?|\(?[一二三四五六七八九十\d]{{1,3}}[、.．)]+|(?:{any_of(WORDS.entry_numbers)})[\d一二三四五六七八九十]+[:：、]?)+"
)
_SPACE = re.compile(r"[ \t\u3000\xa0]+")
#: A year of which a digit is missing, or one too many is printed, is asked about as a year.
_FILLER = re.compile(rf"(?<!\d)20\d{{1,3}}年度?|{any_of(WORDS.entry_filler)}")
_LEADER = re.compile(r"(?:PAGEREF.*|[.．·…\-—_]{2,}.*|\(?\d{1,3}\)?)$")


def contents_of(document: Document) -> tuple[Sequence[Block], Sequence[Block]]:
    """Returns the blocks of a document's list of contents (none if it has no list) and those of its body."""
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


def parted(material: Material) -> tuple[Sequence[Block], Sequence[Block]]:
    """Returns the blocks of a document's list of contents, and those of its body."""
    return contents_of(material.document)


def body_text(material: Material) -> str:
    """Returns the text of the body, without spaces."""
    return joined(material.once(parted)[1])


def narrative_text(material: Material) -> str:
    """Returns the text of the narrative, without the list of contents and without spaces."""
    first = material.once(body_begins)
    return joined([block for block in material.once(narrated).blocks if block.index >= first])


def body_begins(material: Material) -> int:
    """Returns the index of the first block behind the list of contents."""
    return len(material.document.blocks) - len(material.once(parted)[1])


def attached(material: Material) -> tuple[Block, ...]:
    """Returns the text that stands in the annex, or under the heading of a report."""
    first = material.once(body_begins)
    return tuple(
        block for annex, _, blocks in material.once(_chapters) if annex for block in blocks if block.index >= first
    )


def beside_annex(material: Material) -> Prose:
    """Returns the text outside the annex."""
    return prose_of(_text(block for annex, _, blocks in material.once(_chapters) if not annex for block in blocks))


def narrated(material: Material) -> Prose:
    """Returns the text of the account itself, without tables, annex and explained terms."""
    kept = (blocks for annex, terms, blocks in material.once(_chapters) if not (annex or terms))
    return prose_of(_text(block for blocks in kept for block in blocks))


def _chapters(material: Material) -> list[tuple[bool, bool, list[Block]]]:
    """Returns the blocks by section, with whether the section belongs to the annex, and to the explained terms."""
    found: list[tuple[bool, bool, list[Block]]] = []
    last = None
    for block in material.document.blocks:
        if block.section is not last or not found:
            last = block.section
            found.append((*_kind_of_chapter(last), []))
        found[-1][2].append(block)
    return found


def entry_of(text: str) -> str:
    """Returns an entry or heading without number, dots, page, and the words that one of the two has and the other
    lacks."""
    return _FILLER.sub("", _NUMBER.sub("", _LEADER.sub("", normalise(text))))


def under(blocks: Iterable[Block], words: tuple[str, ...]) -> Iterator[Block]:
    """Returns the text of the account under headings that have one of some words."""
    return _text(
        _blocks_kept(blocks, lambda section: _has_heading(section, words) and not _kind_of_chapter(section)[0])
    )


def without_notes(blocks: Iterable[Block]) -> Iterator[Block]:
    """Returns the blocks without the notes below tables. A note is about its table, whatever chapter it stands in."""
    below = noted = False
    for block in blocks:
        is_text = block.kind is BlockKind.PARAGRAPH and not opens_table(block.text)
        noted = below and is_text and (noted or bool(NOTE.match(block.text)))
        below = block.kind is BlockKind.TABLE or noted
        if not noted:
            yield block


def _text(blocks: Iterable[Block]) -> Iterator[Block]:
    return (block for block in blocks if block.kind is not BlockKind.TABLE)


def _blocks_kept(blocks: Iterable[Block], keep: Callable[[tuple[Heading, ...]], bool]) -> Iterator[Block]:
    """Returns the blocks of the sections to keep. Consecutive blocks of one section are decided together."""
    last, kept = None, False
    for block in blocks:
        if block.section is not last:
            last, kept = block.section, keep(block.section)
        if kept:
            yield block


@lru_cache(maxsize=1024)
def _kind_of_chapter(section: tuple[Heading, ...]) -> tuple[bool, bool]:
    """Returns whether headings belong to the annex, and to the explained terms."""
    phrases = load_phrases()
    return _has_heading(section, phrases.annex), _has_heading(section, phrases.excluded)


def _has_heading(section: tuple[Heading, ...], words: tuple[str, ...]) -> bool:
    return any(word in heading.title for heading in section for word in words)


def stated(facts: Facts) -> dict[str, Fact]:
    """Returns, by concept path, the first final amount that a sentence states for that cell beyond doubt."""
    found: dict[str, Fact] = {}
    for fact in facts.statements():
        final = fact.claim is not None and fact.claim.measure is Measure.FINAL and not fact.claim.loose
        if fact.claim and final and fact.amount is not None:
            found.setdefault(fact.claim.topic.key, fact)
    return found


def first_amount(facts: Facts, paths: Sequence[str], said: Mapping[str, Fact]) -> Fact | None:
    """Returns the first of several cells (concept paths) that is printed with an amount, or stated by a sentence."""
    for path in paths:
        table, _, rest = path.partition("[")
        row, _, column = rest.partition("].")
        if not rest:
            table, _, column = path.partition(".")
        fact = facts.get(table, row, column)
        if fact is not None and fact.figure.printed and fact.amount is not None:
            return fact
        if path in said:
            return said[path]
    return None


def joined(blocks: Sequence[Block]) -> str:
    """Returns the text of all blocks except tables, without spaces."""
    return _SPACE.sub("", "\n".join([block.text for block in blocks if block.kind is not BlockKind.TABLE]))


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Returns the span of the sentence around some characters."""
    before = max(text.rfind(mark, 0, start) for mark in "。；\n") + 1
    after = [at for mark in "。；\n" if (at := text.find(mark, end)) >= 0]
    return before, min(after, default=len(text))


def clear(rule: ReviewRule, matter: str) -> Observation:
    """Returns the observation that there is nothing to ask about a matter."""
    return Observation(rule, matter, Outcome.CLEAR)


def unknown(rule: ReviewRule, matter: str, message: str) -> Observation:
    """Returns the observation that too little was published to judge a matter."""
    return Observation(rule, matter, Outcome.UNKNOWN, message=message)

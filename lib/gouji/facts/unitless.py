"""Finds the figures of sentences that are printed without their unit (支出合计1673.59，; 占51.63，), or with half of it
(支出合计1673.59万，), where the paragraph prints it elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gouji.document.model import Block, BlockKind, Document, Place
from gouji.facts.claim import BUDGETS, Measure
from gouji.facts.fact import Fact
from gouji.facts.narrative.word_lists import WORDS
from gouji.intervals import RATE_UNITS
from gouji.labels import normalise

_AMOUNTS = (Measure.FINAL, *BUDGETS, Measure.PRIOR, Measure.CHANGE)
_BARE = re.compile(r"\d$")
#: An amount behind whose 万 the 元 is missing; what stands behind it is also a bracket, or the next of several.
_HALVED = re.compile(r"\d\s*[万亿]$")
_MARK_OF_HALVED = re.compile(r"\s*(?:[,，、](?!\s*\d)|[。；;）)（(])")
#: A mark behind a figure, and no further figure behind the mark: of a list of figures only the last has the unit.
_MARK = re.compile(r"\s*(?:[,，](?!\s*\d)|[。；;）)])")
#: What parts a figure from one before it that has its unit too: 12.40、13.50万元.
_LISTED = re.compile(r"(?:\d|万元|亿元|元|%|％)\s*[、和及与，,]\s*$")
_IN_MONEY = re.compile(r"\d\s*(?:万|亿)?元(?![/／])")
_TOLD = re.compile("|".join(WORDS.units_told))
#: Money has at least this many decimals; a number with fewer may count something.
_OF_MONEY = 2


def places_without_unit(document: Document, facts: Iterable[Fact]) -> frozenset[Place]:
    """Returns the places of figures that lack 万元, 元 or %. `facts` are those of the document's sentences.

    None is returned of a section that states its unit once for all (单位：万元), and none of a paragraph in which no
    amount has a unit.
    """
    told = _sections_with_unit(document)
    found: set[Place] = set()
    for fact in facts:
        block = document.blocks[fact.block]
        bare, halved = _BARE.search(fact.figure.text), _HALVED.search(fact.figure.text)
        if block.kind is BlockKind.TABLE or not (bare or halved):
            continue
        if not _ends_clause(fact, block, _MARK_OF_HALVED if halved else _MARK):
            continue
        rate = fact.figure.unit in RATE_UNITS
        if rate or (_is_amount(fact) and block.section not in told and _IN_MONEY.search(block.text)):
            found.add(fact.place)
    return frozenset(found)


def _sections_with_unit(document: Document) -> frozenset[object]:
    return frozenset(one.section for one in document.blocks if _TOLD.search(normalise(one.text)))


def _ends_clause(fact: Fact, block: Block, mark: re.Pattern[str]) -> bool:
    """True for a figure with a mark behind it that is not one of several in a row."""
    start, end = fact.place.start - block.place.start, fact.place.end - block.place.start
    listed = fact.figure.text[:1].isdigit() and _LISTED.search(block.text[:start])
    return not listed and bool(mark.match(block.text, end))


def _is_amount(fact: Fact) -> bool:
    """True for an amount whose words say of what it is one. A number alone must have the decimals of money."""
    claim, figure = fact.claim, fact.figure
    if claim is None or claim.measure not in _AMOUNTS or claim.loose or figure.dimension != "money":
        return False
    return claim.topic.known and (figure.decimals >= _OF_MONEY or bool(_HALVED.search(figure.text)))

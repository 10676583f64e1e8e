"""Questions on money spent on occasions (会议、培训、节庆), beside the occasions and people that the same words
count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from gouji.checks.narrative.spoken import said
from gouji.document.model import Block
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Part
from gouji.facts.shown import shown_amount
from gouji.intervals import MONEY_UNITS
from gouji.review.disclosure.passages import narrated
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome
from gouji.review.reasonableness.rules import Occasion, ReasonablenessRule
from gouji.runtime.word_lists import any_of

_PART = re.compile(r"[^；;。]+")


@cache
def _name_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(any_of(words))


def review_occasions(rule: ReasonablenessRule, material: Material) -> Iterator[Observation]:
    """Yields one observation for each kind of occasion for which a part of a sentence states the money and counts."""
    observed: dict[str, Observation] = {}
    for block in material.once(narrated).blocks:
        for occasion in rule.occasions:
            if not _name_pattern(occasion.words).search(block.text):
                continue
            for money, counts in _money_and_counts(occasion, block, material):
                one = _judge(rule, occasion, money, counts)
                if one.matter not in observed or one.outcome is Outcome.RAISED:
                    observed[one.matter] = one
    yield from observed.values()


def _money_and_counts(occasion: Occasion, block: Block, material: Material) -> Iterator[tuple[Fact, list[Fact]]]:
    """Yields the money of each part of a sentence that names the occasion, with the counts there."""
    facts = material.once(_by_line).get(block.place.line, [])
    for part in _PART.finditer(block.text):
        start, end = block.place.start + part.start(), block.place.start + part.end()
        inside = [fact for fact in facts if start <= fact.place.start < end]
        money = [fact for fact in inside if fact.figure.unit in MONEY_UNITS and said(fact).measure is Measure.FINAL]
        named = [fact for fact in money if _name_pattern(occasion.words).search(said(fact).topic.phrase)]
        if named:
            rest = [fact.place.start for fact in money if fact.place.start > named[0].place.start]
            until = min(rest, default=end)
            counted = [fact for fact in inside if named[0].place.start < fact.place.start < until]
            yield named[0], _counts(occasion, counted)
        elif len(money) == 1 and _name_pattern(occasion.words).search(part.group()) and occasion.before:
            yield money[0], _counts(occasion, [one for one in inside if one.place.start < money[0].place.start])


def _by_line(material: Material) -> dict[int, list[Fact]]:
    found: dict[int, list[Fact]] = {}
    for fact in material.facts:
        certain = fact.part is Part.NARRATIVE and fact.claim is not None and not (fact.claim.aside or fact.claim.loose)
        if certain and fact.amount is not None:
            found.setdefault(fact.place.line, []).append(fact)
    return found


def _counts(occasion: Occasion, facts: Sequence[Fact]) -> list[Fact]:
    counted = [one for one in facts if said(one).measure is Measure.COUNT and one.figure.unit in occasion.units]
    return [
        one for one in counted if not any(word in f"{said(one).words}{said(one).behind}" for word in occasion.unless)
    ]


def _judge(rule: ReasonablenessRule, occasion: Occasion, money: Fact, counts: Sequence[Fact]) -> Observation:
    matter = f"{money.where.partition(' · ')[0]} {occasion.name}"
    some = [one for one in counts if one.amount]
    if not counts or bool(some) == bool(money.amount):
        return Observation(rule, matter, Outcome.CLEAR)
    counted = "、".join(shown_amount(one) for one in (some or counts))
    return Observation(
        rule,
        matter,
        Outcome.RAISED,
        f"{occasion.name}开支{shown_amount(money)}，为何又称{counted}？",
        f"{money.where}称{occasion.name}开支{shown_amount(money)}，所述次数、人数为{counted}：有开支就有次数，有次数一般就有开支。"
        f"{rule.looks}",
        (money.id, *(one.id for one in (some or counts))),
    )

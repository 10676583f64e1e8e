"""Questions on visits and visitors: no visit is without a visitor, and nobody comes without a visit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.checks.narrative.spoken import Spoken, said, spoken
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact
from gouji.facts.shown import shown_amount
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome
from gouji.review.reasonableness.quantities import Amount, amount_of
from gouji.review.reasonableness.rules import Heads, ReasonablenessRule, Said
from gouji.review.word_lists import WORDS
from gouji.runtime.word_lists import any_of

#: A name as short as this says nothing.
_SHORTEST = 2
_COUNTED = re.compile(f"(?:{any_of(WORDS.counted)})+$")


def review_heads(rule: ReasonablenessRule, material: Material) -> Iterator[Observation]:
    """Yields one observation for each subject for which a sentence counts visits and, next, persons."""
    observed: dict[str, Observation] = {}
    for heads in rule.heads:
        for few, many in _pairs(heads, material):
            one = _judge(rule, heads, few, many, heads.both or _cost_nothing(heads, material))
            if one.matter not in observed or one.outcome is Outcome.RAISED:
                observed[one.matter] = one
    yield from observed.values()


def _pairs(heads: Heads, material: Material) -> Iterator[tuple[Fact, Fact]]:
    index = spoken(material.facts)
    for few in index.of(Measure.COUNT):
        if counts(few, heads.visits) and (many := _counted_next(index, few, heads)) and counts(many, heads.persons):
            yield few, many


def _counted_next(index: Spoken, few: Fact, heads: Heads) -> Fact | None:
    """Returns the next count of persons in a sentence for the same subject, or for one that always belongs to the
    visits before (来宾). Counts of a part may stand between, in brackets:
    15批次（其中外事接待0批次），105人次（其中外事接待0人次）."""
    later = [one for one in index.sentence(said(few)) if said(one).order > said(few).order]
    alike = [
        one
        for one in later
        if _is_one_subject(few, one) or _is_named_shortly(few, one) or said(one).topic.phrase in heads.guests
    ]
    many = alike[0] if alike else None
    between = later[: later.index(many)] if many else []
    return many if said(few).bracketed or all(said(one).bracketed for one in between) else None


def counts(fact: Fact, what: Said) -> bool:
    """True for an exact count of what a rule's words name."""
    claim = said(fact)
    if claim.measure is not Measure.COUNT or claim.loose or fact.figure.unit not in what.units or fact.amount is None:
        return False
    words = f"{claim.topic.phrase}{claim.words}"
    return any(word in words for word in what.words) and not any(word in words for word in what.unless)


def _is_one_subject(few: Fact, many: Fact) -> bool:
    """True if a sentence counts both for one subject: 国内公务接待批次…，国内公务接待人次…."""
    names = {_COUNTED.sub("", said(one).topic.phrase) for one in (few, many)}
    return said(few).sentence == said(many).sentence and len(names) == 1


def _is_named_shortly(few: Fact, many: Fact) -> bool:
    """True for 国内公务接待315批次, 接待人次36人, neither in brackets: the second is of what the first is of."""
    if said(few).sentence != said(many).sentence or said(few).bracketed or said(many).bracketed:
        return False
    name, short = (_COUNTED.sub("", said(one).topic.phrase) for one in (few, many))
    return len(short) >= _SHORTEST and name.endswith(short)


def _cost_nothing(heads: Heads, material: Material) -> bool:
    spent = amount_of(heads.of, heads.of, material) if heads.of else None
    return isinstance(spent, Amount) and bool(spent.figures) and not spent.amount


def _judge(rule: ReasonablenessRule, heads: Heads, few: Fact, many: Fact, both: bool) -> Observation:
    name = _COUNTED.sub("", few.row_name) or few.row_name
    matter = f"{few.where.partition(' · ')[0]} {name}{heads.visits.name}"
    nobody = both and not few.amount and bool(many.amount)
    if (few.amount or 0) <= (many.amount or 0) and not nobody:
        return Observation(rule, matter, Outcome.CLEAR)
    counts = f"{few.row_name if few.figure.unit == '个' else name}{shown_amount(few)}、{shown_amount(many)}"
    why = f"没有{heads.visits.name}就没有{heads.persons.name}" if nobody else f"{heads.visits.name}至少各有一人"
    return Observation(
        rule,
        matter,
        Outcome.RAISED,
        f"{counts}，{why}，哪一个数有误？",
        f"{few.where}称{counts}：{why}。{rule.looks}",
        (few.id, many.id),
    )

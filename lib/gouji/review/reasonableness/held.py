"""Questions on a part counted in one place, beside the whole counted in another: no more official vehicles than
vehicles."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.narrative.spoken import Spoken, said, spoken
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact
from gouji.facts.shown import shown_amount
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome
from gouji.review.reasonableness.heads import counts
from gouji.review.reasonableness.rules import Held, ReasonablenessRule, Said


def review_held(rule: ReasonablenessRule, material: Material) -> Iterator[Observation]:
    """Yields one observation for each part and whole that the document counts, wherever it does."""
    for held in rule.held:
        parts, wholes = (_counts_of(what, rule, material) for what in (held.part, held.whole))
        pair = next(((part, whole) for whole in wholes for part in parts if _is_near(held, part, whole)), None)
        if pair:
            yield _judge(rule, held, *pair)


def _counts_of(what: Said, rule: ReasonablenessRule, material: Material) -> list[Fact]:
    """Returns its counts that are no part of another count."""
    index = spoken(material.facts)
    counted = (fact for fact in index.of(Measure.COUNT) if counts(fact, what) and not _is_part_of_count(index, fact))
    return [fact for fact in counted if not any(word in fact.quote for word in rule.unless)]


def _is_near(held: Held, part: Fact, whole: Fact) -> bool:
    return not held.near or said(part).paragraph == said(whole).paragraph


def _is_part_of_count(index: Spoken, fact: Fact) -> bool:
    """True in a list of what is itself counted; false in a list of what money was spent on
    (公务用车运行维护费6万元，公务用车保有量12辆)."""
    whole = said(fact).whole
    return whole is not None and (not whole.known or bool(index.local(whole, (Measure.COUNT,), said(fact))))


def _judge(rule: ReasonablenessRule, held: Held, part: Fact, whole: Fact) -> Observation:
    matter = f"{held.part.name}与{held.whole.name}"
    if (part.amount or 0) <= (whole.amount or 0):
        return Observation(rule, matter, Outcome.CLEAR)
    return Observation(
        rule,
        matter,
        Outcome.RAISED,
        f"{held.part.name}{shown_amount(part)}，为何多于{held.whole.name}{shown_amount(whole)}？",
        f"{part.where}称{held.part.name}{shown_amount(part)}，{whole.where}称{held.whole.name}只有{shown_amount(whole)}。{rule.looks}",
        (part.id, whole.id),
    )

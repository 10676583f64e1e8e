"""Questions on what an evaluation says about scores, and about the problems it found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gouji.checks.narrative.spoken import Spoken, said, spoken
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact
from gouji.facts.shown import shown_amount
from gouji.intervals import SCALE
from gouji.review.disclosure.passages import body_text
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome
from gouji.review.reasonableness.rules import ReasonablenessRule
from gouji.runtime.word_lists import any_of

_FULL = re.compile(r"(?:满分|总分)[^\d。；]{0,4}(\d{2,4})分?")
#: 90（含）-100分为“优”, 90分以上的为优: the lowest score of the best grade.
_BEST = re.compile(
    r"(?<!\d)(?P<least>\d{2})分?(?:[(（]含[)）])?(?:及?以上|[-—–~～至到]+100)分?(?:[(（]含[)）])?[^\d，。；]{0,6}?[为是：:“”]*优"
)
_BEST_GRADE = re.compile('[为“"]优(?!良)')
_OTHER_GRADE = re.compile('[为“"](?:优?良|中|差|一般|较差|不?合格|基本合格)')
_HUNDRED = 100
_PAIR = 2


def review_scores(rule: ReasonablenessRule, material: Material) -> Iterator[Observation]:
    """Yields one observation for each average score. It asks about a score above the full mark, and about one below the
    best grade if all projects are said to have that grade and the text says where it begins."""
    text = material.once(body_text)
    full = max((int(one) for one in _FULL.findall(text)), default=_HUNDRED)
    best = {int(match["least"]) for match in _BEST.finditer(text)}
    index = spoken(material.facts)
    for fact in index.claims:
        if not _is_score(fact, rule):
            continue
        matter = f"{fact.where.partition(' · ')[0]} {fact.row_name or said(fact).topic.phrase}"
        score, name = fact.amount or 0, said(fact).topic.phrase
        if score > max(full, _HUNDRED) * SCALE:
            why = f"高于满分{max(full, _HUNDRED)}分"
        elif len(best) == 1 and score < min(best) * SCALE and _are_all_best(index, fact):
            why = f"而各项目等级都是“优”，“优”为{min(best)}分以上"
        else:
            yield Observation(rule, matter, Outcome.CLEAR)
            continue
        yield Observation(
            rule,
            matter,
            Outcome.RAISED,
            f"{name}{shown_amount(fact)}，{why}，哪一个数有误？",
            f"{fact.where}称{name}{shown_amount(fact)}，{why}。{rule.looks}",
            (fact.id,),
        )


def _is_score(fact: Fact, rule: ReasonablenessRule) -> bool:
    claim = said(fact)
    if fact.figure.unit != "分" or claim.measure is not Measure.COUNT:
        return False
    words = f"{claim.topic.phrase}{claim.words}"
    named = any(word in words for word in rule.words) and not any(word in words for word in rule.unless)
    return named and (fact.amount or 0) > 0


def _are_all_best(index: Spoken, fact: Fact) -> bool:
    """True if its sentence counts projects with the grade 优 and none with another."""
    counts = [one for one in index.sentence(said(fact)) if said(one).measure is Measure.COUNT and one is not fact]
    best = [one for one in counts if _BEST_GRADE.search(said(one).words) and one.amount]
    return bool(best) and not any(one.amount for one in counts if _OTHER_GRADE.search(said(one).words))


def review_resolved(rule: ReasonablenessRule, material: Material) -> Iterator[Observation]:
    """Yields one observation for each sentence that counts the problems found (`words`), those corrected and those
    being corrected (`totals`): they must add up."""
    index = spoken(material.facts)
    for fact in index.of(Measure.COUNT):
        if not re.search(any_of(rule.words), said(fact).words):
            continue
        later = [one for one in index.sentence(said(fact)) if said(one).order > said(fact).order]
        parts = [one for one in later if _is_part(one, fact, rule)]
        if len(parts) == _PAIR:
            yield _judge_resolved(rule, fact, parts)


def _is_part(one: Fact, whole: Fact, rule: ReasonablenessRule) -> bool:
    claim = said(one)
    counted = claim.measure is Measure.COUNT and one.figure.unit == whole.figure.unit and one.amount is not None
    return counted and bool(re.search(any_of(rule.totals), claim.words))


def _judge_resolved(rule: ReasonablenessRule, whole: Fact, parts: Sequence[Fact]) -> Observation:
    matter = f"{whole.where.partition(' · ')[0]} {said(whole).topic.phrase}"
    if sum(one.amount or 0 for one in parts) == whole.amount:
        return Observation(rule, matter, Outcome.CLEAR)
    listed = "、".join(f"{said(one).topic.phrase}{shown_amount(one)}" for one in parts)
    name = f"{said(whole).topic.phrase}{shown_amount(whole)}"
    return Observation(
        rule,
        matter,
        Outcome.RAISED,
        f"{name}，{listed}，为何不相等？",
        f"{whole.where}称{name}，而{listed}，两项之和与发现的问题数不等。{rule.looks}",
        (whole.id, *(one.id for one in parts)),
    )

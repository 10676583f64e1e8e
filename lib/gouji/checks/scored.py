"""Pairs the points that an indicator can get with those that it got (产出指标40分，得38.5分); reads runs of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from gouji.checks.narrative.spoken import Spoken, said, spoken
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Facts
from gouji.intervals import RATE_UNITS, SCALE
from gouji.runtime.immutable import immutable
from gouji.runtime.word_lists import any_of

POINTS = "分"
#: All points that a scheme of indicators usually has.
FULL = 100 * SCALE
_FEWEST = 2
#: Weights and scores are counts, or limits that are no counts; a target of points or last year's are neither.
_WEIGHTS = (Measure.COUNT, Measure.OTHER, Measure.FINAL)
#: What a score is called right behind its weight, and how it may be worked out.
_SCORE = re.compile(f"(?:(?:按|根据|依据|经|实际|折算|计算)[^，。；]*)?(?:{any_of(WORDS.scored)})")
_NOT_SCORED = ("得", "得分", "评分", "总分")


@immutable()
class Pair:
    """The points that an indicator can get, and those that it got."""

    weight: Fact
    score: Fact


@lru_cache(maxsize=4)
def pairs(facts: Facts) -> tuple[Pair, ...]:
    """Returns the pairs of a document's text, in printed order."""
    index = spoken(facts)
    found: list[Pair] = []
    used = -1
    for fact in index.claims:
        pair = _pair_at(index, fact) if said(fact).order > used else None
        if pair:
            found.append(pair)
            used = max(said(pair.weight).order, said(pair.score).order)
    return tuple(found)


def _pair_at(index: Spoken, fact: Fact) -> Pair | None:
    """Returns the pair that begins with a figure: weight and score, or a score with its weight behind it
    (满分20分; 19.2分（20分）).
    A rate by which the score was worked out may stand between them (满分20分，按执行率97%折算得19.4分)."""
    other = index.at(said(fact).order + 1)
    if other is not None and other.figure.unit in RATE_UNITS and other.quote == fact.quote:
        other = index.at(said(fact).order + 2)
    if other is None or said(other).sentence != said(fact).sentence or not (_is_points(fact) and _is_points(other)):
        return None
    if said(fact).measure not in _WEIGHTS or said(other).measure not in _WEIGHTS:
        return None
    if _SCORE.match(said(other).words) and (not _is_scored(fact) or fact.amount == FULL):
        return Pair(fact, other)
    behind = said(other).words.endswith(WORDS.most_points) or _is_in_bracket(fact, other)
    return Pair(other, fact) if behind and _is_scored(fact) else None


def _is_in_bracket(score: Fact, weight: Fact) -> bool:
    """True for 19.2分（20分）: the points that there can be, in brackets right behind the score."""
    together = (f"{score.figure.text}{one}{weight.figure.text}" for one in "（(")
    return not said(weight).words and any(one in score.quote for one in together)


def _is_points(fact: Fact) -> bool:
    known = fact.figure.unit == POINTS and fact.amount is not None and fact.figure.printed
    return known and said(fact).loose != "约数" and not said(fact).aside and not is_deducted(fact)


def _is_scored(fact: Fact) -> bool:
    words = said(fact).words.rstrip("为是达约")
    return words.startswith(WORDS.scored) or words.endswith(_NOT_SCORED)


def is_deducted(fact: Fact) -> bool:
    """True for points taken off: 时效指标扣0.5分."""
    return fact.figure.unit == POINTS and any(word in said(fact).words for word in WORDS.deducted)


@lru_cache(maxsize=4)
def scores_of_parts(facts: Facts) -> frozenset[int]:
    """Returns the ids of weights and scores that are not those of a whole scheme: its score stands elsewhere."""
    parts = (one for one in pairs(facts) if one.weight.amount != FULL)
    return frozenset(fact.id for one in parts for fact in (one.weight, one.score))


def schemes(facts: Facts) -> Iterator[tuple[Fact, Sequence[Pair]]]:
    """Yields each score with the pairs of its parts, two or more in one sentence right behind it."""
    index = spoken(facts)
    runs: dict[int, list[Pair]] = {}
    for one in pairs(facts):
        if one.weight.amount != FULL:
            runs.setdefault(said(one.weight).sentence, []).append(one)
    for run in runs.values():
        whole = _score_before(index, run[0]) if len(run) >= _FEWEST else None
        if whole:
            yield whole, run


def _score_before(index: Spoken, first: Pair) -> Fact | None:
    """Returns the points right before a run of pairs, if they are a score: 自评得分97.4分，等级为优。其中…."""
    start = min(said(first.weight).order, said(first.score).order)
    before = index.at(start - 1)
    if before is not None and before.amount == FULL:
        before = index.at(start - 2)  # 自评得分95分（满分100分）
    if before is None or not _is_points(before) or not _is_scored(before):
        return None
    return before if said(first.weight).paragraph - said(before).paragraph <= 1 else None


def points(facts: Sequence[Fact]) -> int:
    """Returns the sum of points."""
    return sum(one.amount or 0 for one in facts)

"""Checks the parts of a score that one sentence states: 得分94.5分，其中投入10分、得分9.5分，过程40分、得分35分…; and
the mean of scores in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gouji.checks.check import UNNUMBERED, Check, term_of
from gouji.checks.narrative.spoken import Spoken, said, spoken, usable
from gouji.checks.rules import Rule
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Facts
from gouji.intervals import Verdict
from gouji.labels import normalise
from gouji.layouts.phrases import load_phrases
from gouji.runtime.immutable import immutable
from gouji.runtime.word_lists import any_of

_SCORE = re.compile(f"(?:{any_of(WORDS.part_scores)})为?$")
_GOT = re.compile(f"(?:{any_of((*WORDS.part_scores, *WORDS.scored))})为?$")
_POINTS = "分"
_FEWEST = 2
#: Why a figure of a row behind 分别 may not be used alone.
_IN_ROW = ("", "与前文各项不能一一对应")


@immutable()
class _Part:
    """An indicator with the points that it can have and those that it got."""

    name: str
    most: Fact
    score: Fact


def score_parts(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks that a score is the sum of the scores behind it, each next to its indicator's weight. The indicators must
    be all of a known scheme (投入、过程、产出、效果)."""
    index = spoken(facts)
    for whole in index.of(Measure.COUNT):
        parts = _parts_behind(index, whole)
        if _SCORE.search(said(whole).topic.phrase) and _are_scheme(parts):
            sides = term_of(whole), tuple((1, one.score.id) for one in parts)
            yield Check(UNNUMBERED, rule, whole.named, "=", *sides, defines=True, verdict=Verdict.CONSISTENT)


def scores_at_most(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks that no part of a score is more than its indicator can have."""
    index = spoken(facts)
    for whole in index.of(Measure.COUNT):
        for one in _parts_behind(index, whole):
            yield Check(
                UNNUMBERED,
                rule,
                one.score.named,
                "<=",
                term_of(one.score),
                term_of(one.most),
                verdict=Verdict.CONSISTENT,
            )


def row_means(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks a mean right behind scores in a row, as many as there are projects:
    3个项目得分分别为95分、92分和98分，平均得分95分."""
    index = spoken(facts)
    for fact in index.of(Measure.COUNT):
        row = _row_before(index, fact) if _is_mean(fact) else []
        if len(row) >= _FEWEST:
            sides = ((len(row), fact.id),), tuple((1, one.id) for one in row)
            yield Check(UNNUMBERED, rule, fact.named, "=", *sides, verdict=Verdict.CONSISTENT)


def _is_mean(fact: Fact) -> bool:
    words = normalise(said(fact).words).removeprefix("项目")
    return fact.figure.unit == _POINTS and words.startswith(WORDS.means)


def _row_before(index: Spoken, mean: Fact) -> list[Fact]:
    """Returns the scores right before a mean, if the projects counted right before them are as many."""
    before = [one for one in index.sentence(said(mean)) if said(one).order < said(mean).order]
    count = next((one for one in reversed(before) if one.figure.unit != _POINTS), None)
    row = [one for one in before if count is not None and said(one).order > said(count).order]
    stated = all(said(one).loose in _IN_ROW and one.amount is not None for one in row)
    several = bool(row) and "分别" in said(row[0]).words
    return row if several and stated and count and count.figure.value == len(row) else []


def _parts_behind(index: Spoken, whole: Fact) -> list[_Part]:
    """Returns the parts of a score that a list behind it gives with their weights; none if it holds anything else."""
    points = _points_behind(index, whole)
    pairs = list(zip(points[::2], points[1::2], strict=False))
    if len(points) < 2 * _FEWEST or len(points) % 2:
        return []
    if all(_is_score(score) and not _is_score(most) for most, score in pairs):
        return [_Part(said(most).words, most, score) for most, score in pairs]
    if all(_is_score(score) and _is_in_bracket(score, most) for score, most in pairs):
        return [_Part(said(score).words, most, score) for score, most in pairs]
    return []


def _is_score(fact: Fact) -> bool:
    return bool(_GOT.search(normalise(said(fact).words)))


def _is_in_bracket(score: Fact, most: Fact) -> bool:
    """True for 19.2分（20分）: the points that there can be, in brackets right behind the score."""
    return any(f"{score.figure.text}{one}{most.figure.text}" in score.quote for one in "（(") and not said(most).words


def _points_behind(index: Spoken, whole: Fact) -> list[Fact]:
    """Returns the points of a list that belongs to the score before it; none if it holds anything else."""
    if whole.figure.unit != _POINTS or said(whole).group >= 0:
        return []
    behind = [one for one in index.sentence(said(whole)) if said(one).order > said(whole).order]
    own = [one for one in behind if (part := said(one).whole) and part.key == said(whole).topic.key]
    return own if all(one.figure.unit == _POINTS and usable(one) for one in own) else []


def _are_scheme(parts: Sequence[_Part]) -> bool:
    """True for the indicators of a whole scheme."""
    names = [one.name for one in parts]
    return bool(parts) and any(
        len(names) == len(scheme) and all(sum(word in name for name in names) == 1 for word in scheme)
        for scheme in load_phrases().scores
    )

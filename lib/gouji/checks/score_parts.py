"""Checks the points that sentences state for parts of a score: 得分94.5分，其中投入10分、得9.5分，过程40分、得35分;
and the mean of scores in a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.checks.check import UNNUMBERED, Check, term_of
from gouji.checks.narrative.spoken import Spoken, doubt, said, spoken
from gouji.checks.rules import Rule
from gouji.checks.scored import FULL, POINTS, Pair, pairs, points, schemes
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Facts
from gouji.intervals import Verdict
from gouji.labels import normalise
from gouji.layouts.phrases import load_phrases

#: So many parts that add up to a score are all of its parts.
_TELLING = 3
_FEWEST = 2
#: Why a figure of a row behind 分别 may not be used alone.
_IN_ROW = ("", "与前文各项不能一一对应")


def score_parts(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks that a score is the sum of the scores behind it. They must be all of its parts: their weights add up to
    100, or they are those of a known scheme (投入、过程、产出、效果)."""
    for whole, run in schemes(facts):
        if points([one.weight for one in run]) == FULL or _is_known(run):
            sides = term_of(whole), tuple((1, one.score.id) for one in run)
            yield Check(UNNUMBERED, rule, whole.named, "=", *sides, defines=True, verdict=Verdict.CONSISTENT)


def _is_known(run: Sequence[Pair]) -> bool:
    names = [said(one.weight).topic.phrase for one in run]
    return any(
        len(names) == len(scheme) and all(sum(word in name for name in names) == 1 for word in scheme)
        for scheme in load_phrases().scores
    )


def part_weights(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Asks about weights that do not add up to 100, if their scores add up to the score of the whole."""
    for whole, run in schemes(facts):
        complete = len(run) >= _TELLING and points([one.score for one in run]) == whole.amount
        weights = [one.weight for one in run]
        if complete and (whole.amount or 0) <= FULL:
            yield doubt(rule, whole.named, weights, points(weights) != FULL)


def part_limits(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks that no indicator got more points than it can get."""
    for one in pairs(facts):
        sides = term_of(one.score), term_of(one.weight)
        yield Check(UNNUMBERED, rule, one.score.named, "<=", *sides, verdict=Verdict.CONSISTENT)


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
    return fact.figure.unit == POINTS and words.startswith(WORDS.means)


def _row_before(index: Spoken, mean: Fact) -> list[Fact]:
    """Returns the scores right before a mean, if the projects counted right before them are as many."""
    before = [one for one in index.sentence(said(mean)) if said(one).order < said(mean).order]
    count = next((one for one in reversed(before) if one.figure.unit != POINTS), None)
    row = [one for one in before if count is not None and said(one).order > said(count).order]
    stated = all(said(one).loose in _IN_ROW and one.amount is not None for one in row)
    several = bool(row) and "分别" in said(row[0]).words
    return row if several and stated and count and count.figure.value == len(row) else []

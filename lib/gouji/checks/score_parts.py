"""Checks the points that sentences state for parts of a score: 得分94.5分，其中投入10分、得9.5分，过程40分、得35分."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.checks.check import UNNUMBERED, Check, term_of
from gouji.checks.narrative.spoken import doubt, said
from gouji.checks.rules import Rule
from gouji.checks.scored import FULL, Pair, pairs, points, schemes
from gouji.facts.fact import Facts
from gouji.intervals import Verdict
from gouji.layouts.phrases import load_phrases

#: So many parts that add up to a score are all of its parts.
_TELLING = 3


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

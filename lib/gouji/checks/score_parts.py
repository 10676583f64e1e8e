"""Checks the parts of a score that one sentence states: 得分94.5分，其中投入10分、得分9.5分，过程40分、得分35分…."""

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
from gouji.layouts.phrases import load_phrases
from gouji.runtime.word_lists import any_of

_SCORE = re.compile(f"(?:{any_of(WORDS.part_scores)})为?$")


def score_parts(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks that a score is the sum of the scores behind it, each next to its indicator's weight. The indicators must
    be all of a known scheme (投入、过程、产出、效果)."""
    index = spoken(facts)
    for whole in index.of(Measure.COUNT):
        points = _points_behind(index, whole)
        if _SCORE.search(said(whole).topic.phrase) and (scores := _scores(points)):
            sides = term_of(whole), tuple((1, one.id) for one in scores)
            yield Check(UNNUMBERED, rule, whole.named, "=", *sides, defines=True, verdict=Verdict.CONSISTENT)


def _points_behind(index: Spoken, whole: Fact) -> list[Fact]:
    """Returns the points of a list that belongs to the score before it; none if it holds anything else."""
    if whole.figure.unit != "分" or said(whole).group >= 0:
        return []
    behind = [one for one in index.sentence(said(whole)) if said(one).order > said(whole).order]
    own = [one for one in behind if (part := said(one).whole) and part.key == said(whole).topic.key]
    return own if all(one.figure.unit == "分" and usable(one) for one in own) else []


def _scores(points: Sequence[Fact]) -> Sequence[Fact]:
    """Returns every second of the points, if weights and scores alternate and the weights are those of a whole
    scheme."""
    weights, scores = points[::2], points[1::2]
    paired = len(weights) == len(scores) and all(said(one).topic.phrase in WORDS.part_scores for one in scores)
    names = [said(one).topic.phrase for one in weights]
    whole = any(
        len(names) == len(scheme) and all(sum(word in name for name in names) == 1 for word in scheme)
        for scheme in load_phrases().scores
    )
    return scores if paired and whole else ()

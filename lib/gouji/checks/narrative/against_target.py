"""Checks the words 高于目标值, 低于目标值 with the two numbers beside them: 抽检合格率97.1%，高于目标值98%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from gouji.checks.check import Check
from gouji.checks.narrative.spoken import said, spoken, usable
from gouji.checks.rules import Rule
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Facts
from gouji.intervals import Verdict
from gouji.runtime.word_lists import any_of

_RESULTS = (Measure.OTHER, Measure.COUNT)


def against_targets(rule: Rule, facts: Facts) -> Iterator[Check]:
    """A result said to be above its target is not below it, and the other way round. The result is the number right
    before, of the same thing in the same unit."""
    index = spoken(facts)
    for target in index.of(Measure.TARGET):
        word = _word(target)
        result = index.at(said(target).order - 1)
        if not word or result is None or not _is_result(result, target):
            continue
        less, more = (target, result) if word in WORDS.above_target else (result, target)
        yield Check(-1, rule, result.named, "<=", ((1, less.id),), ((1, more.id),), verdict=Verdict.CONSISTENT)


def _word(target: Fact) -> str:
    match = _compared().search(said(target).words)
    return match["word"] if match and usable(target) else ""


@cache
def _compared() -> re.Pattern[str]:
    words = any_of((*WORDS.above_target, *WORDS.below_target))
    return re.compile(rf"^(?P<word>{words})(?:了)?(?:{any_of(WORDS.of_target)})+(?:的|为|[(（])?$")


def _is_result(result: Fact, target: Fact) -> bool:
    claim, of = said(result), said(target)
    alike = claim.topic.key == of.topic.key and result.figure.unit == target.figure.unit
    return alike and claim.sentence == of.sentence and claim.measure in _RESULTS and result.amount is not None

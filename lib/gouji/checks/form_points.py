"""Checks what a self-evaluation form prints beside its scores: points taken off, and rates of scores."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.check import UNNUMBERED, Check, term_of
from gouji.checks.rules import Rule
from gouji.facts.fact import Fact, Facts
from gouji.intervals import RATE_UNITS, Verdict


def deducted(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks that score and points taken off (扣分) make up the weight, in each row of indicators and in their sum."""
    for weight, score, off in _rows(facts, "deducted"):
        sides = term_of(weight), ((1, score.id), (-1 if (off.amount or 0) < 0 else 1, off.id))
        yield Check(UNNUMBERED, rule, off.where, "=", *sides, defines=True, verdict=Verdict.CONSISTENT)


def score_rates(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks that each 得分率 is score ÷ weight."""
    for weight, score, rate in _rows(facts, "score_rate"):
        if rate.figure.unit in RATE_UNITS and weight.amount:
            sides = term_of(rate), term_of(score)
            yield Check(UNNUMBERED, rule, rate.where, "=", *sides, per=term_of(weight), verdict=Verdict.CONSISTENT)


def _rows(facts: Facts, column: str) -> Iterator[tuple[Fact, Fact, Fact]]:
    """Yields weight, score and the figure of a column for each row that prints all three."""
    for key in facts.forms:
        for row in facts.rows(key, column):
            cells = [facts.get(key, row, one) for one in ("weight", "score", column)]
            printed = [one for one in cells if one and one.figure.printed and one.amount is not None]
            if len(printed) == len(cells) and not any(one.repeated for one in printed):
                yield printed[0], printed[1], printed[2]

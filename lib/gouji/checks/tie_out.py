"""Turns facts into checks: binds every rule, solves the system once, and gives every instance its verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from gouji.checks.batch import Batch
from gouji.checks.bind import bind
from gouji.checks.check import Check, Checks
from gouji.checks.form import form_checks
from gouji.checks.judge import judge
from gouji.checks.malformed import not_joined, without_doubtful
from gouji.checks.parts import count_parts
from gouji.checks.ratio import Ratio, holds, is_cut_off, is_exact
from gouji.checks.rules import Rule, load_rules, rule
from gouji.checks.system import build_system
from gouji.facts.fact import Facts
from gouji.intervals import RATE_UNITS, VERDICTS, Verdict, judge_equal, judge_relation, tie_agreement


class _Outcome(NamedTuple):
    """What `judge` says of one check of the document."""

    code: int
    residual: int
    tolerance: int
    agreement: int
    omitted: bool
    tie: bool


def tie_out(facts: Facts, rules: tuple[Rule, ...] | None = None) -> Checks:
    """Checks `facts` by `rules` (default: all packaged ones), in exact arithmetic.

    What a document lacks raises nothing: its checks end as `unbound` or `not_checked`.
    """
    rules = load_rules() if rules is None else rules
    judged = without_doubtful(_bind_and_evaluate(rules, facts), facts, lambda read: _bind_and_evaluate(rules, read))
    return Checks(facts, (*judged, *form_checks(rules, facts, len(judged))))


def _bind_and_evaluate(rules: tuple[Rule, ...], facts: Facts) -> list[Check]:
    return evaluate(not_joined(bind(rules, facts), facts), facts)


def evaluate(bound: Sequence[Check], facts: Facts) -> list[Check]:
    """Returns bound checks with their verdicts: one sparse product, then each verdict."""
    judged = zip(bound, _judge_as_batch(bound, facts), strict=True)
    return [
        _judge(check, _Outcome(*outcome), facts) if check.made and check.terms else check for check, outcome in judged
    ]


def _judge_as_batch(bound: Sequence[Check], facts: Facts) -> Iterator[tuple[int, int, int, int, bool, bool]]:
    """Judges the document as a batch of one."""
    parts = np.ones((len(facts), 1), dtype=np.int64)
    for fact, count in count_parts(bound, facts).items():
        parts[fact] = count
    judged = judge(build_system(bound, facts.facts), Batch.of([facts.facts]), parts)
    arrays = (judged.codes, judged.residuals, judged.tolerances, judged.agreements, judged.omitted, judged.ties)
    return zip(*(array[:, 0].tolist() for array in arrays), strict=True)


def _judge(check: Check, outcome: _Outcome, facts: Facts) -> Check:
    if check.per:
        return _judge_quotient(check, facts)
    if check.claims or check.constant:
        residual = outcome.residual + check.constant
        return (
            _judge_alike(check, facts, residual) if check.tie else _judge_relation(check, residual, outcome.tolerance)
        )
    if check.times > 1:
        return _judge_relation(check, outcome.residual, check.times * outcome.tolerance)
    return check.judged(
        residual=outcome.residual,
        tolerance=outcome.tolerance,
        agreement=outcome.agreement,
        tie=outcome.tie,
        verdict=VERDICTS[outcome.code],
        reason="一方未填列" if outcome.omitted else check.reason,
        blank=outcome.omitted,
    )


def _judge_quotient(check: Check, facts: Facts) -> Check:
    """Judges a percentage. It is wrong if no true values give it. Cut off by less than one unit of its last digit, it
    is a matter of form."""
    ratio = Ratio.of(check, facts)
    truth = ratio.truth
    residual = 0 if truth is None else round(ratio.p - truth)
    if is_exact(ratio):
        return check.judged(residual=residual, verdict=Verdict.CONSISTENT)
    if holds(ratio):
        return check.judged(residual=residual, verdict=Verdict.ROUNDING)
    conflict = check.judged(residual=residual, verdict=Verdict.CONFLICT)
    percent = facts.facts[ratio.figure].figure.unit in RATE_UNITS
    return conflict.judged(rule=rule("narrative.cut_off")) if percent and is_cut_off(ratio) else conflict


def _judge_alike(check: Check, facts: Facts, residual: int) -> Check:
    """Judges two amounts that words call the same. Printed with one precision, they must agree to the digit."""
    one, other = (np.array(facts.facts[number].radius) for _, number in check.terms)
    met = int(tie_agreement(one, other))
    verdict = judge_equal(residual, met, met)
    return check.judged(residual=residual, tolerance=met, agreement=met, verdict=verdict)


def _judge_relation(check: Check, residual: int, tolerance: int) -> Check:
    """Judges a direction in words, a total of 100 %, or a sum of changes."""
    verdict = judge_relation(check.operator, residual, tolerance)
    return check.judged(residual=residual, tolerance=tolerance, verdict=verdict)

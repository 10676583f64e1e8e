"""What a percentage may be of: the pairs of figures its words allow, and the one that is judged."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.checks.check import Check, Terms
from gouji.checks.narrative.spoken import unbound
from gouji.checks.ratio import Ratio, holds
from gouji.checks.rules import Rule
from gouji.facts.fact import Fact, Facts
from gouji.intervals import Verdict

#: A reading of a percentage: numerator and denominator, as weighted facts.
Reading = tuple[Terms, Terms]


def alone(fact: Fact) -> Terms:
    """One figure as a sum."""
    return ((1, fact.id),)


def judged(rule: Rule, fact: Fact, readings: Sequence[Reading], facts: Facts, sure: bool, reason: str) -> Check:
    """The check on the reading that holds, else on the first; one nobody stated for certain cannot be violated."""
    usable = [one for one in readings if _divisible(one, facts)]
    if not usable:
        return unbound(rule, fact, "基数为零" if readings else reason)
    checks = [
        Check(-1, rule, fact.named, "=", alone(fact), numerator, per=denominator, verdict=Verdict.CONSISTENT)
        for numerator, denominator in usable
    ]
    good = [check for check in checks if holds(Ratio.of(check, facts))]
    if good:
        return good[0]
    return checks[0] if sure else unbound(rule, fact, reason)


def _divisible(reading: Reading, facts: Facts) -> bool:
    """A base of zero is no base: nothing follows from 完成预算的0%, or from growth on nothing."""
    return sum(weight * (facts.facts[number].amount or 0) for weight, number in reading[1]) != 0

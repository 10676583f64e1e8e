"""Judges the possible readings of a percentage: the pairs of figures that its words allow."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.checks.check import Check, Terms
from gouji.checks.derived.by_name import by_name
from gouji.checks.derived.derivation import FARTHEST_OFF, Derivation, check_named, choose_check
from gouji.checks.derived.per_unit import per_unit
from gouji.checks.derived.rates import (
    achieved,
    excusing,
    is_explicit,
    is_upside_down,
    may_be_slip,
    quotients,
    together,
)
from gouji.checks.derived.vicinity import in_report, is_rate
from gouji.checks.narrative.spoken import said, spoken, unbound
from gouji.checks.ratio import Ratio, holds
from gouji.checks.rules import Rule
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Facts
from gouji.intervals import Verdict

#: A reading of a percentage: numerator and denominator, as weighted facts.
Reading = tuple[Terms, Terms]


def alone(fact: Fact) -> Terms:
    """Returns one figure as a sum."""
    return ((1, fact.id),)


def judged(rule: Rule, fact: Fact, readings: Sequence[Reading], facts: Facts, sure: bool, reason: str) -> Check:
    """Returns the check on the reading that holds, else on the first. Without a `sure` reading, none can be
    violated."""
    if in_report(fact) and is_rate(fact):
        return _judged_in_report(rule, fact, readings, facts, sure, reason)
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


def _judged_in_report(
    rule: Rule, fact: Fact, readings: Sequence[Reading], facts: Facts, sure: bool, reason: str
) -> Check:
    """Also tries the figures around it, in a report, where the readings of its own words do not hold."""
    index = spoken(facts)
    if by_words := by_name(index, fact):
        return by_words.check(rule)
    named, possible, pointed = quotients(index, fact)
    certain = [Derivation(fact, numerator, denominator) for numerator, denominator in readings]
    certain = [one for one in certain if not any(per_unit(facts.facts[each]) for _, each in (*one.top, *one.per))]
    certain = [*together(index, fact), *certain]
    if said(fact).measure is Measure.RATE or (sure and is_explicit(fact)):
        return check_named(rule, certain, facts, sure) or unbound(rule, fact, reason)
    if said(fact).measure is Measure.COMPLETION and possible != ():  # none are possible where a formula is printed
        own, planned = achieved(index, fact)
        possible = [*certain, *possible] if planned else possible
        certain, sure = own if planned else [*own, *certain], sure or planned
    if pointed and not sure and said(fact).measure is Measure.COMPLETION:
        certain = [one for one in certain if not is_upside_down(fact, one, index) or one.is_misprint(index.facts)]
    told = any(one.distance(facts) <= FARTHEST_OFF for one in certain)
    if not (sure and told and said(fact).measure is Measure.SHARE):
        certain, sure = [*certain, *named], sure or pointed
    check = choose_check(rule, certain, excusing(index, fact, certain, possible), facts, sure, may_be_slip(fact))
    return check or unbound(rule, fact, reason)


def _divisible(reading: Reading, facts: Facts) -> bool:
    """True where the base is not zero. Nothing follows from 完成预算的0%, or from growth on nothing."""
    return sum(weight * (facts.facts[number].amount or 0) for weight, number in reading[1]) != 0

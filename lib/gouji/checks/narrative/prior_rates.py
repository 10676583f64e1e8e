"""Compares last year's amounts, as this year's amounts and rates of change imply them: those of parts with that of
their whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from gouji.checks.check import Check
from gouji.checks.narrative.spoken import Spoken, doubt, said, spoken
from gouji.checks.rules import Rule
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Facts
from gouji.facts.narrative.word_lists import WORDS
from gouji.intervals import MONEY_UNITS, SCALE
from gouji.layouts.phrases import Family, load_phrases
from gouji.runtime.immutable import immutable

_ALL = 100 * SCALE


@immutable()
class Prior:
    """The bounds of last year's amounts of some subjects together, with the amounts, rates and changes that imply
    them.

    `named`: every part by definition is included.
    """

    low: Fraction
    high: Fraction
    facts: tuple[Fact, ...]
    named: bool = True


def prior_rates(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks 决算2364万元，下降16.77% with the same of each part.

    Last year's parts must add up to the whole, or to no more where some are not stated. Where all state changes in
    money, `family_changes` adds these up instead.
    """
    index = spoken(facts)
    for family in load_phrases().families:
        rate = next(iter(_compared(index, family.whole, Measure.RATE)), None)
        whole = _of_one(index, family.whole, rate) if rate else None
        parts = _of_parts(index, family, rate) if rate and whole else None
        if whole and parts and any(said(one).measure is Measure.RATE for one in (*whole.facts, *parts.facts)):
            yield doubt(rule, whole.facts[0].named, (*whole.facts, *parts.facts), cannot_meet(whole, parts))


def cannot_meet(whole: Prior, parts: Prior) -> bool:
    """True where the parts add up to more than the whole, or to less although each is stated."""
    return parts.low > whole.high or (parts.named and parts.high < whole.low)


def prior_of(facts: Sequence[Fact]) -> Prior | None:
    """Returns the bounds for amounts that each have their rate or change behind them."""
    pairs = [between(now, change) for now, change in zip(facts[::2], facts[1::2], strict=True)]
    found = [one for one in pairs if one]
    if len(found) < len(pairs):
        return None
    return Prior(
        sum((low for low, _ in found), Fraction(0)), sum((high for _, high in found), Fraction(0)), tuple(facts)
    )


def between(now: Fact, change: Fact) -> tuple[Fraction, Fraction] | None:
    """Returns the bounds of last year's amount: this year's less its change, or by its rate, which may have been
    truncated."""
    amount, moved = Fraction(now.amount or 0), Fraction(change.amount or 0)
    if said(change).measure is Measure.CHANGE:
        slack = now.radius + change.radius
        return amount - moved - slack, amount - moved + slack
    growth = [1 + (moved + side * 2 * change.radius) / _ALL for side in (1, -1)]
    if min(growth) <= 0 or amount < 0:
        return None
    return max(amount - now.radius, Fraction(0)) / growth[0], (amount + now.radius) / growth[1]


def _of_parts(index: Spoken, family: Family, near: Fact) -> Prior | None:
    found: list[Fact] = []
    named = True
    for key in family.parts:
        one = _of_one(index, key, near)
        inner = next((other for other in load_phrases().families if other.whole == key), None)
        one = one or (_of_parts(index, inner, near) if inner else None)
        named = named and one is not None and one.named
        found += one.facts if one else ()
    made = prior_of(found) if found else None
    return Prior(made.low, made.high, made.facts, named) if made else None


def _of_one(index: Spoken, key: str, near: Fact) -> Prior | None:
    """Returns the bounds of a subject by the amount and the change or rate next to another's rate, in one section."""
    amounts = [one for one in index.topic_stated(key, Measure.FINAL) if one.figure.unit in MONEY_UNITS]
    moved = _compared(index, key, Measure.CHANGE) or _compared(index, key, Measure.RATE)
    if not amounts or not moved:
        return None
    change = min(moved, key=lambda one: abs(one.id - near.id))
    now = min(amounts, key=lambda one: abs(one.id - change.id))
    return prior_of((now, change)) if now.section == change.section == near.section else None


def _compared(index: Spoken, key: str, measure: Measure) -> list[Fact]:
    """Returns the statements on a subject's change over last year that have no other basis than its amounts."""
    return [
        one
        for one in index.topic_stated(key, measure)
        if said(one).against is Measure.PRIOR
        and not said(one).listed
        and not any(word in one.quote for word in WORDS.other_grounds)
    ]

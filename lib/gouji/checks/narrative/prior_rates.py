"""Last year's amounts as amounts and rates of change give them: those of parts against that of their whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from gouji.checks.check import Check
from gouji.checks.narrative.spoken import Spoken, doubt, said, spoken
from gouji.checks.rules import Rule
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Facts
from gouji.intervals import MONEY_UNITS, SCALE
from gouji.layouts.phrases import Family, load_phrases
from gouji.runtime.immutable import immutable

_ALL = 100 * SCALE


@immutable()
class Prior:
    """Between what last year's amounts of some subjects lay together, and the amounts, rates and changes that say so.
    `named`: each part that there is by definition is among them."""

    low: Fraction
    high: Fraction
    facts: tuple[Fact, ...]
    named: bool = True


def prior_rates(rule: Rule, facts: Facts) -> Iterator[Check]:
    """决算2364万元，下降16.77%; of each part the same: what its parts came to last year is what the whole did, and not
    more where not all of them are told. Where all state changes in money, `family_changes` adds these up."""
    index = spoken(facts)
    for family in load_phrases().families:
        rate = next(iter(_compared(index, family.whole, Measure.RATE)), None)
        whole = _of_one(index, family.whole, rate) if rate else None
        parts = _of_parts(index, family, rate) if rate and whole else None
        if whole and parts and any(said(one).measure is Measure.RATE for one in (*whole.facts, *parts.facts)):
            yield doubt(rule, whole.facts[0].named, (*whole.facts, *parts.facts), cannot_meet(whole, parts))


def cannot_meet(whole: Prior, parts: Prior) -> bool:
    """True where the parts came to more than the whole, or to less though each is told."""
    return parts.low > whole.high or (parts.named and parts.high < whole.low)


def prior_of(facts: Sequence[Fact]) -> Prior | None:
    """Of amounts each with its rate or change behind it."""
    pairs = [between(now, change) for now, change in zip(facts[::2], facts[1::2], strict=True)]
    found = [one for one in pairs if one]
    if len(found) < len(pairs):
        return None
    return Prior(
        sum((low for low, _ in found), Fraction(0)), sum((high for _, high in found), Fraction(0)), tuple(facts)
    )


def between(now: Fact, change: Fact) -> tuple[Fraction, Fraction] | None:
    """Between what last year's amount lay: this year's less its change, or by its rate, which may have been cut off."""
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
    """By the amount and the change or rate of a subject that stand next to another's rate, in one section."""
    amounts = [one for one in index.topic_stated(key, Measure.FINAL) if one.figure.unit in MONEY_UNITS]
    moved = _compared(index, key, Measure.CHANGE) or _compared(index, key, Measure.RATE)
    if not amounts or not moved:
        return None
    change = min(moved, key=lambda one: abs(one.id - near.id))
    now = min(amounts, key=lambda one: abs(one.id - change.id))
    return prior_of((now, change)) if now.section == change.section == near.section else None


def _compared(index: Spoken, key: str, measure: Measure) -> list[Fact]:
    """What is said of a subject's change over last year, on no other grounds than its amounts."""
    return [
        one
        for one in index.topic_stated(key, measure)
        if said(one).against is Measure.PRIOR
        and not said(one).listed
        and not any(word in one.quote for word in WORDS.other_grounds)
    ]

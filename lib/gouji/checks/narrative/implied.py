"""Checks the budgets that completions of parts imply with the budget of their whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from gouji.checks.check import Check
from gouji.checks.narrative.spoken import Spoken, doubt, said, spoken
from gouji.checks.rules import Rule
from gouji.facts.claim import BUDGETS, Measure
from gouji.facts.fact import Fact, Facts
from gouji.intervals import SCALE
from gouji.layouts.phrases import load_phrases

_HUNDRED = 100 * SCALE
_PAIR = 2


def implied_budgets(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks 完成预算的…% of the parts of a whole: the amounts over these rates are together at most its budget, as
    stated or as its own rate implies it.

    Uses only rates and budgets of one kind (年初预算, 预算), and parts whose budgets are not stated.
    """
    index = spoken(facts)
    for family in load_phrases().families:
        for measure in (*BUDGETS, None):
            pairs = [pair for key in family.parts if (pair := _completed(index, key, measure))]
            whole = _most_of_whole(index, family.whole, measure) if len(pairs) >= _PAIR else None
            if whole is None or (measure is None and not _told_alike([rate for _, rate in pairs], whole[1])):
                continue
            least = sum((_least(amount, rate) for amount, rate in pairs), Fraction())
            concerns = (*whole[1], *(one for pair in pairs for one in pair))
            yield doubt(rule, whole[1][0].named, concerns, least > whole[0])


def _most_of_whole(index: Spoken, key: str, measure: Measure | None) -> tuple[Fraction, tuple[Fact, ...]] | None:
    """Returns the largest budget of a whole, stated or implied by its own completion, and the figures that say so."""
    stated = _only(index.topic_stated(key, measure)) if measure else None
    if stated is not None:
        return Fraction((stated.amount or 0) + stated.radius), (stated,)
    pair = _completed(index, key, measure)
    if pair is None:
        return None
    spent, least = (pair[0].amount or 0) + pair[0].radius, (pair[1].amount or 0) - 2 * pair[1].radius
    return (Fraction(spent * _HUNDRED, least), pair) if least > 0 else None


def _told_alike(parts: Sequence[Fact], whole: Sequence[Fact]) -> bool:
    """True for rates of one name in one paragraph (预算执行比例为98%): of the same kind of budget, whichever it is."""
    rates = (*parts, whole[-1])
    names = {said(one).words for one in rates}
    return len(names) == 1 and "" not in names and len({said(one).paragraph for one in rates}) == 1


def _completed(index: Spoken, key: str, measure: Measure | None) -> tuple[Fact, Fact] | None:
    """Returns the amount and the completion of a subject; None where it states its budget, or nothing was spent."""
    amount = _only(index.topic_stated(key, Measure.FINAL))
    rates = [one for one in index.topic_stated(key, Measure.COMPLETION) if said(one).against is measure]
    rate = _only(rates)
    planned = any(index.topic_stated(key, one) for one in BUDGETS)
    return (amount, rate) if amount and rate and amount.amount and rate.amount and not planned else None


def _least(amount: Fact, rate: Fact) -> Fraction:
    """Returns the smallest budget that the amount and its rate allow; the rate may be rounded or cut off."""
    spent, completed = (amount.amount or 0) - amount.radius, (rate.amount or 0) + 2 * rate.radius
    return Fraction(spent * _HUNDRED, completed)


def _only(facts: list[Fact]) -> Fact | None:
    """Returns the first of several that state one amount."""
    return facts[0] if len({one.amount for one in facts}) == 1 else None

"""Checks the budgets that completions of parts imply with the budget of their whole."""

from __future__ import annotations

from collections.abc import Iterator
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
    """Checks 完成预算的…% of the parts of a whole: the amounts over these rates are together at most its budget.

    Uses only rates and budgets of one kind (年初预算, 预算), and parts whose budgets are not stated.
    """
    index = spoken(facts)
    for family in load_phrases().families:
        for measure in BUDGETS:
            whole = _only(index.topic_stated(family.whole, measure))
            if whole is None:
                continue
            pairs = [pair for key in family.parts if (pair := _of_part(index, key, measure))]
            if len(pairs) < _PAIR:
                continue
            least = sum((_least(amount, rate) for amount, rate in pairs), Fraction())
            concerns = (whole, *(one for pair in pairs for one in pair))
            yield doubt(rule, whole.named, concerns, least > (whole.amount or 0) + whole.radius)


def _of_part(index: Spoken, key: str, measure: Measure) -> tuple[Fact, Fact] | None:
    """Returns the amount and the completion of a part; None where it states its budget, or nothing was spent."""
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

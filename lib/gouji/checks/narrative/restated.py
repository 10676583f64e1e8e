"""Checks an amount said again in another unit right behind it: 20031.52万元（约合2.00亿元）."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.checks.check import Check
from gouji.checks.narrative.spoken import Spoken, said, same_kind, spoken
from gouji.checks.rules import Rule
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import BUDGETS, Measure
from gouji.facts.fact import Fact, Facts
from gouji.intervals import MONEY_UNITS, Verdict
from gouji.runtime.word_lists import any_of

_AGAIN = re.compile(f"(?:{any_of(WORDS.restating)})(?:人民币)?")
_AMOUNTS = (Measure.FINAL, Measure.PRIOR, *BUDGETS)


def restated(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks each amount in brackets that words call the same as the one before them. Digits may have been cut off."""
    index = spoken(facts)
    for fact in index.claims:
        first = first_said(index, fact)
        if first is None or fact.amount is None or first.amount is None:
            continue
        cut_off = fact.radius + first.radius < first.amount - fact.amount < 2 * fact.radius
        sides = ((1, fact.id),), ((1, first.id),)
        yield Check(-1, rule, fact.named, "=", *sides, times=2 if cut_off else 1, tie=True, verdict=Verdict.CONSISTENT)


def first_said(index: Spoken, fact: Fact) -> Fact | None:
    """Returns the amount that a figure in brackets says again in another unit; None for any other figure."""
    claim = said(fact)
    again = claim.bracketed and fact.figure.unit in MONEY_UNITS and _AGAIN.fullmatch(claim.topic.phrase)
    first = index.at(claim.order - 1) if again else None
    if first is None or said(first).sentence != claim.sentence or said(first).measure not in _AMOUNTS:
        return None
    return first if same_kind(first, fact) and first.figure.unit != fact.figure.unit else None

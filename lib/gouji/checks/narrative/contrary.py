"""Checks a change and the rate right behind it, one of which rises where the other falls: 减少17.15万元，增长2.60%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from gouji.checks.check import Check
from gouji.checks.derived.vicinity import in_report
from gouji.checks.narrative.changes import quantity
from gouji.checks.narrative.spoken import doubt, said, spoken
from gouji.checks.rules import Rule
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Facts
from gouji.layouts.phrases import load_phrases
from gouji.runtime.word_lists import any_of


def contrary_rates(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks each rate whose words say nothing but its direction, with the change right before it, also where both
    stand in a reason.

    Leaves out what `rates` judges by the amount that changed; from zero or to zero it cannot.
    """
    index = spoken(facts)
    for fact in index.claims:
        change = index.at(said(fact).order - 1) if said(fact).measure is Measure.RATE else None
        if change is None or not is_its_rate(fact, change) or in_report(fact):
            continue
        now = quantity(index, change)
        if said(fact).aside or now is None or now.amount in (0, change.amount):
            yield doubt(rule, fact.named, (change, fact), (change.amount or 0) * (fact.amount or 0) < 0)


def is_its_rate(rate: Fact, change: Fact) -> bool:
    """True for 下降2% right behind a change of the same thing, compared with the same."""
    claim, other = said(rate), said(change)
    if other.measure is not Measure.CHANGE or claim.sentence != other.sentence or claim.topic != other.topic:
        return False
    if claim.loose or other.loose or not claim.sign or not other.sign or not rate.amount or not change.amount:
        return False
    return claim.against is other.against and _only_direction().fullmatch(claim.words) is not None


@cache
def _only_direction() -> re.Pattern[str]:
    words = load_phrases().words
    moved = [word for kind in ("up", "down", "up_short", "down_short") for word in words[kind]]
    return re.compile(f"(?:{any_of(moved)})(?:{any_of(WORDS.behind_direction)})*")

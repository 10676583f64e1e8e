"""Checks the final amounts of items in paragraphs of their own, where their budgets show that none is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from gouji.checks.check import Check
from gouji.checks.narrative.items import headline, listed_items, make_up, of_item
from gouji.checks.narrative.spoken import NOT_READ, Spoken, said, spoken
from gouji.checks.rules import Rule
from gouji.facts.claim import BUDGETS, Measure
from gouji.facts.fact import Fact, Facts
from gouji.facts.narrative.topics import heads
from gouji.intervals import Verdict
from gouji.layouts.phrases import load_phrases

_FEWEST = 2


def usual_items(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks the items' final amounts against the headline's, where the items' budgets add up to the headline's. What
    is left out then had no budget, and is seldom anything.

    An item without a budget has no rate that would vouch for it. Leaves out items of more than the headline, which
    `account_limits` checks, and sections whose table is published and read.
    """
    index = spoken(facts)
    for section, head in heads().items():
        table = facts.tables.get(load_phrases().accounts.get(section, ""))
        if table is None or table.status not in NOT_READ:
            continue
        listed = list(listed_items(index, section).values())
        whole = headline(index, head.key, Measure.FINAL)
        if whole is None or len(listed) < _FEWEST or not _are_all_planned(index, listed, head.key):
            continue
        if _names_others(index, section, {head.key, *(said(one).topic.key for one in listed)}):
            continue
        terms = tuple((1, one.id) for one in listed)
        if make_up(listed, whole) or sum(one.amount or 0 for one in listed) < (whole.amount or 0):
            yield Check(-1, rule, whole.named, "=", ((1, whole.id),), terms, defines=True, verdict=Verdict.CONSISTENT)


def _names_others(index: Spoken, section: str, keys: Set[str]) -> bool:
    """True where the section tells budget and result of something by a name that is not known to be an account's."""
    others = [one for one in index.of(Measure.FINAL) if one.section == section and said(one).topic.key not in keys]
    return any(of_item(index, one, measure) for one in others for measure in BUDGETS)


def _are_all_planned(index: Spoken, listed: Sequence[Fact], head: str) -> bool:
    """True where each item states a budget of one kind, and these add up to the headline's exactly."""
    for measure in BUDGETS:
        total = headline(index, head, measure)
        planned = [one for item in listed if (one := of_item(index, item, measure))]
        if total and total.amount and len(planned) == len(listed):
            return sum(one.amount or 0 for one in planned) == total.amount
    return False

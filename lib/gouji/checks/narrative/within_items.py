"""Checks the completion of a budget with those of its items: a mean lies between the least and the greatest.

Of several items on one side of the mean the nearest is taken: the farthest is the likeliest to be misprinted, and then
shows nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.checks.check import Check
from gouji.checks.narrative.items import headline, listed_items, make_up
from gouji.checks.narrative.spoken import Spoken, said, spoken
from gouji.checks.rules import Rule
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Facts
from gouji.facts.narrative.topics import heads
from gouji.intervals import Verdict

_FEWEST = 2


def completions_at_most(rule: Rule, facts: Facts) -> Iterator[Check]:
    """The whole is not completed by more than each of its items: one that nothing was spent on only lowers it."""
    for whole, items in _completed(facts):
        over = [one for one in items if (one.amount or 0) >= (whole.amount or 0)]
        most = max(items, key=lambda one: one.amount or 0)
        yield _check(rule, whole, whole, min(over, key=lambda one: one.amount or 0, default=most))


def completions_at_least(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Nor by less than each of them, unless an item with a budget and no spending is not told."""
    for whole, items in _completed(facts):
        under = [one for one in items if (one.amount or 0) <= (whole.amount or 0)]
        least = min(items, key=lambda one: one.amount or 0)
        yield _check(rule, whole, max(under, key=lambda one: one.amount or 0, default=least), whole)


def _check(rule: Rule, whole: Fact, less: Fact, more: Fact) -> Check:
    return Check(-1, rule, whole.named, "<=", ((1, less.id),), ((1, more.id),), verdict=Verdict.CONSISTENT)


def _completed(facts: Facts) -> Iterator[tuple[Fact, Sequence[Fact]]]:
    """The completion of a section's whole with those of its items, all of one kind of budget, where the items make up
    the whole and each has one."""
    index = spoken(facts)
    for section, head in heads().items():
        listed = list(listed_items(index, section).values())
        whole, total = headline(index, head.key, Measure.FINAL), headline(index, head.key, Measure.COMPLETION)
        if whole is None or total is None or len(listed) < _FEWEST or not make_up(listed, whole):
            continue
        found = [_completion(index, one, total) for one in listed]
        if said(total).paragraph == said(whole).paragraph and all(found):
            yield total, [one for one in found if one]


def _completion(index: Spoken, item: Fact, total: Fact) -> Fact | None:
    beside = index.topic_stated(said(item).topic.key, Measure.COMPLETION)
    near = [one for one in beside if said(one).paragraph == said(item).paragraph]
    alike = [one for one in near if said(one).against == said(total).against and one.figure.unit == total.figure.unit]
    return alike[0] if len(alike) == 1 == len(near) else None

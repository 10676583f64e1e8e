"""Checks the budgets that completions of items in paragraphs of their own imply with that of their headline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from gouji.checks.check import Check
from gouji.checks.narrative import implied
from gouji.checks.narrative.items import headline, listed_items
from gouji.checks.narrative.spoken import Spoken, doubt, said, spoken
from gouji.checks.rules import Rule
from gouji.facts.claim import BUDGETS, Measure
from gouji.facts.fact import Fact, Facts
from gouji.facts.narrative.topics import heads
from gouji.intervals import SCALE
from gouji.runtime.immutable import immutable

_HUNDRED = 100 * SCALE
_FEWEST = 2


def implied_budgets(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks 完成预算的…% of the parts of a sum by definition, and of items: the amounts over these rates are together
    at most the budget of the whole."""
    yield from implied.implied_budgets(rule, facts)
    for one in _item_budgets(spoken(facts)):
        yield doubt(rule, one.figures[0].named, one.figures, one.least > one.most)


@immutable()
class _ItemBudgets:
    """The least that the budgets of a section's items come to, the most that the headline's is (both in scaled 元), and
    the figures that say so, the headline's first."""

    least: Fraction
    most: Fraction
    figures: tuple[Fact, ...]


def _item_budgets(index: Spoken) -> Iterator[_ItemBudgets]:
    """Yields the budgets of each section that tells its items' completions and no budget of any.

    Uses only completions of one kind of budget. An item without one has a budget of nothing or more.
    """
    for section, head in heads().items():
        listed = list(listed_items(index, section).values())
        if any(index.topic_stated(said(one).topic.key, measure) for one in listed for measure in BUDGETS):
            continue
        for measure in BUDGETS:
            whole = _of_headline(index, head.key, measure)
            pairs = [(one, rate) for one in listed if one.amount and (rate := _completion(index, one, measure))]
            if whole and len(pairs) >= _FEWEST and _told_alike([rate for _, rate in pairs], whole[1]):
                least = sum((_bound(amount, rate, -1) for amount, rate in pairs), Fraction())
                yield _ItemBudgets(least, whole[0], (*whole[1], *(one for pair in pairs for one in pair)))


def _told_alike(rates: Sequence[Fact], whole: Sequence[Fact]) -> bool:
    """True for completions in the same words as the headline's own, or where the headline states its budget."""
    return len(whole) == 1 or len({said(one).words for one in (*rates, whole[-1])}) == 1


def _of_headline(index: Spoken, key: str, measure: Measure) -> tuple[Fraction, Sequence[Fact]] | None:
    """Returns the most that a headline's budget is, as stated or as its completion implies it, and the figures that say
    so."""
    stated = headline(index, key, measure)
    if stated is not None:
        return Fraction((stated.amount or 0) + stated.radius), (stated,)
    spent = headline(index, key, Measure.FINAL)
    rate = _completion(index, spent, measure) if spent else None
    return (_bound(spent, rate, 1), (spent, rate)) if spent and rate else None


def _completion(index: Spoken, amount: Fact, measure: Measure) -> Fact | None:
    """Returns the one completion of an amount in its paragraph, where it is of that kind of budget and not zero."""
    told = index.topic_stated(said(amount).topic.key, Measure.COMPLETION)
    near = [one for one in told if said(one).paragraph == said(amount).paragraph]
    certain = len(near) == 1 and said(near[0]).against is measure
    return near[0] if certain and (near[0].amount or 0) > 2 * near[0].radius else None


def _bound(amount: Fact, rate: Fact, side: int) -> Fraction:
    """Returns the smallest (`side` -1) or largest budget that an amount and its rate, which may be cut off, allow."""
    spent = (amount.amount or 0) + side * amount.radius
    return Fraction(spent * _HUNDRED) / ((rate.amount or 0) - side * 2 * rate.radius)

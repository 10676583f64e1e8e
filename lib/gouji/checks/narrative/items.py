"""Checks items printed in paragraphs of their own (1.行政运行…年初预算…，支出决算…) against their headline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from gouji.checks.check import Check
from gouji.checks.narrative.spoken import Spoken, doubt, said, spoken, usable
from gouji.checks.rules import Rule
from gouji.facts.claim import BUDGETS, Measure
from gouji.facts.fact import Fact, Facts
from gouji.facts.narrative.topics import heads, is_account
from gouji.intervals import SCALE, Verdict

_FEWEST = 2
_HUNDRED = 100 * SCALE
_CODE = re.compile(r"(\w+)\[(\d+)\]")


def items(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks the items' budgets against the headline's, where the items' final amounts add up to the headline's.

    To the digit, that is a check too: it cannot fail as printed, but supports each amount against a rate alone. Where
    an item may have been left out, `left_out_items` asks.
    """
    index = spoken(facts)
    for section, head in heads().items():
        listed = list(listed_items(index, section).values())
        whole = headline(index, head.key, Measure.FINAL)
        if whole is not None and _are_all(listed, whole) and whole.amount == sum(one.amount or 0 for one in listed):
            yield _sum(rule, whole, listed)
    for total, planned, sure in _budgets(index):
        if not (sure and _are_short_of(total, planned)):
            yield _sum(rule, total, planned)


def left_out_items(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks the items' budgets against the headline's, where these are less and the rates show each to be right: an
    item on which nothing was spent may have been left out."""
    for total, planned, sure in _budgets(spoken(facts)):
        if sure:
            yield doubt(rule, total.named, (total, *planned), _are_short_of(total, planned))


def _budgets(index: Spoken) -> Iterator[tuple[Fact, list[Fact], bool]]:
    """Yields each headline's budget with those of its items, and whether the rates show that each is right."""
    for section, head in heads().items():
        listed = list(listed_items(index, section).values())
        whole = headline(index, head.key, Measure.FINAL)
        if whole is None or not _are_all(listed, whole):
            continue
        for measure in BUDGETS:
            planned = [one for item in listed if (one := of_item(index, item, measure))]
            total = headline(index, head.key, measure)
            if total is None or len(planned) < len(listed):
                continue
            pairs = [(whole, total), *zip(listed, planned, strict=True)]
            sure = all(_is_completed(index, *pair, measure) for pair in pairs if pair[1].amount)
            yield total, planned, sure


def _are_short_of(total: Fact, planned: Sequence[Fact]) -> bool:
    """True for budgets that come to less than the whole's, by more than rounding."""
    return sum(one.amount or 0 for one in planned) < (total.amount or 0) and not make_up(planned, total)


def _are_all(listed: Sequence[Fact], whole: Fact) -> bool:
    return len(listed) >= _FEWEST and make_up(listed, whole)


def _is_completed(index: Spoken, spent: Fact, planned: Fact, measure: Measure) -> bool:
    """True where the one completion told of an amount is that of its budget."""
    told = index.topic_stated(said(spent).topic.key, Measure.COMPLETION)
    near = [one for one in told if said(one).paragraph == said(planned).paragraph and said(one).against is measure]
    if len(near) != 1 or near[0].amount is None:
        return False
    true = Fraction((spent.amount or 0) * _HUNDRED, planned.amount or 1)
    return abs(true - near[0].amount) <= 2 * near[0].radius


def _sum(rule: Rule, total: Fact, listed: Sequence[Fact]) -> Check:
    terms = tuple((1, one.id) for one in listed)
    return Check(-1, rule, total.named, "=", ((1, total.id),), terms, defines=True, verdict=Verdict.CONSISTENT)


def listed_items(index: Spoken, section: str) -> dict[str, Fact]:
    """Returns, by account, the final amount that a section states in words of its own outside lists."""
    found: dict[str, Fact] = {}
    for fact in index.section(section):
        claim = said(fact)
        stated = claim.measure is Measure.FINAL and claim.group < 0 and usable(fact)
        if stated and is_account(claim.topic):
            found.setdefault(claim.topic.key, fact)
    return {key: fact for key, fact in found.items() if not _is_divided(key, found)}


def _is_divided(key: str, keys: Iterable[str]) -> bool:
    """True for a 类 or 款 with lower accounts stated too: general_budget[207].total beside [2070101]."""
    account = _CODE.match(key)
    if account is None:
        return False
    table, code = account.groups()
    return any(one.startswith(f"{table}[{code}") and one != key for one in keys)


def headline(index: Spoken, key: str, measure: Measure) -> Fact | None:
    """Returns the first statement of a section's whole in a measure."""
    return next(iter(index.topic_stated(key, measure)), None)


def of_item(index: Spoken, item: Fact, measure: Measure) -> Fact | None:
    """Returns what was planned for an item, in its paragraph."""
    planned = index.topic_stated(said(item).topic.key, measure)
    return next((one for one in planned if said(one).paragraph == said(item).paragraph), None)


def make_up(listed: Sequence[Fact], whole: Fact) -> bool:
    """True where the items come to their whole."""
    gap = abs(sum(one.amount or 0 for one in listed) - (whole.amount or 0))
    return gap <= whole.radius + sum(one.radius for one in listed)

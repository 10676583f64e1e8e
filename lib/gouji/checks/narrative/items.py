"""Checks items printed in paragraphs of their own (1.行政运行…年初预算…，支出决算…) against their headline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from gouji.checks.check import Check
from gouji.checks.narrative.spoken import Spoken, said, spoken, usable
from gouji.checks.rules import Rule
from gouji.facts.claim import BUDGETS, Measure
from gouji.facts.fact import Fact, Facts
from gouji.facts.narrative.topics import heads, is_account
from gouji.intervals import Verdict

_FEWEST = 2
_CODE = re.compile(r"(\w+)\[(\d+)\]")


def items(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks the items' budgets against the headline's, where the items' final amounts add up to the headline's.

    To the digit, that is a check too: it cannot fail as printed, but supports each amount against a rate alone.
    """
    index = spoken(facts)
    for section, head in heads().items():
        listed = listed_items(index, section)
        whole = headline(index, head.key, Measure.FINAL)
        if len(listed) < _FEWEST or whole is None or not make_up(list(listed.values()), whole):
            continue
        if whole.amount == sum(one.amount or 0 for one in listed.values()):
            yield _sum(rule, whole, list(listed.values()))
        for measure in BUDGETS:
            planned = [of_item(index, one, measure) for one in listed.values()]
            total = headline(index, head.key, measure)
            if total is not None and all(planned):
                yield _sum(rule, total, [one for one in planned if one])


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

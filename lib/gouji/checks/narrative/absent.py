"""Checks classes (类) that a sentence states with money but no table prints."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.check import Check
from gouji.checks.narrative.spoken import doubt, spoken, usable
from gouji.checks.rules import Rule
from gouji.facts.claim import Measure
from gouji.facts.fact import Facts, Status

_TABLE = "general_budget"
#: Digits of a 类.
_CLASS = 3
#: Tables that print classes of the functional classification.
_TABLES = frozenset((_TABLE, "income", "expenditure", "government_fund", "state_capital", "fiscal_summary", "summary"))


def absent_classes(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks 卫生健康支出162万元 where the general budget table adds up without such a class: its name or its amount
    is wrong.

    Yields nothing for a class with an amount in any table.
    """
    if not _is_whole(facts):
        return
    printed = {fact.concept.row[:_CLASS] for fact in facts if fact.amount and fact.concept.table in _TABLES}
    for fact in spoken(facts).of(Measure.FINAL):
        target = fact.target[0] if len(fact.target) == 1 else None
        if target is None or target.table != _TABLE or not usable(fact):
            continue
        is_class = target.row.isdigit() and len(target.row) == _CLASS
        if is_class and not facts.get(_TABLE, target.row, target.column):
            yield doubt(rule, fact.named, (fact,), bool(fact.amount) and target.row not in printed)


def _is_whole(facts: Facts) -> bool:
    """True where the table was read completely: its classes add up to its total."""
    table = facts.tables[_TABLE]
    total = facts.get(_TABLE, "total", "total")
    if table.status is not Status.FOUND or facts.unknown(_TABLE) or total is None or not total.amount:
        return False
    classes = [facts.get(_TABLE, code, "total") for code in table.roots()]
    known = [one for one in classes if one is not None and one.amount is not None]
    gap = abs(sum(one.amount or 0 for one in known) - total.amount)
    return len(known) == len(classes) > 0 and gap <= total.radius + sum(one.radius for one in known)

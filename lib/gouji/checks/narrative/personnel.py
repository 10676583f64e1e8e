"""Checks 人员经费 with the items of basic expenditure that are spent on staff alone: insurance and the housing fund."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.check import Check
from gouji.checks.narrative.spoken import Spoken, said, spoken
from gouji.checks.rules import Rule
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Facts, Status
from gouji.intervals import Verdict
from gouji.labels import normalise

_TABLE, _STAFF, _BASIC = "general_budget", "basic_expenditure[personnel].amount", "general_budget[total].basic"

#: The part of the narrative that is about basic expenditure; a paragraph of its own may state it there.
_SECTION = "basic"


def least_personnel(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Basic expenditure on 2080505, 2210201… ≤ 人员经费, of the table, or where there is none of the sentences."""
    table = facts.tables[_TABLE]
    if table.status is not Status.FOUND or not table.unit_stated:
        return
    cells = [facts.get(_TABLE, code, "basic") for code in WORDS.staff_items]
    items = [one for one in cells if one and one.amount and not one.repeated]
    for staff in _staff(spoken(facts)) if items else ():
        left = tuple((1, one.id) for one in items)
        yield Check(-1, rule, staff.named, "<=", left, ((1, staff.id),), verdict=Verdict.CONSISTENT)


def _staff(index: Spoken) -> list[Fact]:
    """人员经费 of the general budget's basic expenditure."""
    cell = index.facts.get("basic_expenditure", "personnel", "amount")
    if cell and not cell.blank and cell.amount is not None:
        return [] if cell.repeated else [cell]
    stated = [one for one in index.topic_stated(_STAFF, Measure.FINAL) if _names_all(one)]
    own = [one for one in stated if one.section == _SECTION]
    alone = own if len(own) == 1 and said(own[0]).whole is None else []
    return alone or [one for one in stated if (whole := said(one).whole) and whole.key == _BASIC]


def _names_all(fact: Fact) -> bool:
    return normalise(said(fact).topic.phrase) in WORDS.staff_money

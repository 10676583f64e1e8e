"""Statements to checks: sentences against the tables, against a total's details, and against each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from gouji.checks.check import Check
from gouji.checks.rules import Rule
from gouji.facts.fact import Fact, Facts, Part, Status
from gouji.intervals import Verdict


def statements(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Each statement with the table cell that prints its quantity; of several readings, with the one that agrees."""
    for fact in facts.statements():
        present = [found for target in fact.target if (found := facts.get(target.table, target.row, target.column))]
        agreeing = [found for found in present if found.amount == fact.amount and not found.blank]
        if agreeing or len(present) == len(fact.target):
            yield _tie(rule, fact, [*agreeing, *present][0], facts)
        elif any(target.table in facts.tables for target in fact.target):
            yield _unpublished(rule, fact, facts)


def statement_details(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Each statement of a total that its table leaves blank, with the details of that total."""
    for fact in facts.statements():
        target = fact.target[0]
        total = facts.get(target.table, target.row, target.column)
        if target.row == "total" and total and total.blank:
            roots = facts.tables[target.table].roots()
            details = [found for code in roots if (found := facts.get(target.table, code, target.column))]
            unreadable = [one.where for one in details if one.amount is None]
            if unreadable or any(one.figure.printed for one in details):
                yield _joined(rule, fact, details, unreadable)


def repeated(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Every two statements of one quantity."""
    by_reading: dict[str, list[Fact]] = {}
    for fact in facts.statements():
        if reading := _reading(fact, facts):
            by_reading.setdefault(reading, []).append(fact)
    for group in by_reading.values():
        for one, other in combinations(group, 2):
            yield _tie(rule, one, other, facts)


def _reading(fact: Fact, facts: Facts) -> str:
    """The one quantity a statement is of: that whose table cell agrees, else its only reading; "" where undecided."""
    for target in fact.target:
        found = facts.get(target.table, target.row, target.column)
        if found and not found.blank and found.amount == fact.amount:
            return target.path
    return fact.target[0].path if len(fact.target) == 1 else ""


def _tie(rule: Rule, one: Fact, other: Fact, facts: Facts) -> Check:
    unreadable = [fact.where for fact in (one, other) if fact.amount is None or fact.repeated]
    if other.part is Part.TABLES and not facts.tables[other.concept.table].unit_stated:
        unreadable.append(f"{facts.tables[other.concept.table].label}的金额单位")
    return _joined(rule, one, [other], unreadable)


def _unpublished(rule: Rule, fact: Fact, facts: Facts) -> Check:
    tables = [facts.tables[target.table] for target in fact.target if target.table in facts.tables]
    unreadable = [table.name for table in tables if table.status is Status.UNREADABLE]
    return _joined(rule, fact, [], unreadable, missing=(f"决算表中的{fact.row_name}{fact.column_name}",))


def _joined(
    rule: Rule, fact: Fact, others: Sequence[Fact], unreadable: Sequence[str], missing: tuple[str, ...] = ()
) -> Check:
    """A statement = the sum of `others`: not checked where something is unreadable, unbound where there is no other."""
    verdict, reason = (Verdict.CONSISTENT, "") if others else (Verdict.UNBOUND, "决算表中无对应数字")
    if unreadable:
        verdict, reason = Verdict.NOT_CHECKED, f"{'、'.join(unreadable)}无法识别"
    return Check(
        id=-1,
        rule=rule,
        scope=fact.named,
        operator="=",
        left=((1, fact.id),),
        right=tuple((1, other.id) for other in others),
        missing=missing,
        reason=reason,
        verdict=verdict,
    )

"""Figures that nothing ties together, and checks on them by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gouji.checks.check import Check, Terms
from gouji.checks.rules import rule
from gouji.facts.fact import Facts
from gouji.intervals import judge_relation
from support.facts import make_facts

#: Half of the last printed digit, of 万元 with two decimals: the radius of the figures.
HALF = 50_000_000


def facts_of(*amounts: int) -> Facts:
    """Figures of one column, of so many scaled units."""
    facts = make_facts({f"expenditure[2{at:02}].total": "1.00" for at, _ in enumerate(amounts)})
    return with_amounts(facts, dict(enumerate(amounts)))


def with_amounts(facts: Facts, amounts: dict[int, int]) -> Facts:
    """The same figures, some with another amount."""
    told = tuple(replace(fact, amount=amounts.get(fact.id, fact.amount)) for fact in facts)
    return replace(facts, facts=told)


def check_of(facts: Facts, left: Terms, right: Terms, **fields: Any) -> Check:
    """A check of the first identity there is, judged on the amounts; `fields` are others of its fields."""
    named: dict[str, Any] = {"rule": rule("expenditure.columns"), "operator": "=", **fields}
    check = Check(id=0, scope="", left=left, right=right, **named)
    residual = sum(sign * (facts.facts[number].amount or 0) for sign, number in check.terms)
    verdict = judge_relation(check.operator, residual, check.tolerance)
    return replace(check, **{"residual": residual, "verdict": verdict, **fields})

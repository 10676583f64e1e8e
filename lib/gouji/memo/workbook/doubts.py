"""Writes checks that join no figures in an identity as formulas: a count and its expense, a result and its target."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gouji.checks.check import Check
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact
from gouji.intervals import Verdict, unscaled
from gouji.memo.workbook.amounts import signed
from gouji.memo.workbook.book import Book
from gouji.memo.workbook.formulas import power, side_formula

_NOUGHT = Decimal(0)
#: Decimals of a difference between two printed figures, in any unit.
_COMPARED = 8


@dataclass(frozen=True, slots=True)
class Doubt:
    """Both sides as formulas, the sign between them, and the condition under which they do not fit together.

    `condition` uses {left} and {right}. `values` are the results of both sides, and `unit` is that of both where they
    share one.
    """

    left: str
    relation: str
    right: str
    condition: str
    unit: str
    values: tuple[Decimal, Decimal]


def doubt_of(check: Check, book: Book) -> Doubt | None:
    """Returns the formulas of a check on figures that it only `concerns`; None where only the program can judge it."""
    facts = [book.audit.facts.facts[number] for number in check.concerns]
    build = _BUILDERS.get(check.rule.kind)
    written = all(fact.id in book.plan.facts for fact in facts)
    return build(check, facts, book) if build and facts and written else None


def _count_and_money(check: Check, facts: Sequence[Fact], book: Book) -> Doubt | None:
    """Returns the doubt unless both are zero or neither is. Where things may be counted without payment, only a zero
    count beside money is a doubt."""
    count, money = facts[0], facts[1]
    only_paid = check.verdict is Verdict.CONSISTENT and bool(count.amount) and not money.amount
    condition = "AND({left}=0,{right}<>0)" if only_paid else "({left}=0)<>({right}=0)"
    units = f"{count.figure.unit}／{money.figure.unit}"
    return Doubt(_ref(count, book), "对应", _ref(money, book), condition, units, (signed(count), signed(money)))


def _target(check: Check, facts: Sequence[Fact], book: Book) -> Doubt | None:
    rate = facts[0]
    hundred = Decimal(100).scaleb(-power(rate.figure.unit))
    values = (signed(rate), hundred)
    return Doubt(_ref(rate, book), "≥", f"={hundred:f}", "{left}<{right}", rate.figure.unit, values)


def _zero_base(check: Check, facts: Sequence[Fact], book: Book) -> Doubt | None:
    """Returns the doubt that last year's amount, the base of a rate of change, is zero."""
    change, now = facts[1], facts[2]
    unit = now.figure.unit
    sides = side_formula(((1, now.id), (-1, change.id)), unit, book.audit.checks, book.plan)
    left = f"=ROUND({sides.removeprefix('=')},{_COMPARED})"
    condition = f"AND({{left}}={{right}},{_ref(change, book).removeprefix('=')}<>0)"
    value = unscaled((now.amount or 0) - (change.amount or 0), unit)
    return Doubt(left, "≠", "=0", condition, unit, (value, _NOUGHT))


def _listed_account(check: Check, facts: Sequence[Fact], book: Book) -> Doubt | None:
    """Returns the doubt that an account listed in words has no amount. For one left out, the formula knows no limit."""
    named, cells = facts[0], facts[1:]
    if named.claim is None or named.claim.measure is not Measure.LISTED or not cells:
        return None
    left = "=" + "+".join(f"ABS({_ref(cell, book).removeprefix('=')})" for cell in cells)
    value = sum((abs(signed(cell)) for cell in cells), _NOUGHT)
    return Doubt(left, "≠", "=0", "{left}={right}", cells[0].figure.unit, (value, _NOUGHT))


def _noted(check: Check, facts: Sequence[Fact], book: Book) -> Doubt | None:
    """Counts the cells that are not zero; the note says there are none."""
    left = "=" + "+".join(f"({_ref(cell, book).removeprefix('=')}<>0)" for cell in facts)
    value = Decimal(sum(bool(cell.amount) for cell in facts))
    return Doubt(left, "=", "=0", "{left}>{right}", "个", (value, _NOUGHT))


_BUILDERS: dict[str, Callable[[Check, Sequence[Fact], Book], Doubt | None]] = {
    "count_money": _count_and_money,
    "target": _target,
    "zero_base": _zero_base,
    "listed_accounts": _listed_account,
    "note_of_nothing": _noted,
}


def _ref(fact: Fact, book: Book) -> str:
    return side_formula(((1, fact.id),), fact.figure.unit, book.audit.checks, book.plan)

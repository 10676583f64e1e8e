"""Says what should stand in place of a word of direction (大于, 持平, 增加) that the figures contradict."""

from __future__ import annotations

from collections.abc import Iterable

from gouji.checks.check import Check, Checks
from gouji.checks.gap import gap
from gouji.facts.claim import BUDGETS, Measure
from gouji.facts.fact import Fact
from gouji.facts.shown import shown_amount
from gouji.runtime.immutable import immutable

#: What a relation is called between two amounts, and of an amount and last year's.
_COMPARED = {">": "大于", "<": "小于", "=": "等于"}
_MOVED = {">": "增加", "<": "减少", "=": "持平"}


@immutable()
class Turned:
    """The correction of a word of direction.

    `word` should stand in its place. `figures` says what the figures are: 决算数0.25万元小于预算数3万元. `says` is what
    the sentence says with its word: 决算数“大于”预算数.
    """

    word: str
    figures: str
    says: str


def turned(fact: Fact, conflicts: Iterable[Check], checks: Checks) -> Turned | None:
    """Returns the correction of a word of direction by the first conflict about it; None if no conflict is about it."""
    check = next((one for one in conflicts if fact.id in one.claims), None)
    if check is None or fact.claim is None:
        return None
    if check.rule.kind == "prior_limit":
        return _compare_with_last_year(fact, check, checks)
    if check.left and check.right:
        return _compare_amounts(fact, check, checks)
    return _compare_with_change(fact, check, checks)


def _compare_with_last_year(fact: Fact, check: Check, checks: Checks) -> Turned:
    """Corrects 持平 by the amounts of last year: its part (or the whole that it is part of) was more (or less) than
    this."""
    part = len(check.left) == 1 and check.claims[0] == fact.id
    word = _MOVED[">" if part else "<"]
    bound = f"{gap(check, checks)}以上"
    return Turned(f"{word}{bound}", f"据其余公布数推算应为{word}{bound}", _quote_word(fact))


def _compare_amounts(fact: Fact, check: Check, checks: Checks) -> Turned:
    """Corrects a word by two amounts, the subject's and the one compared with. A check of 大于 has them the other way
    round."""
    assert fact.claim is not None
    sides = [checks.facts.facts[terms[0][1]] for terms in (check.left, check.right)]
    subject, other = reversed(sides) if fact.claim.relation == ">" else sides
    relation = _relation((subject.amount or 0) - (other.amount or 0))
    against = fact.claim.against
    compared = against in BUDGETS or against is Measure.FINAL
    base = Measure[fact.claim.base.key] if fact.claim.base else Measure.FINAL
    names = f"{base.value}数", f"{(against or Measure.PRIOR).value}数"
    amounts = [f"{name}{shown_amount(one)}" for name, one in zip(names, (subject, other), strict=True)]
    word = (_COMPARED if compared else _MOVED)[relation]
    says = f"{names[0]}{_quote_word(fact)}{names[1]}" if compared else f"比上年{_quote_word(fact)}"
    return Turned(word, f"{amounts[0]}{_COMPARED[relation]}{amounts[1]}", says)


def _compare_with_change(fact: Fact, check: Check, checks: Checks) -> Turned:
    """Corrects a word by a change stated beside it, or by a completion above or below 100 %."""
    assert fact.claim is not None
    beside = checks.facts.facts[(check.left or check.right)[0][1]]
    completion = beside.claim is not None and beside.claim.measure is Measure.COMPLETION
    turn = -1 if fact.claim.relation == ">" else 1
    relation = _relation(turn * check.residual)
    if completion:
        return Turned(_COMPARED[relation], f"完成率为{shown_amount(beside)}", _quote_word(fact))
    return Turned(_MOVED[relation], f"所列增减额为{shown_amount(beside)}", _quote_word(fact))


def _quote_word(fact: Fact) -> str:
    return f"“{fact.figure.text.strip()}”"


def _relation(difference: int) -> str:
    return "=" if not difference else ">" if difference > 0 else "<"

"""The proof that rounding allows an error nobody noticed: true values for every figure that satisfy every row."""

from __future__ import annotations

from fractions import Fraction

from gouji.checks.check import Check, Checks
from gouji.checks.joint import judge_jointly
from gouji.checks.ratio import Ratio
from gouji.intervals import Verdict


def is_allowed(checks: Checks) -> bool:
    """True where true values satisfy all rows of a document at once: sums, second prints, changes and percentages. They
    lie within half of every figure's last digit or, where that does not do, as far off as a figure may be that was
    calculated from rounded ones (尾差). What the library offers as such values is computed again here.

    A second print that differs by 尾差, shares that add up to 100 %, 持平, and percentages that were cut off, which are
    told in a note, are left out: the printed figures decide those.
    """
    facts = checks.facts.facts
    for strict in (True, False):
        witness = judge_jointly(checks, strict=strict, every_rule=True).witness
        if witness is None or (strict and any(abs(value) > facts[fact].radius for fact, value in witness.items())):
            continue
        true = {fact.id: (fact.amount or 0) + witness.get(fact.id, Fraction(0)) for fact in checks.facts}
        if all(_holds(check, checks, true) for check in checks.made() if check.terms):
            return True
    return False


def _holds(check: Check, checks: Checks, true: dict[int, Fraction]) -> bool:
    if check.rule.kind == "shares_total" or (check.tie and check.verdict is Verdict.ROUNDING):
        return check.verdict is not Verdict.CONFLICT
    if check.rule.severity == "note" or (check.claims and check.operator == "="):
        return True
    if check.per:
        ratio = Ratio.of(check, checks.facts)
        top, bottom = (
            sum((weight * true[fact] for weight, fact in side), Fraction(0)) for side in (check.right, check.per)
        )
        return abs(ratio.factor * top - ratio.p * bottom) <= ratio.radius * abs(bottom)
    total = check.constant + sum((sign * true[fact] for sign, fact in check.terms), Fraction(0))
    return total <= 0 if check.operator != "=" else total == 0

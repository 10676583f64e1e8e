"""The proof that rounding allows an error nobody noticed: true values for every figure that satisfy every row."""

from __future__ import annotations

from fractions import Fraction

from gouji.checks.check import Check, Checks
from gouji.checks.joint import judge_jointly
from gouji.checks.ratio import Ratio, is_exact
from gouji.intervals import Verdict

_NOTHING = Fraction(0)


def is_allowed(checks: Checks) -> bool:
    """True where true values satisfy all rows of a document at once: sums, second prints, changes and percentages.

    They lie within half of every figure's last digit or, where that does not do, as far off as a figure may be that
    was calculated from rounded ones (尾差); then a row that the printed figures give to the digit holds as printed.
    What the library offers as such values is computed again here. A second print that differs by 尾差, shares that
    add up to 100 %, 持平, and percentages that were cut off, told in a note, are decided by the printed figures.
    """
    facts = checks.facts.facts
    for strict, every_rule in ((True, True), (False, True), (False, False)):
        witness = judge_jointly(checks, strict=strict, every_rule=every_rule).witness
        if witness is None or (
            strict and any(not -facts[fact].radius <= value <= facts[fact].radius for fact, value in witness.items())
        ):
            continue
        true = {fact.id: Fraction(fact.amount or 0) + witness.get(fact.id, _NOTHING) for fact in checks.facts}
        rows = [check for check in checks.made() if check.terms and not _as_printed(check)]
        if all(_holds(check, checks, true) or (not strict and _is_exact(check, checks)) for check in rows):
            return True
    return False


def _as_printed(check: Check) -> bool:
    """True for what the printed figures decide."""
    words = bool(check.claims) and check.operator == "="
    rounded = check.tie and check.verdict is Verdict.ROUNDING
    return check.rule.severity == "note" or check.rule.kind == "shares_total" or words or rounded


def _holds(check: Check, checks: Checks, true: dict[int, Fraction]) -> bool:
    """True where the true values satisfy a row, exactly."""
    if check.per:
        ratio = Ratio.of(check, checks.facts)
        top, bottom = (
            sum((weight * true[fact] for weight, fact in side), _NOTHING) for side in (check.right, check.per)
        )
        return abs(ratio.factor * top - ratio.p * bottom) <= ratio.radius * abs(bottom)
    total = check.constant + sum((sign * true[fact] for sign, fact in check.terms), _NOTHING)
    return total <= 0 if check.operator != "=" else total == 0


def _is_exact(check: Check, checks: Checks) -> bool:
    """True where the printed figures satisfy a row to the digit."""
    if check.per:
        return is_exact(Ratio.of(check, checks.facts))
    return check.residual <= 0 if check.operator != "=" else check.residual == 0

"""Names the slip of the pen that may have made a located figure. A finding mentions it, but never rests on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil, floor

from gouji.checks.check import Check, Checks
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact
from gouji.intervals import SCALE, ScaledAmount
from gouji.repair.polytope import Range
from gouji.runtime.immutable import immutable
from gouji.slips import SlipKind, slip_between

_NEIGHBOURS = ((-1, 0), (1, 0), (0, -1), (0, 1))
_RATES = (Measure.SHARE, Measure.COMPLETION, Measure.RATE)
#: The fewest digits of a figure of which one wrong digit is named. In a shorter one it explains any misprint.
_TELLING_DIGITS = 3
#: 100 %, as rates are measured.
_WHOLE = 100 * SCALE
_STRONG = frozenset({SlipKind.SIGN, SlipKind.SHIFTED, SlipKind.UNIT, SlipKind.TRANSPOSED})
_BY_DIGITS = frozenset(SlipKind) - {SlipKind.DIGIT}
#: The widest range, in units of the last digit, that is searched for a slip. In a wider one there is always some.
_NARROW = 20


@immutable()
class NamedSlip:
    """How a figure may have come to be printed, in the auditor's words.

    `strong`: few values can be reached by it. `value`: the amount that was meant (scaled); None if the words do not
    say.
    """

    name: str
    strong: bool = False
    value: ScaledAmount | None = None


def name_slip(fact: Fact, implied: ScaledAmount, limits: Range, checks: Checks) -> NamedSlip | None:
    """Returns the slip that printed `fact` instead of `implied`, or instead of another value within narrow `limits`;
    None if no slip explains it.

    Slips of digits come before figures copied from other places. A single wrong digit comes last.
    """
    printed = fact.amount
    if not printed or not implied or fact.blank or printed == implied:
        return None
    unit = 2 * fact.radius or SCALE
    if digits := _slip_of_digits(printed, unit, implied, _range_meant(implied, fact.radius, limits)):
        return digits
    if elsewhere := next(_copied_from(fact, checks), ""):
        return NamedSlip(elsewhere)
    if abs(printed - implied) == unit:
        return NamedSlip("末位取舍有误")
    several = len(str(abs(printed) // unit)) >= _TELLING_DIGITS
    low, high = implied - fact.radius, implied + fact.radius
    single = slip_between(printed, unit, low, high, frozenset({SlipKind.DIGIT})) if several else None
    return NamedSlip(single.kind.value, value=single.value) if single else None


def _slip_of_digits(
    printed: ScaledAmount, unit: ScaledAmount, implied: ScaledAmount, meant: tuple[ScaledAmount, ScaledAmount]
) -> NamedSlip | None:
    """Returns the slip that printed other digits than the implied value's, or else than those of a value in the range
    `meant`."""
    exactly = slip_between(printed, unit, implied, implied, _BY_DIGITS)
    slip = exactly if exactly and exactly.value != printed else slip_between(printed, unit, *meant, _BY_DIGITS)
    if slip is None or slip.value == printed:
        return None
    return NamedSlip(slip.kind.value, slip.kind in _STRONG, slip.value)


def _range_meant(implied: ScaledAmount, radius: ScaledAmount, limits: Range) -> tuple[ScaledAmount, ScaledAmount]:
    """Returns the range of values that may have been meant: the feasible ones if few, else the implied value as
    printed."""
    low, high = limits
    if low is None or high is None or high - low > _NARROW * 2 * radius:
        return implied - radius, implied + radius
    return min(ceil(low), implied - radius), max(floor(high), implied + radius)


def _copied_from(fact: Fact, checks: Checks) -> Iterator[str]:
    """Yields the places whose figure may have been printed here by mistake: the next row or column, the rate above,
    last year's amount."""
    if fact.cell is not None:
        yield from _copied_from_neighbour(fact, checks)
    elif fact.claim is not None:
        yield from _copied_from_sentence(fact, checks)


def _copied_from_neighbour(fact: Fact, checks: Checks) -> Iterator[str]:
    assert fact.cell is not None
    row, column = fact.cell
    cells = {one.cell: one for one in checks.facts if one.block == fact.block and one.cell is not None}
    for down, right in _NEIGHBOURS:
        other = cells.get((row + down, column + right))
        if other is not None and other.amount == fact.amount:
            beside = f"行（{other.row_name}）" if down else f"列（{other.column_name}）"
            yield f"与相邻{beside}的数字相同"


def _copied_from_sentence(fact: Fact, checks: Checks) -> Iterator[str]:
    claim = fact.claim
    assert claim is not None
    if above := _rate_above(fact, checks):
        yield f"与上一处比率（{above.named}）相同"
    for one in (one for one in checks.facts.statements() if one.claim and one.claim.order < claim.order):
        prior = one.claim is not None and one.claim.measure is Measure.PRIOR and one.claim.topic == claim.topic
        if prior and one.amount == fact.amount:
            yield "与上年数相同"


def copied_rate(fact: Fact, checks: Checks) -> Fact | None:
    """Returns the last rate of the same kind before a rate, if it is about something else and prints the same number.

    Returns None for 0% and 100%, which many things have.
    """
    above = _rate_above(fact, checks)
    if above is None or above.claim is None or fact.claim is None or fact.amount in (0, _WHOLE):
        return None
    return above if above.claim.topic != fact.claim.topic else None


def copied_total(fact: Fact, conflicts: Sequence[Check], checks: Checks) -> Fact | None:
    """Returns the total of which a fact is one of several parts with amounts, if it prints that total's amount; None
    for none."""
    for check in conflicts:
        parts = {number for _, number in check.right if checks.facts.facts[number].amount}
        if check.defines and fact.id in parts and len(parts) > 1:
            total = checks.facts.facts[check.left[0][1]]
            if total.amount == fact.amount:
                return total
    return None


def _rate_above(fact: Fact, checks: Checks) -> Fact | None:
    """Returns the last rate of the same kind before a rate, if it prints the same number; else None."""
    claim = fact.claim
    if claim is None or claim.measure not in _RATES:
        return None
    before = [
        one
        for one in checks.facts.statements()
        if one.claim and one.claim.measure is claim.measure and one.claim.order < claim.order
    ]
    return before[-1] if before and before[-1].amount == fact.amount else None

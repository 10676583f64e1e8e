"""What a printed figure may stand for. No other module knows a tolerance.

A figure v printed with unit u in its last place stands for any true value in the closed interval [v − u/2, v + u/2]
(XBRL Calculations 1.1, round-to-nearest). Amounts are held as integers: `ScaledAmount` is yuan × 10**SCALE_DIGITS, fine
enough that half of the finest unit in use is itself an integer, so every test below is exact.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

#: Digits kept behind the yuan's point. 万元 with seven decimals is 0.001 元; its half needs four digits.
SCALE_DIGITS = 6
SCALE = 10**SCALE_DIGITS

#: Yuan in one money unit, as a power of ten.
MONEY_UNITS: dict[str, int] = {"元": 0, "千元": 3, "万元": 4, "百万元": 6, "亿元": 8}

ScaledAmount = int


class Verdict(StrEnum):
    """How one rule instance ended. `ROUNDING` is the consistent case whose printed digits do not add up."""

    CONSISTENT = "consistent"
    ROUNDING = "rounding"
    CONFLICT = "conflict"
    UNBOUND = "unbound"
    NOT_CHECKED = "not_checked"


def scaled(value: Decimal, unit: str) -> ScaledAmount:
    """`value` printed in money `unit` as a scaled integer.

    Raises ValueError where the figure has more digits than the scale keeps, KeyError for a unit that is not money.
    """
    shifted = value.scaleb(MONEY_UNITS[unit] + SCALE_DIGITS)
    whole = shifted.to_integral_value()
    if whole != shifted:
        raise ValueError(f"{value} {unit} has more decimals than amounts are kept with")
    return int(whole)


def unscaled(amount: ScaledAmount, unit: str) -> Decimal:
    """The scaled integer as an exact number of money `unit`."""
    return Decimal(amount).scaleb(-(MONEY_UNITS[unit] + SCALE_DIGITS))


def radius(decimals: int, unit: str) -> ScaledAmount:
    """Half of the last printed unit (u/2) of a money figure with `decimals` places.

    Raises ValueError where that is finer than amounts are kept.
    """
    places = MONEY_UNITS[unit] + SCALE_DIGITS - decimals - 1
    if places < 0:
        raise ValueError(f"{decimals} decimals of {unit} are more than amounts are kept with")
    return 5 * int(10**places)


def tie_tolerance(radius_a: ScaledAmount, radius_b: ScaledAmount, parts: int) -> ScaledAmount:
    """What one quantity printed twice may be off by.

    Printed at one precision it is equal to the digit; at two precisions the intervals must meet. A subtotal of at least
    two parts may further be printed once as its rounded true value and once as the sum of its `parts` rounded parts
    (尾差): then n·u/2, u the coarser unit, is allowed.
    """
    met = tie_agreement(radius_a, radius_b)
    return max(met, parts * max(radius_a, radius_b)) if parts > 1 else met


def tie_agreement(radius_a: ScaledAmount, radius_b: ScaledAmount) -> ScaledAmount:
    """The difference between two prints of one quantity that needs no remark: a coarser print of the same value."""
    return 0 if radius_a == radius_b else radius_a + radius_b


def judge_equal(residual: ScaledAmount, tolerance: ScaledAmount, agreement: ScaledAmount = 0) -> Verdict:
    """The verdict on left − right = `residual`: conflict beyond `tolerance`, agreement up to `agreement`."""
    if abs(residual) > tolerance:
        return Verdict.CONFLICT
    return Verdict.ROUNDING if abs(residual) > agreement else Verdict.CONSISTENT


def judge_at_most(residual: ScaledAmount, tolerance: ScaledAmount) -> Verdict:
    """The verdict on left − right = `residual` where left must not exceed right."""
    if residual > tolerance:
        return Verdict.CONFLICT
    return Verdict.ROUNDING if residual > 0 else Verdict.CONSISTENT

"""What a printed figure may stand for. No other module knows a tolerance.

A figure v printed with unit u in its last place stands for any true value in the closed interval [v − u/2, v + u/2]
(XBRL Calculations 1.1, round-to-nearest). Amounts are held as integers: `ScaledAmount` is yuan × 10**SCALE_DIGITS, fine
enough that half of the finest unit in use is itself an integer, so every test below is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Context, Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gouji.runtime.immutable import immutable

#: Digits kept behind the yuan's point. 万元 with seven decimals is 0.001 元; its half needs four digits.
SCALE_DIGITS = 6
SCALE: int = 10**SCALE_DIGITS

#: Yuan in one money unit, as a power of ten.
MONEY_UNITS: dict[str, int] = {"元": 0, "千元": 3, "万元": 4, "百万元": 6, "亿元": 8}
#: An expression for any of them, the longest first: 万元 is not found in 百万元.
MONEY_UNIT = "|".join(sorted(MONEY_UNITS, key=len, reverse=True))

#: Percent in one unit of a rate, as a power of ten; counts of anything else are in ones.
RATE_UNITS: dict[str, int] = {"%": 0, "‰": -1}
#: What differences of percentages are printed in.
POINT_UNITS = ("个百分点", "百分点")

#: Digits before the point, in its own unit, from which on a figure is no amount: two printed ones run together, say.
_MOST_DIGITS = 20
#: Wide enough that scaling a figure of so many digits, and as many decimals as are kept, is exact.
_WIDE = Context(prec=64)

#: Amounts recur, zeros above all: so many are remembered.
_REMEMBERED = 16384

ScaledAmount = int

#: Scaled amounts of many documents: 64-bit integers, or Python's own (dtype object) where those could overflow.
Amounts = NDArray[Any]
Codes = NDArray[np.int8]


def _power(unit: str) -> int:
    return MONEY_UNITS.get(unit.partition("/")[0], RATE_UNITS.get(unit, 0))


class Verdict(StrEnum):
    """How a check ended. `ROUNDING` is consistent too, but the printed digits do not add up."""

    __hash__ = str.__hash__  # an Enum's own is a call into Python

    CONSISTENT = "consistent"
    ROUNDING = "rounding"
    CONFLICT = "conflict"
    UNBOUND = "unbound"
    NOT_CHECKED = "not_checked"


#: Verdicts by code: arrays hold a verdict as its place in this tuple.
VERDICTS = tuple(Verdict)
CONSISTENT, ROUNDING, CONFLICT, UNBOUND, NOT_CHECKED = (np.int8(code) for code in range(len(VERDICTS)))


@lru_cache(maxsize=_REMEMBERED)
def scaled(value: Decimal, unit: str) -> ScaledAmount:
    """Returns `value` printed in `unit` as a scaled integer: of yuan, of percent, or of what is counted. Raises
    ValueError if the figure has more digits than the scale keeps."""
    if value.adjusted() >= _MOST_DIGITS:
        raise ValueError(f"a figure of {value.adjusted() + 1} digits is more than amounts are kept with")
    places = _power(unit) + SCALE_DIGITS
    whole = value.quantize(Decimal(1).scaleb(-places), context=_WIDE)
    if whole != value:
        raise ValueError(f"{value} {unit} has more decimals than amounts are kept with")
    return int(whole.scaleb(places, context=_WIDE))


@lru_cache(maxsize=_REMEMBERED)
def unscaled(amount: ScaledAmount, unit: str) -> Decimal:
    """Returns the scaled integer as an exact number of `unit`."""
    return Decimal(amount).scaleb(-(_power(unit) + SCALE_DIGITS), context=_WIDE)


@lru_cache(maxsize=_REMEMBERED)
def radius(decimals: int, unit: str) -> ScaledAmount:
    """Returns half of the last printed unit (u/2) of a figure with `decimals` places. Raises ValueError if that is
    finer than amounts are kept."""
    places = _power(unit) + SCALE_DIGITS - decimals - 1
    if places < 0:
        raise ValueError(f"{decimals} decimals of {unit} are more than amounts are kept with")
    return 5 * int(10**places)


def places_of(radius: ScaledAmount, unit: str) -> int:
    """Returns the decimals that a radius in `unit` belongs to: the inverse of `radius`."""
    return _power(unit) + SCALE_DIGITS - len(str(radius))


def tie_tolerance(radius_a: Amounts, radius_b: Amounts, parts: Amounts) -> Amounts:
    """Returns the tolerance between two prints of one quantity; for many pairs at once, elementwise.

    Prints with one precision must be equal to the digit; with two precisions, their intervals must meet. A subtotal of
    at least two parts may further be printed once as its rounded true value and once as the sum of its `parts` rounded
    parts (尾差): then n·u/2, u the coarser unit, is allowed.
    """
    met = tie_agreement(radius_a, radius_b)
    return np.where(parts > 1, np.maximum(met, parts * np.maximum(radius_a, radius_b)), met)


def tie_agreement(radius_a: Amounts, radius_b: Amounts) -> Amounts:
    """Returns the difference between two prints of one quantity that needs no remark: one is a coarser print of the
    same value. Elementwise."""
    return np.where(radius_a == radius_b, 0, radius_a + radius_b)


def judge_equal(residual: ScaledAmount, tolerance: ScaledAmount, agreement: ScaledAmount = 0) -> Verdict:
    """Returns the verdict on left − right = `residual`: conflict beyond `tolerance`, agreement up to `agreement`."""
    if abs(residual) > tolerance:
        return Verdict.CONFLICT
    return Verdict.ROUNDING if abs(residual) > agreement else Verdict.CONSISTENT


def judge_at_most(residual: ScaledAmount, tolerance: ScaledAmount) -> Verdict:
    """Returns the verdict on left − right = `residual` if left must not exceed right."""
    if residual > tolerance:
        return Verdict.CONFLICT
    return Verdict.ROUNDING if residual > 0 else Verdict.CONSISTENT


def codes_equal(residuals: Amounts, tolerances: Amounts, agreements: Amounts) -> Codes:
    """Returns `judge_equal` for many at once, as codes; arrays of one shape."""
    off = np.abs(residuals)
    return np.where(off > tolerances, CONFLICT, np.where(off > agreements, ROUNDING, CONSISTENT))


def codes_at_most(residuals: Amounts, tolerances: Amounts) -> Codes:
    """Returns `judge_at_most` for many at once, as codes; arrays of one shape."""
    return np.where(residuals > tolerances, CONFLICT, np.where(residuals > 0, ROUNDING, CONSISTENT))


def judge_less(residual: ScaledAmount, tolerance: ScaledAmount) -> Verdict:
    """Returns the verdict on left − right = `residual` if words call left the smaller. Figures printed alike contradict
    that."""
    if residual < 0:
        return Verdict.CONSISTENT
    return Verdict.ROUNDING if 0 < residual < tolerance else Verdict.CONFLICT


def judge_relation(operator: str, residual: ScaledAmount, tolerance: ScaledAmount) -> Verdict:
    """Returns the verdict on left − right = `residual` if left must be =, <= or < right."""
    return {"=": judge_equal, "<=": judge_at_most, "<": judge_less}[operator](residual, tolerance)


def allowed_gaps(operator: str, tolerance: ScaledAmount) -> tuple[ScaledAmount | None, ScaledAmount]:
    """Returns the least (None: any) and the greatest left − right with which a check of `operator` is no conflict."""
    if operator == "=":
        return -tolerance, tolerance
    return None, tolerance if operator == "<=" else -1


@immutable()
class QuotientTerm:
    """A printed figure in a quotient: its weight in numerator and denominator, its amount and radius."""

    top: int
    bottom: int
    amount: ScaledAmount
    radius: ScaledAmount


def ratio_gap(p: ScaledAmount, radius_p: ScaledAmount, parts: Sequence[QuotientTerm], factor: int) -> tuple[int, int]:
    """Returns the least and the greatest factor·N − p·D over all values that the printed figures may stand for.

    p = factor·N/D can hold exactly if zero lies between the two. The expression is linear in every figure, so its
    extremes lie at the ends of their intervals.
    """
    lows, highs = [], []
    for end in (p - radius_p, p + radius_p):
        middle = sum((factor * part.top - end * part.bottom) * part.amount for part in parts)
        slack = sum(abs(factor * part.top - end * part.bottom) * part.radius for part in parts)
        lows.append(middle - slack)
        highs.append(middle + slack)
    return min(lows), max(highs)


def ratio_extremes(parts: Sequence[QuotientTerm], factor: int) -> tuple[Fraction, Fraction] | None:
    """Returns the least and the greatest factor·N/D that the printed figures allow; None if D may be zero."""
    top = sum(part.top * part.amount for part in parts)
    bottom = sum(part.bottom * part.amount for part in parts)
    if abs(bottom) <= sum(abs(part.bottom) * part.radius for part in parts):
        return None
    ends = [Fraction(factor) * _extreme(parts, Fraction(top, bottom), direction) for direction in (-1, 1)]
    return min(ends), max(ends)


def _extreme(parts: Sequence[QuotientTerm], ratio: Fraction, direction: int) -> Fraction:
    """Returns the least (`direction` −1) or greatest (1) N/D, for a negative D the other one, beginning with the ratio
    of the printed amounts (Dinkelbach, 1967).

    If N/D is `ratio`, its slope in a figure has the sign of top·D − N·bottom. With every figure moved in that
    direction, N/D lies further out, and slopes may have other signs there (N near zero may change its own). This is
    repeated until nothing moves it.
    """
    while True:
        over = under = 0
        for part in parts:
            slope = _sign(part.top * ratio.denominator - ratio.numerator * part.bottom)
            amount = part.amount + direction * slope * part.radius
            over, under = over + part.top * amount, under + part.bottom * amount
        further = Fraction(over, under)
        if further == ratio:
            return ratio
        ratio = further


def _sign(value: int) -> int:
    return (value > 0) - (value < 0)

"""Checks a percentage, or an amount per head, against the figures it is made of, in exact integers.

p = factor·N/D, with N and D sums of printed figures. The true values that each printed figure may stand for bound p.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from gouji.facts.fact import Fact, Facts
from gouji.intervals import RATE_UNITS, SCALE, QuotientTerm, ratio_extremes, ratio_gap
from gouji.runtime.immutable import immutable

if TYPE_CHECKING:
    from gouji.checks.check import Check, Terms

#: Beyond any amount: what a quotient says of a figure that it does not bound.
UNBOUNDED = 10**24


@immutable()
class Ratio:
    """p with its radius, and the parts of N and D: weight in N, weight in D, amount, radius, fact id."""

    figure: int
    p: int
    radius: int
    parts: tuple[QuotientTerm, ...]
    ids: tuple[int, ...]
    factor: int

    @classmethod
    def of(cls, check: Check, facts: Facts, values: Mapping[int, int] | None = None) -> Ratio:
        """Returns a check's ratio, with `values` in place of the printed amounts."""
        return cls.made(facts.facts[check.left[0][1]], check.right, check.per, facts, values or {})

    @classmethod
    def made(cls, figure: Fact, top: Terms, per: Terms, facts: Facts, values: Mapping[int, int]) -> Ratio:
        """Returns the ratio of a figure that is `top` ÷ `per`, with `values` in place of the printed amounts."""
        weights: dict[int, tuple[int, int]] = {}
        for weight, number in top:
            weights[number] = (weight, 0)
        for weight, number in per:
            weights[number] = (weights.get(number, (0, 0))[0], weight)
        parts = tuple(
            QuotientTerm(top, bottom, values.get(number, facts.facts[number].amount or 0), facts.facts[number].radius)
            for number, (top, bottom) in weights.items()
        )
        p = values.get(figure.id, figure.amount or 0)
        return cls(figure.id, p, figure.radius, parts, tuple(weights), factor_of(figure))

    @property
    def truth(self) -> Fraction | None:
        """Returns N/D from the printed values, scaled as p; None if D is zero."""
        top, bottom = self.printed
        return Fraction(top, bottom) if bottom else None

    @property
    def printed(self) -> tuple[int, int]:
        """Returns factor·N and D from the printed values."""
        top = sum(part.top * part.amount for part in self.parts)
        return self.factor * top, sum(part.bottom * part.amount for part in self.parts)


def factor_of(figure: Fact) -> int:
    """Returns the factor that scales the quotient of two amounts like the figure that prints it."""
    return 100 * SCALE if figure.figure.unit in RATE_UNITS else SCALE


def holds(ratio: Ratio) -> bool:
    """True if the percentage is right for some true values of the printed figures."""
    low, high = ratio_gap(ratio.p, ratio.radius, ratio.parts, ratio.factor)
    return low <= 0 <= high


def is_exact(ratio: Ratio) -> bool:
    """True if the printed values themselves, divided and rounded, give the percentage; 0 % is right of nothing."""
    top, bottom = ratio.printed
    if bottom == 0:
        return top == 0 == ratio.p
    return abs(top - ratio.p * bottom) <= ratio.radius * abs(bottom)


def is_cut_off(ratio: Ratio) -> bool:
    """True for a percentage below its true value by less than one unit of its last digit: cut off, not rounded."""
    if ratio.truth is None or ratio.truth == 0:
        return False
    short = (abs(ratio.truth) - abs(ratio.p)) if (ratio.truth > 0) == (ratio.p > 0) or ratio.p == 0 else Fraction(-1)
    return 0 < short < 2 * ratio.radius


def bounds(ratio: Ratio, number: int) -> tuple[int, int]:
    """Returns the least and the greatest value of figure `number`, the others as printed; low > high if no value would
    do."""
    if number == ratio.figure:
        extremes = ratio_extremes(ratio.parts, ratio.factor)
        if extremes is None:
            return -UNBOUNDED, UNBOUNDED
        low, high = extremes
        return -(-(low - ratio.radius) // 1), (high + ratio.radius) // 1
    return _part_bounds(ratio, ratio.ids.index(number))


def _part_bounds(ratio: Ratio, at: int) -> tuple[int, int]:
    part = ratio.parts[at]
    below: list[int] = []
    above: list[int] = []
    ends = (ratio.p - ratio.radius, ratio.p + ratio.radius)
    slopes = [ratio.factor * part.top - p * part.bottom for p in ends]
    if min(slopes) <= 0 <= max(slopes):
        # A rate of nothing (0 %) is right whatever it is a rate of.
        return -UNBOUNDED, UNBOUNDED
    for p, slope in zip(ends, slopes, strict=True):
        rest = sum(
            (ratio.factor * one.top - p * one.bottom) * one.amount
            for index, one in enumerate(ratio.parts)
            if index != at
        )
        slack = sum(abs(ratio.factor * one.top - p * one.bottom) * one.radius for one in ratio.parts)
        slack = slack if slope > 0 else -slack
        below.append(-((rest + slack) // slope))  # rounded up, as high is down
        above.append((slack - rest) // slope)
    return min(below), max(above)


def implied(ratio: Ratio, number: int) -> int | None:
    """Returns the value of figure `number` that the others give, rounded as it is printed; None if they give none."""
    if number == ratio.figure:
        truth = ratio.truth
        return None if truth is None else _round_to_unit(truth, 2 * ratio.radius)
    at = ratio.ids.index(number)
    part = ratio.parts[at]
    slope = ratio.factor * part.top - ratio.p * part.bottom
    if slope == 0:
        return None
    rest = sum(
        (ratio.factor * one.top - ratio.p * one.bottom) * one.amount
        for index, one in enumerate(ratio.parts)
        if index != at
    )
    return _round_to_unit(Fraction(-rest, slope), 2 * part.radius)


def _round_to_unit(value: Fraction, unit: int) -> int:
    """Rounds to the nearest multiple of the printed unit, halves away from zero."""
    unit = unit or SCALE
    sign = -1 if value < 0 else 1
    return sign * int((abs(value) / unit + Fraction(1, 2)) // 1) * unit

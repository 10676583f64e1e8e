"""Decides linear inequalities in one to three unknowns exactly, by Fourier's elimination in integers.

Sets of suspects are so small that elimination is faster than a solver, and it needs no tolerance.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd

#: weights · x ≤ bound.
Inequality = tuple[tuple[int, ...], int]
#: The least and the greatest value of an unknown; None where nothing bounds it.
Range = tuple[Fraction | None, Fraction | None]


def is_feasible(inequalities: Sequence[Inequality], unknowns: int) -> bool:
    """True if some real values of the unknowns satisfy all inequalities."""
    left: Sequence[Inequality] | None = inequalities
    for at in range(unknowns):
        left = None if left is None else _eliminate(left, at)
    return left is not None and all(bound >= 0 for _, bound in left)


def range_of(inequalities: Sequence[Inequality], at: int, unknowns: int) -> Range | None:
    """Returns the range of unknown `at` over all solutions; None if there is no solution."""
    left: Sequence[Inequality] | None = inequalities
    for other in range(unknowns):
        if other != at and left is not None:
            left = _eliminate(left, other)
    if left is None or any(bound < 0 for weights, bound in left if not weights[at]):
        return None
    highs = [Fraction(bound, weights[at]) for weights, bound in left if weights[at] > 0]
    lows = [Fraction(bound, weights[at]) for weights, bound in left if weights[at] < 0]
    low, high = max(lows, default=None), min(highs, default=None)
    return None if low is not None and high is not None and low > high else (low, high)


def _eliminate(inequalities: Sequence[Inequality], at: int) -> list[Inequality] | None:
    """Returns the inequalities on the other unknowns; None if one of them is 0 ≤ a negative number."""
    kept = {one for one in inequalities if not one[0][at]}
    above = [one for one in inequalities if one[0][at] > 0]
    below = [one for one in inequalities if one[0][at] < 0]
    for weights, bound in above:
        for others, other_bound in below:
            up, down = weights[at], -others[at]
            joined = tuple(down * one + up * other for one, other in zip(weights, others, strict=True))
            kept.add(_divide_by_gcd(joined, down * bound + up * other_bound))
    if any(bound < 0 for weights, bound in kept if not any(weights)):
        return None
    return [one for one in kept if any(one[0])]


def _divide_by_gcd(weights: tuple[int, ...], bound: int) -> Inequality:
    """Divides an inequality by its greatest common divisor. This keeps numbers small and makes equal rows equal."""
    divisor = gcd(*weights, bound)
    return (tuple(one // divisor for one in weights), bound // divisor) if divisor > 1 else (weights, bound)

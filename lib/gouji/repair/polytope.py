"""Linear inequalities in one to three unknowns, decided exactly: Fourier's elimination in integers.

Sets of suspects are so small that elimination costs less than a call of a solver, and needs no tolerance.
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
    """True where some real values of the unknowns satisfy all inequalities."""
    left: Sequence[Inequality] | None = inequalities
    for at in range(unknowns):
        left = None if left is None else _eliminate(left, at)
    return left is not None and all(bound >= 0 for _, bound in left)


def range_of(inequalities: Sequence[Inequality], at: int, unknowns: int) -> Range | None:
    """What unknown `at` may be over all solutions, None where there is none."""
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
    """The inequalities on the other unknowns; None where one of them is 0 ≤ a negative number."""
    kept = {one for one in inequalities if not one[0][at]}
    above = [one for one in inequalities if one[0][at] > 0]
    below = [one for one in inequalities if one[0][at] < 0]
    for weights, bound in above:
        for others, other_bound in below:
            up, down = weights[at], -others[at]
            joined = tuple(down * one + up * other for one, other in zip(weights, others, strict=True))
            kept.add(_reduced(joined, down * bound + up * other_bound))
    if any(bound < 0 for weights, bound in kept if not any(weights)):
        return None
    return [one for one in kept if any(one[0])]


def _reduced(weights: tuple[int, ...], bound: int) -> Inequality:
    """An inequality divided by its greatest common divisor, so that numbers stay small and twins are seen."""
    divisor = gcd(*weights, bound)
    return (tuple(one // divisor for one in weights), bound // divisor) if divisor > 1 else (weights, bound)

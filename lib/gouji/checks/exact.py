"""Finds rational values near floats that satisfy linear equations exactly, to turn a solver's proposal into a proof."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

#: An integer where it is whole, as nearly all are here: those are added up ten times as fast.
Exact = int | Fraction
#: Σ weights·x + rest = 0.
Equation = tuple[Mapping[int, int] | Mapping[int, Fraction], int]
#: By unknown, in the order solved: its place in that order, the others it depends on, and what is added to them.
_SolvedRows = dict[int, tuple[int, dict[int, Exact], Exact]]

_DENOMINATOR = 840


def exact_near(
    near: Mapping[int, float], equations: Sequence[Equation], movable: Collection[int]
) -> dict[int, Exact] | None:
    """Returns values for all of `near` that satisfy every equation exactly; None if the equations contradict each
    other.

    Values that are not `movable`, and as many of the others as the equations leave free, are `near` rounded to small
    denominators. The rest follows from the equations.
    """
    # All values are held times _DENOMINATOR, so that they are whole until an equation is divided.
    known: dict[int, Exact] = {at: round(value * _DENOMINATOR) for at, value in near.items()}
    solved: _SolvedRows = {}
    for weights, rest in equations:
        row, constant = _substitute_solved(dict(weights), rest * _DENOMINATOR, solved)
        pivot = next((at for at in row if at in movable), None)
        if pivot is None:
            if constant + sum(weight * known[at] for at, weight in row.items()) != 0:
                return None
            continue
        scale = -row.pop(pivot)
        others = {at: divided(weight, scale) for at, weight in row.items()}
        solved[pivot] = (len(solved), others, divided(constant, scale))
    for pivot, (_, row, constant) in reversed(solved.items()):
        known[pivot] = constant + sum(weight * known[at] for at, weight in row.items())
    return {at: divided(value, _DENOMINATOR) if value else 0 for at, value in known.items()}


def divided(value: Exact, by: Exact) -> Exact:
    """Returns the exact quotient."""
    if by == 1:
        return value
    if by == -1:
        return -value
    quotient = Fraction(value) / by
    return quotient.numerator if quotient.denominator == 1 else quotient


def _substitute_solved(row: dict[int, Exact], constant: Exact, solved: _SolvedRows) -> tuple[dict[int, Exact], Exact]:
    """Returns an equation after replacing every unknown that is already solved for, the first solved first: in its
    place may come some that were solved for later."""
    while pivots := [(solved[at][0], at) for at in row if at in solved]:
        _, others, rest = solved[(pivot := min(pivots)[1])]
        weight = row.pop(pivot)
        constant += weight * rest
        for at, one in others.items():
            row[at] = row.get(at, 0) + weight * one
        row = {at: one for at, one in row.items() if one}
    return row, constant

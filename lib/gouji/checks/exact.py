"""Finds rational values near floats that satisfy linear equations exactly, to turn a solver's proposal into a proof."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

#: An integer where it is whole, as nearly all are here: those are added up ten times as fast.
Exact = int | Fraction
#: Σ weights·x + rest = 0.
Equation = tuple[Mapping[int, int] | Mapping[int, Fraction], int]

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
    solved: list[tuple[int, dict[int, Exact], Exact]] = []
    for weights, rest in equations:
        row, constant = _substitute_solved(dict(weights), rest * _DENOMINATOR, solved)
        pivot = next((at for at in row if at in movable), None)
        if pivot is None:
            if constant + sum(weight * known[at] for at, weight in row.items()) != 0:
                return None
            continue
        scale = -row.pop(pivot)
        solved.append((pivot, {at: divided(weight, scale) for at, weight in row.items()}, divided(constant, scale)))
    for pivot, row, constant in reversed(solved):
        known[pivot] = constant + sum(weight * known[at] for at, weight in row.items())
    return {at: divided(value, _DENOMINATOR) for at, value in known.items()}


def divided(value: Exact, by: Exact) -> Exact:
    """Returns the exact quotient."""
    if by in (1, -1):
        return value * int(by)
    quotient = Fraction(value) / by
    return quotient.numerator if quotient.denominator == 1 else quotient


def _substitute_solved(
    row: dict[int, Exact], constant: Exact, solved: Sequence[tuple[int, dict[int, Exact], Exact]]
) -> tuple[dict[int, Exact], Exact]:
    """Returns an equation after replacing every unknown that is already solved for."""
    for pivot, others, rest in solved:
        weight = row.pop(pivot, None)
        if weight:
            constant += weight * rest
            for at, one in others.items():
                row[at] = row.get(at, 0) + weight * one
            row = {at: one for at, one in row.items() if one}
    return row, constant

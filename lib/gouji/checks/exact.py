"""Rational values near floats that satisfy linear equations exactly: how a solver's proposal becomes a proof."""

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
    """Values for all of `near` with every equation exact: those not `movable`, and as many of the others as the
    equations leave open, are `near` with small denominators, the rest follows. None where the equations disagree."""
    # All values are held times _DENOMINATOR, so that they are whole until an equation is divided.
    known: dict[int, Exact] = {at: round(value * _DENOMINATOR) for at, value in near.items()}
    solved: list[tuple[int, dict[int, Exact], Exact]] = []
    for weights, rest in equations:
        row, constant = _reduced(dict(weights), rest * _DENOMINATOR, solved)
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
    """The quotient, exactly."""
    if by in (1, -1):
        return value * int(by)
    quotient = Fraction(value) / by
    return quotient.numerator if quotient.denominator == 1 else quotient


def _reduced(
    row: dict[int, Exact], constant: Exact, solved: Sequence[tuple[int, dict[int, Exact], Exact]]
) -> tuple[dict[int, Exact], Exact]:
    """An equation with every unknown that is solved for already replaced."""
    for pivot, others, rest in solved:
        weight = row.pop(pivot, None)
        if weight:
            constant += weight * rest
            for at, one in others.items():
                row[at] = row.get(at, 0) + weight * one
            row = {at: one for at, one in row.items() if one}
    return row, constant

"""Rational values near floats that satisfy linear equations exactly: how a solver's proposal becomes a proof."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

#: Σ weights·x + rest = 0.
Equation = tuple[Mapping[int, int] | Mapping[int, Fraction], int]

_DENOMINATOR = 840


def exact_near(
    near: Mapping[int, float], equations: Sequence[Equation], movable: Collection[int]
) -> dict[int, Fraction] | None:
    """Values for all of `near` with every equation exact: those not `movable`, and as many of the others as the
    equations leave open, are `near` with small denominators, the rest follows. None where the equations disagree."""
    known = {at: Fraction(round(value * _DENOMINATOR), _DENOMINATOR) for at, value in near.items()}
    solved: list[tuple[int, dict[int, Fraction], Fraction]] = []
    for weights, rest in equations:
        row, constant = _reduced({at: Fraction(weight) for at, weight in weights.items()}, Fraction(rest), solved)
        pivot = next((at for at in row if at in movable), None)
        if pivot is None:
            if constant + sum(weight * known[at] for at, weight in row.items()) != 0:
                return None
            continue
        scale = row.pop(pivot)
        solved.append((pivot, {at: -weight / scale for at, weight in row.items()}, -constant / scale))
    for pivot, row, constant in reversed(solved):
        known[pivot] = constant + sum((weight * known[at] for at, weight in row.items()), Fraction(0))
    return known


def _reduced(
    row: dict[int, Fraction], constant: Fraction, solved: Sequence[tuple[int, dict[int, Fraction], Fraction]]
) -> tuple[dict[int, Fraction], Fraction]:
    """An equation with every unknown that is solved for already replaced."""
    for pivot, others, rest in solved:
        weight = row.pop(pivot, None)
        if weight:
            constant += weight * rest
            for at, one in others.items():
                row[at] = row.get(at, Fraction(0)) + weight * one
            row = {at: one for at, one in row.items() if one}
    return row, constant

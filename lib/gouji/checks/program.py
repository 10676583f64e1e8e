"""Decides whether rows of integers have a common solution within bounds, with an exactly verified proof either way.

HiGHS proposes, integers decide. A solution is accepted if it satisfies every row in exact arithmetic. A contradiction
is accepted if a weighted sum of the rows cannot hold within the bounds (Farkas' lemma). If neither is proved, the
result is `Unproved`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import gcd, lcm

import highspy
import numpy as np

from gouji.checks.exact import Exact, divided, exact_near
from gouji.runtime.immutable import immutable

#: Below this a float of the solver, in units of the finest radius, is taken for zero.
_NIL = 1e-7
#: Weights beyond this are those of quotients.
_HUGE = 1000


@immutable()
class ProgramRow:
    """Σ weights·x + rest = 0, or ≤ 0 where `at_most`; weights by column. Columns have a radius: |x| ≤ radius."""

    weights: Mapping[int, int]
    rest: int
    at_most: bool = False

    @property
    def holds_as_printed(self) -> bool:
        """True with every column at zero."""
        return self.rest <= 0 if self.at_most else self.rest == 0


@immutable()
class Solved:
    """Values of the columns that satisfy every row; columns without one are zero."""

    values: dict[int, Exact]


@immutable()
class Contradicted:
    """Rows (by position) with multipliers. Their weighted sum cannot hold: it is off by `residual`, and the bounds
    allow only `allowed`."""

    multipliers: dict[int, int]
    residual: int
    allowed: int


@immutable()
class Unproved:
    """Neither a solution nor a contradiction could be verified."""


Outcome = Solved | Contradicted | Unproved


def decide(rows: Sequence[ProgramRow], radii: Mapping[int, int | None], presolve: bool = True) -> Outcome:
    """Decides rows whose columns are bounded by `radii` (None: free). All numbers are in one unit. `presolve`: HiGHS
    simplifies the rows first, which takes longer than it saves where they are few."""
    if all(row.holds_as_printed for row in rows):
        return Solved({})
    if not rows:
        return Solved({})
    unit = _unit(rows, radii)
    proposed = _propose(rows, radii, unit, presolve)
    if proposed is None:
        return Unproved()
    values, multipliers = proposed
    solution = _solution(values, rows, radii, unit)
    if solution is not None:
        return Solved({at: value for at, value in solution.items() if value})
    return _contradiction(multipliers, rows, radii) or Unproved()


def smallest_contradiction(
    found: Contradicted, rows: Sequence[ProgramRow], radii: Mapping[int, int | None]
) -> Contradicted:
    """Returns a contradiction without superfluous rows: leaves out each row without which the rest still suffices."""
    kept = sorted(found.multipliers)
    smallest = found
    for position in list(kept):
        if position not in smallest.multipliers:
            continue
        tried = [one for one in sorted(smallest.multipliers) if one != position]
        outcome = decide([rows[one] for one in tried], radii)
        if isinstance(outcome, Contradicted):
            multipliers = {tried[at]: weight for at, weight in outcome.multipliers.items()}
            smallest = Contradicted(multipliers, outcome.residual, outcome.allowed)
    return smallest


def _unit(rows: Sequence[ProgramRow], radii: Mapping[int, int | None]) -> int:
    """Returns the finest radius. Measured in it, numbers are small, whatever the amounts."""
    used = [radius for row in rows for at in row.weights if (radius := radii[at])]
    return min(used, default=1)


def _propose(
    rows: Sequence[ProgramRow], radii: Mapping[int, int | None], unit: int, presolve: bool
) -> tuple[dict[int, float], list[float]] | None:
    """Returns HiGHS's solution with the least total violation of the rows, and the rows' multipliers (duals). Returns
    None if it gives up, as it may on numbers of absurd size."""
    columns = sorted({at for row in rows for at in row.weights})
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("presolve", "choose" if presolve else "off")
    highs.passModel(_program(rows, columns, radii, unit))
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    solution = highs.getSolution()
    return dict(zip(columns, solution.col_value, strict=False)), list(solution.row_dual)


def _program(
    rows: Sequence[ProgramRow], columns: Sequence[int], radii: Mapping[int, int | None], unit: int
) -> highspy.HighsLp:
    """Returns the linear program. Its unknowns are the columns, then each row's deficit and excess, whose sum it
    minimises."""
    infinity = highspy.kHighsInf
    width, count = len(columns), len(rows)
    reach = [infinity if radii[at] is None else (radii[at] or 0) / unit for at in columns]
    scales = [_scale(row) for row in rows]
    rests = [-row.rest / unit / scale for row, scale in zip(rows, scales, strict=True)]
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = width + 2 * count, count
    program.col_cost_ = np.array([0.0] * width + [1.0] * (2 * count))
    program.col_lower_ = np.array([-one for one in reach] + [0.0] * (2 * count))
    program.col_upper_ = np.array(reach + [infinity] * (2 * count))
    program.row_lower_ = np.array([-infinity if row.at_most else rest for row, rest in zip(rows, rests, strict=True)])
    program.row_upper_ = np.array(rests)
    place = {at: position for position, at in enumerate(columns)}
    matrix = program.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = np.cumsum([0, *(len(row.weights) + 2 for row in rows)])
    unknowns: list[int] = []
    weights: list[float] = []
    for short, (row, scale) in enumerate(zip(rows, scales, strict=True), width):
        # A row's columns, then its deficit and its excess.
        unknowns += [place[at] for at in row.weights]
        unknowns += (short, short + count)
        weights += [weight / scale for weight in row.weights.values()]
        weights += (1.0, -1.0)
    matrix.index_ = np.array(unknowns)
    matrix.value_ = np.array(weights)
    return program


def _scale(row: ProgramRow) -> int:
    """Returns the divisor of a row for the solver: 1 for sums, the largest weight for quotients, whose weights are
    huge."""
    largest = max(map(abs, row.weights.values()), default=1)
    return largest if largest > _HUGE else 1


def _solution(
    near: Mapping[int, float], rows: Sequence[ProgramRow], radii: Mapping[int, int | None], unit: int
) -> dict[int, Exact] | None:
    """Returns exact values near the proposed ones, or None if they do not satisfy every row. Columns at an end of their
    bounds stay there; the others follow from the rows that are tight."""
    inside = {at for at, value in near.items() if radii[at] is None or abs(abs(value) * unit - (radii[at] or 0)) > _NIL}
    tight = [(row.weights, row.rest) for row in rows if not row.at_most or abs(_slack(row, near, unit)) < _NIL]
    proposed = {at: value * unit for at, value in near.items()}
    for at in near.keys() - inside:
        proposed[at] = (1 if near[at] > 0 else -1) * (radii[at] or 0)
    values = exact_near(proposed, tight, inside)
    return values if values is not None and _satisfies(values, rows, radii) else None


def _slack(row: ProgramRow, near: Mapping[int, float], unit: int) -> float:
    return (row.rest / unit + sum(weight * near[at] for at, weight in row.weights.items())) / _scale(row)


def _satisfies(values: Mapping[int, Exact], rows: Sequence[ProgramRow], radii: Mapping[int, int | None]) -> bool:
    # All are multiplied by their denominators, since integers are added up ten times as fast as fractions.
    times = lcm(*{value.denominator for value in values.values()})
    whole = {at: value.numerator * (times // value.denominator) for at, value in values.items()}
    for at, value in whole.items():
        radius = radii[at]
        if radius is not None and abs(value) > radius * times:
            return False
    for row in rows:
        total = row.rest * times
        for at, weight in row.weights.items():
            total += weight * whole.get(at, 0)
        if total > 0 or (total < 0 and not row.at_most):
            return False
    return True


def _contradiction(
    near: Sequence[float], rows: Sequence[ProgramRow], radii: Mapping[int, int | None]
) -> Contradicted | None:
    """Returns the proof that the multipliers give, as whole numbers; None if the weighted sum of the rows is not off by
    more than the bounds of its columns allow."""
    used = {at: value for at, value in enumerate(near) if abs(value) > _NIL}
    columns: dict[int, dict[int, Fraction]] = {}
    for at in used:
        for column, weight in rows[at].weights.items():
            columns.setdefault(column, {})[at] = Fraction(weight, _scale(rows[at]))
    gone = [(one, 0) for one in columns.values() if abs(sum(weight * used[at] for at, weight in one.items())) < _NIL]
    exact = exact_near(used, gone, {at for at, value in used.items() if abs(abs(value) - 1) > _NIL})
    if not exact:
        return None
    multipliers = {at: divided(value, _scale(rows[at])) for at, value in exact.items()}
    whole = lcm(*(one.denominator for one in multipliers.values()))
    common = gcd(*(int(one * whole) for one in multipliers.values()))
    tried = (_verify_contradiction(multipliers, sign * whole, common, rows, radii) for sign in (1, -1))
    return next((found for found in tried if found), None)


def _verify_contradiction(
    exact: Mapping[int, Exact], whole: int, common: int, rows: Sequence[ProgramRow], radii: Mapping[int, int | None]
) -> Contradicted | None:
    weights = {at: int(one * whole) // common for at, one in exact.items() if one}
    if any(rows[at].at_most and weight < 0 for at, weight in weights.items()):
        return None
    residual, allowed = _combine_rows(weights, rows, radii)
    if allowed is None or abs(residual) <= allowed:
        return None
    one_sided = any(rows[at].at_most for at in weights)
    return None if one_sided and residual < 0 else Contradicted(weights, residual, allowed)


def _combine_rows(
    weights: Mapping[int, int], rows: Sequence[ProgramRow], radii: Mapping[int, int | None]
) -> tuple[int, int | None]:
    """Returns the rest of the weighted sum, and how much its columns may add to it; None if one of them is free."""
    columns: dict[int, int] = {}
    for at, weight in weights.items():
        for column, one in rows[at].weights.items():
            columns[column] = columns.get(column, 0) + weight * one
    residual = sum(weight * rows[at].rest for at, weight in weights.items())
    if any(total and radii[column] is None for column, total in columns.items()):
        return residual, None
    return residual, sum(abs(total) * (radii[column] or 0) for column, total in columns.items())

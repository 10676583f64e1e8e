"""Inequalities in up to three unknowns: what elimination decides against a solver, and ranges against their ends."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from gouji.repair.polytope import Inequality, is_feasible, range_of

SMALL = st.integers(-5, 5)
BOUND = st.integers(-30, 30)


@st.composite
def systems(draw: st.DrawFn) -> tuple[list[Inequality], int]:
    """Inequalities of small integers in one to three unknowns."""
    unknowns = draw(st.integers(1, 3))
    weights = st.tuples(*[SMALL] * unknowns)
    return draw(st.lists(st.tuples(weights, BOUND), min_size=1, max_size=9)), unknowns


def solved(inequalities: list[Inequality], unknowns: int, objective: list[float]) -> tuple[int, float | None]:
    """The solver's status and optimum."""
    result = linprog(
        objective,
        A_ub=[list(weights) for weights, _ in inequalities],
        b_ub=[bound for _, bound in inequalities],
        bounds=[(None, None)] * unknowns,
        method="highs",
    )
    return result.status, result.fun


@given(systems())
@settings(max_examples=300, deadline=None)
def test_feasibility_is_what_a_solver_says(system: tuple[list[Inequality], int]) -> None:
    inequalities, unknowns = system
    status, _ = solved(inequalities, unknowns, [0.0] * unknowns)
    assert status in (0, 2)
    assert is_feasible(inequalities, unknowns) == (status == 0)


@given(systems(), st.integers(0, 2))
@settings(max_examples=300, deadline=None)
def test_ranges_are_what_a_solver_says(system: tuple[list[Inequality], int], turn: int) -> None:
    inequalities, unknowns = system
    at = turn % unknowns
    found = range_of(inequalities, at, unknowns)
    for end, sign in ((0, 1.0), (1, -1.0)):
        status, least = solved(inequalities, unknowns, [sign * (one == at) for one in range(unknowns)])
        if found is None:
            assert status in (2, 4)
        elif found[end] is None:
            assert status in (3, 4)
        else:
            assert status == 0
            assert least is not None
            assert abs(float(found[end] or 0) - sign * least) < 1e-6


def test_a_range_is_exact() -> None:
    """3x ≤ 1 and −3x ≤ −1: x is a third, which no float is."""
    assert range_of([((3,), 1), ((-3,), -1)], 0, 1) == (Fraction(1, 3), Fraction(1, 3))
    assert not is_feasible([((3,), 1), ((-3,), -2)], 1)


def test_amounts_of_billions_are_told_apart_by_one_unit() -> None:
    huge = 4_600_000_000 * 10**6
    assert is_feasible([((1, 1), huge), ((-1, -1), -huge)], 2)
    assert not is_feasible([((1, 1), huge), ((-1, -1), -huge - 1)], 2)

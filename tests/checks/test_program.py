"""Rows within bounds: every solution and every contradiction is verified; what has a solution is never contradicted."""

# mypy: disable-error-code="operator"

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.checks.program import Contradicted, ProgramRow, Solved, Unproved, decide, smallest_contradiction

COLUMNS = 6
RADIUS = 5
WEIGHTS = st.dictionaries(st.integers(0, COLUMNS - 1), st.sampled_from([-2, -1, 1, 1, 1]), min_size=1, max_size=4)


@st.composite
def programs(draw: st.DrawFn) -> tuple[list[ProgramRow], dict[int, int | None]]:
    """Rows whose rests are small, some free columns."""
    rows = [
        ProgramRow(weights, draw(st.integers(-40, 40)), draw(st.booleans()))
        for weights in draw(st.lists(WEIGHTS, min_size=1, max_size=7))
    ]
    radii = {at: draw(st.sampled_from([RADIUS, RADIUS, 10 * RADIUS, 0, None])) for at in range(COLUMNS)}
    return rows, radii


@st.composite
def solvable(draw: st.DrawFn) -> tuple[list[ProgramRow], dict[int, int | None]]:
    """Rows that hold for values within the bounds: those are drawn first."""
    values = [draw(st.integers(-RADIUS, RADIUS)) for _ in range(COLUMNS)]
    rows = []
    for weights in draw(st.lists(WEIGHTS, min_size=1, max_size=7)):
        total = sum(weight * values[at] for at, weight in weights.items())
        at_most = draw(st.booleans())
        rows.append(ProgramRow(weights, -total - (draw(st.integers(0, 9)) if at_most else 0), at_most))
    return rows, dict.fromkeys(range(COLUMNS), RADIUS)


def verify(outcome: Contradicted, rows: list[ProgramRow], radii: dict[int, int | None]) -> None:
    """Farkas: the rows' weighted sum cannot hold whatever the columns are."""
    columns: dict[int, int] = {}
    for at, times in outcome.multipliers.items():
        assert times
        assert times > 0 or not rows[at].at_most
        for column, weight in rows[at].weights.items():
            columns[column] = columns.get(column, 0) + times * weight
    residual = sum(times * rows[at].rest for at, times in outcome.multipliers.items())
    assert all(radii[column] is not None for column, weight in columns.items() if weight)
    allowed = sum(abs(weight) * (radii[column] or 0) for column, weight in columns.items())
    assert (residual, allowed) == (outcome.residual, outcome.allowed)
    assert abs(residual) > allowed
    assert residual > 0 or not any(rows[at].at_most for at in outcome.multipliers)


@given(programs())
@settings(max_examples=300, deadline=None)
def test_what_is_decided_is_proved(program: tuple[list[ProgramRow], dict[int, int | None]]) -> None:
    rows, radii = program
    outcome = decide(rows, radii)
    assert not isinstance(outcome, Unproved)
    if isinstance(outcome, Contradicted):
        verify(outcome, rows, radii)
        smallest = smallest_contradiction(outcome, rows, radii)
        verify(smallest, rows, radii)
        for at in smallest.multipliers:
            others = [rows[one] for one in smallest.multipliers if one != at]
            assert not isinstance(decide(others, radii), Contradicted)
        return
    assert isinstance(outcome, Solved)
    for row in rows:
        total = row.rest + sum(weight * outcome.values.get(at, Fraction(0)) for at, weight in row.weights.items())
        assert total <= 0 if row.at_most else total == 0
    for at, value in outcome.values.items():
        radius = radii[at]
        assert radius is None or abs(value) <= radius


@given(solvable())
@settings(max_examples=200, deadline=None)
def test_what_has_a_solution_is_solved(program: tuple[list[ProgramRow], dict[int, int | None]]) -> None:
    assert isinstance(decide(*program), Solved)

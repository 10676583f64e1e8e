"""Decides in exact arithmetic whether a set of changes is a repair. Returns the ranges of its numbers, or the objection
to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gouji.checks.check import Check
from gouji.repair.change import Change, Kind
from gouji.repair.corrections import Corrections
from gouji.repair.polytope import Range, is_feasible, range_of
from gouji.repair.rows import Row, rows_of, turned
from gouji.runtime.immutable import immutable


@immutable()
class Objection:
    """Checks that no values of the tried numbers satisfy together: one more change must stand in one of them."""

    checks: tuple[Check, ...]


def touched_by(changes: Sequence[Change], state: Corrections, violated: Iterable[Check]) -> list[Check]:
    """Returns the checks that `changes` take part in, and those of `violated`, each once, by id."""
    found = {check.id: check for check in violated}
    for change in changes:
        for fact in change.facts:
            found.update((check.id, check) for check in state.on(fact))
    return [found[number] for number in sorted(found)]


def objection(changes: Sequence[Change], state: Corrections, violated: Iterable[Check]) -> Objection | None:
    """Returns why `changes` do not repair `violated` without breaking a check; None if some values repair it."""
    numbers, rows = _numbers_and_rows(changes, state, violated)
    alone: list[Row] = []
    together: list[Row] = []
    for row in rows:
        (alone if sum(map(bool, row.weights)) < 2 else together).append(row)
    if found := _object_singly(alone, len(numbers)):
        return found
    if not together or is_feasible([one for row in rows for one in row.inequalities()], len(numbers)):
        return None
    inside = {at for row in together for at, weight in enumerate(row.weights) if weight}
    return Objection(_checks(row for row in rows if any(row.weights[at] for at in inside)))


def ranges(changes: Sequence[Change], state: Corrections, violated: Iterable[Check]) -> dict[Change, Range]:
    """Returns, by change, the range of each number over all solutions of a repair."""
    numbers, rows = _numbers_and_rows(changes, state, violated)
    inequalities = [one for row in rows for one in row.inequalities()]
    found = {change: range_of(inequalities, at, len(numbers)) for at, change in enumerate(numbers)}
    return {change: one for change, one in found.items() if one is not None}


def _numbers_and_rows(
    changes: Sequence[Change], state: Corrections, violated: Iterable[Check]
) -> tuple[list[Change], list[Row]]:
    numbers = [change for change in changes if change.kind is Kind.NUMBER]
    touched = touched_by(changes, state, violated)
    return numbers, rows_of(numbers, touched, turned(changes, state))


def _object_singly(rows: Sequence[Row], unknowns: int) -> Objection | None:
    """Returns an objection that needs at most one unknown, else None: the row with fewest figures that fails whatever
    the numbers are, or two rows that leave a number no value."""
    unmet = [row for row in rows if not any(row.weights) and not row.allows(0)]
    if unmet:
        return Objection(_checks([min(unmet, key=_count_figures)]))
    for at in range(unknowns):
        lows, highs = _bounds([row for row in rows if row.weights[at]], at)
        if lows and highs:
            (low, below), (high, above) = max(lows, key=_bound), min(highs, key=_bound)
            if low > high:
                return Objection(_checks([below, above]))
    return None


def _bounds(rows: Sequence[Row], at: int) -> tuple[list[tuple[int, Row]], list[tuple[int, Row]]]:
    """Returns the integer bounds that rows of one number set it, from below and from above."""
    lows, highs = [], []
    for row in rows:
        weight = row.weights[at]
        least, most = (row.low, row.high) if weight > 0 else (row.high, row.low)
        if least is not None:
            lows.append((-(-least // weight), row))
        if most is not None:
            highs.append((most // weight, row))
    return lows, highs


def _bound(one: tuple[int, Row]) -> int:
    return one[0]


def _checks(rows: Iterable[Row]) -> tuple[Check, ...]:
    return tuple({row.check.id: row.check for row in rows if row.check is not None}.values())


def _count_figures(row: Row) -> int:
    return sum(len(check.fact_ids) for check in _checks([row]))

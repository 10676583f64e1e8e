"""States what the checks allow for a set of changes: inequalities in their unknown values, each with its check."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.checks.check import Check
from gouji.checks.ratio import UNBOUNDED, bounds
from gouji.facts.fact import Fact
from gouji.intervals import allowed_gaps
from gouji.repair.change import Change, Kind
from gouji.repair.corrections import Corrections, may_be_negative
from gouji.repair.polytope import Inequality
from gouji.runtime.immutable import immutable


@immutable()
class Row:
    """low ≤ weights · x ≤ high (None: no bound), because of `check` (None: amounts are not negative)."""

    weights: tuple[int, ...]
    low: int | None
    high: int | None
    check: Check | None

    def allows(self, value: int) -> bool:
        """True if weights · x may be `value`."""
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)

    def inequalities(self) -> list[Inequality]:
        """Returns the row as one or two inequalities ≤."""
        found = [] if self.high is None else [(self.weights, self.high)]
        return found if self.low is None else [*found, (tuple(-one for one in self.weights), -self.low)]


def turned(changes: Sequence[Change], state: Corrections) -> Corrections:
    """Returns the state with all words of `changes` turned, and amounts stated with the wrong word negated."""
    values = {
        number: -state.amount(number) for change in changes if change.kind is not Kind.NUMBER for number in change.facts
    }
    return state.with_values(values) if values else state


def rows_of(numbers: Sequence[Change], touched: Sequence[Check], state: Corrections) -> list[Row]:
    """Returns a row for each check of `touched`, and one for each number that cannot be negative. The numbers' values
    are the unknowns.

    Leaves out a quotient of several of the numbers, which is not linear in them. Whoever uses a solution must test it
    against the checks.
    """
    columns = {fact: at for at, change in enumerate(numbers) for fact in change.facts}
    facts = state.checks.facts.facts
    rows = [_row_not_negative(at, change, facts, len(numbers)) for at, change in enumerate(numbers)]
    found = [_row_of_check(check, columns, len(numbers), state) for check in touched]
    return [row for row in (*rows, *found) if row is not None]


def _row_not_negative(at: int, change: Change, facts: Sequence[Fact], unknowns: int) -> Row | None:
    if any(may_be_negative(facts[number]) for number in change.facts):
        return None
    return Row(_unit(at, unknowns), 0, None, None)


def _unit(at: int, unknowns: int) -> tuple[int, ...]:
    return tuple(int(one == at) for one in range(unknowns))


def _row_of_check(check: Check, columns: dict[int, int], unknowns: int, state: Corrections) -> Row | None:
    if state.reworded(check):
        return None
    if check.per:
        return _row_of_quotient(check, columns, unknowns, state)
    weights = [0] * unknowns
    rest = state.residual(check)
    for sign, number in check.terms:
        if number in columns:
            weights[columns[number]] += sign
            rest -= sign * state.amount(number)
    low, high = allowed_gaps(check.operator, check.tolerance)
    return Row(tuple(weights), None if low is None else low - rest, high - rest, check)


def _row_of_quotient(check: Check, columns: dict[int, int], unknowns: int, state: Corrections) -> Row | None:
    inside = [number for number in check.fact_ids if number in columns]
    if not inside:
        return Row((0,) * unknowns, 0, 0, check) if not state.violated(check) else Row((0,) * unknowns, 1, 0, check)
    if len(inside) > 1:
        return None
    least, most = bounds(state.ratio(check), inside[0])
    low, high = (None if least <= -UNBOUNDED else least), (None if most >= UNBOUNDED else most)
    return Row(_unit(columns[inside[0]], unknowns), low, high, check)

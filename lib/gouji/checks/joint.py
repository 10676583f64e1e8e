"""The joint check: can all rows that hold one by one hold together, with one set of true values?

Every sum and every second print is an exact row in the true values; a printed figure stands for any true value within
its radius. A subtotal printed as the sum of its rounded parts (尾差) may be off by as many half-units as it has parts:
one that equals its printed parts to the digit, and what prints the same, is allowed that much. Percentages are not
part of it: they may have been calculated from the printed figures as well as from the true ones. Nor is a second print
that differs by 尾差, which says that one of the two is such a sum.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from gouji.checks.check import Check, Checks
from gouji.checks.parts import count_parts
from gouji.checks.program import Contradicted, Outcome, Row, Solved, decide, smallest_contradiction
from gouji.intervals import ScaledAmount, Verdict

#: Rules whose rows are sums or second prints; words, changes and rates are judged one by one.
_KINDS = frozenset({"identity", "statement", "repeated", "family", "parts", "closing_total"})
#: So many contradictions are looked for in one document.
_MOST = 5
#: How far from the rows that do not add up columns are moved before all are.
_STEPS = 2


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Checks that hold one by one and cannot hold together, none of which can be left out: with the multipliers their
    sum is off by `residual` (scaled), of which rounding allows `allowed`."""

    checks: tuple[Check, ...]
    multipliers: tuple[int, ...]
    residual: ScaledAmount
    allowed: ScaledAmount


@dataclass(frozen=True, slots=True)
class Joint:
    """`contradictions` found; `witness`: by fact, what to add to the printed amount so that every row holds exactly
    (facts left out: nothing), None where the rows contradict or nothing was proved; `rows`: how many took part."""

    contradictions: tuple[Contradiction, ...]
    witness: dict[int, Fraction] | None
    rows: int


def judge_jointly(checks: Checks, free: Collection[int] = (), strict: bool = False) -> Joint:
    """Decides the rows of a document together; facts in `free` may have any value, and rows that do not hold one by
    one are left out unless they have such a fact. `strict`: no figure is taken for a sum of rounded parts."""
    system = _System(checks, frozenset(free), strict)
    rows = dict(system.rows)
    found: list[Contradiction] = []
    while len(found) < _MOST:
        order = sorted(rows)
        outcome = _decided([rows[number] for number in order], system.radii)
        if isinstance(outcome, Solved):
            return Joint(tuple(found), None if found else system.by_fact(outcome.values), len(system.rows))
        if not isinstance(outcome, Contradicted):
            break
        smallest = smallest_contradiction(outcome, [rows[number] for number in order], system.radii)
        found.append(_told(smallest, order, checks))
        for at in smallest.multipliers:
            rows.pop(order[at], None)
    return Joint(tuple(found), None, len(system.rows))


def _decided(rows: Sequence[Row], radii: Mapping[int, int | None]) -> Outcome:
    """The outcome of rows: first only those columns move that stand in rows that do not add up, then those beside
    them, then all; what moves few columns suffices nearly always, and costs least."""
    moving = {column for row in rows if row.rest for column in row.weights}
    for _ in range(_STEPS):
        inside = [row for row in rows if not moving.isdisjoint(row.weights)]
        outcome = decide([_restricted(row, moving) for row in inside], radii)
        if isinstance(outcome, Solved):
            return outcome
        moving |= {column for row in inside for column in row.weights}
    return decide(rows, radii)


def _restricted(row: Row, moving: Collection[int]) -> Row:
    """A row with only those columns that may move."""
    return Row({column: weight for column, weight in row.weights.items() if column in moving}, row.rest, row.at_most)


def _told(found: Contradicted, order: list[int], checks: Checks) -> Contradiction:
    """A contradiction of rows as one of checks; of equalities, which may be added either way, the first counts plus."""
    by_id = {check.id: check for check in checks.checks}
    members = sorted(found.multipliers)
    told = tuple(by_id[order[at]] for at in members)
    first = found.multipliers[members[0]]
    sign = -1 if first < 0 and all(check.operator == "=" for check in told) else 1
    multipliers = tuple(sign * found.multipliers[at] for at in members)
    return Contradiction(told, multipliers, sign * found.residual, found.allowed)


class _System:
    """The rows that hold together or not, by check, in columns of equal prints of one quantity."""

    def __init__(self, checks: Checks, free: frozenset[int], strict: bool) -> None:
        self._checks = checks
        self._column = {fact.id: fact.id for fact in checks.facts}
        eligible = [check for check in checks.checks if _counts(check, free)]
        for check in eligible:
            if check.tie and check.residual == 0 and not free & check.fact_ids:
                self._join(check)
        self.radii = self._radii(eligible, free, strict)
        self.rows = {check.id: row for check in eligible for row in self._rows(check, free)}

    def _find(self, fact: int) -> int:
        while self._column[fact] != fact:
            fact = self._column[fact] = self._column[self._column[fact]]
        return fact

    def _join(self, check: Check) -> None:
        printed = [fact for _, fact in check.terms if not self._checks.facts.facts[fact].blank]
        radii = {self._checks.facts.facts[fact].radius for fact in printed}
        if len(printed) == 2 and len(radii) == 1:
            self._column[self._find(printed[0])] = self._find(printed[1])

    def _radii(self, eligible: list[Check], free: frozenset[int], strict: bool) -> dict[int, int | None]:
        """By column, the greatest radius of its facts: of a sum of rounded parts that of all its parts together."""
        facts = self._checks.facts
        parts = {} if strict else count_parts(eligible, facts)
        summed = {check.left[0][1] for check in eligible if check.defines and check.residual == 0}
        radii: dict[int, int | None] = {}
        for number in sorted({fact for check in eligible for fact in check.fact_ids}):
            column = self._find(number)
            times = parts.get(number, 1) if number in summed else 1
            known = radii.get(column, 0)
            loose = number in free or known is None
            radii[column] = None if loose else max(known or 0, times * facts.facts[number].radius)
        return radii

    def _rows(self, check: Check, free: frozenset[int]) -> Iterator[Row]:
        weights: dict[int, int] = {}
        for sign, fact in check.terms:
            column = self._find(fact)
            weights[column] = weights.get(column, 0) + sign
        weights = {column: weight for column, weight in weights.items() if weight and self.radii[column] != 0}
        if weights or check.residual:
            yield Row(weights, check.residual, at_most=check.operator != "=")

    def by_fact(self, values: dict[int, Fraction]) -> dict[int, Fraction]:
        """The values of columns, for each fact of them."""
        columns = ((fact.id, self._find(fact.id)) for fact in self._checks.facts)
        return {fact: values[column] for fact, column in columns if column in values}


def _counts(check: Check, free: frozenset[int]) -> bool:
    """True for a row of the joint system."""
    if not check.made or not check.terms or check.per or check.claims or check.constant:
        return False
    if check.rule.kind not in _KINDS or check.rule.severity != "error":
        return False
    if check.verdict is Verdict.CONFLICT:
        return bool(free & check.fact_ids)
    return not (check.tie and check.verdict is Verdict.ROUNDING)

"""The joint check: can all rows that hold one by one hold together, with one set of true values?

Every sum, repeated figure, change and percentage is a row in the true values. A printed figure stands for any true
value within its radius. Figures that may have been calculated from printed ones get more room:

- a subtotal that equals its printed parts to the digit, and figures that print the same quantity, may be off by as many
  half-units as there are parts (尾差);
- a change that is the difference of two printed amounts may be off by two half-units;
- a percentage that the printed figures give is left out;
- so is a repeated figure that differs by 尾差, because one of the two is then such a sum.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from gouji.checks.check import Check, Checks
from gouji.checks.exact import Exact
from gouji.checks.parts import count_parts
from gouji.checks.program import Contradicted, Outcome, ProgramRow, Solved, decide, smallest_contradiction
from gouji.checks.ratio import Ratio
from gouji.facts.claim import CHANGES
from gouji.facts.fact import Facts
from gouji.intervals import ScaledAmount, Verdict
from gouji.runtime.immutable import immutable

#: Rules whose rows hold for true values as they do for printed ones.
_KINDS = frozenset(
    {
        *("identity", "statement", "repeated", "family", "family_change", "parts", "closing_total"),
        *("change", "share", "completion", "rate"),
    }
)
#: The most contradictions that are looked for in one document.
_MOST = 5


@immutable()
class Contradiction:
    """Checks that cannot hold together; without any one of them the rest could.

    The sum of the checks, each times its multiplier, is off by `residual`; rounding allows `allowed`. Both are scaled
    integers.
    """

    checks: tuple[Check, ...]
    multipliers: tuple[int, ...]
    residual: ScaledAmount
    allowed: ScaledAmount

    @property
    def holds_singly(self) -> bool:
        """True if each of the checks holds by itself; one that does not is a conflict with its own causes."""
        return all(check.verdict is not Verdict.CONFLICT for check in self.checks)


@immutable()
class Joint:
    """The result of the joint check.

    `contradictions` are the sets of checks that cannot hold together. `witness` is, by fact, what to add to the printed
    amount so that every row holds exactly (facts without an entry: nothing); None where the rows contradict each other
    or nothing was proved. `checks` is the number of checks that took part.
    """

    contradictions: tuple[Contradiction, ...]
    witness: dict[int, Exact] | None
    checks: int


def judge_jointly(checks: Checks, free: Collection[int] = (), strict: bool = False, every_rule: bool = False) -> Joint:
    """Decides the rows of a document together; facts in `free` may have any value, and rows that do not hold one by
    one are left out unless they have such a fact. `strict`: no figure is taken for one calculated from rounded ones.
    `every_rule`: percentages, changes and what reports derive are rows too. A witness for them proves that nothing in
    the document is contradicted; a contradiction only says that some figure was calculated from printed ones."""
    system = _System(checks, frozenset(free), strict, every_rule)
    rows = dict(system.rows)
    count = len({check for check, _ in rows})
    found: list[Contradiction] = []
    for _ in range(_MOST):
        order = sorted(rows)
        outcome = _decide_near_first([rows[number] for number in order], system.radii)
        if isinstance(outcome, Solved):
            return Joint(tuple(found), None if found else system.by_fact(outcome.values), count)
        if not isinstance(outcome, Contradicted):
            return Joint(tuple(found), None, count)
        smallest = smallest_contradiction(outcome, [rows[number] for number in order], system.radii)
        found.append(_to_contradiction(smallest, order, system))
        for at in smallest.multipliers:
            rows.pop(order[at], None)
    return Joint(tuple(found), None, count)


def _decide_near_first(rows: Sequence[ProgramRow], radii: Mapping[int, int | None]) -> Outcome:
    """Returns the outcome of rows. First moves only the columns of rows that do not hold as printed, and of rows beside
    these. This nearly always suffices and costs least; otherwise moves all columns."""
    off = {column for row in rows if not row.holds_as_printed for column in row.weights}
    moving = off.union(*(row.weights for row in rows if not off.isdisjoint(row.weights)))
    inside = [row for row in rows if not moving.isdisjoint(row.weights)]
    outcome = decide([_keep_columns(row, moving) for row in inside], radii, presolve=False)
    return outcome if isinstance(outcome, Solved) else decide(rows, radii)


def _keep_columns(row: ProgramRow, moving: Collection[int]) -> ProgramRow:
    """Returns a row with only those columns that may move."""
    return ProgramRow(
        {column: weight for column, weight in row.weights.items() if column in moving}, row.rest, row.at_most
    )


def _to_contradiction(found: Contradicted, order: list[tuple[int, int]], system: _System) -> Contradiction:
    """Returns a contradiction of rows as one of checks. Equalities may be added with either sign; the first one gets a
    plus."""
    members = sorted(found.multipliers)
    checks = tuple(system.checks[order[at][0]] for at in members)
    multipliers = tuple(found.multipliers[at] for at in members)
    first, *_ = multipliers
    if first > 0 or any(check.operator != "=" for check in checks):
        return Contradiction(checks, multipliers, found.residual, found.allowed)
    return Contradiction(checks, tuple(-one for one in multipliers), -found.residual, found.allowed)


class _System:
    """The rows of the joint check, by check. Equal prints of one quantity share a column."""

    def __init__(self, checks: Checks, free: frozenset[int], strict: bool, every_rule: bool) -> None:
        self.checks = {check.id: check for check in checks.checks}
        self._facts = checks.facts
        self._column = {fact.id: fact.id for fact in checks.facts}
        eligible = [check for check in checks.checks if _is_row_of_system(check, free, every_rule)]
        for check in eligible:
            if check.tie and not check.residual and not free & check.fact_ids:
                self._join(check)
        above = self._column  # most figures stand in a column of their own
        self._column = {fact: fact if up == fact else self._find(fact) for fact, up in above.items()}
        self.radii = self._radii(eligible, free, strict)
        self.rows = {
            (check.id, number): row for check in eligible for number, row in enumerate(self._rows(check)) if row.weights
        }

    def _find(self, fact: int) -> int:
        while self._column[fact] != fact:
            self._column[fact] = self._column[self._column[fact]]
            fact = self._column[fact]
        return fact

    def _join(self, check: Check) -> None:
        """Makes two figures one column if a check says only that they are equal; its row then has no columns and is
        left out."""
        printed = [fact for _, fact in check.terms if not self._facts.facts[fact].blank]
        radii = {self._facts.facts[fact].radius for fact in printed}
        if len(printed) == 2 and len(radii) == 1:
            self._column[self._find(printed[0])] = self._find(printed[1])

    def _radii(self, eligible: list[Check], free: frozenset[int], strict: bool) -> dict[int, int | None]:
        """Returns the radius of each column, the greatest of its facts'. The radius of a sum is that of all its rounded
        parts together."""
        facts = self._facts
        parts = {} if strict else count_parts(eligible, facts)
        summed = {number for check in eligible if check.defines and not check.residual for _, number in check.left}
        changed = set() if strict else {number for check in eligible for number in _calculated_changes(check, facts)}
        radii: dict[int, list[int]] = {}
        for number in frozenset().union(*(check.fact_ids for check in eligible)):
            times = 2 if number in changed else parts.get(number, 1) if number in summed else 1
            radii.setdefault(self._column[number], []).append(times * facts.facts[number].radius)
        loose = {self._column[number] for number in free}
        return {column: None if column in loose else max(of_prints) for column, of_prints in radii.items()}

    def _rows(self, check: Check) -> Iterator[ProgramRow]:
        if check.per:
            yield from self._quotient(check)
        else:
            yield self._row(check.terms, check.residual, at_most=check.operator != "=")

    def _quotient(self, check: Check) -> Iterator[ProgramRow]:
        """Yields the rows of a quotient: p = factor·N/D for some p within its radius.

        With D positive, these are factor·N − (p + r)·D ≤ 0 and 0 ≤ factor·N − (p − r)·D.
        """
        ratio = Ratio.of(check, self._facts)
        top, bottom = ratio.printed
        for sign in (1, -1):
            end = ratio.p + (sign if bottom >= 0 else -sign) * ratio.radius
            weights = (sign * (ratio.factor * part.top - end * part.bottom) for part in ratio.parts)
            terms = zip(weights, ratio.ids, strict=True)
            yield self._row(terms, sign * (top - end * bottom), at_most=True)

    def _row(self, terms: Iterable[tuple[int, int]], rest: int, at_most: bool) -> ProgramRow:
        """Returns a row in columns. A row without any column that moves holds as printed; otherwise it would be a
        conflict."""
        weights: dict[int, int] = {}
        for sign, fact in terms:
            column = self._column[fact]
            weights[column] = weights.get(column, 0) + sign
        moving = {column: weight for column, weight in weights.items() if weight and self.radii[column] != 0}
        return ProgramRow(moving, rest, at_most)

    def by_fact(self, values: dict[int, Exact]) -> dict[int, Exact]:
        """Returns the values of columns, for each fact that stands in them."""
        columns = ((fact.id, self._column[fact.id]) for fact in self._facts)
        return {fact: values[column] for fact, column in columns if column in values}


def _calculated_changes(check: Check, facts: Facts) -> Iterator[int]:
    """Yields the changes that equal the difference of two printed amounts to the digit, and those that are added up.
    They may have been calculated from the rounded amounts."""
    if check.times > 1:
        yield from check.fact_ids
    elif check.rule.kind == "change" and not check.residual:
        for number in check.fact_ids:
            claim = facts.facts[number].claim
            if claim is not None and claim.measure in CHANGES:
                yield number


def _is_row_of_system(check: Check, free: frozenset[int], every_rule: bool) -> bool:
    """True for a check that is a row of the joint system."""
    if not check.made or (check.tie and check.verdict is Verdict.ROUNDING):
        return False
    if check.verdict is Verdict.CONFLICT and not free & check.fact_ids:
        return False
    if check.per and any(number in free for _, number in check.left):
        return False
    if every_rule:
        # 持平 says that amounts are printed alike, not that they are.
        return check.rule.kind != "shares_total" and not (check.claims and check.operator == "=")
    if check.claims or check.constant or check.rule.kind not in _KINDS or check.rule.severity != "error":
        return False
    # A percentage that the printed figures give may have been calculated from them.
    return not check.per or check.verdict is not Verdict.CONSISTENT

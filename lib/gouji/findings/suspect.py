"""Which single figure explains violated checks: the smallest repair, of size one, in exact arithmetic.

A figure f explains a conflict if a value for it makes the check hold (Fellegi and Holt's principle for one figure).
Each check leaves f an interval; where their intersection is not empty, one value repairs everything f takes part in.
Where it is empty, several figures are wrong, and the value that repairs most and breaks least is taken.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from gouji.checks.check import Check, Checks
from gouji.facts.fact import Fact, Part
from gouji.intervals import ScaledAmount, Verdict, judge_at_most, judge_equal

_UNBOUNDED = 10**24


@dataclass(frozen=True, slots=True)
class Suspect:
    """A figure, the conflicts that its `implied` value resolves, and how many other checks it would break.

    `feasible`: one value satisfies every check on the figure. `implied` is None where the checks only bound it.
    `vouchers` counts the checks that hold with the figure as printed; `omitted`: it is blank where the other side of a
    check is not.
    """

    fact: Fact
    explains: tuple[Check, ...]
    broken: int
    feasible: bool
    implied: ScaledAmount | None
    vouchers: int
    omitted: bool

    @property
    def gain(self) -> int:
        """Conflicts resolved less checks broken."""
        return len(self.explains) - self.broken


@dataclass(frozen=True)
class Corrections:
    """The checks of a document with figures already found wrong taken at their implied values."""

    checks: Checks
    values: dict[int, ScaledAmount] = field(default_factory=dict)

    def residual(self, check: Check) -> ScaledAmount:
        """Left − right with the corrections made."""
        return check.residual + sum(
            sign * (self.values[fact] - (self.checks.facts.facts[fact].amount or 0))
            for sign, fact in check.terms
            if fact in self.values
        )

    def split(self, fact: Fact, check: Check) -> tuple[int, ScaledAmount]:
        """A check's residual as weight·fact + rest."""
        weight = sum(sign for sign, number in check.terms if number == fact.id)
        return weight, self.residual(check) - weight * self.values.get(fact.id, fact.amount or 0)

    def violated(self, check: Check) -> bool:
        """True where the check does not hold with the corrections made; an omission holds only once it is filled in."""
        residual = self.residual(check)
        if check.blank and not any(fact in self.values for _, fact in check.terms):
            return residual != 0
        return not _holds(check, residual)


def suspects(conflicts: Collection[Check], state: Corrections) -> list[Suspect]:
    """Every figure of `conflicts`, the likeliest first; those corrected already only where no other is left."""
    numbers = sorted({fact for check in conflicts for fact in check.fact_ids})
    found = [_suspect(state.checks.facts.facts[number], conflicts, state) for number in numbers]
    likely = [one for one in found if one.fact.id not in state.values and _is_candidate(one)]
    return sorted(likely or found, key=preference)


def preference(suspect: Suspect) -> tuple[int, bool, bool, bool, int, int]:
    """Order of suspicion: gains more; one value would do; is omitted; stands in a sentence; is vouched for less."""
    fact = suspect.fact
    return (
        -suspect.gain,
        not suspect.feasible,
        not suspect.omitted,
        fact.part is not Part.NARRATIVE,
        suspect.vouchers,
        fact.id,
    )


def indistinct(ordered: list[Suspect]) -> list[Suspect]:
    """The suspects that arithmetic cannot tell from the first: those that gain as much.

    An omitted total is told apart from printed figures: to fill it in changes nothing that is printed.
    """
    first = ordered[0]
    if first.omitted:
        return [first]
    return [one for one in ordered if one.gain == first.gain and one.feasible == first.feasible]


def _suspect(fact: Fact, conflicts: Collection[Check], state: Corrections) -> Suspect:
    on_fact = [check for check in state.checks.on(fact) if check.terms and (check.made or check.blank)]
    low, high = _range(fact, on_fact, state)
    values = _implied(fact, on_fact, state)
    inside = [value for value in values if low <= value <= high]
    if low <= high:
        implied, feasible = (inside[0] if inside else None), True
        explains = [check for check in on_fact if check in conflicts]
        broken = -sum(state.violated(check) for check in on_fact if check not in conflicts)
    else:
        outcomes = [(value, *_outcome(fact, value, on_fact, conflicts, state)) for value in values]
        implied, explains, broken = max(outcomes, key=lambda one: len(one[1]) - one[2], default=(None, [], 0))
        feasible = False
    vouchers = sum(not state.violated(check) and _vouches(check, state.checks) for check in on_fact)
    omitted = fact.blank and any(_on_blank_side(fact, check, state.checks) for check in on_fact)
    return Suspect(fact, tuple(explains), broken, feasible, implied, vouchers, omitted)


def _is_candidate(suspect: Suspect) -> bool:
    """A blank part of one violated sum is no suspect: any of a row's empty cells could be filled in to make it hold."""
    return bool(suspect.explains) and (not suspect.fact.blank or suspect.omitted or len(suspect.explains) > 1)


def _holds(check: Check, residual: ScaledAmount) -> bool:
    judge = judge_at_most if check.operator == "<=" else judge_equal
    return judge(residual, check.tolerance) is not Verdict.CONFLICT


def _vouches(check: Check, checks: Checks) -> bool:
    """A check vouches for its figures where it compares amounts, not zeros."""
    return any(checks.facts.facts[fact].amount for _, fact in check.terms)


def _on_blank_side(fact: Fact, check: Check, checks: Checks) -> bool:
    """True where `fact` stands on a side of a violated check that prints nothing."""
    sides = [side for side in (check.left, check.right) if any(number == fact.id for _, number in side)]
    return check.blank and all(checks.facts.facts[number].blank for side in sides for _, number in side)


def _range(fact: Fact, on_fact: list[Check], state: Corrections) -> tuple[ScaledAmount, ScaledAmount]:
    """The values for `fact` that every check on it allows, the others' figures as they are; empty if low > high.

    Amounts are not negative unless one was printed so: an implied −12.50 says that something else is wrong.
    """
    low, high = (-_UNBOUNDED if (fact.amount or 0) < 0 else 0), _UNBOUNDED
    for check in on_fact:
        weight, rest = state.split(fact, check)
        if weight == 0:
            continue
        upper, lower = check.tolerance - rest, -check.tolerance - rest
        if check.operator == "<=":
            lower = -_UNBOUNDED
        bounds = (upper, lower) if weight > 0 else (-upper, -lower)
        top, bottom = max(bounds), min(bounds)
        low, high = max(low, -(-bottom // abs(weight))), min(high, top // abs(weight))
    return low, high


def _implied(fact: Fact, on_fact: list[Check], state: Corrections) -> list[ScaledAmount]:
    """The values for `fact` that make an equality exact, best founded first.

    The finest prints come first (元 before 万元); then another print of the same quantity, which is exact as a sum of
    rounded parts need not be; then what most equalities imply. The value as printed is none of them.
    """
    equalities = [check for check in on_fact if check.operator == "="]
    founded: dict[ScaledAmount, tuple[ScaledAmount, int]] = {}
    for check in equalities:
        weight, rest = state.split(fact, check)
        if not weight or rest % weight:
            continue
        coarsest = max((state.checks.facts.facts[other].radius for other in check.fact_ids - {fact.id}), default=0)
        finest, votes = founded.get(-rest // weight, (coarsest, 0))
        founded[-rest // weight] = (min(finest, coarsest), votes + 1 + (len(equalities) if check.tie else 0))
    printed = fact.amount or 0
    usable = [value for value in founded if value != printed and (value >= 0 or printed < 0)]
    return sorted(usable, key=lambda value: (founded[value][0], -founded[value][1], abs(value - printed)))


def _outcome(
    fact: Fact, value: ScaledAmount, on_fact: list[Check], conflicts: Collection[Check], state: Corrections
) -> tuple[list[Check], int]:
    """What `value` for `fact` resolves of `conflicts`, and how many other checks it breaks more than it mends."""
    resolved: list[Check] = []
    broken = 0
    for check in on_fact:
        weight, rest = state.split(fact, check)
        holds = _holds(check, weight * value + rest)
        if check in conflicts:
            resolved.extend([check] if holds else [])
        else:
            broken += int(not holds) - int(state.violated(check))
    return resolved, broken

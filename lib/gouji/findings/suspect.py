"""Which single figure explains violated checks: the smallest repair, of size one, in exact arithmetic.

A figure f explains a conflict if a value for it makes the check hold (Fellegi and Holt's principle for one figure).
Each check leaves f an interval; where their intersection is not empty, one value repairs everything f takes part in.
Where it is empty, several figures are wrong, and the value that repairs most and breaks least is taken.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from gouji.checks.check import Check, Checks
from gouji.checks.ratio import Ratio, bounds, holds
from gouji.checks.ratio import implied as implied_by_ratio
from gouji.facts.claim import CHANGES, Measure
from gouji.facts.fact import Fact, Part
from gouji.intervals import ScaledAmount, Verdict, judge_at_most, judge_equal, judge_less

_UNBOUNDED = 10**24
#: A value that a percentage implies is founded on less than any sum or second print.
_COARSE = 10**23


@dataclass(frozen=True, slots=True)
class Suspect:
    """A figure, the conflicts that its `implied` value resolves, and how many other checks it would break.

    `feasible`: one value satisfies every check on the figure. `implied` is None where the checks only bound it.
    `strained`: how many second prints of it are equal to the digit, and would no longer be.
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
    strained: int = 0

    @property
    def gain(self) -> int:
        """Conflicts resolved less checks broken."""
        return len(self.explains) - self.broken


@dataclass(frozen=True)
class Corrections:
    """The checks of a document with figures already found wrong taken at their implied values."""

    checks: Checks
    values: dict[int, ScaledAmount] = field(default_factory=dict)

    def ratio(self, check: Check, fact: Fact | None = None, value: ScaledAmount = 0) -> Ratio:
        """A quotient with the corrections made, and with `value` for one more figure."""
        return Ratio.of(check, self.checks.facts, {**self.values, **({fact.id: value} if fact else {})})

    def residual(self, check: Check) -> ScaledAmount:
        """Left − right with the corrections made."""
        if check.per:
            return 0 if holds(self.ratio(check)) else check.residual
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
        if any(word in self.values for word in check.claims):
            return False
        if check.per:
            return not holds(self.ratio(check))
        residual = self.residual(check)
        if check.blank and not any(fact in self.values for _, fact in check.terms):
            return residual != 0
        return not _holds(check, residual)


def suspects(conflicts: Collection[Check], state: Corrections) -> list[Suspect]:
    """Every figure of `conflicts`, the likeliest first; those corrected already only where no other is left."""
    numbers = sorted({fact for check in conflicts for fact in (*check.fact_ids, *check.claims)})
    found = [_suspect(state.checks.facts.facts[number], conflicts, state) for number in numbers]
    flips = {one.fact.id: flip for one in found if (flip := _flipped(one.fact, conflicts, state))}
    found = [
        flips[one.fact.id] if one.fact.id in flips and flips[one.fact.id].gain >= one.gain else one for one in found
    ]
    likely = [one for one in found if one.fact.id not in state.values and _is_candidate(one)]
    return sorted(likely or found, key=preference)


def _flipped(fact: Fact, conflicts: Collection[Check], state: Corrections) -> Suspect | None:
    """A change with the wrong word: its figure and the rate behind it taken with the other sign."""
    if fact.claim is None or fact.claim.measure is not Measure.CHANGE or not fact.amount or fact.id in state.values:
        return None
    rates = [
        one
        for one in state.checks.facts.facts[fact.id + 1 : fact.id + 3]
        if one.claim and one.claim.measure is Measure.RATE and one.claim.topic == fact.claim.topic and one.amount
    ]
    same = [one for one in rates if (one.amount or 0) * fact.amount > 0]
    values = {fact.id: -fact.amount, **{one.id: -(one.amount or 0) for one in same[:1]}}
    after = Corrections(state.checks, {**state.values, **values})
    touched = {check.id: check for number in values for check in state.checks.on(number) if check.terms and check.made}
    explains = tuple(check for check in touched.values() if check in conflicts and not after.violated(check))
    broken = sum(after.violated(check) and not state.violated(check) for check in touched.values())
    return Suspect(fact, explains, broken, not broken, -fact.amount, 0, False) if explains else None


def preference(suspect: Suspect) -> tuple[int, bool, int, bool, bool, int, int]:
    """Order of suspicion: gains more; one value would do; is omitted; stands in a sentence; is vouched for less."""
    fact = suspect.fact
    return (
        -suspect.gain,
        not suspect.feasible,
        suspect.strained,
        not suspect.omitted,
        fact.part is not Part.NARRATIVE,
        suspect.vouchers,
        fact.id,
    )


def indistinct(ordered: list[Suspect]) -> list[Suspect]:
    """The suspects that arithmetic cannot tell from the first: those that gain as much and stand in its conflicts.

    An omitted total is told apart from printed figures: to fill it in changes nothing that is printed.
    """
    first = ordered[0]
    if first.omitted:
        return [first]
    alike = (first.gain, first.feasible, first.strained)
    testified = {number for check in first.explains for number in (*check.fact_ids, *check.claims)}
    others = [one for one in ordered[1:] if (one.gain, one.feasible, one.strained) == alike]
    return [first, *(one for one in others if one.fact.id in testified)]


def _suspect(fact: Fact, conflicts: Collection[Check], state: Corrections) -> Suspect:
    on_fact = [check for check in state.checks.on(fact) if check.terms and (check.made or check.blank)]
    if fact.claim and fact.claim.measure is Measure.DIRECTION:
        said = tuple(check for check in on_fact if check in conflicts)
        return Suspect(fact, said, 0, True, None, sum(check not in conflicts for check in on_fact), False)
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
    strained = sum(check.tie and check.residual == 0 and check not in conflicts for check in on_fact)
    return Suspect(fact, tuple(explains), broken, feasible, implied, vouchers, omitted, strained)


def _is_candidate(suspect: Suspect) -> bool:
    """A blank part of one violated sum is no suspect: any of a row's empty cells could be filled in to make it hold."""
    return bool(suspect.explains) and (not suspect.fact.blank or suspect.omitted or len(suspect.explains) > 1)


def _holds(check: Check, residual: ScaledAmount) -> bool:
    judge = {"<=": judge_at_most, "<": judge_less, "=": judge_equal}[check.operator]
    return judge(residual, check.tolerance) is not Verdict.CONFLICT


def _may_be_negative(fact: Fact) -> bool:
    """A figure printed so, or a change: it may as well have been a rise."""
    changes = fact.claim is not None and fact.claim.measure in CHANGES
    return (fact.amount or 0) < 0 or changes


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
    low, high = (-_UNBOUNDED if _may_be_negative(fact) else 0), _UNBOUNDED
    for check in on_fact:
        if check.per:
            least, most = bounds(state.ratio(check), fact.id)
            low, high = max(low, least), min(high, most)
            continue
        weight, rest = state.split(fact, check)
        if weight == 0:
            continue
        upper, lower = check.tolerance - rest, -check.tolerance - rest
        if check.operator != "=":
            lower = -_UNBOUNDED
        if check.operator == "<":
            upper = -rest - 1
        ends = (upper, lower) if weight > 0 else (-upper, -lower)
        top, bottom = max(ends), min(ends)
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
        if check.per:
            quotient = implied_by_ratio(state.ratio(check), fact.id)
            if quotient is not None:
                finest, votes = founded.get(quotient, (_COARSE, 0))
                founded[quotient] = (finest, votes + 1)
            continue
        weight, rest = state.split(fact, check)
        if not weight or rest % weight:
            continue
        coarsest = max((state.checks.facts.facts[other].radius for other in check.fact_ids - {fact.id}), default=0)
        finest, votes = founded.get(-rest // weight, (coarsest, 0))
        founded[-rest // weight] = (min(finest, coarsest), votes + 1 + (len(equalities) if check.tie else 0))
    printed = fact.amount or 0
    usable = [value for value in founded if value != printed and (value >= 0 or _may_be_negative(fact))]
    return sorted(usable, key=lambda value: (founded[value][0], -founded[value][1], abs(value - printed)))


def _outcome(
    fact: Fact, value: ScaledAmount, on_fact: list[Check], conflicts: Collection[Check], state: Corrections
) -> tuple[list[Check], int]:
    """What `value` for `fact` resolves of `conflicts`, and how many other checks it breaks more than it mends."""
    resolved: list[Check] = []
    broken = 0
    for check in on_fact:
        if check.per:
            good = holds(state.ratio(check, fact, value))
        else:
            weight, rest = state.split(fact, check)
            good = _holds(check, weight * value + rest)
        if check in conflicts:
            resolved.extend([check] if good else [])
        else:
            broken += int(not good) - int(state.violated(check))
    return resolved, broken

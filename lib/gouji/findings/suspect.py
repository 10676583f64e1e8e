"""Which single figure explains violated checks: the smallest repair, of size one, in exact arithmetic.

A figure f explains the conflicts it takes part in if some value for it lets every check on f hold (Fellegi and Holt's
principle for one figure). Each check leaves f an interval; their intersection is the feasible range.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from gouji.checks.check import Check, Checks
from gouji.facts.fact import Fact, Part
from gouji.intervals import ScaledAmount, Verdict

_UNBOUNDED = 10**24


@dataclass(frozen=True, slots=True)
class Suspect:
    """A figure, the conflicts it takes part in, whether one value for it satisfies all its checks, and the value that
    most of them imply (None where they imply none). `omitted`: it is blank where the other side of a check is not."""

    fact: Fact
    explains: tuple[Check, ...]
    feasible: bool
    implied: ScaledAmount | None
    vouchers: int
    omitted: bool


def suspects(conflicts: Collection[Check], checks: Checks) -> list[Suspect]:
    """Every figure of `conflicts`, the most likely wrong one first."""
    numbers = sorted({fact for check in conflicts for fact in check.fact_ids})
    found = [_suspect(checks.facts.facts[number], conflicts, checks) for number in numbers]
    return sorted((one for one in found if _is_candidate(one)), key=preference)


def preference(suspect: Suspect) -> tuple[bool, int, bool, bool, int, int]:
    """Order of suspicion: one value would do; explains more; is blank; stands in a sentence; is vouched for less."""
    fact = suspect.fact
    return (
        not suspect.feasible,
        -len(suspect.explains),
        not suspect.omitted,
        fact.part is not Part.NARRATIVE,
        suspect.vouchers,
        fact.id,
    )


def indistinct(ordered: list[Suspect]) -> list[Suspect]:
    """The suspects arithmetic cannot tell from the first: those that explain as much by one feasible value.

    An omitted total is told apart from printed figures: to fill it in changes nothing that is printed.
    """
    first = ordered[0]
    if first.omitted or not first.feasible:
        return [first]
    return [one for one in ordered if one.feasible and len(one.explains) == len(first.explains)]


def _suspect(fact: Fact, conflicts: Collection[Check], checks: Checks) -> Suspect:
    on_fact = [check for check in checks.on(fact) if check.terms and _evaluated(check)]
    low, high = _range(fact, on_fact, checks)
    feasible = low <= high
    explains = tuple(check for check in on_fact if check in conflicts)
    vouchers = sum(check.verdict is not Verdict.CONFLICT and _vouches(check, checks) for check in on_fact)
    omitted = fact.blank and any(_on_blank_side(fact, check, checks) for check in explains)
    return Suspect(fact, explains, feasible, _implied(fact, on_fact, low, high, checks), vouchers, omitted)


def _is_candidate(suspect: Suspect) -> bool:
    """A blank part of one violated sum is no suspect: any of a row's empty cells could be filled in to make it hold."""
    return not suspect.fact.blank or suspect.omitted or len(suspect.explains) > 1


def _on_blank_side(fact: Fact, check: Check, checks: Checks) -> bool:
    """True where `fact` stands on a side of `check` that prints nothing."""
    sides = [side for side in (check.left, check.right) if any(number == fact.id for _, number in side)]
    return check.blank and all(checks.facts.facts[number].blank for side in sides for _, number in side)


def _evaluated(check: Check) -> bool:
    return check.verdict in (Verdict.CONSISTENT, Verdict.ROUNDING, Verdict.CONFLICT)


def _vouches(check: Check, checks: Checks) -> bool:
    """A check vouches for its figures where it compares amounts, not zeros."""
    return any(checks.facts.facts[fact].amount for _, fact in check.terms)


def _range(fact: Fact, on_fact: Iterable[Check], checks: Checks) -> tuple[ScaledAmount, ScaledAmount]:
    """The values for `fact` that every check on it allows, the others' figures as printed; empty if low > high.

    Amounts are not negative unless one was printed so: an implied −12.50 says that something else is wrong.
    """
    low, high = (-_UNBOUNDED if (fact.amount or 0) < 0 else 0), _UNBOUNDED
    for check in on_fact:
        weight, rest = _split(fact, check, checks)
        if weight == 0:
            continue
        upper, lower = check.tolerance - rest, -check.tolerance - rest
        if check.operator == "<=":
            lower = -_UNBOUNDED
        bounds = (upper, lower) if weight > 0 else (-upper, -lower)
        top, bottom = max(bounds), min(bounds)
        low, high = max(low, -(-bottom // abs(weight))), min(high, top // abs(weight))
    return low, high


def _implied(
    fact: Fact, on_fact: Iterable[Check], low: ScaledAmount, high: ScaledAmount, checks: Checks
) -> ScaledAmount | None:
    """The value that equalities on `fact` imply exactly, among those in range where there are any.

    Another print of the same quantity is exact; a sum of rounded parts need not be. So prints are asked first, then
    the value that most sums imply.
    """
    equalities = [check for check in on_fact if check.operator == "="]
    printed = Counter(value for check in equalities if check.tie for value in _solved(fact, check, checks))
    values = Counter(value for check in equalities for value in _solved(fact, check, checks))
    for value in printed:
        values[value] += len(equalities)
    inside = {value: count for value, count in values.items() if low <= value <= high}
    usable = inside or {value: count for value, count in values.items() if value >= 0}
    ranked = sorted(usable.items(), key=lambda item: (-item[1], abs(item[0] - (fact.amount or 0))))
    return next((value for value, _ in ranked if value != (fact.amount or 0) or fact.blank), None)


def _solved(fact: Fact, check: Check, checks: Checks) -> list[ScaledAmount]:
    """The one value for `fact` that makes an equality exact, where it is a whole number."""
    weight, rest = _split(fact, check, checks)
    return [-rest // weight] if weight and rest % weight == 0 else []


def _split(fact: Fact, check: Check, checks: Checks) -> tuple[int, ScaledAmount]:
    """A check's residual as weight·fact + rest."""
    weight = sum(sign for sign, number in check.terms if number == fact.id)
    return weight, check.residual - weight * (fact.amount or 0)

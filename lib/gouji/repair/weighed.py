"""Weighs repairs, verifies them in exact arithmetic, and sorts them, the lightest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import ceil, floor

from gouji.checks.check import Check
from gouji.facts.fact import Fact
from gouji.intervals import ScaledAmount
from gouji.repair.cause import Suspect
from gouji.repair.change import Change, Kind
from gouji.repair.corrections import Corrections, is_omitted
from gouji.repair.polytope import Range
from gouji.repair.rough import rough
from gouji.repair.search import Repair
from gouji.repair.slip_names import NamedSlip, name_slip
from gouji.repair.solve import ranges
from gouji.repair.values import values_of
from gouji.repair.weights import Cost, cost_of
from gouji.runtime.immutable import immutable

_UNBOUNDED: Range = (None, None)


@immutable()
class Weighed:
    """A repair with the values that it implies by fact, the range and the slip of each number, and its weight."""

    changes: tuple[Change, ...]
    values: dict[int, ScaledAmount]
    ranges: dict[Change, Range]
    slips: dict[Change, NamedSlip]
    cost: Cost

    def suspects(self, change: Change, facts: Iterable[Fact], state: Corrections) -> list[Suspect]:
        """Returns the suspects that one of its changes makes of `facts`."""
        limits = self.ranges.get(change, _UNBOUNDED)
        coarse = rough(self.values, state)
        return [
            Suspect(
                fact,
                None if change.kind is Kind.WORD else self.values.get(fact.id),
                is_omitted(fact, state.checks),
                limits,
                self.slips.get(change),
                self.cost,
                fact.id in coarse,
            )
            for fact in facts
        ]


def lightest_first(repairs: Sequence[Repair], violated: Sequence[Check], state: Corrections) -> list[Weighed]:
    """Returns the repairs whose implied values hold, the lightest first. If no values hold for any of them, returns all
    without values.

    Leaves out repairs that change nothing about a number. The search accepts such a repair where it could not see a
    violation: it leaves out quotients of several unknown numbers.
    """
    weighed = [_weigh(repair, violated, state) for repair in repairs]
    verified = [one for one in weighed if one is not None]
    if not verified:
        verified = [_weigh_without_values(repair, violated, state) for repair in repairs]
    verified = [one for one in verified if not any(_is_kept(change, one, state) for change in one.changes)]
    return sorted(verified, key=lambda one: (one.cost.weight, [change.facts for change in one.changes]))


def _weigh_without_values(repair: Repair, violated: Sequence[Check], state: Corrections) -> Weighed:
    changes = _sort_changes(repair)
    return Weighed(changes, {}, ranges(changes, state, violated), {}, cost_of(changes, {}, {}, state))


def _is_kept(change: Change, repair: Weighed, state: Corrections) -> bool:
    """True for a number without an implied value that may stay as it is printed."""
    if change.kind is not Kind.NUMBER or change.first in repair.values or change not in repair.ranges:
        return False
    (low, high), printed = repair.ranges[change], state.amount(change.first)
    return (low is None or low <= printed) and (high is None or printed <= high)


def _weigh(repair: Repair, violated: Sequence[Check], state: Corrections) -> Weighed | None:
    changes = _sort_changes(repair)
    values = values_of(changes, state)
    if values is None:
        return None
    limits = ranges(changes, state, violated)
    slips = dict(_name_slips(changes, values, limits, state))
    return Weighed(
        changes, values, limits, slips, cost_of(changes, {**_nearest_values(limits, state), **values}, slips, state)
    )


def _nearest_values(limits: dict[Change, Range], state: Corrections) -> dict[int, ScaledAmount]:
    """Returns, by fact, the possible value nearest to the printed one for each number that is only bounded."""
    found = {}
    for change, (low, high) in limits.items():
        printed = state.amount(change.first)
        if low is not None and printed < low:
            found.update(dict.fromkeys(change.facts, ceil(low)))
        elif high is not None and printed > high:
            found.update(dict.fromkeys(change.facts, floor(high)))
    return found


def _name_slips(
    changes: Sequence[Change], values: dict[int, ScaledAmount], limits: dict[Change, Range], state: Corrections
) -> Iterator[tuple[Change, NamedSlip]]:
    for change in changes:
        if change.kind is Kind.NUMBER and change.first in values:
            fact = state.checks.facts.facts[change.first]
            if slip := name_slip(fact, values[change.first], limits.get(change, _UNBOUNDED), state.checks):
                yield change, slip


def _sort_changes(repair: Repair) -> tuple[Change, ...]:
    return tuple(sorted(repair, key=lambda one: one.facts))

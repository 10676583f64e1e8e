"""Finds the values of a repair that rest on percentages alone: these give a range, not a value to the cent."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from gouji.checks.check import Check
from gouji.intervals import RATE_UNITS, ScaledAmount
from gouji.repair.corrections import Corrections


def rough(values: Mapping[int, ScaledAmount], state: Corrections) -> frozenset[int]:
    """Returns the facts of a repair whose values no sum and no second print fixes, though a percentage bounds them.

    `values` are those of the repair by fact. A sum fixes a value where its digits add up and its other figures are as
    printed, or fixed themselves.
    """
    after = state.with_values(dict(values))
    open_ = {number for number in values if _is_amount(number, state)}
    checks = {number: state.on(number) for number in open_}
    if not any(check.per for found in checks.values() for check in found):
        return frozenset()
    while fixed := [one for one in open_ if any(_fixes(check, one, open_, after) for check in checks[one])]:
        open_.difference_update(fixed)
    return frozenset(open_)


def _is_amount(number: int, state: Corrections) -> bool:
    return state.checks.facts.facts[number].figure.unit not in RATE_UNITS


def _fixes(check: Check, number: int, open_: Collection[int], after: Corrections) -> bool:
    """True for an equality with nothing else unknown that the values make exact."""
    known = check.operator == "=" and not check.per and not (check.fact_ids - {number}) & set(open_)
    return known and after.residual(check) == 0 and not after.reworded(check)

"""Finds sums of a list in a sentence that another sum of the same list replaces.

A list is checked against the whole that its sentence seems to name. If a figure of the list or its whole is wrong, the
list may seem shorter than it is, or seem to belong to another whole. Such a sum says nothing of its own.
"""

from __future__ import annotations

from collections.abc import Container, Iterable

from gouji.checks.check import Check, Checks
from gouji.repair.cause import Cause
from gouji.repair.corrections import holds_within

#: The rule on lists in sentences.
_LISTS = "narrative.parts"


def shorter_sums(checks: Checks, known: Container[int]) -> dict[int, Check]:
    """Returns, by check id, the conflicts of a list that a longer sum of the same whole replaces, with that sum. Leaves
    out conflicts (ids) in `known`, whose cause was found before."""
    sums = [one for one in checks.conflicts() if one.id not in known and one.terms and not one.per]
    return {
        short.id: longer
        for short in sums
        if short.rule.id == _LISTS and short.operator == "="
        for longer in sums
        for whole, parts in ((longer.left, longer.right), (longer.right, longer.left))
        if whole == short.left and {*short.right} < {*parts}
    }


def without_shorter(causes: Iterable[Cause], shorter: dict[int, Check], checks: Checks) -> list[Cause]:
    """Returns the causes, each with the shorter sums that its conflicts replace, and with the sums that only fail
    because its figure is wrong: the list adds up to the value that it implies."""
    found = list(causes)
    by_id = {check.id: check for check in checks.conflicts()}
    for number, longer in shorter.items():
        of = next((cause for cause in found if longer in cause.conflicts), None)
        if of is not None:
            of.conflicts.append(by_id[number])
    for cause in [one for one in found if all(_is_of_list(check) for check in one.conflicts) and one.conflicts]:
        of = next((one for one in found if all(_adds_up(one, check, checks) for check in cause.conflicts)), None)
        if of is not None and of is not cause:
            of.conflicts.extend(cause.conflicts)
            found.remove(cause)
    return found


def _is_of_list(check: Check) -> bool:
    return check.rule.id == _LISTS and len(check.right) > 1


def _adds_up(cause: Cause, check: Check, checks: Checks) -> bool:
    """True if the parts of a sum stand in the conflicts of a located cause, and add up to the value that it implies."""
    implied = cause.suspects[0].implied
    if not cause.located or implied is None:
        return False
    parts = {number for _, number in check.right}
    covered = {number for one in cause.conflicts for number in one.fact_ids}
    total = sum(sign * (checks.facts.facts[number].amount or 0) for sign, number in check.right)
    return parts <= covered and holds_within(check, implied - total)

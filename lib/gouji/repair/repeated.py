"""Joins the causes that stem from one number which is wrong in every place it was copied to.

A wrong total that stands in all rows and tables leaves each row with a conflict of its own, in which arithmetic cannot
tell the total from its parts. The sign is that one value for the total resolves all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from gouji.checks.check import Check, Checks
from gouji.intervals import ScaledAmount
from gouji.repair.cause import Cause, Suspect
from gouji.repair.change import Changes
from gouji.repair.corrections import Corrections
from gouji.repair.slip_names import name_slip

#: The fewest causes that one value must resolve. Two rows may be wrong by the same amount by chance.
_FEWEST = 3


def as_one(causes: Sequence[Cause], changes: Changes, checks: Checks) -> list[Cause]:
    """Returns the causes. Those that one value for one number resolves are joined."""
    rest = list(causes)
    while (found := _find_best(rest, changes, checks)) is not None:
        joined, settled = found
        rest = [joined, *(cause for cause in rest if cause not in settled)]
    return rest


def _find_best(causes: Sequence[Cause], changes: Changes, checks: Checks) -> tuple[Cause, list[Cause]] | None:
    """Returns the joined cause that resolves the most causes, with these; None if two numbers resolve equally many."""
    corrections = Counter(one for cause in causes for one in set(_corrections(cause, checks)))
    found: list[tuple[Cause, list[Cause]]] = []
    for (printed, implied), count in corrections.items():
        if count < _FEWEST:
            continue
        state = _correct_everywhere(causes, printed, implied, changes, checks)
        settled = [cause for cause in causes if state and all(_is_repaired(check, state) for check in cause.conflicts)]
        if state and len(settled) >= _FEWEST:
            found.append((_join(settled, state, implied), settled))
    found.sort(key=lambda one: len(one[1]), reverse=True)
    alike = len(found) > 1 and len(found[0][1]) == len(found[1][1])
    return found[0] if found and not alike else None


def _corrections(cause: Cause, checks: Checks) -> Iterator[tuple[ScaledAmount, ScaledAmount]]:
    """Yields the numbers of a cause's suspects, each with the value that makes a sum hold if put in all its places in
    the sum."""
    numbers = {one.fact.amount for one in cause.suspects if one.fact.amount}
    for check in cause.conflicts:
        for printed in numbers if not check.per else ():
            weight = sum(sign for sign, number in check.terms if checks.facts.facts[number].amount == printed)
            if weight and check.residual % weight == 0:
                yield printed, printed - check.residual // weight


def _correct_everywhere(
    causes: Sequence[Cause], printed: ScaledAmount, implied: ScaledAmount, changes: Changes, checks: Checks
) -> Corrections | None:
    """Returns the checks with a number corrected wherever it is suspect, and wherever a check that holds requires it;
    None if that is impossible."""
    places = {one.fact.id for cause in causes for one in cause.suspects if one.fact.amount == printed}
    while True:
        places = {other for number in places for other in changes.copied_of(number)}
        state = Corrections(checks, dict.fromkeys(sorted(places), implied))
        broken = _newly_broken(state)
        if not broken:
            return state
        more = {number for check in broken for number in check.fact_ids if checks.facts.facts[number].amount == printed}
        if more <= places:
            return None
        places |= more


def _is_repaired(check: Check, state: Corrections) -> bool:
    return not check.fact_ids.isdisjoint(state.values) and not state.violated(check)


def _newly_broken(state: Corrections) -> list[Check]:
    """Returns the checks that hold as printed and fail with the corrections."""
    concerned = {check.id: check for number in state.values for check in state.on(number)}
    printed = Corrections(state.checks)
    return [check for check in concerned.values() if state.violated(check) and not printed.violated(check)]


def _join(settled: Sequence[Cause], state: Corrections, implied: ScaledAmount) -> Cause:
    conflicts = {check.id: check for cause in settled for check in cause.conflicts}
    facts = [state.checks.facts.facts[number] for number in sorted(state.values)]
    suspects = [Suspect(one, implied, slip=name_slip(one, implied, (None, None), state.checks)) for one in facts]
    return Cause(suspects, [conflicts[number] for number in sorted(conflicts)], located=True)

"""Finds the values that a repair gives its numbers: they make equalities exact, the best founded first, and break no
check."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.checks.check import Check
from gouji.checks.ratio import bounds
from gouji.checks.ratio import implied as implied_by_ratio
from gouji.facts.fact import Fact
from gouji.facts.narrative.concepts import concept_from_path
from gouji.intervals import ScaledAmount
from gouji.repair.change import Change, Kind
from gouji.repair.corrections import Corrections, may_be_negative
from gouji.repair.rows import turned
from gouji.repair.solve import objection, touched_by

#: A value that a percentage implies is founded on less than any sum or second print.
_COARSE = 10**23


def values_of(changes: Sequence[Change], state: Corrections) -> dict[int, ScaledAmount] | None:
    """Returns, by fact, the values that the checks imply for a repair. Words turned have the value 0.

    Solves one number after the other, each from the checks in which nothing else is unknown. Numbers that are only
    bounded have no value. Returns None if the values break a check: exact arithmetic decides about every repair.
    """
    made = turned(changes, state)
    unknown = [change for change in changes if change.kind is Kind.NUMBER]
    while unknown:
        solved = next((one for one in _best_implied(unknown, made)), None)
        if solved is None:
            break
        change, value = solved
        made = made.with_values(dict.fromkeys(change.facts, value))
        unknown.remove(change)
    touched = touched_by(changes, made, ())
    open_ = {fact for change in unknown for fact in change.facts}
    if any(made.violated(check) for check in touched if not open_ & check.fact_ids):
        return None
    return {number: value for number, value in made.values.items() if any(number in one.facts for one in changes)}


def _best_implied(unknown: Sequence[Change], state: Corrections) -> list[tuple[Change, ScaledAmount]]:
    """Returns the numbers whose value is implied while the others are unknown, with the first value that no check
    forbids."""
    found = []
    for change in unknown:
        others = {fact for one in unknown if one is not change for fact in one.facts}
        values = implied(state.checks.facts.facts[change.first], state, others)
        allowed = next((value for value in values if _is_allowed(change, value, [*unknown], state)), None)
        if allowed is not None:
            found.append((change, allowed))
    return found


def _is_allowed(change: Change, value: ScaledAmount, unknown: list[Change], state: Corrections) -> bool:
    """True if the rest of the repair still has a solution with this number at `value`."""
    fixed = state.with_values(dict.fromkeys(change.facts, value))
    rest = [one for one in unknown if one is not change]
    return objection(rest, fixed, touched_by([change], fixed, ())) is None


def implied(fact: Fact, state: Corrections, unknown: set[int]) -> list[ScaledAmount]:
    """Returns the values for `fact` that make an equality without `unknown` figures exact, the best founded first.

    The finest prints come first (元 before 万元). Then come other prints of the same quantity, which are exact while a
    sum of rounded parts need not be. Then come the values that most equalities imply. Leaves out the value as printed.
    """
    equalities = [check for check in state.on(fact) if check.operator == "=" and not unknown & check.fact_ids]
    founded: dict[ScaledAmount, tuple[ScaledAmount, int]] = {}
    for check in equalities:
        if check.per:
            quotient = _printed_within(fact, check, state) or implied_by_ratio(state.ratio(check), fact.id)
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
    usable = [value for value in founded if value != printed and (value >= 0 or may_be_negative(fact))]
    return sorted(usable, key=lambda value: (founded[value][0], -founded[value][1], abs(value - printed)))


def _printed_within(fact: Fact, check: Check, state: Corrections) -> ScaledAmount | None:
    """Returns the amount that a table prints for the thing that a stated amount is about, if a percentage allows it;
    None if there is none, or several. A percentage says less than its own value: it is rounded."""
    if fact.claim is None or fact.id == check.left[0][1] or not fact.figure.printed:
        return None
    topic, facts = fact.claim.topic, state.checks.facts
    low, high = bounds(state.ratio(check), fact.id)
    found = set()
    for path in {path for paths in (*topic.final, *topic.budget, *topic.initial) for path in paths.split("|")}:
        concept = concept_from_path(path)
        cell = facts.get(concept.table, concept.row, concept.column)
        if cell is not None and cell.amount and low <= cell.amount <= high and cell.amount != fact.amount:
            found.add(cell.amount)
    return found.pop() if len(found) == 1 else None

"""Fills in the omitted cells of a block (connected conflicts) that no small repair explains.

An empty 合计 row is one omission, however many checks lack a side because of it. If something else is wrong too, its
cells are filled in first, with the values that most of their checks imply. The checks that then still fail are examined
by themselves.
"""

from __future__ import annotations

from collections.abc import Sequence

from gouji.checks.check import Check
from gouji.facts.fact import Part
from gouji.intervals import ScaledAmount
from gouji.repair.cause import Cause, Suspect
from gouji.repair.corrections import Corrections, is_omitted
from gouji.repair.values import implied


def fill_blanks(block: Sequence[Check], state: Corrections) -> tuple[list[Cause], Corrections]:
    """Returns a cause for each omitted cell that has an implied value, and the state with these values."""
    causes: list[Cause] = []
    open_ = set(omitted(block, state))
    while open_:
        voted = [one for number in sorted(open_) if (one := _vote(number, open_, state)) is not None]
        if not voted:
            break
        _, number, value = max(voted, key=lambda one: (one[0], -one[1]))
        open_.discard(number)
        state = state.with_values({number: value})
        held = [check for check in block if check.blank and number in check.fact_ids and not state.violated(check)]
        causes.append(Cause([Suspect(state.checks.facts.facts[number], value, omitted=True)], held, located=True))
    return causes, state


def omitted(block: Sequence[Check], state: Corrections) -> list[int]:
    """Returns the cells (fact ids) of a block that must be filled in and are not yet, in rows that print nothing. In
    other rows an empty cell may be right, and a figure beside it wrong."""
    facts = state.checks.facts
    numbers = sorted({number for check in block for number in check.fact_ids} - state.values.keys())
    blank = [facts.facts[number] for number in numbers if is_omitted(facts.facts[number], state.checks)]
    rows = {(fact.concept.table, fact.concept.row) for fact in blank if fact.part is Part.TABLES and fact.concept.row}
    rows -= {(fact.concept.table, fact.concept.row) for fact in facts if fact.figure.printed} if rows else set()
    return [fact.id for fact in blank if (fact.concept.table, fact.concept.row) in rows]


def _vote(number: int, open_: set[int], state: Corrections) -> tuple[int, int, ScaledAmount] | None:
    """Returns (votes, cell, value) for the value of a cell with the most votes; None if no value is implied.

    Votes are the equalities that hold with the value. Of values with equal votes, the best founded one wins.
    """
    # The sum that defines a cell is of its own table, and counts twice: sentences may have it from one another.
    others = open_ - {number}
    equalities = [one for one in state.on(number) if one.operator == "=" and others.isdisjoint(one.fact_ids)]
    found = None
    for value in implied(state.checks.facts.facts[number], state, others):
        after = state.with_values({number: value})
        votes = sum(2 if check.defines else 1 for check in equalities if not after.violated(check))
        if found is None or votes > found[0]:
            found = votes, number, value
    return found

"""Finds statements that a second table confirms. A table that contradicts one is then one against two."""

from __future__ import annotations

from gouji.checks.check import Checks
from gouji.facts.fact import Fact, Part
from gouji.repair.cause import Cause, Suspect
from gouji.repair.corrections import is_word
from gouji.repair.displaced import BESIDE


def undecided_if_vouched(cause: Cause, checks: Checks) -> Cause:
    """Returns the cause. If it is located at a statement whose amount a second table confirms, it becomes undecided
    between the statement and what contradicts it."""
    said = cause.suspects[0].fact
    if not cause.located or not _is_vouched(said, cause, checks):
        return cause
    against = sorted({number for check in cause.conflicts for number in check.fact_ids} - {said.id})
    facts = (checks.facts.facts[number] for number in against)
    others = [Suspect(fact) for fact in facts if not is_word(fact)]
    return Cause([*cause.suspects, *others], cause.conflicts, located=False, partial=cause.partial)


def _is_vouched(said: Fact, cause: Cause, checks: Checks) -> bool:
    if said.part is not Part.NARRATIVE or is_word(said) or not said.amount:
        return False
    facts = (checks.facts.facts[number] for check in cause.conflicts for number in check.fact_ids)
    against = {fact.concept.table for fact in facts}
    printed = (
        checks.facts.get(table, target.row, target.column)
        for target in said.target
        for table in BESIDE.keys() - against
        if target.row.isdigit()
    )
    return any(one is not None and one.amount == said.amount for one in printed)

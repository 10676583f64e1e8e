"""Lists the changes that may repair a violated check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from gouji.checks.check import Check
from gouji.repair.change import Change, Changes, Kind
from gouji.repair.corrections import Corrections, is_omitted


def candidates_in(
    violated: Sequence[Check], state: Corrections, changes: Changes, copied: bool = False
) -> Callable[[Check], Iterator[Change]]:
    """Returns a function that yields, for a check, the changes that may repair it.

    Leaves out figures that are unreadable or already corrected. Leaves out a blank part of one violated sum alone: any
    empty cell of the row could be filled in to make that sum hold. With `copied`, a number is also changed in all
    places that it was copied to.
    """
    hits = Counter(number for check in violated for number in check.fact_ids)
    facts = state.checks.facts.facts

    def candidates(check: Check) -> Iterator[Change]:
        for change in changes.of(check):
            fact = facts[change.first]
            unreadable = change.kind is not Kind.WORD and fact.amount is None
            if unreadable or any(number in state.values for number in change.facts):
                continue
            if not fact.blank or hits[fact.id] > 1 or is_omitted(fact, state.checks):
                yield change
                if copied and change.kind is Kind.NUMBER:
                    yield changes.copied(fact)

    return candidates

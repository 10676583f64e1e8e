"""Finds the figure whose correction resolves most conflicts and breaks fewest checks, if no small set repairs a block.

Several figures are wrong then. This takes one step; after it, the rest may again have a small repair.
"""

from __future__ import annotations

from collections.abc import Collection

from gouji.checks.check import Check
from gouji.facts.fact import Fact
from gouji.intervals import ScaledAmount
from gouji.repair.corrections import Corrections, is_word, words_of
from gouji.repair.values import implied
from gouji.runtime.immutable import immutable


@immutable()
class Step:
    """A figure at `value` (None: a word turned), the conflicts that this resolves, and how many checks it breaks."""

    fact: Fact
    value: ScaledAmount | None
    resolves: tuple[Check, ...]
    broken: int

    @property
    def gain(self) -> int:
        """Returns the number of conflicts resolved less that of checks broken."""
        return len(self.resolves) - self.broken


def best_steps(conflicts: Collection[Check], state: Corrections) -> list[Step]:
    """Returns the steps that gain most, including those that arithmetic cannot distinguish; none if nothing gains.

    Leaves out figures that are already corrected, blank cells, and figures that would only mend a check already
    reported as undecided.
    """
    numbers = sorted({fact for check in conflicts for fact in (*check.fact_ids, *check.claims)})
    facts = (state.checks.facts.facts[number] for number in numbers if number not in state.values)
    tried = (_step(fact, conflicts, state) for fact in facts if not fact.blank)
    steps = [step for step in tried if step and step.resolves and step.gain > 0]
    if not steps:
        return []
    first = max(steps, key=lambda one: (one.gain, -one.broken, -one.fact.id))
    testified = {number for check in first.resolves for number in (*check.fact_ids, *check.claims)}
    alike = [one for one in steps if (one.gain, one.broken) == (first.gain, first.broken) and one.fact.id in testified]
    return [first, *(one for one in alike if one is not first)]


def _step(fact: Fact, conflicts: Collection[Check], state: Corrections) -> Step | None:
    """Returns the step with the best value for a figure; None if its checks imply no value."""
    if is_word(fact):
        said = (check for check in conflicts if fact.id in words_of(check, state.checks))
        return Step(fact, None, tuple(said), 0)
    steps = [_outcome(fact, value, conflicts, state) for value in implied(fact, state, set())]
    return max(steps, key=lambda one: one.gain, default=None)


def _outcome(fact: Fact, value: ScaledAmount, conflicts: Collection[Check], state: Corrections) -> Step:
    """Returns which of `conflicts` a value resolves, and how many other checks it breaks more than it mends."""
    after = state.with_values({fact.id: value})
    resolved: list[Check] = []
    broken = 0
    for check in state.on(fact):
        good = not after.violated(check)
        if check in conflicts:
            resolved.extend([check] if good else [])
        else:
            broken += int(not good) - int(state.violated(check))
    return Step(fact, value, tuple(resolved), broken)

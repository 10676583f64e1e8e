"""Decides which checks of a template can be made in which document: what `bind` decides, for many documents at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from gouji.checks.batch import Batch
from gouji.checks.structure import Condition, Instance
from gouji.checks.system import System, heaviest, matrix_of, product
from gouji.facts.fact import Facts, Status
from gouji.intervals import CONSISTENT, NOT_CHECKED, UNBOUND, Codes

#: The code of a check that a document does not have, because a condition of its rule does not hold there.
ABSENT = np.int8(-1)


@dataclass(frozen=True)
class Gate:
    """The conditions of a rule. `row` stands for the rule where they cannot be decided; the rows behind it, up to
    `end`, are its instances, where they hold."""

    row: int
    end: int
    conditions: tuple[Condition, ...]
    terms: csr_array

    @classmethod
    def of(cls, row: int, end: int, conditions: Sequence[Condition], width: int) -> Gate:
        """Returns a gate before the rows up to `end`, on `width` facts."""
        return cls(row, end, tuple(conditions), matrix_of([condition.terms for condition in conditions], width))

    def decide(self, batch: Batch) -> Codes:
        """Returns, by document, `CONSISTENT` if all conditions hold, `ABSENT` if one does not, else the outcome of the
        first that cannot be decided."""
        held = product(self.terms, batch.amounts, heaviest(abs(self.terms))) == 0
        decided = np.full(len(batch), CONSISTENT)
        for condition, holds in zip(self.conditions, held, strict=True):
            unknown = _first_unmet_need(condition, batch)
            decided[(unknown == CONSISTENT) & ~holds] = ABSENT
            decided = np.where(decided == CONSISTENT, unknown, decided)
        return decided


def _first_unmet_need(condition: Condition, batch: Batch) -> Codes:
    """Returns, by document, the outcome of the first need that is not met; `CONSISTENT` where all are."""
    found = np.full(len(batch), CONSISTENT)
    for need in condition.needs:
        if need.status is Status.MISSING:
            trouble = np.full(len(batch), UNBOUND)
        elif need.status is Status.UNREADABLE:
            trouble = np.full(len(batch), NOT_CHECKED)
        elif need.fact is not None:
            trouble = np.where(batch.unreadable[need.fact], NOT_CHECKED, CONSISTENT)
        else:
            continue
        found = np.where(found == CONSISTENT, trouble, found)
    return found


@dataclass(frozen=True)
class Published:
    """Which rows of a system can be compared. `unknown` are the figures of unknown rows and columns that may belong to
    a row; `unreadable` the rows that can be read in no document of the template, `lacking` those that lack a side."""

    unknown: csr_array
    unreadable: NDArray[np.bool_]
    lacking: NDArray[np.bool_]
    gates: tuple[Gate, ...]

    @classmethod
    def of(cls, instances: Sequence[Instance], gates: Sequence[Gate], facts: Facts, width: int) -> Published:
        """Returns which of `instances`, one per row, can be compared, as they are bound on the first `width` of
        `facts`."""
        operands = [instance.operands for instance in instances]
        return cls(
            matrix_of([[(1, fact) for one in row for fact in one.unknown] for row in operands], width),
            np.array([_is_unreadable(instance, facts) for instance in instances], dtype=bool),
            np.array([not instance.published for instance in instances], dtype=bool),
            tuple(gates),
        )

    def outcomes(self, system: System, batch: Batch) -> Codes:
        """Returns codes by row and document: `CONSISTENT` for what can be compared, else `UNBOUND`, `NOT_CHECKED` or
        `ABSENT`."""
        printed = ~batch.blank
        on_left, on_right = system.left @ printed, system.right @ printed
        unbound = self.lacking[:, None] | ((on_left == 0) & ((on_right == 0) | system.at_most[:, None]))
        illegible = (system.left @ batch.unreadable + system.right @ batch.unreadable) > 0
        illegible |= self.unreadable[:, None] | ((self.unknown @ (batch.amounts != 0)) > 0)
        codes = np.where(illegible, NOT_CHECKED, np.where(unbound, UNBOUND, CONSISTENT))
        for gate in self.gates:
            decided = gate.decide(batch)
            codes[gate.row] = np.where(decided == CONSISTENT, ABSENT, decided)
            codes[gate.row + 1 : gate.end, decided != CONSISTENT] = ABSENT
        return codes


def _is_unreadable(instance: Instance, facts: Facts) -> bool:
    """True if a table cannot be read or a row is printed more than once."""
    repeated = any(facts.facts[fact].repeated for _, fact in (*instance.left, *instance.right))
    return repeated or any(operand.unreadable for operand in instance.operands)

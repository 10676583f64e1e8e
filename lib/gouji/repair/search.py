"""Finds the smallest sets of changes that repair a block of violated checks, by a hitting-set tree.

A set of changes is a repair if some values for its numbers make every check on them hold (Fellegi and Holt, 1976). If a
set is no repair, the objection names checks, and a further change must take part in one of them (Reiter, 1987). So all
repairs of a size are found without trying every set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from gouji.checks.check import Check
from gouji.repair.change import Change
from gouji.repair.corrections import Corrections
from gouji.repair.solve import Objection, objection
from gouji.runtime.immutable import immutable

#: Repairs of more figures than this are not looked for.
MOST = 3
#: Sets tried per block before the search is given up.
_PATIENCE = 3000

Repair = frozenset[Change]


@immutable()
class Search:
    """All repairs of the least size; none if none has at most `MOST` changes. `exhausted`: every possible set was
    tried."""

    repairs: tuple[Repair, ...]
    exhausted: bool


def smallest_repairs(
    violated: Sequence[Check],
    state: Corrections,
    candidates: Callable[[Check], Iterable[Change]],
    most: int = MOST,
) -> Search:
    """Searches sets of one change, then of two, then of three. `candidates` names what in a check may be wrong."""
    layer: dict[Repair, Objection] = {frozenset(): Objection((min(violated, key=lambda one: len(one.fact_ids)),))}
    tried = 0
    for _ in range(most):
        found: list[Repair] = []
        below: dict[Repair, Objection] = {}
        for changes in _grow(layer, candidates):
            tried += 1
            if tried > _PATIENCE:
                return Search(tuple(found), exhausted=False)
            against = objection(tuple(changes), state, violated)
            if against is None:
                found.append(changes)
            else:
                below[changes] = against
        if found:
            return Search(tuple(found), exhausted=True)
        layer = below
    return Search((), exhausted=True)


def _grow(layer: dict[Repair, Objection], candidates: Callable[[Check], Iterable[Change]]) -> Iterable[Repair]:
    """Yields each set of the layer with one more change, taken from the checks of its objection. Yields each set
    once."""
    seen: set[Repair] = set()
    for changes, against in layer.items():
        facts = {fact for change in changes for fact in change.facts}
        for change in dict.fromkeys(one for check in against.checks for one in candidates(check)):
            grown = changes.union({change})
            if facts.isdisjoint(change.facts) and grown not in seen:
                seen.add(grown)
                yield grown

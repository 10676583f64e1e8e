"""Defines the family: the model of its rules, and the function for each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from gouji.review.family import Family
from gouji.review.material import Material
from gouji.review.observation import Observation
from gouji.review.reasons import admissions, budget, directions, items, nothing, results, totals
from gouji.review.reasons.rule import ReasonRule

#: Follows one kind of rule.
Look = Callable[[ReasonRule, Material], Iterator[Observation]]


def _tell_apart(look: Look) -> Look:
    """Returns a reviewer whose matters have distinct names, even if a document mentions one twice in one place."""

    def looks(rule: ReasonRule, material: Material) -> Iterator[Observation]:
        seen: dict[str, int] = {}
        for one in look(rule, material):
            turn = seen[one.matter] = seen.get(one.matter, 0) + 1
            yield one if turn == 1 else replace(one, matter=f"{one.matter}（{turn}）")

    return looks


_KINDS: dict[str, Look] = {
    "explained_apart": totals.explained_apart,
    "swapped": totals.swapped,
    "too_small": items.too_small,
    "moved_otherwise": items.moved_otherwise,
    "both_ways": items.both_ways,
    "against_change": directions.against_change,
    "same_cause": directions.same_cause,
    "empty": directions.empty,
    "kept_to": budget.kept_to,
    "admission": admissions.admission,
    "held": nothing.held,
    "key_project": nothing.key_project,
    "unmeasured": results.unmeasured,
    "still_planned": results.still_planned,
}

FAMILY = Family("reasons", ReasonRule, {kind: _tell_apart(look) for kind, look in _KINDS.items()})

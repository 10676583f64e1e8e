"""The family: its rules' model, and the function that follows each kind."""

from __future__ import annotations

from gouji.review.family import Family
from gouji.review.reasons import admissions, budget, directions, items, nothing, results, totals
from gouji.review.reasons.rule import ReasonRule

FAMILY = Family(
    "reasons",
    ReasonRule,
    {
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
    },
)

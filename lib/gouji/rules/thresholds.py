"""Provides the thresholds of the review rules. Parameters may replace them, so they are known before any rule is
loaded."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from gouji.runtime.strict import StrictModel
from gouji.runtime.yaml_data import load_yaml

#: The families of review rules (`rules/review/NAME.yaml`), in the order in which an auditor reads their questions.
REVIEW_FAMILIES = ("disclosure", "codes", "timing", "reasons", "reasonableness", "years")


class Threshold(StrictModel):
    """Where a rule draws its line unless the parameters say otherwise: the `default` with its `unit` ("" for a plain
    number or a multiple), what it `means`, and `why` it lies there (for auditors)."""

    default: Decimal
    unit: str = ""
    means: str
    why: str


@cache
def thresholds() -> Mapping[str, Threshold]:
    """Returns the thresholds of all review rules by name."""
    return {
        name: Threshold.model_validate(one)
        for family in REVIEW_FAMILIES
        for rule in review_entries(family)
        for name, one in rule.get("thresholds", {}).items()
    }


@cache
def review_entries(family: str) -> tuple[dict[str, Any], ...]:
    """Returns the rules of a family as they stand in its file, not yet validated."""
    text = files("gouji").joinpath("rules", "review", f"{family}.yaml").read_text(encoding="utf-8")
    return tuple(load_yaml(text) or ())

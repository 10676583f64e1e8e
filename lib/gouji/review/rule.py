"""Review rules as data: `rules/review/FAMILY.yaml`, validated on load, each with its basis and its thresholds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self, TypeVar

from pydantic import Field, model_validator

from gouji.checks.rules import RuleHead, load_bases, parse_as
from gouji.rules.thresholds import Threshold, review_entries


class ReviewRule(RuleHead):
    """A rule that raises questions or notes. Families add the fields that their kinds need.

    `thresholds` are by name, unique among all rules; `params/NAME.yaml` sets them under `thresholds.questions`.
    `yields_to` names rules whose question on the same figures or words is asked instead.
    """

    severity: Literal["question", "note"] = "question"
    thresholds: Mapping[str, Threshold] = Field(default={})
    yields_to: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _thresholds_named(self) -> Self:
        if wrong := [name for name in self.thresholds if not name.isidentifier() or name.lower() != name]:
            raise ValueError(f"thresholds: {wrong[0]!r} is no lower-case name")
        return self

    @property
    def subject(self) -> str:
        """Returns the family of the rule: the first part of its id."""
        return self.id.partition(".")[0]


#: A rule of one family.
R = TypeVar("R", bound=ReviewRule)


def load_family(name: str, model: type[R]) -> tuple[R, ...]:
    """Returns the rules of `rules/review/NAME.yaml` in file order. Raises ValueError, naming file and rule, if one is
    malformed or of another family, or if two share an id."""
    source = f"review/{name}.yaml"
    rules = tuple(_parse(model, entry, name, source) for entry in review_entries(name))
    if len({rule.id for rule in rules}) != len(rules):
        raise ValueError(f"{source}: rule ids must be unique")
    return rules


def _parse(model: type[R], entry: dict[str, Any], name: str, source: str) -> R:
    rule = parse_as(model, entry, load_bases(), source)
    if rule.subject != name:
        raise ValueError(f"{source}: {rule.id} does not begin with {name}.")
    return rule

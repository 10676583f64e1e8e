"""Defines a family of review rules: its rules, and the function that applies each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gouji.review.material import Material
from gouji.review.observation import Observation
from gouji.review.rule import ReviewRule

#: Looks at a document by one rule: an observation for each matter the rule concerns, whatever came of it.
Reviewer = Callable[[Any, Material], Iterator[Observation]]


@dataclass(frozen=True)
class Family:
    """`name` is that of its YAML file and the first part of its rules' ids, `model` what the entries are parsed as,
    `reviewers` the functions by kind."""

    name: str
    model: type[ReviewRule]
    reviewers: Mapping[str, Reviewer]

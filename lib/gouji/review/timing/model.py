"""Defines what a rule on timing states in its YAML, besides what every rule states."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from pydantic import field_validator

from gouji.review.rule import ReviewRule


class TimingRule(ReviewRule):
    """A rule on timing.

    `words` are what a text or a title must have, `unless` what its sentence must not have. `headings`: words of the
    headings it stands under that do as well as those of its sentence. `central`: beginnings of document numbers that
    only central bodies give. `patterns`: regular expressions of wordings, each with its weight (1 where it has none).
    """

    words: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    central: tuple[str, ...] = ()
    patterns: Mapping[str, int] = {}

    @field_validator("patterns")
    @classmethod
    def _compile(cls, value: Mapping[str, int]) -> Mapping[str, int]:
        for pattern in value:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"patterns: {pattern!r}: {error}") from error
        return value

    @cached_property
    def compiled(self) -> tuple[tuple[re.Pattern[str], int], ...]:
        """Returns the patterns with their weights."""
        return tuple((re.compile(pattern), weight) for pattern, weight in self.patterns.items())

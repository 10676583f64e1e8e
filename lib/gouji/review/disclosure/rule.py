"""Defines a disclosure rule: what must be there, or must not, in words and concept paths."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Literal, Self

from pydantic import model_validator

from gouji.checks.identity import parse_reference
from gouji.review.rule import ReviewRule
from gouji.runtime.strict import StrictModel


class Item(StrictModel):
    """Something that a rule demands or looks for.

    `name` is for people. `any` are the expressions that show it, `unless` those that make a match void, `promised`
    those by which a sentence promises it. `within` says where it is looked for: in the `narrative` without terms and
    annex, or in the whole body.

    It matters by the amounts of `paths`, as a share of `whole`. `since` is the first year it is for (None: always).
    `instead` is what is printed in its place. One that is not `telling` is named only beside others.

    In a table: `rows` are labels (regular expressions) that it should not have. `cells` are rows or columns (names of
    the layout) that it should have if it has the one named `beside`. `labels` are rows or columns of any table with a
    printed number that show it.
    """

    name: str
    any: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    promised: tuple[str, ...] = ()
    table: str = ""
    rows: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    headed: tuple[str, ...] = ()
    beside: str = ""
    paths: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    since: int | None = None
    instead: str = ""
    telling: bool = True
    within: Literal["body", "narrative"] = "body"

    @model_validator(mode="after")
    def _require_patterns(self) -> Self:
        for pattern in (*self.any, *self.unless, *self.promised, *self.rows, *self.labels, *self.headed):
            _compile(pattern)
        for path in (*self.paths, *self.whole):
            parse_reference(path)
        return self

    @cached_property
    def shown(self) -> re.Pattern[str]:
        """Returns the expression for what shows it."""
        return union(self.any)

    @cached_property
    def anywhere(self) -> re.Pattern[str]:
        """What shows it, at the beginning of any line."""
        return re.compile(self.shown.pattern, re.MULTILINE)

    @cached_property
    def promise(self) -> re.Pattern[str]:
        """Returns the expression for what promises it."""
        return union(self.promised)

    @cached_property
    def excused(self) -> re.Pattern[str]:
        """What makes a match none."""
        return union(self.unless)

    @cached_property
    def row_labels(self) -> re.Pattern[str]:
        """Returns the expression for the labels of the rows it is about."""
        return union(self.rows)

    @cached_property
    def counted(self) -> re.Pattern[str]:
        """Returns the expression for the labels of what is counted in a table."""
        return re.compile(union(self.labels).pattern, re.MULTILINE)

    @cached_property
    def chapter(self) -> re.Pattern[str]:
        """Returns the expression for the titles of chapters that show it."""
        return union(self.headed)

    def asked(self, year: int | None) -> bool:
        """True for accounts of that year. If the year is unknown, true only for items without a first year."""
        return self.since is None or (year is not None and year >= self.since)


class DisclosureRule(ReviewRule):
    """`items` are what the rule goes through, `words` the regular expressions it looks for, `unless` those in whose
    presence they mean nothing, `synonyms` words that say the same as a subject, `levels` the words for other
    jurisdictions by the ending of the department's own, `zones` endings of areas that are no jurisdiction."""

    items: tuple[Item, ...] = ()
    words: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    synonyms: Mapping[str, tuple[str, ...]] = {}
    levels: Mapping[str, tuple[str, ...]] = {}
    zones: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _require_expressions(self) -> Self:
        for pattern in (*self.words, *self.unless):
            _compile(pattern)
        return self

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Returns the expression for any of the words."""
        return union(self.words)

    @cached_property
    def anywhere(self) -> re.Pattern[str]:
        """Any of the words, at the beginning of any line."""
        return re.compile(self.pattern.pattern, re.MULTILINE)

    @cached_property
    def excused(self) -> re.Pattern[str]:
        """Any of the words that excuse."""
        return union(self.unless)


def union(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Returns one expression for any of several. For none, returns one that matches nothing."""
    return re.compile("|".join(f"(?:{one})" for one in patterns) if patterns else r"(?!)")


def _compile(pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{pattern!r} is no regular expression: {error}") from error

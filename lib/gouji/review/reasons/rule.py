"""Defines a rule on reasons and statements, as data."""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import Self

from pydantic import model_validator

from gouji.review.rule import ReviewRule, load_family
from gouji.runtime.strict import StrictModel


class Activity(StrictModel):
    """What is told not to have taken place: its `name`, `zero` words of the statement that counts or pays nothing for
    it, and `held` words of a sentence in which it takes place (regular expressions), each of which has one of
    `anchors` (plain words, by which a sentence is found)."""

    name: str
    zero: str
    held: str
    anchors: tuple[str, ...]


class ReasonRule(ReviewRule):
    """What a rule of this family looks for.

    `words` are its phrases, in sentences without those of `unless` (regular expressions); where it looks for them in
    the whole document, each has one of `anchors` (plain words, by which a sentence is found). `asks` is the question
    that ends its title, `looks` what would have to be looked at; `activities` what may be told of as nothing;
    `headings` those of the parts it reads, `elsewhere` of those it does not; `topics` the words of the quantities it
    concerns.
    """

    words: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    asks: str = ""
    looks: str = ""
    headings: str = ""
    elsewhere: str = ""
    topics: str = ""
    activities: tuple[Activity, ...] = ()

    @model_validator(mode="after")
    def _compiles(self) -> Self:
        held = [word for one in self.activities for word in (one.zero, one.held)]
        for word in (*self.words, *self.unless, *held, self.headings, self.elsewhere, self.topics):
            try:
                re.compile(word)
            except re.error as error:
                raise ValueError(f"{word!r} is no regular expression: {error}") from error
        return self

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Returns the expression for any of its words."""
        return re.compile("|".join(f"(?:{word})" for word in self.words) or r"(?!)")

    @property
    def found_by(self) -> tuple[str, ...]:
        """Returns all its anchors, including those of its activities."""
        return (*self.anchors, *(anchor for one in self.activities for anchor in one.anchors))

    @cached_property
    def guard(self) -> re.Pattern[str]:
        """Returns the expression for the words that a sentence must not have."""
        return re.compile("|".join(f"(?:{word})" for word in self.unless) or r"(?!)")

    @cached_property
    def parts(self) -> re.Pattern[str]:
        """Returns the headings of the parts it reads."""
        return re.compile(self.headings)

    @cached_property
    def other_parts(self) -> re.Pattern[str]:
        """Returns the headings of the parts it does not read."""
        return re.compile(self.elsewhere or r"(?!)")

    @cached_property
    def quantities(self) -> re.Pattern[str]:
        """Returns the words for the quantities it concerns."""
        return re.compile(self.topics or r"(?!)")


@cache
def anchors() -> tuple[str, ...]:
    """Returns the anchors of all rules of the family, longer ones first."""
    words = {anchor for rule in load_family("reasons", ReasonRule) for anchor in rule.found_by}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))

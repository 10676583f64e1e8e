"""Defines the result of a review rule on one matter of a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from gouji.checks.rules import Basis
from gouji.document.model import Place
from gouji.review.rule import ReviewRule
from gouji.runtime.immutable import immutable
from gouji.runtime.tabular import Tabular


class Outcome(StrEnum):
    """How a review rule ended on one matter. Values are what an auditor reads."""

    RAISED = "提出"
    CLEAR = "无疑"
    UNKNOWN = "未能判断"


@immutable()
class Quote:
    """Words of the document as printed. `where` names their location for people, `place` gives their characters."""

    where: str
    text: str
    place: Place


@immutable()
class Observation:
    """One matter that a review rule looked at, and its outcome.

    `matter` says what was looked at (公开06表 · 30228 工会经费). Rule and matter make the finding's id, so it must be
    unique and must not change with unrelated edits. If `RAISED`, `title` is the question in one line (for a note: the
    fact), and `message` the reason with the figures and words it rests on. If `UNKNOWN`, `message` says what was not
    published. `concerns` are the ids of the figures it is about, `quotes` the words it rests on. `further` are the
    questions that were joined to this one; it tells their points, figures and words as its own.
    """

    rule: ReviewRule
    matter: str
    outcome: Outcome
    title: str = ""
    message: str = ""
    concerns: tuple[int, ...] = ()
    quotes: tuple[Quote, ...] = ()
    further: tuple[Observation, ...] = ()

    def __post_init__(self) -> None:
        if self.outcome is Outcome.RAISED and not (self.title and self.message):
            raise ValueError(f"{self.rule.id}: a question about {self.matter!r} without title or message")

    @property
    def basis(self) -> tuple[Basis, ...]:
        """Returns what the question rests on, with what those joined to it rest on."""
        return tuple(dict.fromkeys(basis for one in (self, *self.further) for basis in one.rule.basis))


@dataclass(frozen=True, repr=False)
class Review(Tabular):
    """All observations on a document, in the order of rules."""

    observations: tuple[Observation, ...] = ()

    def __iter__(self) -> Iterator[Observation]:
        return iter(self.observations)

    def __len__(self) -> int:
        return len(self.observations)

    def raised(self) -> tuple[Observation, ...]:
        """Returns the observations that become findings."""
        return tuple(one for one in self.observations if one.outcome is Outcome.RAISED)

    def count(self) -> dict[Outcome, int]:
        """Counts the observations by outcome; all outcomes are keys."""
        counted = Counter(one.outcome for one in self.observations)
        return {outcome: counted[outcome] for outcome in Outcome}

    def of(self, subjects: Sequence[str]) -> Review:
        """Returns the observations by the rules of some families (the first part of their ids)."""
        return Review(tuple(one for one in self.observations if one.rule.subject in subjects))

    def to_frame(self) -> pd.DataFrame:
        """Returns one row per observation, all str: `rule` (its id) and the `title` of the rule, `matter`, `outcome`
        (raised, clear, unknown), `said` (the question, or what is missing for one) and `basis`."""
        return pd.DataFrame(
            {
                "rule": [one.rule.id for one in self.observations],
                "title": [one.rule.title for one in self.observations],
                "matter": [one.matter for one in self.observations],
                "outcome": [one.outcome.name.lower() for one in self.observations],
                "said": [one.title or one.message for one in self.observations],
                "basis": ["；".join(basis.citation for basis in one.basis) for one in self.observations],
            }
        )

"""What a review looks at: the document's words, its facts and checks, and what the auditor set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from gouji.checks.check import Checks
from gouji.document.model import Block, Document, Place
from gouji.facts.fact import Facts
from gouji.review.observation import Quote


@dataclass(frozen=True)
class Material:
    """A document on its way through the review.

    `thresholds` are all rules' thresholds by name, with what the parameters set; `headcount` 年末在职人数, where given;
    `region` the name of the jurisdiction, "" where not given; `prior` last year's accounts, `budget` this year's budget
    (its tables under the keys of the accounts they plan), `subordinates` the accounts of units below, where given.
    """

    document: Document
    facts: Facts
    checks: Checks
    thresholds: Mapping[str, Decimal] = field(default_factory=dict)
    region: str = ""
    headcount: int | None = None
    prior: Facts | None = None
    budget: Facts | None = None
    subordinates: tuple[Facts, ...] = ()

    def threshold(self, name: str) -> Decimal:
        """A threshold by name. Raises KeyError for one that no rule declares."""
        return self.thresholds[name]


def quote(block: Block, start: int, end: int, around: int = 0) -> Quote:
    """Characters `start` to `end` of a block's text as a quotation, shown with so many characters on either side."""
    text = block.text[max(0, start - around) : end + around]
    return Quote(block.where, text, Place(block.place.line, block.place.start + start, block.place.start + end))

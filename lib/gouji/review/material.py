"""Holds what a review looks at: the document's words, its facts and checks, and what the auditor set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from gouji.checks.check import Check, Checks
from gouji.document.model import Block, Document, Place
from gouji.facts.fact import Facts
from gouji.review.observation import Quote

#: What a family makes of a document.
T = TypeVar("T")


@dataclass(frozen=True)
class Material:
    """A document during its review.

    `thresholds` are all rules' thresholds by name, with what the parameters set; `headcount` 年末在职人数, where given;
    `region` the name of the jurisdiction, "" where not given; `peers` a ledger of accounts to compare with; `prior`
    last year's accounts, `budget` this year's budget (its tables under the keys of the accounts they plan),
    `subordinates` the accounts of units below, where given.
    """

    document: Document
    facts: Facts
    checks: Checks
    thresholds: Mapping[str, Decimal] = field(default_factory=dict)
    region: str = ""
    headcount: int | None = None
    peers: Path | None = None
    prior: Facts | None = None
    budget: Facts | None = None
    subordinates: tuple[Facts, ...] = ()
    _made: dict[Callable[[Material], Any], Any] = field(init=False, repr=False, compare=False, default_factory=dict)

    def threshold(self, name: str) -> Decimal:
        """Returns a threshold by name. Raises KeyError for one that no rule declares."""
        return self.thresholds[name]

    def conflicts(self) -> tuple[Check, ...]:
        """Returns the checks whose figures cannot all be true."""
        return self.once(_conflicts)

    def once(self, make: Callable[[Material], T]) -> T:
        """Returns what `make` makes of this document. Makes it only once, because several rules look at the same."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made


def _conflicts(material: Material) -> tuple[Check, ...]:
    return material.checks.conflicts()


def quote(block: Block, start: int, end: int, around: int = 0) -> Quote:
    """Returns characters `start` to `end` of a block's text as a quotation, shown with `around` characters on either
    side."""
    text = block.text[max(0, start - around) : end + around]
    return Quote(block.where, text, Place(block.place.line, block.place.start + start, block.place.start + end))

"""Lists the figures that no check touches: the place of each, its words or cell, and why no check covers it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from gouji.auditing import Audit
from gouji.facts.fact import Fact, Part
from gouji.findings.finding import one_a_print
from gouji.memo.excerpt import SentenceExcerpt, sentence_excerpt, trimmed
from gouji.memo.finding_content import with_unit
from gouji.memo.marked import seen_elsewhere, why_unconstrained

#: Number of characters of the sentence quoted on either side of a figure.
_AROUND = 22


@dataclass(frozen=True, slots=True)
class Unconstrained:
    """A figure with its unit, the section or table it stands in, a quotation (for a cell, its row and column), why no
    check could be made, and where else it is printed ("" for nowhere)."""

    where: str
    quoted: SentenceExcerpt
    figure: str
    reason: str
    also: str = ""

    @property
    def told(self) -> str:
        """Returns the reason, and where else the figure is printed."""
        return f"{self.reason}；{self.also}" if self.also else self.reason


def unconstrained_figures(audit: Audit) -> tuple[Unconstrained, ...]:
    """Returns the figures without a check, in printed order."""
    return tuple(_describe_figure(fact, audit) for fact in one_a_print(audit.checks.unconstrained()))


def by_reason(figures: Iterable[Unconstrained]) -> list[tuple[str, int]]:
    """Counts the figures for each reason, the most frequent reason first."""
    return Counter(one.reason for one in figures).most_common()


def _describe_figure(fact: Fact, audit: Audit) -> Unconstrained:
    if fact.part is Part.NARRATIVE:
        where, quoted = fact.where, trimmed(sentence_excerpt(fact, audit), _AROUND)
    else:
        where, _, cell = fact.where.partition(" · ")
        quoted = SentenceExcerpt(where, cell, "", "")
    return Unconstrained(where, quoted, with_unit(fact), *_give_reasons(fact, audit))


def _give_reasons(fact: Fact, audit: Audit) -> tuple[str, str]:
    return why_unconstrained(fact, audit.checks), seen_elsewhere(fact, audit.checks)

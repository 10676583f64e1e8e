"""What the findings on a document say of the errors planted in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gouji.facts.fact import Fact, Part
from gouji.facts.shown import shown_text
from gouji.fictitious.misprints.planting import Spot
from gouji.findings.finding import Finding, Findings

_FIRST = 3


@dataclass(frozen=True)
class Outcome:
    """What became of one plant.

    `suspected`: some finding suspects it; `among`: it is one of the first three figures suspected in the document;
    `first`: it is the first suspect of a finding; `located`: of one that locates the error.
    """

    suspected: bool
    among: bool
    first: bool
    located: bool


@dataclass(frozen=True)
class Score:
    """A document's plants, and its findings: errors and questions, as notes accuse no figure.

    `misplaced` counts the findings that locate an error where none was planted, `misled` the undecided ones that
    suspect no planted figure.
    """

    outcomes: tuple[Outcome, ...]
    findings: tuple[str, ...]
    errors: int
    misplaced: int
    misled: int

    @property
    def false(self) -> int:
        """Findings that no plant explains."""
        return self.misplaced + self.misled


def holds(spot: Spot, fact: Fact) -> bool:
    """True where a fact is the figure planted at a spot; a number that states two quantities is two facts."""
    if spot.path:
        return fact.part is Part.TABLES and fact.concept.path == spot.path
    place = fact.place
    overlap = place.start < spot.end and spot.start < place.end
    return fact.part is Part.NARRATIVE and place.line == spot.line and overlap


def score(findings: Findings, spots: Sequence[Spot]) -> Score:
    """The findings on a document compared with where its errors are."""
    accusing = [one for one in findings.findings if one.severity != "note"]
    order = _figures([fact for one in accusing for fact in one.suspects])
    missing = [one for one in accusing if not any(holds(spot, fact) for fact in one.suspects for spot in spots)]
    return Score(
        outcomes=tuple(_outcome(accusing, order, spot) for spot in spots),
        findings=tuple(_told(one) for one in accusing),
        errors=len(findings.of("error")),
        misplaced=sum(one.located for one in missing),
        misled=sum(not one.located for one in missing),
    )


def _outcome(findings: Sequence[Finding], order: Sequence[Fact], spot: Spot) -> Outcome:
    leading = [one for one in findings if one.suspects and holds(spot, one.suspects[0])]
    return Outcome(
        suspected=any(holds(spot, fact) for fact in order),
        among=any(holds(spot, fact) for fact in order[:_FIRST]),
        first=bool(leading),
        located=any(one.located for one in leading),
    )


def _figures(facts: Sequence[Fact]) -> list[Fact]:
    """The facts in their order, of those printed at one place the first only."""
    places: dict[tuple[int, int], Fact] = {}
    for fact in facts:
        places.setdefault((fact.place.line, fact.place.start), fact)
    return list(places.values())


def _told(finding: Finding) -> str:
    kind = "located" if finding.located else "undecided"
    named = "；".join(f"{_name(fact)} {shown_text(fact)}" for fact in finding.suspects)
    return f"{finding.severity}, {kind}: {finding.title} | {named}"


def _name(fact: Fact) -> str:
    return fact.named if fact.target or fact.claim else fact.concept.path

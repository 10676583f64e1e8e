"""Turns facts and words into observations: applies every review rule to one document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gouji.checks.check import Checks
from gouji.companions import Companions
from gouji.document.model import Document
from gouji.parameters import Parameters
from gouji.review.families import review_rules
from gouji.review.family import Reviewer
from gouji.review.joined import joined
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome, Review
from gouji.review.rule import ReviewRule
from gouji.rules.thresholds import thresholds
from gouji.runtime.faults import contain


def review(document: Document, checks: Checks, parameters: Parameters, companions: Companions | None = None) -> Review:
    """Reviews a document, with the documents it is compared with. Raises nothing for what it lacks."""
    beside = companions or Companions()
    material = Material(
        document,
        checks.facts,
        checks,
        {name: one.default for name, one in thresholds().items()} | parameters.thresholds.questions,
        parameters.region,
        parameters.headcount,
        parameters.peers_path(),
        beside.prior.facts if beside.prior else None,
        beside.budget.facts if beside.budget else None,
        tuple(one.facts for one in beside.subordinates),
    )
    year = checks.facts.year
    applied = (each for each in review_rules() if each[0].applies(year))
    found = (one for rule, look in applied for one in _looked_at(rule, look, material))
    return Review(joined(tuple(asked_once(tuple(found))), checks.facts))


def _looked_at(rule: ReviewRule, look: Reviewer, material: Material) -> list[Observation]:
    """Returns what a rule observes; if the program fails on it, one observation that says so."""

    def not_reviewed(reason: str) -> list[Observation]:
        return [Observation(rule, rule.title, Outcome.UNKNOWN, message=reason)]

    return contain(f"疑点规则“{rule.title}”", lambda: list(look(rule, material)), not_reviewed)


def asked_once(found: tuple[Observation, ...]) -> Iterator[Observation]:
    """Returns the observations. One that yields to another's question on the same figures or words is not raised."""
    raised = [one for one in found if one.outcome is Outcome.RAISED]
    for one in found:
        other = next((each for each in raised if each.rule.id in one.rule.yields_to and _overlap(one, each)), None)
        if one.outcome is Outcome.RAISED and other is not None:
            yield replace(one, outcome=Outcome.CLEAR, title="", message=f"同一事项已在“{other.rule.title}”中提出")
        else:
            yield one


def _overlap(one: Observation, other: Observation) -> bool:
    """True if both are about one figure, or quote words that overlap."""
    if set(one.concerns) & set(other.concerns):
        return True
    places = [each.place for each in other.quotes]
    return any(
        each.place.line == place.line and each.place.start < place.end and place.start < each.place.end
        for each in one.quotes
        for place in places
    )

"""Facts and words to observations: every review rule on one document."""

from __future__ import annotations

from gouji.checks.check import Checks
from gouji.companions import Companions
from gouji.document.model import Document
from gouji.parameters import Parameters
from gouji.review.families import review_rules, thresholds
from gouji.review.material import Material
from gouji.review.observation import Review


def review(document: Document, checks: Checks, parameters: Parameters, companions: Companions | None = None) -> Review:
    """Reviews a document, beside those it is compared with. Nothing is raised for what it lacks."""
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
    found = (one for rule, look in review_rules() if rule.applies(year) for one in look(rule, material))
    return Review(tuple(found))

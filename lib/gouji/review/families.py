"""Lists the families of review rules, each with its rules and the function that applies each kind."""

from __future__ import annotations

from functools import cache

from gouji.review import codes, disclosure, reasonableness, reasons, timing, years
from gouji.review.family import Family, Reviewer
from gouji.review.rule import ReviewRule, load_family

#: In the order of `gouji.rules.thresholds.REVIEW_FAMILIES`.
FAMILIES: tuple[Family, ...] = (
    disclosure.FAMILY,
    codes.FAMILY,
    timing.FAMILY,
    reasons.FAMILY,
    reasonableness.FAMILY,
    years.FAMILY,
)


@cache
def review_rules() -> tuple[tuple[ReviewRule, Reviewer], ...]:
    """Returns all review rules, each with the function that applies it.

    Raises ValueError if no function applies a rule's kind, if two rules declare one threshold, or if a rule yields to a
    rule that does not exist.
    """
    found = [(rule, _reviewer(family, rule)) for family in FAMILIES for rule in load_family(family.name, family.model)]
    names = [name for rule, _ in found for name in rule.thresholds]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise ValueError(f"threshold {twice!r} is declared twice")
    known = {rule.id for rule, _ in found}
    if wrong := [rule.id for rule, _ in found if not known.issuperset(rule.yields_to)]:
        raise ValueError(f"{wrong[0]} yields to a rule that there is not")
    return tuple(found)


def review_rule(rule_id: str) -> ReviewRule:
    """Returns the review rule with that id. Raises KeyError."""
    return {rule.id: rule for rule, _ in review_rules()}[rule_id]


def _reviewer(family: Family, rule: ReviewRule) -> Reviewer:
    if rule.kind not in family.reviewers:
        raise ValueError(f"review/{family.name}.yaml: {rule.id}: no code follows kind {rule.kind!r}")
    return family.reviewers[rule.kind]

"""Checks directions in words (大于, 持平, 减少) against the figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.checks.check import Check, Terms
from gouji.checks.identity import Operator
from gouji.checks.narrative.changes import compared_with
from gouji.checks.narrative.spoken import STATED, Spoken, budgets, said, same_kind, spoken, unbound
from gouji.checks.rules import Rule
from gouji.facts.claim import BUDGETS, Claim, Measure
from gouji.facts.fact import Fact, Facts
from gouji.intervals import SCALE, Verdict
from gouji.layouts.phrases import load_phrases


def directions(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks each word of direction with the amounts it compares, else with the change or completion beside it.

    等于 says that both are printed alike; 持平 is also used for amounts that differ by one in the last digit.
    """
    index = spoken(facts)
    for fact in index.of(Measure.DIRECTION):
        claim = said(fact)
        sides = _amounts(index, claim) or _change(index, claim) or _completion(index, claim)
        if sides is None:
            yield unbound(rule, fact, "所比的数字未公布")
            continue
        left, right, constant = sides
        yield _check(rule, fact, claim, left, right, constant)


def _check(rule: Rule, fact: Fact, claim: Claim, left: Terms, right: Terms, constant: int) -> Check:
    relation = claim.relation
    if relation == ">":
        left, right, constant = right, left, -constant
    operator: Operator = "=" if relation == "=" else "<"
    return Check(
        -1,
        rule,
        fact.named,
        operator,
        left,
        right,
        constant=constant,
        claims=(fact.id,),
        tie=len(left) == len(right) == 1 and fact.figure.text in load_phrases().words["equal"],
        verdict=Verdict.CONSISTENT,
    )


def _amounts(index: Spoken, claim: Claim) -> tuple[Terms, Terms, int] | None:
    """Returns both amounts: 决算 and 预算 or 上年."""
    left_measure = Measure[claim.base.key] if claim.base else Measure.FINAL
    measures = STATED if left_measure is Measure.FINAL else budgets(left_measure)
    left = index.stated(claim.topic, measures, claim)
    if claim.against in BUDGETS:
        right = index.stated(claim.topic, budgets(claim.against), claim)
        exact = [one for one in right if one.claim and said(one).measure is claim.against]
        right = exact or sorted(right, key=lambda one: not _fits(left, one, claim.relation))
    elif claim.against is Measure.FINAL:
        right = index.stated(claim.topic, STATED, claim)
    else:
        prior = compared_with(index, claim)
        right = [prior] if prior else []
    right = [one for one in right if left and same_kind(one, left[0])]
    if not left or not right or left[0].id == right[0].id:
        return None
    return ((1, left[0].id),), ((1, right[0].id),), 0


def _fits(left: Sequence[Fact], right: Fact, relation: str) -> bool:
    """True where the first amount stands to `right` as the word says. 预算数 may be any budget that is stated."""
    gap = (left[0].amount or 0) - (right.amount or 0) if left else 0
    return {"<": gap < 0, ">": gap > 0, "=": gap == 0}[relation]


def _change(index: Spoken, claim: Claim) -> tuple[Terms, Terms, int] | None:
    """Returns the change of the same subject in the same sentence, by its sign."""
    found = [
        one
        for one in index.sentence(claim)
        if said(one).measure is Measure.CHANGE
        and said(one).topic.key == claim.topic.key
        and said(one).against is claim.against
        and not said(one).loose
    ]
    return (((1, found[0].id),), (), 0) if found else None


def _completion(index: Spoken, claim: Claim) -> tuple[Terms, Terms, int] | None:
    """Returns the completion of the same subject in the same sentence, against 100 %."""
    if claim.against not in BUDGETS or (claim.base and claim.base.key != Measure.FINAL.name):
        return None
    found = [
        one
        for one in index.sentence(claim)
        if said(one).measure is Measure.COMPLETION
        and said(one).topic.key == claim.topic.key
        and (said(one).against is claim.against or Measure.BUDGET in (said(one).against, claim.against))
        and one.amount
    ]
    return (((1, found[0].id),), (), -100 * SCALE) if found else None

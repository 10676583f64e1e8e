"""Indicators of a self-evaluation form that missed their target and have all their points."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouji.facts.evaluation.indicators import Indicator, Value, indicators
from gouji.facts.shown import shown_amount
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome
from gouji.review.reasonableness.rules import ReasonablenessRule

_WHOLE = Decimal(100)


def review_targets(rule: ReasonablenessRule, material: Material) -> Iterator[Observation]:
    """One observation for each form: raised where an indicator whose value misses its target has its full weight."""
    for form in material.facts.forms.values():
        if form.grid is None:
            continue
        judged = [one for one in indicators(form, material.facts) if _is_full(one) and _comparable(one)]
        missed = [one for one in judged if _missed(one, rule)]
        if not missed:
            if judged:
                yield Observation(rule, form.label, Outcome.CLEAR)
            continue
        first = missed[0]
        more = f"等{len(missed)}项指标" if len(missed) > 1 else ""
        told = "；".join(
            f"“{one.name}”指标值{one.target_text}，完成值{one.actual_text}，得{shown_amount(one.score)}"
            for one in missed
        )
        yield Observation(
            rule,
            form.label,
            Outcome.RAISED,
            f"{form.label}“{first.name}”{more}未达到指标值（{first.target_text}，完成{first.actual_text}），为何得满分？",
            f"{told}：未达到指标值的，应按完成程度计分。{rule.looks}",
            tuple(fact.id for one in missed for fact in (one.score, one.weight)),
        )


def _is_full(one: Indicator) -> bool:
    return bool(one.weight.amount) and one.weight.amount == one.score.amount and not one.score.repeated


def _comparable(one: Indicator) -> bool:
    target, actual = one.target, one.actual
    if target is None or actual is None or actual.relation:
        return False
    return target.unit == actual.unit or not target.unit or not actual.unit


def _missed(one: Indicator, rule: ReasonablenessRule) -> bool:
    """True where what was reached is on the wrong side of what was aimed at; a target without a relation is a least
    one where it counts something, or is all of something."""
    target, actual = one.target, one.actual
    assert target is not None
    assert actual is not None
    if target.relation == "<":
        return actual.number > target.number
    counted = any(kind in rule.words for kind in one.kinds) or _is_all(target)
    least = target.relation == ">" or (counted and not any(word in one.name for word in rule.unless))
    return least and actual.number < target.number


def _is_all(target: Value) -> bool:
    return target.unit == "%" and target.number == _WHOLE

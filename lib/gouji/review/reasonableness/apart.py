"""Questions on 收入总计 and 支出总计 that do not balance, as sentences state them."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.narrative.balanced import apart
from gouji.facts.shown import shown_amount
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome
from gouji.review.reasonableness.rules import ReasonablenessRule


def review_apart(rule: ReasonablenessRule, material: Material) -> Iterator[Observation]:
    """Yields one observation for each of `columns` that a sentence states beside its other side."""
    for path in rule.columns:
        sides = apart(material.facts, path)
        if sides is None:
            continue
        one, other = sides
        matter = f"{one.where.partition(' · ')[0]} {one.row_name}"
        if one.amount == other.amount:
            yield Observation(rule, matter, Outcome.CLEAR)
            continue
        names = [fact.row_name for fact in sides]
        totals = "与".join(f"{name}{shown_amount(fact)}" for name, fact in zip(names, sides, strict=True))
        if names[0] == names[1]:
            totals = f"{names[0]}分别为{shown_amount(one)}、{shown_amount(other)}"
        yield Observation(
            rule,
            matter,
            Outcome.RAISED,
            f"{totals}，为何不相等（收入总计≠支出总计）？",
            f"{one.where}所述{totals}：总计含年初、年末结转和结余，收支两方必然相等。{rule.looks}",
            (one.id, other.id),
        )

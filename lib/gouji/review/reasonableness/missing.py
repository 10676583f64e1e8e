"""Questions on what is usually paid beside wages: rows without an amount beside one that has an amount."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.facts.fact import Fact
from gouji.intervals import scaled
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome
from gouji.review.reasonableness.quantities import Lacking, amount_of, figures_of
from gouji.review.reasonableness.rules import Item, ReasonablenessRule, cell


def review_missing(rule: ReasonablenessRule, material: Material) -> Iterator[Observation]:
    """Yields one observation. It asks if a needed item has no amount, and names all items without one."""
    base = amount_of(rule.base, rule.base_name, material)
    if isinstance(base, Lacking):
        yield Observation(rule, rule.title, Outcome.UNKNOWN, message=base.why)
        return
    if base.amount < scaled(material.threshold(rule.base_least), "万元"):
        return
    missing: list[tuple[Item, list[Fact]]] = []
    for item in rule.items:
        found = figures_of(cell(item.path), material)
        if isinstance(found, Lacking):
            yield Observation(rule, rule.title, Outcome.UNKNOWN, message=found.why)
            return
        if not any(fact.amount for fact in found):
            missing.append((item, found))
    if not any(item.needed for item, _ in missing):
        yield Observation(rule, rule.title, Outcome.CLEAR)
        return
    names = "、".join(item.name for item, _ in missing)
    every = "均" if len(missing) > 1 else ""
    yield Observation(
        rule,
        rule.title,
        Outcome.RAISED,
        f"{base.where}列有{rule.base_name}{base.shown}，{names}为何没有支出？",
        f"{base.where}{rule.base_name}共{base.shown}（{base.parts}），而{names}{every}未列支（未填列或为0）。{rule.looks}",
        tuple(fact.id for _, found in missing for fact in found),
    )

"""Questions on round amounts: whole tens of thousands, item after item, were hardly spent bill by bill."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.facts.fact import Fact
from gouji.intervals import scaled
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome
from gouji.review.reasonableness.rules import ReasonablenessRule, cell

#: The document must be printed so much finer than the step for its multiples to be chance no more.
_FINER = 100
#: Codes of 项.
_ITEM = 7


def review_round(rule: ReasonablenessRule, material: Material) -> Iterator[Observation]:
    """Yields one observation, on the first column with figures. It asks if enough of its items are multiples of the
    step."""
    for path in rule.columns:
        reference = cell(path)
        rows = [row for row in material.facts.rows(reference.table) if len(row) == _ITEM and row.isdecimal()]
        found = [material.facts.get(reference.table, row, reference.column) for row in rows]
        facts = [fact for fact in found if fact is not None and fact.amount and not fact.repeated]
        if facts:
            yield from _judge(rule, facts, material)
            return


def _judge(rule: ReasonablenessRule, facts: list[Fact], material: Material) -> Iterator[Observation]:
    step, least = scaled(material.threshold(rule.step), "万元"), scaled(material.threshold(rule.amount_least), "万元")
    large = [fact for fact in facts if (fact.amount or 0) >= least and fact.radius * 2 * _FINER <= step]
    if len(large) < material.threshold(rule.number_least):
        return
    even = [fact for fact in large if not (fact.amount or 0) % step]
    enough = material.threshold(rule.number_least), material.threshold(rule.share_least) * len(large) / 100
    if len(even) < max(enough):
        yield Observation(rule, rule.title, Outcome.CLEAR)
        return
    where = even[0].where.partition(" · ")[0]
    shown = f"{material.threshold(rule.step):f}万元"
    listed = "、".join(f"{fact.row_name}{fact.figure.text.strip()}{fact.figure.unit}" for fact in even[:6])
    more = f"等{len(even)}项" if len(even) > 6 else ""
    yield Observation(
        rule,
        rule.title,
        Outcome.RAISED,
        f"{where}{len(large)}项项目支出中有{len(even)}项恰为{shown}的整数倍，是否把拨款当作支出？",
        f"{listed}{more}均为{shown}的整数倍，逐笔发生的支出很少如此。{rule.looks}",
        tuple(fact.id for fact in even),
    )

"""Questions on items that the narrative states one by one (…（类）…（款）…（项）), beside the rows of the tables."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.facts.narrative.topics import account_name
from gouji.review.codes.items import item_rows, narrated_items, same_amount
from gouji.review.codes.model import CodeRule
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome

_MOST = 8
_EXPENDED = frozenset({"general_budget", "government_fund", "state_capital"})


def narrated(rule: CodeRule, material: Material) -> Iterator[Observation]:
    """Asks about items stated with an amount if no table prints their name, and no item's row prints the amount; one
    matter."""
    rows = material.once(item_rows)
    items = material.once(narrated_items)
    if not items:
        return
    names = {account_name(row.name) for row in rows}
    amounts = [fact for row in rows for fact in row.facts if fact.amount]
    absent = [one for one in items if account_name(one.name) not in names]
    absent = [one for one in absent if not any(same_amount(fact, other) for fact in one.amounts for other in amounts)]
    if not absent:
        yield Observation(rule, rule.title, Outcome.CLEAR)
        return
    first, said = absent[0], {account_name(one.name) for one in items}
    named = "；".join(f"{one.quote.where}“{one.name}（项）”{one.amount}" for one in absent[:_MOST])
    more = f"等{len(absent)}项" if len(absent) > _MOST else ""
    left = [row for row in rows if row.facts[0].concept.table in _EXPENDED and account_name(row.name) not in said]
    beside = "、".join(f"{code}“{name}”" for code, name in dict.fromkeys((row.code, row.name) for row in left[:_MOST]))
    yield Observation(
        rule,
        rule.title,
        Outcome.RAISED,
        f"{first.quote.where}所述“{first.name}（项）”{first.amount}，决算表中为何没有这一科目？",
        f"{named}{more}，各表没有这样名称的项级科目，也没有这一金额。"
        + (f"表中有而文中没有说明的项级科目：{beside}。" if beside else "")
        + "须核对科目名称和金额。",
        tuple(dict.fromkeys(fact.id for one in absent for fact in one.amounts)),
        quotes=tuple(one.quote for one in absent),
    )

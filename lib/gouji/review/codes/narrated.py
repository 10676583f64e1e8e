"""Items that the narrative tells one by one (…（类）…（款）…（项）), against the rows of the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gouji.document.model import Block, Place
from gouji.facts.fact import Fact, Part
from gouji.facts.narrative.topics import account_name
from gouji.labels import normalise
from gouji.review.codes.model import CodeRule
from gouji.review.codes.rows import Printed, printed_codes
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome, Quote

#: Tables that print items of the functional classification.
_FUNCTIONAL = frozenset({"income", "expenditure", "general_budget", "government_fund", "state_capital"})
_NAME = r"[^\s\d，。；：、“”\"'（）()]{2,40}"
_PATH = re.compile(rf"(?:{_NAME}[(（]类[)）]\s*)?{_NAME}[(（]款[)）](?:支出)?\s*(?P<item>{_NAME})[(（]项[)）]")
_ITEM = 7
_GENERAL = "一般公共预算"
_MOST = 8


@dataclass(frozen=True, slots=True)
class _Told:
    """An item as the narrative names it, with the amounts of money told of it."""

    name: str
    amounts: tuple[Fact, ...]
    quote: Quote


def narrated(rule: CodeRule, material: Material) -> Iterator[Observation]:
    """Items told with an amount that no table prints under their name, nor any item's row as an amount: one matter."""
    rows = [row for row in material.once(printed_codes) if len(row.code) == _ITEM and _is_functional(row)]
    all_funds = any(fact.concept.table == "expenditure" for row in rows for fact in row.facts)
    told = list(_told(material, "" if all_funds else _GENERAL)) if rows else []
    if not told:
        return
    names = {account_name(row.name) for row in rows}
    amounts = [fact for row in rows for fact in row.facts if fact.amount]
    absent = [one for one in told if account_name(one.name) not in names]
    absent = [one for one in absent if not any(_same(fact, other) for fact in one.amounts for other in amounts)]
    if not absent:
        yield Observation(rule, rule.title, Outcome.CLEAR)
        return
    first, said = absent[0], {account_name(one.name) for one in told}
    named = "；".join(f"{one.quote.where}“{one.name}（项）”{_amount(one)}" for one in absent[:_MOST])
    more = f"等{len(absent)}项" if len(absent) > _MOST else ""
    left = [row for row in rows if row.facts[0].concept.table in _EXPENDED and account_name(row.name) not in said]
    beside = "、".join(f"{code}“{name}”" for code, name in dict.fromkeys((row.code, row.name) for row in left[:_MOST]))
    yield Observation(
        rule,
        rule.title,
        Outcome.RAISED,
        f"{first.quote.where}所述“{first.name}（项）”{_amount(first)}，决算表中为何没有这一科目？",
        f"{named}{more}，各表没有这样名称的项级科目，也没有这一金额。"
        + (f"表中有而文中没有说明的项级科目：{beside}。" if beside else "")
        + "须核对科目名称和金额。",
        tuple(dict.fromkeys(fact.id for one in absent for fact in one.amounts)),
        quotes=tuple(one.quote for one in absent),
    )


_EXPENDED = frozenset({"general_budget", "government_fund", "state_capital"})


def _same(one: Fact, other: Fact) -> bool:
    """True for one amount, printed to the same digit or with another precision."""
    apart = abs((one.amount or 0) - (other.amount or 0))
    return apart < one.radius + other.radius or not apart


def _is_functional(row: Printed) -> bool:
    return row.facts[0].concept.table in _FUNCTIONAL


def _told(material: Material, headed: str) -> Iterator[_Told]:
    """The items of each paragraph, and the amounts between each and the next; of those below a heading with these words
    alone, where only the table of that fund is there to compare."""
    by_line: dict[int, list[Fact]] = {}
    for fact in material.facts:
        if fact.part is Part.NARRATIVE and fact.amount and not fact.blank and fact.claim and fact.figure.unit != "%":
            by_line.setdefault(fact.place.line, []).append(fact)
    for block in material.document.blocks:
        below = not headed or any(headed in heading.title for heading in block.section)
        if below and "项" in block.text:
            yield from _in(block, by_line)


def _in(block: Block, by_line: Mapping[int, list[Fact]]) -> Iterator[_Told]:
    paths = list(_PATH.finditer(block.text))
    for at, path in enumerate(paths):
        end = paths[at + 1].start() if at + 1 < len(paths) else len(block.text)
        start = block.place.start
        inside = [
            fact for fact in by_line.get(block.place.line, ()) if start + path.end() <= fact.place.start < start + end
        ]
        if inside:
            span = Place(block.place.line, start + path.start(), start + path.end())
            yield _Told(normalise(path["item"]), tuple(inside), Quote(block.where, path[0], span))


def _amount(told: _Told) -> str:
    figure = told.amounts[0].figure
    return f"{figure.text.strip()}{'' if figure.unit in figure.text else figure.unit}"

"""Finds the items that the narrative names (…（类）…（款）…（项）), with the amounts of money stated for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gouji.document.model import Block, BlockKind, Place
from gouji.facts.fact import Fact, Part
from gouji.labels import normalise
from gouji.review.codes.rows import Printed, printed_codes
from gouji.review.material import Material
from gouji.review.observation import Quote

#: Digits of a 项.
ITEM = 7
#: Tables that print items of the functional classification.
_FUNCTIONAL = frozenset({"income", "expenditure", "general_budget", "government_fund", "state_capital"})
_NAME = r"[^\s\d.．，。；：、“”\"'（）()]{2,40}"
_PATH = re.compile(
    rf"(?:(?P<kind>{_NAME})[(（]类[)）](?:支出)?\s*)?(?P<group>{_NAME})[(（]款[)）](?:支出)?\s*"
    rf"(?P<item>{_NAME})[(（]项[)）]"
)
_GENERAL = "一般公共预算"
#: What may stand behind an item on a line of its own.
_ENDS = " \u3000：:。，,"


@dataclass(frozen=True, slots=True)
class NarratedItem:
    """An item with its 类 ("" if none is named) and its 款 as printed, and the amounts of money stated for it."""

    kind: str
    group: str
    name: str
    amounts: tuple[Fact, ...]
    quote: Quote

    @property
    def amount(self) -> str:
        """Returns the first amount as printed, with its unit."""
        return amount_of(self.amounts[0])


def amount_of(fact: Fact) -> str:
    """Returns an amount as printed, with its unit."""
    figure = fact.figure
    return f"{figure.text.strip()}{'' if figure.unit in figure.text else figure.unit}"


def item_rows(material: Material) -> list[Printed]:
    """Returns the rows of 项 of the functional classification."""
    rows = material.once(printed_codes)
    return [row for row in rows if len(row.code) == ITEM and row.facts[0].concept.table in _FUNCTIONAL]


def narrated_items(material: Material) -> list[NarratedItem]:
    """Returns the items of each paragraph, each with the amounts between it and the next.

    If the tables of all funds are not there to compare, returns only the items below a heading of 一般公共预算.
    """
    rows = material.once(item_rows)
    all_funds = any(fact.concept.table == "expenditure" for row in rows for fact in row.facts)
    return list(_read_items(material, "" if all_funds else _GENERAL)) if rows else []


def same_amount(one: Fact, other: Fact) -> bool:
    """True for one amount, printed to the same digit or with another precision."""
    apart = abs((one.amount or 0) - (other.amount or 0))
    return apart < one.radius + other.radius or not apart


def _read_items(material: Material, headed: str) -> Iterator[NarratedItem]:
    by_line: dict[int, list[Fact]] = {}
    for fact in material.facts:
        if fact.part is Part.NARRATIVE and fact.amount and not fact.blank and fact.claim and fact.figure.unit != "%":
            by_line.setdefault(fact.place.line, []).append(fact)
    blocks = [block for block in material.document.blocks if block.text.strip() or block.kind is BlockKind.TABLE]
    for block, following in zip(blocks, [*blocks[1:], None], strict=False):
        below = not headed or any(headed in heading.title for heading in block.section)
        if below and "项" in block.text:
            yield from _read_paragraph(block, following, by_line)


def _read_paragraph(block: Block, following: Block | None, by_line: Mapping[int, list[Fact]]) -> Iterator[NarratedItem]:
    paths = list(_PATH.finditer(block.text))
    for at, path in enumerate(paths):
        end = paths[at + 1].start() if at + 1 < len(paths) else len(block.text)
        start = block.place.start
        inside = [
            fact for fact in by_line.get(block.place.line, ()) if start + path.end() <= fact.place.start < start + end
        ]
        if end == len(block.text) and not block.text[path.end() :].strip(_ENDS):
            inside = _amounts_of_next_paragraph(block, following, by_line)
        if inside:
            span = Place(block.place.line, start + path.start(), start + path.end())
            kind, group, item = (normalise(path[part] or "") for part in ("kind", "group", "item"))
            yield NarratedItem(kind, group, item, tuple(inside), Quote(block.where, path[0], span))


def _amounts_of_next_paragraph(block: Block, following: Block | None, by_line: Mapping[int, list[Fact]]) -> list[Fact]:
    """Returns the amounts of the next paragraph, if it is about the item that stands on a line of its own."""
    if following is None or following.kind is not BlockKind.PARAGRAPH:
        return []
    if following.section[: len(block.section)] != block.section:
        return []
    return [] if _PATH.search(following.text) else by_line.get(following.place.line, [])

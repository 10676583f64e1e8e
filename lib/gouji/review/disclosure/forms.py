"""Finds forms of earlier years that are still used, and instructions of the form that were left in the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gouji.facts.fact import Fact, Facts, Part, Status
from gouji.labels import normalise
from gouji.review.disclosure.passages import beside_annex, clear, narrated, sentence, unknown
from gouji.review.disclosure.rule import DisclosureRule, Item
from gouji.review.material import Material, quote
from gouji.review.observation import Observation, Outcome, Quote

_FORM, _LEFT = "表式所属年度", "未删去的填报提示"


@dataclass(frozen=True, slots=True)
class _Sign:
    """A sign of an earlier year's form, in words, with the figures (fact ids) and quotes that show it.

    A sign that is not `telling` is named only beside others.
    """

    words: str
    telling: bool
    concerns: tuple[int, ...] = ()
    quotes: tuple[Quote, ...] = ()


def old_form(rule: DisclosureRule, material: Material) -> Iterator[Observation]:
    """Asks one question if a document uses the form of an earlier year.

    Signs are labels that later forms no longer have, and rows and columns of later forms that the document lacks.
    """
    year = material.facts.year
    if year is None:
        yield unknown(rule, _FORM, "未能确定决算年度")
        return
    signs = [sign for item in rule.items if item.asked(year) for sign in _signs(material, item)]
    if not any(sign.telling for sign in signs):
        yield clear(rule, _FORM)
        return
    more = f"等{len(signs)}处" if len(signs) > 1 else ""
    yield Observation(
        rule,
        _FORM,
        Outcome.RAISED,
        f"{year}年度决算为何沿用旧表式：{signs[0].words.partition('（')[0]}{more}？",
        f"{'；'.join(sign.words for sign in signs)}。这是以前年度的格式，公开数可能不是由当年决算报表导出的，"
        "请与报送财政部门并经批复的决算报表逐格核对。",
        concerns=tuple(number for sign in signs for number in sign.concerns),
        quotes=tuple(one for sign in signs for one in sign.quotes),
    )


def _signs(material: Material, item: Item) -> Iterator[_Sign]:
    """Yields the signs of one item: rows labelled so, the lack of a row or column, or a passage."""
    facts = material.facts
    if item.rows:
        for fact in _rows_labelled(facts, item):
            words = f"{facts.tables[item.table].label}仍印“{fact.row_name}”（{item.instead}）"
            yield _Sign(words, item.telling, concerns=(fact.id,))
    elif item.cells:
        if _lacks(facts, item):
            yield _Sign(f"{facts.tables[item.table].label}没有{item.name}（{item.instead}）", item.telling)
    else:
        for one in _first_passage(material, item):
            yield _Sign(f"{one.where}仍写“{one.text}”（{item.instead}）", item.telling, quotes=(one,))


def instructions(rule: DisclosureRule, material: Material) -> Iterator[Observation]:
    """Notes sentences of the form itself that tell how to fill it in.

    Open places and forms that nobody filled in are matters of other rules.
    """
    if any(check.rule.kind == "unfilled" for check in material.conflicts()):
        return
    found: list[Quote] = []
    for block in material.once(beside_annex).holding(rule.anywhere):
        match = rule.pattern.search(block.text)
        if match and not rule.excused.search(block.text):
            start, end = _extent_of_instruction(block.text, match.start(), match.end())
            found.append(quote(block, start, end))
    if not found:
        yield clear(rule, _LEFT)
        return
    passages = "；".join(f"{one.where}“{one.text}”" for one in found)
    yield Observation(
        rule,
        _LEFT,
        Outcome.RAISED,
        f"公开文本中留有{len(found)}处填报提示：“{found[0].text}”",
        f"{passages}：这是表样的填报提示，不是决算内容，公开前应当删去。",
        quotes=tuple(found),
    )


def _extent_of_instruction(text: str, start: int, end: int) -> tuple[int, int]:
    """Returns the start and the end of the instruction around some words: its brackets, else its sentence."""
    opened = max(text.rfind(mark, 0, start + 1) for mark in "（(【")
    closed = min((at for mark in "）)】" if (at := text.find(mark, end - 1)) >= 0), default=-1)
    if opened >= 0 and closed >= 0 and not any(mark in text[opened:start] for mark in "）)】"):
        return opened, closed + 1
    return sentence(text, start, end)


def _rows_labelled(facts: Facts, item: Item) -> Iterator[Fact]:
    """Yields one figure of each row of a table whose label matches."""
    seen = set()
    for fact in facts:
        within = fact.part is Part.TABLES and fact.concept.table == item.table and fact.row_name not in seen
        if within and item.row_labels.search(normalise(fact.row_name)):
            seen.add(fact.row_name)
            yield fact


def _lacks(facts: Facts, item: Item) -> bool:
    """True if a table has the row or column beside which a form of the year has another, but not that other."""
    table = facts.tables.get(item.table)
    if table is None or table.status is not Status.FOUND or facts.unknown(item.table):
        return False
    kept = facts.tables.get(item.cells[0])
    if kept is None or kept.status not in (Status.FOUND, Status.EMPTY):
        return False
    rows = facts.rows(item.table)
    return _has_line(facts, item.table, item.beside, rows) and not any(
        _has_line(facts, item.table, cell, rows) for cell in item.cells
    )


def _has_line(facts: Facts, table: str, name: str, rows: tuple[str, ...]) -> bool:
    """True if a table has a row or a column of that name."""
    return name in rows or facts.has_column(table, name)


def _first_passage(material: Material, item: Item) -> list[Quote]:
    """Returns the first passage that shows an item, as a list of at most one."""
    found = []
    for block in material.once(narrated).holding(item.anywhere):
        match = item.shown.search(block.text)
        if match and not item.excused.search(block.text):
            found.append(quote(block, match.start(), match.end()))
    return found[:1]

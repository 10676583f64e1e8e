"""Forms of earlier years that are still used, and instructions of the form that were left in the text."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.facts.fact import Fact, Facts, Part, Status
from gouji.labels import normalise
from gouji.review.disclosure.passages import beside_annex, clear, narrated, sentence, unknown
from gouji.review.disclosure.rule import DisclosureRule, Item
from gouji.review.material import Material, quote
from gouji.review.observation import Observation, Outcome, Quote

_FORM, _LEFT = "表式所属年度", "未删去的填报提示"


def old_form(rule: DisclosureRule, material: Material) -> Iterator[Observation]:
    """Labels that later forms no longer have, and rows and columns that they have and the document lacks; one
    question."""
    facts = material.facts
    if facts.year is None:
        yield unknown(rule, _FORM, "未能确定决算年度")
        return
    signs: list[str] = []
    concerns: list[int] = []
    quotes: list[Quote] = []
    telling = False
    for item in rule.items:
        if not item.asked(facts.year):
            continue
        before = len(signs)
        if item.rows:
            for fact in _labelled(facts, item):
                signs.append(f"{facts.tables[item.table].label}仍印“{fact.row_name}”（{item.instead}）")
                concerns.append(fact.id)
        elif item.cells:
            if _lacks(facts, item):
                signs.append(f"{facts.tables[item.table].label}没有{item.name}（{item.instead}）")
        else:
            found = _worded(material, item)
            signs += [f"{one.where}仍写“{one.text}”（{item.instead}）" for one in found]
            quotes += found
        telling = telling or (item.telling and len(signs) > before)
    if not telling:
        yield clear(rule, _FORM)
        return
    more = f"等{len(signs)}处" if len(signs) > 1 else ""
    yield Observation(
        rule,
        _FORM,
        Outcome.RAISED,
        f"{facts.year}年度决算为何沿用旧表式：{signs[0].partition('（')[0]}{more}？",
        f"{'；'.join(signs)}。这是以前年度的格式，公开数可能不是由当年决算报表导出的，"
        "请与报送财政部门并经批复的决算报表逐格核对。",
        concerns=tuple(concerns),
        quotes=tuple(quotes),
    )


def instructions(rule: DisclosureRule, material: Material) -> Iterator[Observation]:
    """Sentences of the form's own that tell how to fill it in; one note. What is left open to fill in, and a form that
    nobody filled in, are other rules' matters."""
    if any(check.rule.kind == "unfilled" for check in material.conflicts()):
        return
    found: list[Quote] = []
    for block in material.once(beside_annex).holding(rule.anywhere):
        match = rule.pattern.search(block.text)
        if match and not rule.excused.search(block.text):
            start, end = _instruction(block.text, match.start(), match.end())
            found.append(quote(block, start, end))
    if not found:
        yield clear(rule, _LEFT)
        return
    told = "；".join(f"{one.where}“{one.text}”" for one in found)
    yield Observation(
        rule,
        _LEFT,
        Outcome.RAISED,
        f"公开文本中留有{len(found)}处填报提示：“{found[0].text}”",
        f"{told}：这是表样的填报提示，不是决算内容，公开前应当删去。",
        quotes=tuple(found),
    )


def _instruction(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the instruction that words were found in begins and ends: its brackets, else its sentence."""
    opened = max(text.rfind(mark, 0, start + 1) for mark in "（(【")
    closed = min((at for mark in "）)】" if (at := text.find(mark, end - 1)) >= 0), default=-1)
    if opened >= 0 and closed >= 0 and not any(mark in text[opened:start] for mark in "）)】"):
        return opened, closed + 1
    return sentence(text, start, end)


def _labelled(facts: Facts, item: Item) -> Iterator[Fact]:
    """One figure of each row of a table that is labelled so."""
    seen = set()
    for fact in facts:
        within = fact.part is Part.TABLES and fact.concept.table == item.table and fact.row_name not in seen
        if within and item.row_labels.search(normalise(fact.row_name)):
            seen.add(fact.row_name)
            yield fact


def _lacks(facts: Facts, item: Item) -> bool:
    """True where a table has the row or column beside which a form of the year has another, and not that other."""
    table = facts.tables.get(item.table)
    if table is None or table.status is not Status.FOUND or facts.unknown(item.table):
        return False
    kept = facts.tables.get(item.cells[0])
    if kept is None or kept.status not in (Status.FOUND, Status.EMPTY):
        return False
    rows = facts.rows(item.table)
    return _has(facts, item.table, item.beside, rows) and not any(
        _has(facts, item.table, cell, rows) for cell in item.cells
    )


def _has(facts: Facts, table: str, name: str, rows: tuple[str, ...]) -> bool:
    return name in rows or facts.has_column(table, name)


def _worded(material: Material, item: Item) -> list[Quote]:
    found = []
    for block in material.once(narrated).holding(item.anywhere):
        match = item.shown.search(block.text)
        if match and not item.excused.search(block.text):
            found.append(quote(block, match.start(), match.end()))
    return found[:1]

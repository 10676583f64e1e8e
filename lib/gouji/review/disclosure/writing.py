"""Notes on how the text is written: quotes and brackets without a partner, doubled punctuation, opposite words side by
side, percentages of nothing; and words that contradict each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from gouji.document.model import Block
from gouji.facts.claim import BUDGETS, Measure
from gouji.facts.fact import Fact
from gouji.facts.shown import shown_amount
from gouji.review.disclosure.passages import beside_annex, clear, narrated
from gouji.review.disclosure.rule import DisclosureRule
from gouji.review.material import Material, quote
from gouji.review.observation import Observation, Outcome, Quote

_MARKS, _NOTHING, _MOVED, _OPPOSED = "引号、括号与标点", "以零为基数的百分比", "增减与持平", "方向相反的词"
_PAIRS = {"“": "”", "（": "）", "《": "》", "〔": "〕"}
_CLOSING = {close: opening for opening, close in _PAIRS.items()}
_WIDE = str.maketrans("()", "（）")
#: 1）, a) at the beginning of an item: a bracket without a partner that is none of a pair.
_ITEM = re.compile(r"(?:^|(?<=[\s，。；：、,;:]))[（(]?[0-9一二三四五六七八九十a-zA-Z①-⑩]{1,3}[）)]")
_MARK = re.compile("[“”（）()《》〔〕]")
_AROUND = 8
#: The most places told of one matter.
_MOST = 8


def punctuation(rule: DisclosureRule, material: Material) -> Iterator[Observation]:
    """Notes once all places outside the annex where marks lack their partner or stand twice.

    Marks are paired over all paragraphs under a heading, because a page may break a paragraph in two.
    """
    sections: list[list[Block]] = []
    for block in material.once(beside_annex).blocks:
        if not sections or sections[-1][0].section is not block.section:
            sections.append([])
        sections[-1].append(block)
    found: list[Quote] = []
    for blocks in sections:
        for block in blocks:
            found += [quote(block, one.start(), one.end(), _AROUND) for one in rule.pattern.finditer(block.text)]
        found += [quote(block, at, at + 1, _AROUND) for block, at in _marks_without_partner(blocks)]
    if not found:
        yield clear(rule, _MARKS)
        return
    places = "；".join(f"{one.where}“{one.text.strip()}”" for one in found[:_MOST])
    more = f"等{len(found)}处" if len(found) > _MOST else ""
    at, together = (f"有{len(found)}处", "一并") if len(found) > 1 else (f"{found[0].where}的", "")
    yield Observation(
        rule,
        _MARKS,
        Outcome.RAISED,
        f"{at}引号、括号不成对或标点重复",
        f"{places}{more}，请{together}更正。",
        quotes=tuple(found),
    )


def moved_and_level(rule: DisclosureRule, material: Material) -> Iterator[Observation]:
    """Asks once about amounts that are said to have moved, and in the same breath to be as in the year before.

    A clause before that names what else it is compared with (`unless`) explains both.
    """
    found: list[Quote] = []
    for block in material.once(narrated).holding(rule.pattern):
        for match in rule.pattern.finditer(block.text):
            start = max(block.text.rfind(mark, 0, match.start()) for mark in "，；。,;") + 1
            if not rule.excused.search(block.text[start : match.end()]):
                found.append(quote(block, start, match.end()))
    if not found:
        yield clear(rule, _MOVED)
        return
    places = "；".join(f"{one.where}“{one.text.strip()}”" for one in found[:_MOST])
    yield Observation(
        rule,
        _MOVED,
        Outcome.RAISED,
        f"既说增减又说与上年持平：“{found[0].text.strip()}”，以何为准？",
        f"{places}：与上年持平就没有增减，请核对上年数并更正文字。",
        quotes=tuple(found),
    )


def opposed(rule: DisclosureRule, material: Material) -> Iterator[Observation]:
    """Notes once all places where two words of opposite directions stand side by side: one was not deleted."""
    blocks = material.once(beside_annex).blocks
    found = [
        _in_sentence(block, one.start(), one.end()) for block in blocks for one in rule.pattern.finditer(block.text)
    ]
    if not found:
        yield clear(rule, _OPPOSED)
        return
    places = "；".join(f"{one.where}“{one.text.strip()}”" for one in found[:_MOST])
    more = f"等{len(found)}处" if len(found) > _MOST else ""
    first = f"{found[0].where}“{found[0].text.strip()}”"
    several = f"有{len(found)}处方向相反的词连在一起，如{first}"
    yield Observation(
        rule,
        _OPPOSED,
        Outcome.RAISED,
        several if len(found) > 1 else f"{first}中方向相反的词连在一起",
        f"{places}{more}：两个词只能有一个成立，请核对后删去另一个。",
        quotes=tuple(found),
    )


def _in_sentence(block: Block, start: int, end: int) -> Quote:
    """Returns some words as a quotation with a few characters on either side, none of them of the sentence before: its
    end may be half a number."""
    begins = max(start - _AROUND, *(block.text.rfind(mark, 0, start) + 1 for mark in "。；"))
    return replace(quote(block, start, end), text=block.text[begins : end + _AROUND])


def zero_base(rule: DisclosureRule, material: Material) -> Iterator[Observation]:
    """Notes once completions of a budget of 0 and shares of a total of 0: they cannot be computed."""
    statements = [fact for fact in material.facts.statements() if fact.claim is not None]
    bases = {(_key(fact), fact.claim.sentence) for fact in statements if fact.claim and _is_zero_budget(fact)}
    totals = {(_key(fact), fact.claim.paragraph) for fact in statements if fact.claim and _is_zero_total(fact)}
    found = []
    for fact in statements:
        claim = fact.claim
        if claim is None:
            continue
        if claim.measure is Measure.COMPLETION and (_key(fact), claim.sentence) in bases:
            found.append(fact)
        elif claim.measure is Measure.SHARE:
            whole = claim.base or claim.whole
            if whole is not None and (whole.key, claim.paragraph) in totals:
                found.append(fact)
    if found:
        figures = "；".join(
            f"{fact.where}的{fact.row_name}{fact.column_name}{shown_amount(fact)}" for fact in found[:_MOST]
        )
        yield Observation(
            rule,
            _NOTHING,
            Outcome.RAISED,
            f"有{len(found)}处以0为基数的百分比，无从计算",
            f"{figures}：所比的预算数或总额为0，百分比没有意义，宜删去或改为文字说明。",
            concerns=tuple(fact.id for fact in found),
        )
    else:
        yield clear(rule, _NOTHING)


def _marks_without_partner(blocks: list[Block]) -> Iterator[tuple[Block, int]]:
    """Yields the marks without a partner under one heading, each with its block and place."""
    open_marks: list[tuple[str, Block, int]] = []
    for block in blocks:
        marked = "）" in block.text or ")" in block.text
        items = {match.end() - 1 for match in _ITEM.finditer(block.text)} if marked else ()
        for mark in _MARK.finditer(block.text):
            at, char = mark.start(), mark.group().translate(_WIDE)
            if at in items and (not open_marks or open_marks[-1][0] != "（"):
                continue
            if char in _PAIRS:
                if char == "“" and open_marks and open_marks[-1][0] == "“":
                    yield block, at
                    open_marks.pop()
                else:
                    open_marks.append((char, block, at))
            elif char in _CLOSING:
                if open_marks and open_marks[-1][0] == _CLOSING[char]:
                    open_marks.pop()
                else:
                    yield block, at
    yield from ((block, at) for _, block, at in open_marks)


def _key(fact: Fact) -> str:
    return fact.claim.topic.key if fact.claim else ""


def _is_zero_budget(fact: Fact) -> bool:
    return fact.amount == 0 and fact.claim is not None and fact.claim.measure in BUDGETS


def _is_zero_total(fact: Fact) -> bool:
    return fact.amount == 0 and fact.claim is not None and fact.claim.measure is Measure.FINAL

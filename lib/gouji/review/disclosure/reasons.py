"""Questions on changes stated without a reason, or with a reason that only repeats the change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from gouji.document.model import Block, Heading
from gouji.facts.claim import BUDGETS, Measure
from gouji.facts.fact import Fact
from gouji.facts.shown import shown_amount
from gouji.intervals import scaled
from gouji.labels import normalise
from gouji.layouts.phrases import load_phrases
from gouji.review.disclosure.passages import clear, narrated
from gouji.review.disclosure.rule import DisclosureRule
from gouji.review.material import Material, quote
from gouji.review.observation import Observation, Outcome

_CHANGES, _RESTATED = "增减变动的原因", "同义反复的原因"
#: The most changes told of one matter.
_MOST = 5
_AGAINST = (Measure.PRIOR, *BUDGETS)


def unexplained(rule: DisclosureRule, material: Material) -> Iterator[Observation]:
    """Asks once about material changes against last year or the budget, and items off their budget, without a reason
    behind them."""
    blocks = material.document.blocks
    told_of = {block.index for block in material.once(narrated).blocks}
    changes = [fact for fact in (*_material_changes(material), *_off_budget(material)) if fact.block in told_of]
    within = {fact.block for fact in changes}
    with_reason = {
        fact.id for fact in changes if rule.pattern.search(_where_explained(rule, blocks, fact.block, within))
    }
    # 收入总计 and 支出总计 of one section change by the same amount, of which one reason is enough.
    explained = {(fact.where, fact.amount) for fact in changes if fact.id in with_reason}
    lacking = [fact for fact in changes if fact.id not in with_reason and (fact.where, fact.amount) not in explained]
    if lacking:
        listed = "；".join(_change_in_words(fact) for fact in lacking[:_MOST])
        more = f"等{len(lacking)}处" if len(lacking) > 1 else ""
        yield Observation(
            rule,
            _CHANGES,
            Outcome.RAISED,
            f"{_change_in_words(lacking[0])}{more}，为何没有说明原因？",
            f"{listed}：所在部分没有说明增减变动的原因，请逐项说明涉及的事项和金额。",
            concerns=tuple(fact.id for fact in lacking),
        )
    elif changes:
        yield clear(rule, _CHANGES)


def restated(rule: DisclosureRule, material: Material) -> Iterator[Observation]:
    """Asks about reasons that only say in other words that the amount rose or fell."""
    blocks = material.document.blocks
    told_of = {block.index for block in material.once(narrated).blocks}
    seen: set[str] = set()
    for fact in _material_changes(material):
        if fact.block not in told_of:
            continue
        block = blocks[fact.block]
        after = max(0, fact.place.end - block.place.start) if block.place.line == fact.place.line else 0
        match = rule.pattern.search(block.text, after)
        if match is None:
            continue
        reason = match["reason"]
        matter = f"{fact.where} · {fact.row_name}{_compared_with(fact)}"
        if matter in seen:
            continue
        seen.add(matter)
        if not _only_repeats(normalise(reason), fact, rule):
            yield clear(rule, matter)
            continue
        yield Observation(
            rule,
            matter,
            Outcome.RAISED,
            f"{_change_in_words(fact, '')}，原因只写“{reason}”，具体是什么？",
            f"{_change_in_words(fact)}，所写原因“{reason}”与所说明的增减同义，没有说明是哪些事项、多少金额引起的，"
            "请列出明细项目、追加或调剂的依据。",
            concerns=(fact.id,),
            quotes=(quote(block, match.start("reason"), match.end("reason")),),
        )


def _material_changes(material: Material) -> Iterator[Fact]:
    """Yields one figure for each change of material size: its amount, if that is printed."""
    least = scaled(material.threshold("unexplained_change"), "万元")
    rate = scaled(material.threshold("unexplained_rate"), "%")
    rates = {}
    statements = material.facts.statements()
    for fact in statements:
        if fact.claim is not None and fact.claim.measure is Measure.RATE:
            rates[fact.claim.sentence, fact.claim.topic.key] = abs(fact.amount or 0)
    seen = set()
    for fact in statements:
        claim = fact.claim
        if claim is None or claim.measure is not Measure.CHANGE or claim.against not in _AGAINST:
            continue
        large = abs(fact.amount or 0) >= least
        large = large and rates.get((claim.sentence, claim.topic.key), rate) >= rate
        if large and not (claim.aside or claim.loose) and fact.place not in seen:
            seen.add(fact.place)
            yield fact


def _off_budget(material: Material) -> Iterator[Fact]:
    """Yields the completion of each item whose final amount is materially off its budget. Totals are left out: their
    items explain them."""
    least = scaled(material.threshold("unexplained_change"), "万元")
    rate, whole = scaled(material.threshold("unexplained_rate"), "%"), scaled(Decimal(100), "%")
    amounts: dict[tuple[str, int, bool], int] = {}
    for fact in material.facts.statements():
        claim = fact.claim
        if claim is None or fact.amount is None or claim.loose or claim.aside or "[total]" in claim.topic.key:
            continue
        if claim.measure is Measure.FINAL or claim.measure in BUDGETS:
            amounts[claim.topic.key, claim.sentence, claim.measure is Measure.FINAL] = fact.amount
        elif claim.measure is Measure.COMPLETION and abs(fact.amount - whole) >= rate:
            final, budget = (amounts.get((claim.topic.key, claim.sentence, which)) for which in (True, False))
            if final is not None and budget and abs(final - budget) >= least:
                yield fact


def _change_in_words(fact: Fact, where: str | None = None) -> str:
    """Returns 第三部分 四的财政拨款收、支总计比上年减少250.58万元; with another place than its own, or with none."""
    done = fact.claim is not None and fact.claim.measure is Measure.COMPLETION
    change = f"完成预算的{shown_amount(fact)}" if done else f"{_compared_with(fact)}{shown_amount(fact)}"
    place = f"{fact.where}的" if where is None else where
    return f"{place}{fact.row_name}{change}"


def _compared_with(fact: Fact) -> str:
    """Returns 比上年 or 比预算; "" if the figure does not say."""
    if fact.claim is None or fact.claim.against is None:
        return ""
    return "比上年" if fact.claim.against is Measure.PRIOR else "比预算"


def _where_explained(rule: DisclosureRule, blocks: tuple[Block, ...], at: int, within: set[int]) -> str:
    """Returns where the reason of a change may stand: in its passage. If its total is in the same chapter (三公),
    anywhere in that chapter."""
    chapter = next(
        (one for one in blocks[at].section if any(word in one.title for word in rule.synonyms["summed"])), None
    )
    if chapter is None:
        return _passage(rule, blocks, at, within)
    return "".join(block.text for block in blocks if chapter in block.section)


def _passage(rule: DisclosureRule, blocks: tuple[Block, ...], at: int, within: set[int]) -> str:
    """Returns a paragraph and those behind it under its heading, up to the next that states a change of its own. Behind
    a paragraph that ends in 如下, the items belong to it too, even under headings of their own."""
    section = blocks[at].section
    led = blocks[at].text.rstrip(" 。：:").endswith(rule.synonyms["below"])
    # A numbered paragraph is under its own number; items that have none stand behind it.
    around = section[:-1] if at and blocks[at - 1].section != section else section
    texts = [blocks[at].text]
    for block in blocks[at + 1 :]:
        below = block.section[: len(section)] == section or block.section == around or _is_item(block, section)
        if not (below if led else block.section == section and block.index not in within):
            break
        texts.append(block.text)
    return "".join(texts)


def _is_item(block: Block, section: tuple[Heading, ...]) -> bool:
    """True for a numbered paragraph below one whose number is of a higher level: 1. below （一）."""
    own = block.section
    return len(own) == len(section) > 0 and own[:-1] == section[:-1] and own[-1].level > section[-1].level


@cache
def _moves() -> str:
    words = load_phrases().words
    return "|".join(sorted({*words["up"], *words["down"]}, key=len, reverse=True))


def _only_repeats(reason: str, fact: Fact, rule: DisclosureRule) -> bool:
    """True if every part of a reason is the subject (or a word for any amount) and a word for a rise or fall."""
    subject = normalise(fact.row_name)
    same = [word for group, words in rule.synonyms.items() if group in subject for word in (group, *words)]
    nouns = "|".join(re.escape(normalise(word)) for word in (*same, *rule.synonyms["any"]))
    once = re.compile(rf"(?:{rule.excused.pattern})*(?:的|了|{nouns})*(?:有所|较大)?(?:{_moves()})(?:所致)?")
    parts = [part for part in re.split("[,、;]|以及|及|和", reason.rstrip("。.")) if part]
    return bool(parts) and all(once.fullmatch(part) for part in parts)

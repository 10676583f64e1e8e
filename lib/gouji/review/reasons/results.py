"""Questions on what annexed reports call results: targets repeated as results, and money still to be paid."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.facts.claim import Measure
from gouji.facts.fact import Fact
from gouji.review.material import Material, quote
from gouji.review.observation import Observation, Outcome, Quote
from gouji.review.prose import headed
from gouji.review.reasons.causes import claim_of
from gouji.review.reasons.rule import ReasonRule
from gouji.review.reasons.sentences import Passage, annexed, around, sentences
from gouji.review.reasons.tell import printed

_MOST = 4
#: So many characters of the next clause would say that a value follows (，实际…).
_NEXT = 5
_BREAKS = re.compile(r"[，,、；;。：:]")


def unmeasured(rule: ReasonRule, material: Material) -> Iterator[Observation]:
    """Asks if all targets are said to be met, but the results repeat the target or have no value."""
    claimed = next(_find_passages(rule.guard, rule, material, True), None)
    if claimed is None:
        return
    copied = [fact for fact in material.facts.statements() if _is_copied(fact, rule, material)]
    open_ended = [quote(*one) for one in _find_passages(rule.pattern, rule, material, False)]
    if not copied and not open_ended:
        yield Observation(rule, "目标完成情况", Outcome.CLEAR)
        return
    block, start, end = claimed
    said = block.text[start:end]
    yield Observation(
        rule,
        "目标完成情况",
        Outcome.RAISED,
        f"{block.where}称“{said}”，{_describe_missing_results(copied, open_ended)}，依据什么认定？",
        f"{block.where}“{said}”。{_lacking(copied, open_ended)}{rule.looks}",
        tuple(fact.id for fact in copied),
        (quote(*claimed), *open_ended),
    )


def _find_passages(pattern: re.Pattern[str], rule: ReasonRule, material: Material, results: bool) -> Iterator[Passage]:
    """Yields the places in annexed reports that match a pattern. With `results`, outside the parts on targets; else
    inside them, with the words before that say what the match is about."""
    for block, start, end in sentences(material, rule.anchors):
        match = pattern.search(block.text, start, end)
        if (
            match is None
            or block.index not in material.once(annexed)
            or results == bool(rule.other_parts.search(headed(block)))
        ):
            continue
        yield (block, *match.span()) if results else (block, around(block.text, *match.span(), _BREAKS)[0], match.end())


def _describe_missing_results(copied: list[Fact], open_ended: list[Quote]) -> str:
    if copied:
        claim = claim_of(copied[0])
        return f"{len(copied)}项结果却只写目标（{claim.topic.phrase}“{_relation(copied[0])}”）"
    return f"目标却没有数值（“{open_ended[0].text}”）"


def _relation(fact: Fact) -> str:
    words = {">": "大于", "<": "小于"}
    text = printed(fact)
    return text if text.endswith(("以上", "以内", "以下")) else f"{words.get(claim_of(fact).relation, '')}{text}"


def _lacking(copied: list[Fact], open_ended: list[Quote]) -> str:
    names = "、".join(claim_of(fact).topic.phrase for fact in copied[:_MOST])
    repeated = f"{names}{'等' if len(copied) > _MOST else ''}没有实际值，只重复目标。" if copied else ""
    return repeated + "".join(f"{one.where}的目标“{one.text}”没有目标值。" for one in open_ended[:1])


def _is_copied(fact: Fact, rule: ReasonRule, material: Material) -> bool:
    """True for a target under a heading of results, in a sentence that neither calls it one nor states a value."""
    claim = claim_of(fact)
    if claim.measure is not Measure.TARGET or claim.relation not in ("<", ">") or fact.figure.unit != "%":
        return False
    if fact.block not in material.once(annexed):
        return False
    block = material.document.blocks[fact.block]
    if not rule.parts.search(block.section[-1].title):
        return False
    start, end = fact.place.start - block.place.start, fact.place.end - block.place.start
    opened, closed = around(block.text, start, end, _BREAKS)
    return not rule.quantities.search(block.text, opened, closed + _NEXT)


def still_planned(rule: ReasonRule, material: Material) -> Iterator[Observation]:
    """Asks about money that a report of results calls still to be paid."""
    reports = material.once(annexed)
    stated = (fact for fact in material.facts.statements() if fact.block in reports and fact.amount)
    for fact in (fact for fact in stated if fact.figure.unit.endswith("元")):
        block = material.document.blocks[fact.block]
        start, end = fact.place.start - block.place.start, fact.place.end - block.place.start
        opened = max(block.text.rfind(mark, 0, start) for mark in "，,；;。：:") + 1
        said = block.text[opened:end]
        planned = rule.pattern.search(said) and not rule.guard.search(said)
        if not planned or rule.other_parts.search(headed(block)):
            continue
        yield Observation(
            rule,
            f"{block.where} · {said}",
            Outcome.RAISED,
            f"{block.where}列为成效的“{said}”年末是否已经支付，是否计入实际支出？",
            f"尚未支付的，不应计入实际支出。{rule.looks}",
            (fact.id,),
            (quote(block, opened, end),),
        )

"""Questions on reasons beside the direction of the change: reasons that cannot explain it, or explain nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.intervals import unscaled
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome
from gouji.review.reasons.causes import StatedReason, causes
from gouji.review.reasons.rule import ReasonRule
from gouji.review.reasons.tell import clause, doubted
from gouji.review.reasons.vocabulary import vocabulary

_SHORTEST = 4
_RELATIONS = frozenset(("大于", "小于", "等于", "高于", "低于", "多于", "少于", "超过"))
_WORDS = {-1: "减少", 0: "持平", 1: "增加"}


def sure_causes(material: Material) -> list[StatedReason]:
    """The reasons of changes that no check doubts: where a figure or its direction is misprinted, its reason fits what
    was meant."""
    wrong = material.once(doubted)
    return [cause for cause in material.once(causes) if wrong.isdisjoint(_figures(cause))]


def _figures(cause: StatedReason) -> Iterator[int]:
    return (fact.id for fact in (cause.change, cause.amount, cause.rate) if fact)


def against_change(rule: ReasonRule, material: Material) -> Iterator[Observation]:
    """Asks about a reason that can only explain the opposite: thrift for a rise, only rises for a fall."""
    for cause in material.once(sure_causes):
        if cause.sign == 0 or vocabulary().balances.search(cause.change.row_name):
            continue
        of = f"{cause.block.where} · {cause.change.row_name}与{cause.against.value}比{_WORDS[cause.sign]}"
        if not _is_opposite(cause):
            yield Observation(rule, of, Outcome.CLEAR)
            continue
        base, moved = f"与{cause.against.value}相比", clause(cause)
        # 大于年初预算, but 与年初预算相比增加.
        said = f"{moved}{cause.against.value}" if moved in _RELATIONS else f"{base}{moved}"
        yield Observation(
            rule,
            of,
            Outcome.RAISED,
            f"{cause.change.row_name}{base}{_WORDS[cause.sign]}，原因却是“{cause.text}”，如何解释？",
            f"{cause.block.where}：{cause.change.row_name}{said}，所述原因“{cause.text}”只能使其"
            f"{_WORDS[-cause.sign]}。{rule.looks}",
            (cause.change.id,),
            (cause.quoted,),
        )


def _is_opposite(cause: StatedReason) -> bool:
    words = vocabulary()
    rises, falls = re.search(words.up, cause.text), re.search(words.down, cause.text)
    if cause.sign > 0 and words.thrift.search(cause.text):
        return not rises
    of_funds = any(words.items[key].side == "other_funds" for one in cause.moved for key in one.items)
    if not cause.moved or of_funds or any(one.sign != -cause.sign for one in cause.moved):
        return False
    return not (rises if cause.sign > 0 else falls)


def same_cause(rule: ReasonRule, material: Material) -> Iterator[Observation]:
    """Asks if one wording is the reason for a rise and for a fall."""
    by_text: dict[str, list[StatedReason]] = {}
    found = material.once(sure_causes)
    for cause in found:
        if cause.sign and len(text := _core_words(cause)) >= _SHORTEST:
            by_text.setdefault(text, []).append(cause)
    both = [given for given in by_text.values() if {one.sign for one in given} == {-1, 1}]
    if not both:
        if found:
            yield Observation(rule, "同一说法的原因", Outcome.CLEAR)
        return
    lines = [
        f"“{given[0].text}”既说明{_first_with(given, 1)}增加，又说明{_first_with(given, -1)}减少" for given in both
    ]
    yield Observation(
        rule,
        "同一说法的原因",
        Outcome.RAISED,
        f"“{both[0][0].text}”{f'等{len(both)}种说法' if len(both) > 1 else ''}既作增加的原因，又作减少的原因",
        f"{'；'.join(lines)}。{rule.looks}",
        tuple(one.change.id for given in both for one in given),
        tuple(one.quoted for given in both for one in given),
    )


def _first_with(given: list[StatedReason], sign: int) -> str:
    cause = next(one for one in given if one.sign == sign)
    return f"{cause.block.where}{cause.change.row_name}"


def _core_words(cause: StatedReason) -> str:
    return vocabulary().filler.sub("", cause.text)


def empty(rule: ReasonRule, material: Material) -> Iterator[Observation]:
    """Asks once about large changes whose reasons say nothing."""
    found = [cause for cause in material.once(sure_causes) if _is_large(cause, material)]
    vague = [cause for cause in found if _says_nothing(cause)]
    if not vague:
        if found:
            yield Observation(rule, "较大变动的原因", Outcome.CLEAR)
        return
    lines = [f"{one.block.where}{one.change.row_name}{clause(one)}，原因只写“{one.text}”" for one in vague]
    first = f"{vague[0].change.row_name}{clause(vague[0])}，原因只写“{vague[0].text}”"
    more = f"（另有{len(vague) - 1}处）" if len(vague) > 1 else ""
    yield Observation(
        rule,
        "较大变动的原因",
        Outcome.RAISED,
        f"{first}{more}，具体原因是什么？",
        f"{'；'.join(lines)}。这样的原因没有说明变动的内容。{rule.looks}",
        tuple(one.change.id for one in vague),
        tuple(one.quoted for one in vague),
    )


def _is_large(cause: StatedReason, material: Material) -> bool:
    if cause.rate is None or not cause.size or cause.amount is None:
        return False
    rate = unscaled(abs(cause.rate.amount or 0), "%")
    amount = unscaled(cause.size, "万元")
    return rate >= material.threshold("reasons_empty_rate") and amount >= material.threshold("reasons_empty_amount")


def _says_nothing(cause: StatedReason) -> bool:
    """True for a reason that only repeats the change, or is a phrase that fits every change."""
    text = _core_words(cause)
    if vocabulary().nothing.fullmatch(text):
        return True
    name = vocabulary().ending.sub("", cause.change.row_name)
    up, down = vocabulary().up, vocabulary().down
    way = up if cause.sign > 0 else down
    return bool(name) and bool(re.fullmatch(rf"{re.escape(name)}(?:支出|经费|费用|费|收入)*(?:有所)?(?:{way})", text))

"""Finds what a list is of behind an amount of zero, which has no parts:
一般公共预算财政拨款支出20万元，政府性基金支出0万元，其中：基本支出15万元、项目支出5万元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from gouji.facts.claim import Topic
from gouji.facts.narrative.funds import fund_of
from gouji.facts.narrative.reading import AMOUNTS, Reading, Stated
from gouji.intervals import MONEY_UNIT
from gouji.layouts.phrases import load_phrases

_AMOUNT = re.compile(rf"(\d[\d,，]*(?:\.\d+)?)\s*(?:{MONEY_UNIT})")


def whole_beside_nothing(reading: Reading, whole: Topic) -> Topic:
    """Returns the whole of a list that opens behind `whole`.

    If that was just stated as zero and parts follow, returns the only other amount listed with it: where they are of
    several funds, or where the amounts that follow add up to it. Returns several funds with money together.
    """
    last = reading.out[-1] if reading.out else None
    if last is None or last.figure.value != 0 or not _is_amount(last) or last.claim.topic != whole:
        return whole
    parts = _amounts_behind(reading.text[last.end :])
    beside = [one for one in reading.out[:-1] if _is_listed_with(one, last) and one.figure.value]
    if not any(parts) or not beside:
        return whole
    of_funds = bool(fund_of(whole)) and all(fund_of(one.claim.topic) for one in beside)
    if of_funds and len(beside) > 1:
        joint = "、".join(one.claim.topic.phrase for one in beside)
        return Topic(joint, joint)
    fits = sum(parts) == beside[0].figure.value and not load_phrases().parts_of(whole.key)
    return beside[0].claim.topic if len(beside) == 1 and (of_funds or fits) else whole


def _is_amount(one: Stated) -> bool:
    return one.claim.measure in AMOUNTS and one.figure.dimension == "money"


def _is_listed_with(one: Stated, last: Stated) -> bool:
    claim, beside = one.claim, last.claim
    here = claim.sentence == beside.sentence and claim.group == beside.group and one.figure.unit == last.figure.unit
    return here and claim.measure is beside.measure and _is_amount(one)


def _amounts_behind(text: str) -> Sequence[Decimal]:
    """Returns the amounts up to the end of the sentence."""
    return [Decimal(re.sub("[,，]", "", match[1])) for match in _AMOUNT.finditer(text.partition("。")[0])]

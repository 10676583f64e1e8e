"""Checks what was awarded to small firms by kind of procurement with what was awarded to them in all."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.check import Check
from gouji.checks.narrative.spoken import Spoken, doubt, said, spoken
from gouji.checks.rules import Rule
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Facts
from gouji.intervals import SCALE
from gouji.layouts.phrases import load_phrases

_HUNDRED = 100 * SCALE
_PROCUREMENT, _AWARDED = "narrative.procurement.total", "narrative.procurement.sme"


def awarded_by_kind(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks 授予中小企业合同金额 with the shares of 货物支出, 工程支出 and 服务支出 that were awarded to such firms.

    A share may be rounded or cut off. Nothing is checked where nothing was bought, or a kind that was has no share.
    """
    index = spoken(facts)
    total = _only(index.topic_stated(_AWARDED, Measure.FINAL))
    family = next((one for one in load_phrases().families if one.whole == _PROCUREMENT), None)
    if total is None or family is None:
        return
    least, most, concerns = 0, 0, [total]
    for kind in family.parts:
        amount = _only(index.topic_stated(kind, Measure.FINAL))
        if amount is None:
            return
        share = _share_of(index, kind)
        if share is None and amount.amount:
            return
        if share is not None:
            bought, part = amount.amount or 0, share.amount or 0
            least += (bought - amount.radius) * (part - 2 * share.radius)
            most += (bought + amount.radius) * (part + 2 * share.radius)
            concerns += [amount, share]
    if len(concerns) == 1 or not any(one.amount for one in concerns):
        return  # nothing was bought
    awarded = (total.amount or 0) * _HUNDRED
    slack = total.radius * _HUNDRED
    yield doubt(rule, total.named, concerns, not least - slack <= awarded <= most + slack)


def _share_of(index: Spoken, kind: str) -> Fact | None:
    """Returns 货物采购授予中小企业合同金额占货物支出金额的…%, where it is stated once."""
    return _only(
        [
            one
            for one in index.of(Measure.SHARE)
            if (base := said(one).base) is not None
            and base.key == kind
            and any(word in said(one).topic.phrase for word in WORDS.awarded)
        ]
    )


def _only(facts: list[Fact]) -> Fact | None:
    """Returns the first of several that state one amount."""
    return facts[0] if len({one.amount for one in facts}) == 1 else None

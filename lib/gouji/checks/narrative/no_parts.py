"""Leaves out of a list's amounts those that are no parts of its whole: what is let by its book value, contracts beside
what was paid on them, who has retired, and parts of another part that a semicolon cut off."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.checks.narrative.spoken import Spoken, said, usable
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact


def without_values(members: Sequence[Fact], whole: Fact) -> list[Fact]:
    """Returns the parts without values of assets, where the whole is earned:
    资产使用收入5万元，其中出租资产账面原值30万元，实现收入5万元."""
    if not any(word in _words(whole) for word in WORDS.earned):
        return list(members)
    return [one for one in members if not any(word in _words(one) for word in WORDS.values_of_assets)]


def without_contracts(members: Sequence[Fact], whole: Fact) -> list[Fact]:
    """Returns the parts without the amounts of contracts beside what was paid on them, where the whole is what was
    spent: 项目支出50万元，其中：甲合同金额30万元，支付28万元."""
    paid = any(said(one).topic.phrase.startswith(WORDS.paid) for one in members)
    if not paid or any(word in _words(whole) for word in WORDS.contracted):
        return list(members)
    return [one for one in members if not said(one).topic.phrase.endswith(WORDS.contracted)]


def without_retired(members: Sequence[Fact], whole: Fact) -> list[Fact]:
    """Returns the parts without those who have retired, where the whole is of those at work: 在编教职工60人，
    其中…，退休职工20人. Where a part says so (在职40人、退休20人), the whole is of both."""
    at_work = any(word in _words(whole) for word in WORDS.at_work)
    if not at_work or any(word in _words(one) for one in members for word in WORDS.at_work):
        return list(members)
    return [one for one in members if not said(one).topic.phrase.startswith(WORDS.retired)]


def without_inner(members: Sequence[Fact], index: Spoken) -> list[Fact]:
    """Returns the parts without those behind another part which, with its own list, add up to it: 事业收入中，医疗收入
    340万元，其中：门诊收入120万元；住院收入220万元；科教收入2万元."""
    left = list(members)
    for at, one in enumerate(members):
        inner = _listed_under(one, index)
        total, taken = sum(part.amount or 0 for part in inner), 0
        for further in members[at + 1 :] if inner else ():
            total, taken = total + (further.amount or 0), taken + 1
            if total >= (one.amount or 0):
                break
        if taken and total == one.amount:
            left = [part for part in left if part not in members[at + 1 : at + 1 + taken]]
    return left


def _listed_under(one: Fact, index: Spoken) -> list[Fact]:
    """Returns the parts of a part in the same sentence."""
    key, claim = said(one).topic.key, said(one)
    return [
        part
        for part in index.sentence(claim)
        if (whole := said(part).whole) is not None
        and whole.key == key
        and said(part).depth > claim.depth
        and said(part).measure is Measure.FINAL
        and usable(part)
    ]


def _words(fact: Fact) -> str:
    return f"{said(fact).topic.phrase} {said(fact).words}" if fact.claim else fact.row_name

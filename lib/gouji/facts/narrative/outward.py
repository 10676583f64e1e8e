"""Gives what is told behind the parts of a part to the whole, where it is right of the whole alone: 支出20万元，其中：
基本支出15万元，项目支出5万元。项目支出中，甲3万元，乙2万元。与上年相比减少5万元，下降20%.

Also the other way: behind a whole with one part, to the part where it is right of that alone (支出20万元（其中：
基本支出15万元），与上年相比减少5万元，下降25%)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from gouji.facts.claim import BUDGETS, Claim, Measure, Topic
from gouji.facts.narrative.reading import Stated

_HUNDRED = Decimal(100)
#: How far an amount may be from what a change and its rate imply, as a part of it.
_NEAR = Decimal("0.1")


def outward(stated: Sequence[Stated]) -> list[Stated]:
    """Returns the claims with changes and their rates, and rates of completion, as those of an outer whole.

    Only where their words name no subject, they stand right behind an amount of which they are not right, and they are
    right of exactly one of the amounts around it, of which nothing the like is told. A rise by more than the own amount
    need only come near the other. Expects the claims of one paragraph in printed order.
    """
    found = list(stated)
    for at, one in enumerate(found):
        told = _relation_at(found, at)
        if not told or not _is_behind_amount(found[:at]) or _is_told_of_parts(found, at):
            continue
        own, *outer = list(_around(found[:at], one.claim.topic))
        if _fits(told, found[:at], own) is not False:
            continue
        outer = [topic for topic in outer if not _is_told(found, at, topic)]
        part = [topic for topic in _only_part(found, at) if not _is_told(found, at, topic)]
        fitting = [topic for topic in (*outer, *part) if _fits(told, found[:at], topic)]
        if not fitting and _is_more_than_all(told, found[:at], own):
            fitting = [topic for topic in outer if _is_near(told, found[:at], topic)]
        if len(fitting) == 1:
            beside = _amount(found[:at], fitting[0], (Measure.FINAL,))
            for number in range(at, at + len(told)):
                found[number] = _moved(found[number], fitting[0], beside)
    return found


def _relation_at(stated: Sequence[Stated], at: int) -> list[Stated]:
    """Returns a change with its rate right behind it, or a completion, at a position; [] for anything else, and where
    its clause names its subject."""
    one, claim = stated[at], stated[at].claim
    if claim.loose or claim.aside or claim.listed or _names_own_subject(claim):
        return []
    if claim.measure is Measure.COMPLETION:
        return [one] if claim.against in BUDGETS and claim.beside < 0 and not claim.rated else []
    behind = stated[at + 1] if at + 1 < len(stated) else None
    if claim.measure is not Measure.CHANGE or claim.against is not Measure.PRIOR or behind is None:
        return []
    rate = behind.claim
    alike = rate.measure is Measure.RATE and rate.topic == claim.topic and rate.sign == claim.sign and not rate.loose
    return [one, behind] if alike and rate.sentence == claim.sentence and claim.sign else []


def _names_own_subject(claim: Claim) -> bool:
    return bool(claim.topic.phrase) and claim.topic.phrase in claim.words


def _is_behind_amount(before: Sequence[Stated]) -> bool:
    return bool(before) and before[-1].claim.measure is Measure.FINAL


def _is_told_of_parts(stated: Sequence[Stated], at: int) -> bool:
    """True where the same is told of another part of the list right before: each then has its own."""
    group, told = stated[at - 1].claim.group, stated[at].claim
    return any(one.claim.group == group and _is_like(one.claim, told) for one in stated[:at])


def _is_told(stated: Sequence[Stated], at: int, topic: Topic) -> bool:
    told = stated[at].claim
    return any(one.claim.topic.key == topic.key and _is_like(one.claim, told) for one in stated)


def _is_like(claim: Claim, told: Claim) -> bool:
    return claim.measure is told.measure and claim.against is told.against


def _around(before: Sequence[Stated], own: Topic) -> Iterator[Topic]:
    """Yields a topic and, from the inside outwards, the topics of the amounts stated before its list began."""
    yield own
    seen = {own.key}
    for one in before:
        claim = one.claim
        if claim.measure in (Measure.FINAL, *BUDGETS) and claim.topic.phrase and claim.topic.key not in seen:
            seen.add(claim.topic.key)
            if claim.group < 0 or claim.topic in {other.claim.whole for other in before}:
                yield claim.topic


def _only_part(stated: Sequence[Stated], at: int) -> list[Topic]:
    """Returns the only part of what a change is told of, where its amount stands right before, in the same sentence."""
    told, last = stated[at].claim, stated[at - 1].claim
    if told.measure is not Measure.CHANGE:
        return []
    parts = {one.claim.topic.key for one in stated[:at] if one.claim.whole and one.claim.whole.key == told.topic.key}
    return [last.topic] if parts == {last.topic.key} and last.sentence == told.sentence else []


def _fits(told: Sequence[Stated], before: Sequence[Stated], topic: Topic) -> bool | None:
    """True where the relation holds for a topic, None where its amounts are not stated."""
    first = told[0]
    done = _amount(before, topic, (Measure.FINAL,))
    if done is None or done.figure.value is None or first.figure.value is None:
        return None
    if first.claim.measure is Measure.COMPLETION:
        planned = _amount(before, topic, tuple(one for one in BUDGETS if one is first.claim.against))
        base = planned.figure.value if planned and planned.figure.unit == done.figure.unit else None
        return _is_rate(first, done.figure.value, base)
    if first.figure.unit != done.figure.unit:
        return None
    change = abs(first.figure.value) * first.claim.sign
    return _is_rate(told[1], abs(first.figure.value), done.figure.value - change)


def _is_more_than_all(told: Sequence[Stated], before: Sequence[Stated], topic: Topic) -> bool:
    """True for a rise by more than the amount is: the year before it would have been negative."""
    change, done = told[0], _amount(before, topic, (Measure.FINAL,))
    risen = change.claim.measure is Measure.CHANGE and change.claim.sign > 0
    return risen and done is not None and (change.figure.value or 0) > (done.figure.value or 0)


def _is_near(told: Sequence[Stated], before: Sequence[Stated], topic: Topic) -> bool:
    """True where a change and its rate come near an amount that may be misprinted itself."""
    change, rate, done = told[0].figure, told[1].figure, _amount(before, topic, (Measure.FINAL,))
    if not change.value or not rate.value or done is None or not done.figure.value or change.unit != done.figure.unit:
        return False
    implied = abs(change.value) * (1 + _HUNDRED / abs(rate.value))
    return abs(implied / done.figure.value - 1) < _NEAR


def _is_rate(rate: Stated, part: Decimal, base: Decimal | None) -> bool | None:
    """True where a percentage is that of two amounts, to within its last digit."""
    if base is None or base <= 0 or rate.figure.value is None:
        return None if base is None else False
    last = Decimal(1).scaleb(-rate.figure.decimals)
    return abs(part / base * _HUNDRED - abs(rate.figure.value)) < last


def _amount(before: Sequence[Stated], topic: Topic, measures: Sequence[Measure]) -> Stated | None:
    own = [one for one in before if one.claim.topic.key == topic.key and one.claim.measure in measures]
    money = [one for one in own if one.figure.dimension == "money" and not one.claim.loose and not one.claim.aside]
    return money[-1] if money else None


def _moved(one: Stated, topic: Topic, beside: Stated | None) -> Stated:
    around = beside.claim if beside else one.claim
    return replace(
        one,
        claim=replace(
            one.claim,
            topic=topic,
            whole=around.whole,
            group=around.group,
            depth=around.depth,
            bracketed=around.bracketed,
            complete=around.complete,
        ),
    )

"""Assigns changes of averages: the moves in 车均3.00万元，比上年减少0.30万元，下降9.09% may be those of one vehicle's
cost or of the total.

The words do not decide, but the figures do: the moves go to the average where they fit it better than the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from gouji.facts.claim import Measure, Topic
from gouji.facts.narrative.reading import Stated
from gouji.intervals import MONEY_UNITS

_BEFORE = (Measure.PRIOR, Measure.OTHER)
_MOVED = (Measure.CHANGE, Measure.RATE)
#: Largest deviation of the moves from the average where no whole is stated that they could refer to.
_ALONE = Decimal("0.5")


def of_averages(stated: Sequence[Stated]) -> list[Stated]:
    """Assigns the moves right behind an average, and the amount they start from, to the average where they fit it.

    Their `base` becomes the average's measure. Expects the claims of one paragraph in printed order.
    """
    found = list(stated)
    for at, average in enumerate(found):
        if average.claim.measure is not Measure.PER_HEAD:
            continue
        moves = _moves_behind(found, at)
        whole = _whole_before(found, at, moves)
        if moves and _fits(average, moves) < (_fits(whole, moves) if whole else _ALONE):
            base = Topic(Measure.PER_HEAD.value, Measure.PER_HEAD.name)
            for number, one in enumerate(moves, start=at + 1):
                claim = replace(one.claim, topic=average.claim.topic, base=base, loose="")
                measure = claim.measure if claim.measure in _MOVED else Measure.PRIOR
                found[number] = replace(one, claim=replace(claim, measure=measure))
    return found


def _moves_behind(found: Sequence[Stated], at: int) -> list[Stated]:
    """Returns the amount an average is compared with, its change and its rate, as far as they follow it at once."""
    moves: list[Stated] = []
    for one in found[at + 1 :]:
        claim = one.claim
        first = not moves and claim.measure in _BEFORE and one.figure.unit in MONEY_UNITS
        if claim.sentence != found[at].claim.sentence or not (first or claim.measure in _MOVED):
            break
        moves.append(one)
    return moves if any(one.claim.measure in _MOVED for one in moves) else []


def _whole_before(found: Sequence[Stated], at: int, moves: Sequence[Stated]) -> Stated | None:
    """Returns the amount to which the moves would refer otherwise."""
    keys = {one.claim.topic.key for one in moves if one.claim.measure in _MOVED}
    amounts = (one for one in reversed(found[:at]) if one.claim.measure is Measure.FINAL)
    return next((one for one in amounts if one.claim.topic.key in keys), None)


def _fits(now: Stated, moves: Sequence[Stated]) -> Decimal:
    """Returns how far the moves deviate from those of an amount that is `now`; infinite where that cannot be
    computed."""
    amount = _money(now)
    then = next((_money(one) for one in moves if one.claim.measure in _BEFORE), None)
    change = next((_money(one) * one.claim.sign for one in moves if one.claim.measure is Measure.CHANGE), None)
    rate = next((one for one in moves if one.claim.measure is Measure.RATE), None)
    if then:
        return abs(amount - then) / then
    if not change or rate is None or rate.figure.value is None or amount == change:
        return Decimal("Infinity")
    return abs(change / (amount - change) - rate.figure.value * rate.claim.sign / 100)


def _money(one: Stated) -> Decimal:
    return (one.figure.value or Decimal(0)).scaleb(MONEY_UNITS.get(one.figure.unit, 0))

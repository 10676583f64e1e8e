"""Finds the direction of changes whose words give none (变动0.9万元, 预决算差异率30.51%) from the amounts beside
them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from gouji.facts.claim import BUDGETS, Claim, Measure, Topic
from gouji.facts.figure import Figure
from gouji.facts.narrative.reading import Stated

_MOVED = (Measure.CHANGE, Measure.RATE)
#: The last figure of a thing, in each kind of measure.
_Last = dict[tuple[Topic, Measure], Figure]


def directed(stated: Sequence[Stated]) -> list[Stated]:
    """Returns the claims of a paragraph; a change without direction becomes a fall where the amount it starts from is
    larger."""
    found = list(stated)
    last: _Last = {}
    in_order = sorted(range(len(found)), key=lambda at: found[at].claim.order)
    for _, group in groupby(in_order, key=lambda at: found[at].claim.order):
        together = list(group)
        last |= {(one.claim.topic, _kind(one.claim.measure)): one.figure for one in (found[at] for at in together)}
        for at in together:
            if _is_signless(found[at].claim):
                found[at] = _directed(found[at], last)
    return found


def _kind(measure: Measure) -> Measure:
    return Measure.BUDGET if measure in BUDGETS else measure


def _is_signless(claim: Claim) -> bool:
    return claim.sign == 0 and claim.measure in _MOVED


def _directed(moved: Stated, last: _Last) -> Stated:
    claim = moved.claim
    now = last.get((claim.topic, Measure.FINAL))
    then = last.get((claim.topic, Measure.BUDGET if claim.against in BUDGETS else Measure.PRIOR))
    if now is None or then is None or now.value is None or then.value is None or now.unit != then.unit:
        return moved
    return replace(moved, claim=replace(claim, sign=-1 if now.value < then.value else 1))

"""Changes whose words do not say which way (变动0.9万元, 预决算差异率30.51%): the amounts beside them do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gouji.facts.claim import BUDGETS, Claim, Measure
from gouji.facts.figure import Figure
from gouji.facts.narrative.reading import Stated

_MOVED = (Measure.CHANGE, Measure.RATE)


def directed(stated: Sequence[Stated]) -> list[Stated]:
    """The claims of a paragraph, a change without direction as a fall where what it is from is said to be more."""
    return [_directed(one, stated) if _is_signless(one.claim) else one for one in stated]


def _is_signless(claim: Claim) -> bool:
    return claim.sign == 0 and claim.measure in _MOVED


def _directed(moved: Stated, stated: Sequence[Stated]) -> Stated:
    now = _amount(moved, stated, (Measure.FINAL,))
    then = _amount(moved, stated, BUDGETS if moved.claim.against in BUDGETS else (Measure.PRIOR,))
    if now is None or then is None or now.value is None or then.value is None or now.unit != then.unit:
        return moved
    return replace(moved, claim=replace(moved.claim, sign=-1 if now.value < then.value else 1))


def _amount(moved: Stated, stated: Sequence[Stated], measures: Sequence[Measure]) -> Figure | None:
    """What the nearest words before a change say of the same thing in such a measure."""
    found = [
        one.figure
        for one in stated
        if one.claim.measure in measures
        and one.claim.topic == moved.claim.topic
        and one.claim.order <= moved.claim.order
    ]
    return found[-1] if found else None

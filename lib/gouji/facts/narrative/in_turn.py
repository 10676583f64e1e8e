"""Tells the rates of several things apart whose plans are printed too: 步道18公里、器材620件，分别为计划20公里、600件的
92.5%、103.33%."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gouji.facts.claim import BUDGETS, Measure
from gouji.facts.narrative.reading import AMOUNTS, Stated
from gouji.facts.narrative.word_lists import WORDS

_PLANNED = (*BUDGETS, Measure.TARGET)
_FEWEST = 2
_LOOSE = "与前文各项不能一一对应"


def of_plans_in_turn(stated: Sequence[Stated]) -> list[Stated]:
    """Gives each rate of a row behind as many plans the plan of its place and the result of its place.

    The rates are loose where the results before the plans are not as many, or in other units. Expects the claims of
    one paragraph in printed order.
    """
    found = list(stated)
    for at, one in enumerate(found):
        if one.claim.measure is not Measure.COMPLETION or one.claim.beside < 0:
            continue
        size = _row_of_rates(found, at)
        plans = found[at - size : at] if size >= _FEWEST and at >= size else []
        if _is_row_of_plans(plans):
            found[at : at + size] = _each_of_its_plan(found[at : at + size], plans, found[at - 2 * size : at - size])
            found[at - size : at] = _of_results(plans, found[at - 2 * size : at - size])
    return found


def _row_of_rates(stated: Sequence[Stated], at: int) -> int:
    """Returns how many rates follow each other from a position on, with nothing but marks between them."""
    end = at + 1
    while end < len(stated) and _goes_on(stated[end], stated[at]) and stated[end].figure.unit == "%":
        end += 1
    return end - at


def _is_row_of_plans(plans: Sequence[Stated]) -> bool:
    """True for 分别为计划20公里、600件."""
    if not plans or not any(word in plans[0].claim.words for word in WORDS.each):
        return False
    planned = all(one.claim.measure in _PLANNED for one in plans)
    return planned and all(_goes_on(one, plans[0]) for one in plans[1:])


def _goes_on(one: Stated, first: Stated) -> bool:
    return one.claim.sentence == first.claim.sentence and not one.claim.words


def _of_results(plans: Sequence[Stated], results: Sequence[Stated]) -> list[Stated]:
    if not _match(results, plans):
        return list(plans)
    return [
        replace(plan, claim=replace(plan.claim, topic=result.claim.topic, listed=0))
        for plan, result in zip(plans, results, strict=True)
    ]


def _each_of_its_plan(rates: Sequence[Stated], plans: Sequence[Stated], results: Sequence[Stated]) -> list[Stated]:
    if not _match(results, plans):
        return [replace(one, claim=replace(one.claim, loose=_LOOSE)) for one in rates]
    return [
        replace(
            rate,
            claim=replace(
                rate.claim,
                measure=Measure.COMPLETION,
                topic=result.claim.topic,
                beside=plan.claim.order,
                listed=0,
                loose="",
            ),
        )
        for rate, plan, result in zip(rates, plans, results, strict=True)
    ]


def _match(results: Sequence[Stated], plans: Sequence[Stated]) -> bool:
    """True for one result of its own subject for each plan, in its unit."""
    if len(results) != len(plans) or len({one.claim.topic.key for one in results}) < len(results):
        return False
    alike = all(one.figure.dimension == plan.figure.dimension for one, plan in zip(results, plans, strict=True))
    here = all(one.claim.sentence == plans[0].claim.sentence for one in results)
    return alike and here and all(one.claim.measure in AMOUNTS and not one.claim.loose for one in results)

"""Checks percentages of zero amounts: an amount or a change is zero, and its base is zero or not stated."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.check import Check
from gouji.checks.derived.vicinity import in_report
from gouji.checks.narrative.changes import quantities
from gouji.checks.narrative.completions import done_of, planned_of
from gouji.checks.narrative.rates import change_of
from gouji.checks.narrative.spoken import Spoken, said, spoken
from gouji.checks.rules import Rule
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Facts
from gouji.intervals import SCALE, Verdict

_ALL = 100 * SCALE


def of_nothing(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks 支出0万元，完成预算的4% and 增加0万元，增长4%: zero over something is 0 %, over zero it is no number.

    0 % and 100 % of nothing are a matter of form (`zero_base`). `completions` and `rates` judge percentages with a
    stated base.
    """
    index = spoken(facts)
    for measure, is_none in ((Measure.COMPLETION, _nothing_done), (Measure.RATE, _nothing_changed)):
        for fact in index.of(measure):
            if not in_report(fact) and abs(fact.amount or 0) != _ALL and is_none(index, fact):
                yield Check(-1, rule, fact.named, "=", ((1, fact.id),), (), verdict=Verdict.CONSISTENT)


def _nothing_done(index: Spoken, rate: Fact) -> bool:
    """True for a completion by a zero amount of its sentence, of a budget that is zero or not stated."""
    claim = said(rate)
    done = done_of(index, claim)[:1]
    if claim.rated or claim.beside >= 0 or not done or not done[0].claim:
        return False
    here = said(done[0]).sentence == claim.sentence and said(done[0]).topic.key == claim.topic.key
    return here and _is_none(done[0]) and not any(one.amount for one in planned_of(index, claim)[0])


def _nothing_changed(index: Spoken, rate: Fact) -> bool:
    """True for the rate of a zero change of a zero amount: last year's amount was zero too."""
    change = change_of(index, said(rate))
    now = quantities(index, said(rate))[:1]
    return change is not None and _is_none(change) and bool(now) and _is_none(now[0])


def _is_none(fact: Fact) -> bool:
    """True for zero; not for 0.00亿元, which may be half a million."""
    return fact.amount == 0 and not fact.figure.unit.startswith("亿")

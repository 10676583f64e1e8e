"""Checks rates of change: the change over the amount it starts from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.checks.check import Check, Terms
from gouji.checks.derived.vicinity import around, in_report
from gouji.checks.narrative.changes import quantities
from gouji.checks.narrative.contrary import is_its_rate
from gouji.checks.narrative.openings import is_since_opening, since_opening
from gouji.checks.narrative.readings import Reading, alone, judged
from gouji.checks.narrative.spoken import STATED, Spoken, budgets, doubt, said, same_kind, spoken, usable
from gouji.checks.rules import Rule
from gouji.facts.claim import BUDGETS, Claim, Measure
from gouji.facts.fact import Fact, Facts
from gouji.facts.narrative.topics import is_account
from gouji.facts.narrative.word_lists import WORDS
from gouji.intervals import Verdict

#: The words of last year's amount that name no subject of its own: 较上年的, 比去年同期.
_THAN_BEFORE = re.compile(r"(?:同比|比|较|与)(?:上年度?|去年|上一年度?|前一年)(?:同期)?的?")
#: The figures before a rate that stands behind both amounts.
_BOTH = 2


def rates(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks each 增长/下降…% with its change, or with this year's amount and last year's."""
    index = spoken(facts)
    for fact in index.of(Measure.RATE):
        claim = said(fact)
        change = change_of(index, claim)
        now = quantities(index, claim)[:3]
        then = _then(index, claim)
        if is_since_opening(claim) and then is None:
            first, then = since_opening(index, claim, now[0] if now else None)
            now = [first] if first else []
        if in_report(fact) and then and not now:
            now = [one for one in around(index, fact) if same_kind(one, then) and one.id != then.id][:1]
        readings: list[Reading] = []
        if change and then:
            readings.append((alone(change), alone(then)))
        if change and then and not now:  # 2021年支出5万元，较2021年增加1万元: one of the years is a slip
            readings.append((alone(change), ((1, then.id), (-1, change.id))))
        if change and now:
            wholes = index.local(claim.whole, STATED, claim) if claim.whole and not _is_all_new(change, now[0]) else []
            # 变动0.9万元 may be a fall.
            ways = (-1, 1) if said(change).sign == 0 else (-1,)
            readings += [
                (alone(change), ((1, one.id), (way, change.id)))
                for one in (*now, *wholes)
                if same_kind(one, change)
                for way in ways
            ]
        if not change and then:
            readings += [(_difference(one, then, claim), alone(then)) for one in now]
        if not readings and in_report(fact) and (pair := compared_beside(index, claim)):
            readings = [(_difference(*pair, claim), alone(pair[1]))]
        if change and now and not (fact.amount or change.amount or now[0].amount):
            yield _standstill(rule, fact, change, now[0])
            continue
        yield judged(rule, fact, readings, facts, True, "上年数或增减额未公布")
    yield from _in_reasons(rule, index, facts)


def _standstill(rule: Rule, fact: Fact, change: Fact, now: Fact) -> Check:
    """Returns the check of 支出0万元，增加0万元，增长0%: the rate and the change support each other, though
    nothing can be divided by nothing."""
    base = ((1, now.id), (-1, change.id))
    return Check(-1, rule, fact.named, "=", alone(fact), alone(change), per=base, verdict=Verdict.CONSISTENT)


def compared_beside(index: Spoken, claim: Claim) -> tuple[Fact, Fact] | None:
    """Returns the amount right before last year's, and that, where a rate stands right behind both:
    外借96.3万册次，较上年90万册次增长7%."""
    then, now = index.at(claim.order - 1), index.at(claim.order - 2)
    if then is None or now is None or said(then).measure is not Measure.PRIOR or now.quote != then.quote:
        return None
    stated = said(now).measure in (*STATED, *BUDGETS) and usable(now) and usable(then) and same_kind(now, then)
    here = said(then).sentence == claim.sentence and _THAN_BEFORE.fullmatch(said(then).words) is not None
    return (now, then) if stated and here and claim.order >= _BOTH else None


def _difference(now: Fact, then: Fact, claim: Claim) -> Terms:
    """Returns what a rate divides: 差异率 without a sign may be that of a fall."""
    way = -1 if claim.sign == 0 and (now.amount or 0) < (then.amount or 0) else 1
    return ((way, now.id), (-way, then.id))


def _in_reasons(rule: Rule, index: Spoken, facts: Facts) -> Iterator[Check]:
    """Yields the checks of rates in reasons, of a headline whose amount is stated elsewhere:
    主要原因是财政拨款收入减少17.15万元，下降2.78%."""
    for fact in index.claims:
        claim = said(fact)
        if claim.measure is not Measure.RATE or not claim.aside or claim.loose or in_report(fact):
            continue
        change = index.at(claim.order - 1)
        if fact.amount is None or change is None or not is_its_rate(fact, change) or not _means_one(claim):
            continue
        if any(word in fact.quote for word in WORDS.other_grounds):
            continue
        if (change.amount or 0) * fact.amount > 0:  # others are told by `contrary_rate`
            wholes = [one for one in index.stated(claim.topic, STATED, claim) if same_kind(one, change)]
            readings = [(alone(change), ((1, one.id), (-1, change.id))) for one in wholes[:3]]
            yield judged(rule, fact, readings, facts, True, "上年数或增减额未公布")


def _means_one(claim: Claim) -> bool:
    """True for a headline whose words mean one amount of one table, compared with last year's."""
    final = claim.topic.final
    alone_meant = claim.topic.known and len(final) == 1 and "|" not in final[0] and not is_account(claim.topic)
    return alone_meant and claim.against in (Measure.PRIOR, None)


def _is_all_new(change: Fact, now: Fact) -> bool:
    """True for an amount that rose by all of itself: it rose from zero, and no other amount is stated for that."""
    return bool(change.amount) and now.amount == change.amount


def change_of(index: Spoken, claim: Claim) -> Fact | None:
    """Returns the change of a rate: of the same subject and from the same base, the last one before it in the sentence,
    else right behind it."""
    found = [
        one
        for one in index.sentence(claim)
        if said(one).measure is Measure.CHANGE
        and said(one).order <= claim.order + 1
        and said(one).topic.key == claim.topic.key
        and said(one).listed == claim.listed
        and not said(one).loose
    ]
    before = [one for one in found if said(one).order < claim.order and _from_one_base(said(one).against, claim)]
    behind = [one for one in found if said(one).against == claim.against]
    return before[-1] if before else (behind[0] if behind else None)


def _from_one_base(against: Measure | None, rate: Claim) -> bool:
    """False where a change compares with something else than its rate: 较年初预算增加50万元，较上年下降2%."""
    bases = {against, rate.against}
    return None in bases or len(bases) == 1 or (Measure.BUDGET in bases and bases <= set(BUDGETS))


def _then(index: Spoken, claim: Claim) -> Fact | None:
    """Returns the amount that the change starts from, where the text or a table states it."""
    if claim.against in BUDGETS:
        found = index.stated(claim.topic, budgets(claim.against)[:1], claim)
        found = found or index.local(claim.topic, budgets(claim.against), claim)
    elif claim.against is Measure.OTHER:  # of a year before the last: 2023年比2021年下降36.33%
        found = index.local(claim.topic, (Measure.OTHER,), claim)
        found = found if len(found) == 1 else []
    else:
        found = index.local(claim.topic, (Measure.PRIOR,), claim)
        found = [one for one in found if said(one).sentence == claim.sentence or said(one).order < claim.order]
    return found[0] if found else None


def zero_bases(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks rates of growth where last year's amount was zero: there is none."""
    index = spoken(facts)
    for fact in index.of(Measure.RATE):
        change = change_of(index, said(fact))
        now = quantities(index, said(fact))
        if change is None or not now or not fact.amount:
            continue
        yield doubt(rule, fact.named, (fact, change, now[0]), _is_all_new(change, now[0]))

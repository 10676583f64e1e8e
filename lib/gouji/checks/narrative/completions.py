"""Checks completions (完成预算的…%, 执行率, 到位率): what was done, received or spent over what was planned."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gouji.checks.check import Check, Terms
from gouji.checks.derived.derivation import Derivation
from gouji.checks.derived.vicinity import in_report
from gouji.checks.narrative.readings import Reading, alone, judged
from gouji.checks.narrative.spoken import STATED, Spoken, budgets, role, said, same_kind, spoken, usable
from gouji.checks.ratio import Ratio, holds
from gouji.checks.rules import Rule
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import BUDGETS, Claim, Measure
from gouji.facts.fact import Fact, Facts
from gouji.intervals import SCALE
from gouji.layouts.phrases import FREE, Rated, load_phrases
from gouji.runtime.word_lists import any_of

#: 县级配套, 县级配套资金 and 县级配套支出 mean the same money.
_MONEY = re.compile(f"(?:{any_of(WORDS.completed_money)})$")
#: From this length on, a phrase means only one thing in a report.
_TELLING = 4
_PLANNED = (*BUDGETS, Measure.TARGET)
#: A completion of 100 %, scaled.
_ALL = 100 * SCALE


def completions(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks each 完成…的…% (执行率, 到位率) with the amount done and the amount planned."""
    index = spoken(facts)
    for fact in index.of(Measure.COMPLETION):
        claim = said(fact)
        done = done_of(index, claim)
        planned, sure = planned_of(index, claim)
        readings = [
            (alone(part), alone(base))
            for base in planned
            for part in done[:2]
            if part.id != base.id and same_kind(part, base)
        ]
        readings = _or_of_whole(index, fact, readings, planned)
        less = _less_change(index, claim, done)
        sure = sure or bool(less and not readings)
        readings += less
        readings += _adjusted(index, claim, done)
        if not readings and claim.against is Measure.TARGET:
            readings, sure = _of_plan(index, claim)
        if claim.rated and claim.beside < 0:
            nearby, certain = _achieved(index, claim)
            readings, sure = [*readings, *nearby], certain
        yield judged(rule, fact, readings, facts, sure, "完成率的基数或分子未公布")


def _or_of_whole(index: Spoken, rate: Fact, readings: list[Reading], planned: Sequence[Fact]) -> list[Reading]:
    """Adds the readings of the whole, for a completion behind a list that may be of its last item or of the whole:
    增加学位2070个，其中小学1250个、初中820个，完成目标2160个的95.83%. The nearest comes first."""
    whole = said(rate).whole
    if whole is None or not in_report(rate):
        return readings
    done = [one for one in index.stated(whole, STATED, said(rate)) if one.claim and usable(one)]
    done = [one for one in done if said(one).sentence == said(rate).sentence and said(one).order < said(rate).order]
    readings = readings + [(alone(done[0]), alone(base)) for base in planned if done and same_kind(base, done[0])]
    return sorted(readings, key=lambda one: Derivation(rate, *one).distance(index.facts))


def done_of(index: Spoken, claim: Claim) -> list[Fact]:
    """Returns what was done: the amount of the sentence, else those of the paragraph or the document."""
    done = index.stated(claim.topic, STATED, claim)
    before = [one for one in done if not one.claim or said(one).order < claim.order]
    done = before or (done if claim.topic.known else [])
    here = [one for one in done if one.claim and said(one).sentence == claim.sentence]
    return here[:1] or done


def planned_of(index: Spoken, claim: Claim) -> tuple[list[Fact], bool]:
    """Returns what was planned, and whether the words say so. A budget of another kind than the named one does not
    count."""
    if claim.beside >= 0:
        beside = index.at(claim.beside)
        return ([beside] if beside else []), True
    if claim.against is Measure.TARGET:
        own = index.local(claim.topic, (Measure.TARGET,), claim)
        return (own, True) if own else _only_target(index, claim)
    kinds = budgets(claim.against)
    if claim.against and (exact := index.stated(claim.topic, kinds[:1], claim)):
        return exact, True
    if claim.against in (Measure.INITIAL, Measure.ADJUSTED):
        kinds = (Measure.BUDGET,)
    near = [one for one in index.stated(claim.topic, kinds, claim) if one.claim]
    near = [one for one in near if said(one).sentence == claim.sentence]
    found = near or index.local(claim.topic, kinds, claim) or _plans_before(index, claim)
    if not found and claim.against is Measure.INITIAL and claim.topic.known:
        return index.tabled(claim.topic, Measure.BUDGET), _prints_initial(index, claim)
    return found, len({one.amount for one in found}) == 1


def _prints_initial(index: Spoken, claim: Claim) -> bool:
    """True where the 预算数 of the table is the 年初预算. Any rate but 0 and 100 % then fits both."""
    others = (one for one in index.of(Measure.COMPLETION) if said(one).topic.key != claim.topic.key)
    alike = [one for one in others if said(one).against is Measure.INITIAL and said(one).topic.known and one.amount]
    return any(_is_of_table(index, one) for one in alike if one.amount != _ALL)


def _is_of_table(index: Spoken, rate: Fact) -> bool:
    """True for a completion that follows from the amounts of its table."""
    topic = said(rate).topic
    done, planned = index.tabled(topic, Measure.FINAL)[:1], index.tabled(topic, Measure.BUDGET)[:1]
    if not done or not planned or not planned[0].amount:
        return False
    return holds(Ratio.made(rate, alone(done[0]), alone(planned[0]), index.facts, {}))


def _plans_before(index: Spoken, claim: Claim) -> list[Fact]:
    """Returns the plans of the paragraph, whatever their names there: 下达资金90万元…结余5.4万元，占下达资金的6.38%."""
    if claim.rated or index.claims[claim.order].section != FREE:
        return []
    return [
        one
        for one in index.paragraph(claim)
        if said(one).measure in BUDGETS and said(one).order < claim.order and said(one).group < 0 and usable(one)
    ]


def _only_target(index: Spoken, claim: Claim) -> tuple[list[Fact], bool]:
    """Returns the paragraph's only target in the unit of the result right before."""
    result = index.at(claim.order - 1)
    targets = [
        one
        for one in index.paragraph(claim)
        if said(one).measure is Measure.TARGET
        and said(one).order < claim.order
        and not said(one).loose
        and (result is None or same_kind(one, result))
    ]
    return targets, len(targets) == 1


def _of_plan(index: Spoken, claim: Claim) -> tuple[list[Reading], bool]:
    """Returns the sentence's only plan in money and its only result, where both have the words of the completion:
    政府采购计划92万元，实际采购86.76万元，完成采购计划的94.30%."""
    before = [
        one
        for one in index.sentence(claim)
        if said(one).order < claim.order and one.figure.dimension == "money" and said(one).group == claim.group
    ]
    plans = [one for one in before if said(one).measure in BUDGETS]
    done = [one for one in before if said(one).measure is Measure.FINAL]
    if len(before) != len(plans) + len(done) or len(plans) != 1 or len(done) != 1 or not usable(plans[0]):
        return [], False
    named = all(claim.topic.phrase in said(one).topic.phrase for one in before)
    return ([(alone(done[0]), alone(plans[0]))], True) if named and usable(done[0]) else ([], False)


def _less_change(index: Spoken, claim: Claim, done: Sequence[Fact]) -> list[Reading]:
    """Returns the readings with the budget as the amount less its change:
    比年初预算减少4.80万元，为年初预算的88.29%."""
    if claim.against not in BUDGETS:
        return []
    changes = [
        one
        for one in index.sentence(claim)
        if said(one).measure is Measure.CHANGE
        and said(one).against in BUDGETS
        and said(one).topic.key == claim.topic.key
        and not said(one).loose
    ]
    return [(alone(done[0]), ((1, done[0].id), (-1, one.id))) for one in changes if done]


def _adjusted(index: Spoken, claim: Claim, done: Sequence[Fact]) -> list[Reading]:
    """Returns the reading with the budget as it was changed, where no figure states that: 年初预算200万元，调增20万元，
    决算215万元，执行率97.73%."""
    if claim.beside >= 0 or claim.against in (Measure.INITIAL, Measure.TARGET):
        return []
    before = [one for one in index.paragraph(claim) if said(one).order < claim.order and usable(one)]
    made = [one for one in before if said(one).measure is Measure.ADJUSTMENT]
    first = [one for one in before if said(one).measure in (Measure.INITIAL, Measure.BUDGET)]
    if not made or len(first) != 1 or any(said(one).measure is Measure.ADJUSTED for one in before):
        return []
    base: Terms = ((1, first[0].id), *((1, one.id) for one in made))
    return [(alone(one), base) for one in done[:1] if same_kind(one, first[0])]


def _achieved(index: Spoken, claim: Claim) -> tuple[list[Reading], bool]:
    """Returns the readings of a rate that names no amounts (执行率, 到位率): any amount of its paragraph over any
    before it.

    The check can be violated only where the rate's word names the kinds of its amounts and there is one of each kind.
    """
    amounts = [
        one
        for one in index.before(claim)
        if said(one).measure in (*STATED, *_PLANNED) and not said(one).loose and not said(one).aside
    ]
    here = [one for one in amounts if said(one).paragraph == claim.paragraph]
    own = [one for one in here if said(one).measure in STATED]
    readings = [
        (alone(part), alone(base))
        for part in [*own[::-1][:4], *own[:1]]
        for base in amounts[::-1]
        if base.id != part.id and same_kind(base, part) and base.amount
    ]
    told, alone_meant = _read_by_rate_word(index, here, claim)
    if in_report(index.claims[claim.order]):
        readings = [one for one in readings if _in_order(index, *one)]
    return (told if alone_meant else [*told, *readings]), bool(told)


def _in_order(index: Spoken, part: Terms, base: Terms) -> bool:
    """True for a base that stands before its part, or that is a plan."""
    one, other = (index.facts.facts[terms[0][1]] for terms in (part, base))
    return said(other).order < said(one).order or said(other).measure in _PLANNED


def _read_by_rate_word(index: Spoken, amounts: Sequence[Fact], claim: Claim) -> tuple[list[Reading], bool]:
    """Returns the readings by the word of a rate (到位率: received over planned), and whether the plan has the amount's
    name: then no other reading is possible."""
    rated = load_phrases().rated(claim.rated)
    if rated is None:
        return [], False
    parts = [
        one
        for one in amounts
        if said(one).sentence == claim.sentence and said(one).group == claim.group and role(one) == rated.part
    ]
    if not parts or not _is_of(claim, parts[-1], amounts):
        return [], False
    part = parts[-1]
    plans = [one for one in amounts if _may_be_base(one, part, claim, rated)]
    same = [one for one in plans if said(one).topic.key == said(part).topic.key]
    plans = same or plans
    counted = said(part).measure is Measure.COUNT
    own = (same if counted else []) if plans else _plans_elsewhere(index, claim, part, rated)
    plans = plans or own
    listed = in_report(part) and said(part).group >= 0
    if not plans and said(part).measure is Measure.FINAL and claim.against is None and not listed:
        plans = _only_other(amounts, part)
    single = len({(role(one), one.amount) for one in plans}) == len({role(one) for one in plans})
    if not single and _is_adjusted(plans, parts):
        plans, single = plans[::-1], True
    return ([(alone(part), alone(plan)) for plan in plans], bool(own)) if single else ([], False)


def _is_adjusted(plans: Sequence[Fact], parts: Sequence[Fact]) -> bool:
    """True for 年初预算…，调整后预算…，执行数…: the rate of the only result is of the one or of the other."""
    kinds = [said(one).measure for one in plans]
    alike = len({said(one).topic.key for one in (*plans, *parts)}) == 1
    return kinds == [Measure.INITIAL, Measure.ADJUSTED] and alike and len(parts) == 1


def _plans_elsewhere(index: Spoken, claim: Claim, part: Fact, rated: Rated) -> list[Fact]:
    """Returns what was planned for the same thing, by its full name, in another paragraph of the report."""
    if len(said(part).topic.phrase) < _TELLING:
        return []
    name = _MONEY.sub("", said(part).topic.phrase)
    before = [one for one in index.before(claim) if _MONEY.sub("", said(one).topic.phrase) == name and usable(one)]
    return [one for one in before if role(one) in rated.base and same_kind(one, part) and _may_be_that_plan(one, claim)]


def _may_be_base(one: Fact, part: Fact, claim: Claim, rated: Rated) -> bool:
    if one.id == part.id or not one.amount or not same_kind(one, part) or said(one).group not in (-1, claim.group):
        return False
    if not _may_be_that_plan(one, claim):
        return False
    near = said(one).sentence == said(part).sentence
    alike = said(one).topic.key in (claim.topic.key, said(part).topic.key)
    return role(one) in rated.base and (near or alike)


def _may_be_that_plan(one: Fact, claim: Claim) -> bool:
    """False for another budget than a rate names: 年初预算…，调整后预算执行率…."""
    return claim.against not in (Measure.INITIAL, Measure.ADJUSTED) or said(one).measure is claim.against


def _only_other(amounts: Sequence[Fact], part: Fact) -> list[Fact]:
    """Returns the only other amount of the sentence, where nothing says which is the plan:
    投入资金260万元，支出247万元."""
    others = [one for one in amounts if said(one).sentence == said(part).sentence and one.id != part.id]
    others = [one for one in others if same_kind(one, part)]
    return others if len(others) == 1 and said(others[0]).group < 0 else []


def _is_of(claim: Claim, part: Fact, amounts: Sequence[Fact]) -> bool:
    """True where a rate has no name of its own, or its name shares words with the amount's."""
    inherited = any(said(one).topic.key == claim.topic.key for one in amounts)
    return inherited or len(set(claim.topic.phrase) & set(said(part).topic.phrase)) > 1

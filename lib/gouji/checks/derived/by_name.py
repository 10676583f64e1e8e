"""Finds what a rate of a report divides where its name alone says so: 得分率, 预算调整率."""

from __future__ import annotations

from gouji.checks.derived.defined import by_definition
from gouji.checks.derived.derivation import Derivation
from gouji.checks.narrative.spoken import Spoken, said, same_kind, usable
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import BUDGETS, Measure
from gouji.facts.fact import Fact
from gouji.intervals import MONEY_UNITS, RATE_UNITS, SCALE

_POINTS = "分"
_HUNDRED = 100 * SCALE
#: The figures before a rate that stands behind both.
_BOTH = 2


def by_name(index: Spoken, fact: Fact) -> Derivation | None:
    """Returns the quotient of the two figures right before a rate, in its item of the sentence: a score over its most
    (满分35分，得33.2分，得分率94.86%), an adjustment over the budget, what was paid over what was due (应发90万元，实发
    81万元，发放率90%), those that passed over those that were tested, what was done of a number planned (计划12处，实际
    完成11处，完成率91.67%). None for all other rates.

    A rate that has one definition (资产负债率) may stand further away."""
    if defined := by_definition(index, fact):
        return defined
    named = said(fact).words.rstrip("为是达约")
    scored, adjusted = named.endswith(WORDS.rates_of_scores), named.endswith(WORDS.rates_of_adjustment)
    paid, passed = named.endswith(WORDS.rates_of_due), named.endswith(WORDS.rates_of_tested)
    planned = named in WORDS.rates_of_plans
    part, base = index.at(said(fact).order - 1), index.at(said(fact).order - 2)
    if part is not None and base is not None and _is_over_whole_budget(index, fact, part, base):
        return Derivation(fact, ((1, part.id),), ((1, base.id),))
    if not (scored or adjusted or paid or passed or planned) or part is None or base is None or not base.amount:
        return None
    if not (said(part).sentence == said(base).sentence == said(fact).sentence) or said(fact).order < _BOTH:
        return None
    if paid:
        made = said(base).words.endswith(WORDS.due) and not said(part).words.endswith(WORDS.due)
        made = made and same_kind(part, base) and usable(part) and usable(base) and (part.amount or 0) <= base.amount
    elif passed:
        made = _is_tested(base) and _has_passed(part) and usable(part) and usable(base)
        made = made and _counted_alike(part, base) and (part.amount or 0) <= base.amount
    elif planned:
        made = _is_planned_count(base, fact) and _is_done(part, base) and usable(part) and usable(base)
    elif scored:
        part, base = (base, part) if _is_most(part) else (part, base)  # 得分18.5分（满分20分），得分率92.5%
        made = part.figure.unit == base.figure.unit == _POINTS and _is_most(base) and not _is_most(part)
    else:
        plan = said(base).measure in BUDGETS and said(base).measure is not Measure.ADJUSTED
        made = plan and said(part).measure is Measure.ADJUSTMENT and same_kind(part, base) and usable(part)
    return Derivation(fact, ((1 if (part.amount or 0) >= 0 else -1, part.id),), ((1, base.id),)) if made else None


def _is_over_whole_budget(index: Spoken, fact: Fact, part: Fact, base: Fact) -> bool:
    """True for a rate of up to 100% right behind the year's budget and more money spent than that: 全年预算数80万元，
    全年执行数160万元，执行率97%. It is wrong, however far it is from their quotient."""
    if not said(fact).rated.endswith(WORDS.execution_rates) or not (fact.amount or 0) <= _HUNDRED:
        return False
    money = [one for one in index.sentence(said(fact)) if one.figure.dimension == "money"]
    named = said(part).words in WORDS.executed_of_whole and said(base).words.endswith(WORDS.budgets_of_whole)
    named = named and money == [base, part] and usable(base) and usable(part)
    return named and 0 < (base.amount or 0) < (part.amount or 0)


def _is_planned_count(base: Fact, rate: Fact) -> bool:
    """True for a number of things planned, of the rate's subject: 计划新建停车场12处."""
    same = said(base).topic.key == said(rate).topic.key
    return same and said(base).measure is Measure.TARGET and base.figure.unit not in (*MONEY_UNITS, *RATE_UNITS)


def _is_done(part: Fact, base: Fact) -> bool:
    """True for what was done of a plan, if no words give it another subject: 实际完成11处."""
    same = said(part).topic.key == said(base).topic.key
    return same and said(part).measure is Measure.COUNT and part.figure.unit == base.figure.unit


def _is_tested(one: Fact) -> bool:
    """True for all that were tested: 参加鉴定5580人, 抽检625批次."""
    return any(word in said(one).words for word in WORDS.tested) and not any(
        word in said(one).words for word in WORDS.negated
    )


def _has_passed(one: Fact) -> bool:
    """True for those that passed, if they are no part of those before them: 取得证书5022人."""
    words = said(one).words
    plain = said(one).group < 0 and not any(word in words for word in WORDS.negated)
    return plain and any(word in words for word in WORDS.passed)


def _counted_alike(part: Fact, base: Fact) -> bool:
    return same_kind(part, base) or {part.figure.unit, base.figure.unit} <= set(WORDS.persons)


def _is_most(one: Fact) -> bool:
    """True for the points that an indicator can have: 满分35分."""
    return said(one).words.endswith(WORDS.most_points)

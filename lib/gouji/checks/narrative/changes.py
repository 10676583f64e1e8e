"""Checks changes in amounts: this year's less last year's (or the budget), where the text states both."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gouji.checks.check import Check
from gouji.checks.derived.derivation import Derivation, choose_check
from gouji.checks.derived.vicinity import around, in_report, reported
from gouji.checks.narrative.openings import is_since_opening, since_opening
from gouji.checks.narrative.spoken import STATED, Spoken, said, same_kind, spoken, unbound, usable
from gouji.checks.rules import Rule
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import BUDGETS, Claim, Measure
from gouji.facts.fact import Fact, Facts
from gouji.intervals import Verdict
from gouji.runtime.word_lists import any_of

#: Number of amounts before a change, in a report, that it may refer to.
_NEAR = 8
#: The words of a change from a budget by the name that it has in a report.
_THAN_PLAN = re.compile(
    f"(?:比|较)(?P<plan>{any_of(WORDS.named_plans)})(?:数|总额|金额)?的?(?:{any_of(WORDS.more_or_less)})了?"
)


def changes(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks each 增加/减少…元: this year's amount − the amount compared with = the change."""
    index = spoken(facts)
    for fact in index.of(Measure.CHANGE):
        claim = said(fact)
        now = quantity(index, fact)
        then = compared_with(index, claim)
        if is_since_opening(claim):
            now, then = since_opening(index, claim, now)
        if in_report(fact):
            yield _in_report(rule, index, fact, now, then)
            continue
        if not now or not then or now.id == then.id or not same_kind(then, fact):
            yield unbound(rule, fact, "所比的数字未公布")
            continue
        way = -1 if claim.sign == 0 and (now.amount or 0) < (then.amount or 0) else 1  # 差异50万元 may be a fall
        yield Check(
            -1,
            rule,
            fact.named,
            "=",
            ((1, fact.id),),
            ((way, now.id), (-way, then.id)),
            defines=True,
            verdict=Verdict.CONSISTENT,
        )


def last_years(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks that each 增加…元 over last year is at most this year's amount, because last year's was not negative.

    Balances are left out, because they may be negative. In a list the change may be the whole's.
    """
    index = spoken(facts)
    for fact in index.of(Measure.CHANGE):
        claim = said(fact)
        now = quantity(index, fact)
        balance = any(re.search(word, claim.topic.phrase) for word in rule.unless)
        if now is None or balance or claim.whole or in_report(fact) or claim.against not in (Measure.PRIOR, None):
            continue
        if (now.amount or 0) >= 0:
            yield Check(-1, rule, fact.named, "<=", ((1, fact.id),), ((1, now.id),), verdict=Verdict.CONSISTENT)


def _in_report(rule: Rule, index: Spoken, fact: Fact, now: Fact | None, then: Fact | None) -> Check:
    """Returns the check of a change in a report, which may refer to another amount of its sentence
    (年初预算…，较上年增加…)."""
    near = [one for one in around(index, fact) if same_kind(one, fact) and said(one).measure is not Measure.CHANGE]
    beside = near[0] if near and said(near[0]).order == said(fact).order - 1 else None
    if then is None and beside is not None and said(beside).measure is Measure.PRIOR:
        then = beside
    if then is not None and now is None:
        now = next((one for one in near if one.id != then.id and said(one).order < said(then).order), None)
    if then is None and beside is not None and (named := _named_plan(index, fact)):
        now, then = beside, named
    stated = bool(now and then and now.id != then.id and same_kind(then, fact))
    pairs = [(now, then)] if stated and now and then else []
    others = [(one, before) for before in ([then] if then else near[:3]) for one in near[:_NEAR] if one.id != before.id]
    certain, possible = ([_difference(fact, *pair) for pair in each] for each in (pairs, others))
    check = choose_check(rule, certain, possible, index.facts, stated)
    return check or unbound(rule, fact, "所比的数字未公布")


def _named_plan(index: Spoken, fact: Fact) -> Fact | None:
    """Returns the only budget before a change that has the name it compares with: 概算1380万元…，比概算减少92万元."""
    match = _THAN_PLAN.fullmatch(said(fact).words)
    if match is None:
        return None
    before = [one for one in reported(index, fact) if said(one).measure in BUDGETS and same_kind(one, fact)]
    called = [one for one in before if said(one).words.endswith(match["plan"])]
    return called[0] if len({one.amount for one in called}) == 1 and usable(called[0]) else None


def _difference(fact: Fact, now: Fact, then: Fact) -> Derivation:
    return Derivation(fact, ((1, now.id), (-1, then.id)))


def adjustments(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks 年初预算 + 年中追加 − 核减 = 调整后预算, where one sentence states each of them once."""
    index = spoken(facts)
    seen: set[int] = set()
    for fact in index.of(Measure.ADJUSTMENT):
        if said(fact).sentence in seen:
            continue
        seen.add(said(fact).sentence)
        sentence = [one for one in index.sentence(said(fact)) if said(one).group == said(fact).group]
        made = [one for one in sentence if said(one).measure is Measure.ADJUSTMENT]
        before, after = _budgets_around(sentence, made)
        if before is None or after is None or not all(usable(one) for one in made):
            yield unbound(rule, fact, "调整前后的预算数未同时公布")
            continue
        terms = ((1, before.id), *((1, one.id) for one in made))
        yield Check(-1, rule, after.named, "=", ((1, after.id),), terms, defines=True, verdict=Verdict.CONSISTENT)


def _budgets_around(sentence: Sequence[Fact], made: Sequence[Fact]) -> tuple[Fact | None, Fact | None]:
    """Returns the only budget before a sentence's adjustments, and the only one behind them."""
    first, last = said(made[0]).order, said(made[-1]).order
    budgets = [one for one in sentence if said(one).measure in BUDGETS and usable(one)]
    before = [one for one in budgets if said(one).order < first]
    after = [one for one in budgets if said(one).order > last and said(one).measure is not Measure.INITIAL]
    after = after or [one for one in sentence if said(one).order == last + 1 and _is_what_it_comes_to(one, made[-1])]
    others = [one for one in budgets if one not in before and one not in after]
    single = len(before) == len(after) == 1 and not others
    return (before[0], after[0]) if single else (None, None)


def _is_what_it_comes_to(one: Fact, made: Fact) -> bool:
    """True for 年初安排460万元，后追加85万元，共计545万元."""
    return said(one).words in WORDS.comes_to and same_kind(one, made) and usable(one)


def quantity(index: Spoken, fact: Fact) -> Fact | None:
    """Returns this year's amount of a change's subject, in the change's unit."""
    return next((one for one in quantities(index, said(fact)) if same_kind(one, fact)), None)


def quantities(index: Spoken, claim: Claim) -> list[Fact]:
    """Returns where this year's amount of a change's subject is stated. Of several (收、支总计), returns the one at the
    change's position."""
    topic = claim.topic
    if claim.base and claim.base.key in Measure.__members__:
        return index.local(topic, (Measure[claim.base.key],), claim)  # a change of budgets, of an average
    if claim.listed and len(topic.final) > claim.listed:
        entry = topic.final[claim.listed]
        own = [one for one in index.stated(topic, STATED, claim) if one.claim and said(one).reading == entry]
        return own or index.stated(replace(topic, key=entry.partition("|")[0].strip(), final=(entry,)), STATED, claim)
    return index.stated(topic, STATED, claim)


def _only_budget(index: Spoken, claim: Claim) -> list[Fact]:
    """Returns the sentence's only budget of a subject, whatever kind it is called: 年初预算5万元，超支1万元."""
    if claim.against is not Measure.BUDGET:
        return []
    found = [one for one in index.local(claim.topic, BUDGETS, claim) if said(one).sentence == claim.sentence]
    return found if len({one.amount for one in found}) == 1 else []


def compared_with(index: Spoken, claim: Claim) -> Fact | None:
    """Returns the amount that a change starts from, where it is stated: last year's in the sentence or before, the
    budget anywhere."""
    if claim.against in BUDGETS:
        assert claim.against is not None
        found = index.stated(claim.topic, (claim.against,), claim) or _only_budget(index, claim)
        return found[0] if found else None
    if claim.against not in (Measure.PRIOR, None):
        return None
    found = index.local(claim.topic, (Measure.PRIOR,), claim)
    found = [one for one in found if said(one).listed == claim.listed or not said(one).listed]
    return found[0] if found else None

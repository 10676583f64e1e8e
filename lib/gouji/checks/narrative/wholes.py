"""Finds the whole of a list: the amount its parts add up to."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.checks.narrative.completeness import HUNDRED, share_of
from gouji.checks.narrative.spoken import STATED, Spoken, said, same_kind, usable
from gouji.facts.claim import BUDGETS, Claim, Measure
from gouji.facts.fact import Fact
from gouji.layouts.phrases import load_phrases


def _may_head(fact: Fact, claim: Claim) -> bool:
    """True for a table's cell, a headline stated anywhere, or an amount stated before the list."""
    return fact.claim is None or claim.whole is None or claim.whole.known or said(fact).order < claim.order


def _counted_beside(index: Spoken, members: Sequence[Fact]) -> Fact | None:
    """Returns the amount of the parts' kind in the words before the list:
    车辆6辆，价值114.68万元，其中应急保障用车3辆…."""
    claim = said(members[0])
    before = [
        one
        for one in index.sentence(claim)
        if said(one).order < claim.order
        and said(one).group != claim.group
        and said(one).measure is claim.measure
        and same_kind(one, members[0])
        and usable(one)
    ]
    if len(before) != 1 or claim.whole is None:
        return None
    between = index.claims[said(before[0]).order + 1 : min(said(one).order for one in members)]
    return before[0] if all(said(one).topic.key == claim.whole.key for one in between) else None


def _unnamed_beside(index: Spoken, first: Fact) -> Fact | None:
    """Returns the amount right before a complete list in its sentence, where neither names a subject:
    全年支出50万元，按支出性质分：…."""
    claim, beside = said(first), index.at(said(first).order - 1)
    if beside is None or not beside.claim or claim.whole is None or claim.whole.phrase or said(beside).topic.phrase:
        return None
    alike = said(beside).measure is claim.measure and same_kind(beside, first) and said(beside).group < 0
    return beside if alike and said(beside).sentence == claim.sentence and beside.amount is not None else None


def counted_before(index: Spoken, members: Sequence[Fact]) -> Fact | None:
    """Returns what a complete list of counts adds up to: the count before it in its paragraph, where that is
    certain."""
    claim = said(members[0])
    found = [
        fact
        for fact in index.before(claim)
        if said(fact).paragraph == claim.paragraph
        and said(fact).measure in (Measure.COUNT, Measure.PRIOR)
        and said(fact).group != claim.group
        and fact.figure.dimension == members[0].figure.dimension
        and not said(fact).loose
    ]
    total = sum(fact.amount or 0 for fact in members)
    fitting = [fact for fact in found if fact.amount == total]
    if fitting:
        return fitting[-1]
    grades = load_phrases().grades
    if claim.topic.phrase.startswith(grades.names):
        found = [fact for fact in found if any(word in said(fact).topic.phrase for word in grades.of)][-1:] or found
    return found[-1] if len({fact.amount for fact in found}) == 1 else None


def whole_of(index: Spoken, members: Sequence[Fact]) -> Fact | None:
    """Returns the whole of a list: the amount of its subject in the same measure; without a subject, the amount before
    it."""
    claim = said(members[0])
    if claim.complete and claim.measure is Measure.COUNT:
        return counted_before(index, members)
    if claim.whole is not None and claim.whole.phrase:
        found = index.stated(claim.whole, BUDGETS if claim.measure in BUDGETS else (claim.measure,), claim)
        found = [
            fact for fact in found if fact.figure.dimension == members[0].figure.dimension and _may_head(fact, claim)
        ]
        if claim.measure in BUDGETS:
            total = sum(fact.amount or 0 for fact in members)
            fitting = [fact for fact in found if fact.amount == total]
            found = fitting or (found if len({fact.amount for fact in found}) == 1 else [])
        if found:
            return found[0]
        if not claim.whole.known and (near := _counted_beside(index, members) or _planned_before(index, members)):
            return near
    if not claim.complete:
        return None
    if beside := _unnamed_beside(index, members[0]):
        return beside
    before = [
        fact
        for fact in index.before(claim)
        if said(fact).measure is claim.measure
        and said(fact).paragraph == claim.paragraph
        and said(fact).sentence == claim.sentence - 1
        and fact.figure.dimension == members[0].figure.dimension
        and not said(fact).loose
    ]
    passing = load_phrases().passing.get(members[0].section, ())
    return before[0] if len(before) == 1 and said(before[0]).topic.key not in passing else None


def _planned_before(index: Spoken, members: Sequence[Fact]) -> Fact | None:
    """Returns the number planned, right before its parts: 计划养护公路1150公里，其中县道286公里、乡道864公里."""
    first = min(members, key=lambda one: said(one).order)
    plan = index.at(said(first).order - 1)
    if plan is None or said(first).measure is not Measure.COUNT or said(plan).measure is not Measure.TARGET:
        return None
    same = said(plan).sentence == said(first).sentence and plan.figure.unit == first.figure.unit
    whole = said(first).whole
    return plan if same and usable(plan) and whole is not None and said(plan).topic.key == whole.key else None


def whole_of_shares(index: Spoken, members: Sequence[Fact]) -> Fact | None:
    """Returns what the shares of every part name as their base, where a part is more than the list's own whole, and the
    shares make 100 %: 总收入1687万元，动用上年结余255万元。其中：财政拨款收入1517万元，占总收入的…."""
    whole = said(members[0]).whole if members else None
    own = next(iter(index.stated(whole, STATED, said(members[0]))), None) if whole else None
    if own is None or own.claim is None or all((one.amount or 0) <= (own.amount or 0) for one in members):
        return None
    shares = [share for one in members if (share := share_of(one, index))]
    bases = {base for one in shares if (base := said(one).base) is not None}
    short = abs(sum(one.amount or 0 for one in shares) - HUNDRED) > sum(one.radius for one in shares)
    if len(shares) < len(members) or len(bases) != 1 or whole in bases or short:
        return None
    return next(iter(index.stated(bases.pop(), STATED, said(members[0]))), None)

"""Finds what the shares of a list inside a list are of: of its whole, or of the whole of the list around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from gouji.checks.narrative.spoken import Spoken, said
from gouji.checks.ratio import Ratio, holds
from gouji.facts.claim import Claim, Measure
from gouji.facts.fact import Fact


def outer_base(index: Spoken, share: Claim) -> Fact | None:
    """Returns the grand total, where the shares of a list are of it rather than of the list's whole:
    财政拨款收入950万元，占95%（其中：一般公共预算…，占83%；政府性基金…，占12%）.

    Words do not decide this, but the list's own shares do: more of them fit the grand total. Returns None elsewhere.
    """
    if share.whole is None or share.group < 0:
        return None
    near = index.paragraph(share)
    above = [one for one in near if _is_share_of(one, share.whole.key) and said(one).group != share.group]
    outer = _base_of(index, said(above[0])) if above else None
    whole = next(iter(index.stated(share.whole, (Measure.FINAL,), share)), None)
    if outer is None or whole is None or outer.amount == whole.amount:
        return None
    pairs = list(_shares_and_parts([one for one in near if said(one).group == share.group]))
    return outer if _fitting(pairs, outer, index) > _fitting(pairs, whole, index) else None


def is_of_unstated_base(index: Spoken, fact: Fact, part: Fact) -> bool:
    """True for a share of a total that is stated nowhere, but that the share of its list's whole gives:
    基本支出800万元，占支出总额的80%，其中人员经费600万元，占60%."""
    share = said(fact)
    if share.whole is None or share.base is not None:
        return False
    above = [one for one in index.paragraph(share) if _is_share_of(one, share.whole.key)]
    whole = next(iter(index.stated(share.whole, (Measure.FINAL,), share)), None)
    outer = above[0] if above and _base_of(index, said(above[0])) is None else None
    figures = (fact.amount, part.amount, outer.amount if outer else None, whole.amount if whole else None)
    if outer is None or whole is None or None in figures or (whole.amount or 0) <= whole.radius:
        return False
    least = Fraction(_least(part) * _least(outer)) / ((whole.amount or 0) + whole.radius)
    most = Fraction(_most(part) * _most(outer)) / ((whole.amount or 0) - whole.radius)
    return least <= _most(fact) and _least(fact) <= most


def _least(fact: Fact) -> Fraction:
    return Fraction(fact.amount or 0) - Fraction(fact.radius)


def _most(fact: Fact) -> Fraction:
    return Fraction(fact.amount or 0) + Fraction(fact.radius)


def _is_share_of(fact: Fact, key: str) -> bool:
    return said(fact).measure is Measure.SHARE and said(fact).topic.key == key and not said(fact).loose


def _base_of(index: Spoken, share: Claim) -> Fact | None:
    base = share.base or share.whole or index.head(share)
    return next(iter(index.stated(base, (Measure.FINAL,), share)), None) if base else None


def _shares_and_parts(group: Sequence[Fact]) -> Iterator[tuple[Fact, Fact]]:
    amounts = {said(one).topic.key: one for one in group if said(one).measure is Measure.FINAL and one.amount}
    for one in group:
        part = amounts.get(said(one).topic.key)
        if part and said(one).measure is Measure.SHARE and said(one).base is None and one.amount is not None:
            yield one, part


def _fitting(pairs: Sequence[tuple[Fact, Fact]], base: Fact, index: Spoken) -> int:
    """Returns the number of shares that are right if they are of `base`."""
    ratios = (Ratio.made(share, ((1, part.id),), ((1, base.id),), index.facts, {}) for share, part in pairs)
    return sum(map(holds, ratios))

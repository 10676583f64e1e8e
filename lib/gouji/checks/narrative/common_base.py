"""Finds what the shares of a list are of, where their words name a base that no sentence states."""

from __future__ import annotations

from fractions import Fraction

from gouji.checks.narrative.completeness import share_of
from gouji.checks.narrative.spoken import Spoken, said, usable
from gouji.checks.ratio import Ratio, holds
from gouji.facts.claim import Claim, Measure
from gouji.facts.fact import Fact
from gouji.intervals import SCALE

_HUNDRED = 100 * SCALE
_PAIR = 2


def common_base(index: Spoken, share: Claim) -> Fact | None:
    """Returns the whole of a share's list, where the words of every share name one base that may be the same amount:
    一般公共预算财政拨款支出…：A…，占本年财政拨款支出84%；B….

    That base may also be more (with other funds). It is the whole only where the parts come to that, most shares are of
    it, and no larger amount would fit all of them.
    """
    if share.whole is None or share.base is None or share.group < 0:
        return None
    group = [one for one in index.sentence(share) if said(one).group == share.group]
    parts = [one for one in group if said(one).measure is Measure.FINAL and usable(one)]
    whole = next(iter(index.local(share.whole, (Measure.FINAL,), share)), None)
    pairs = [(one, part) for part in parts if (one := share_of(part, index)) and said(one).base == share.base]
    if whole is None or whole.claim is None or share.base.key not in said(whole).reading or len(pairs) < len(parts):
        return None
    if sum(one.amount or 0 for one in parts) != whole.amount:
        return None
    ratios = (Ratio.made(one, ((1, part.id),), ((1, whole.id),), index.facts, {}) for one, part in pairs)
    fitting = sum(map(holds, ratios))
    return whole if fitting >= _PAIR and 2 * fitting > len(pairs) and not _fit_more(pairs, whole) else None


def _fit_more(pairs: list[tuple[Fact, Fact]], whole: Fact) -> bool:
    """True where some amount larger than the whole fits all shares, which may be rounded or cut off."""
    least, most = Fraction(whole.amount or 0), None
    for share, part in pairs:
        rate, amount = share.amount or 0, part.amount or 0
        least = max(least, Fraction((amount - part.radius) * _HUNDRED, rate + 2 * share.radius or 1))
        if rate > 2 * share.radius:
            upper = Fraction((amount + part.radius) * _HUNDRED, rate - 2 * share.radius)
            most = upper if most is None else min(most, upper)
    return most is None or least <= most

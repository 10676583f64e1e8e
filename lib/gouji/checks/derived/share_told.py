"""Recognises two amounts whose quotient the text prints: they differ on purpose."""

from __future__ import annotations

from gouji.checks.derived.derivation import Derivation
from gouji.checks.derived.vicinity import is_rate
from gouji.checks.narrative.spoken import Spoken, said
from gouji.facts.fact import Fact

_BEHIND = 2


def is_share_told(index: Spoken, part: Fact, whole: Fact) -> bool:
    """True where a percentage right behind `part` is its share of `whole`: 配套180万元…到位108万元，到位率60%."""
    order = said(part).order
    behind = (rate for rate in index.claims[order + 1 : order + 1 + _BEHIND] if is_rate(rate) and rate.amount)
    return any(Derivation(rate, ((1, part.id),), ((1, whole.id),)).fits(index.facts) for rate in behind)

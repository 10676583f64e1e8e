"""Names parts that are told by their use alone, behind the amount: 其中：30万元用于审计；40万元用于规划测绘."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gouji.facts.claim import Claim, Topic
from gouji.facts.narrative.reading import AMOUNTS, NOBODY, Stated
from gouji.facts.narrative.word_lists import WORDS
from gouji.runtime.word_lists import any_of

_USE = re.compile(f"(?:主要)?(?:{any_of(WORDS.used_for)})(?P<use>.{{2,}})")


def named_by_use(stated: Sequence[Stated]) -> list[Stated]:
    """Names the amounts of each list that has no other amounts than such. Expects the claims of one paragraph."""
    groups: dict[int, list[Claim]] = {}
    for one in stated:
        if one.claim.group >= 0 and one.claim.measure in AMOUNTS:
            groups.setdefault(one.claim.group, []).append(one.claim)
    alike = {number for number, claims in groups.items() if len(claims) > 1 and all(map(_is_used, claims))}
    return [replace(one, claim=_named(one.claim)) if one.claim.group in alike else one for one in stated]


def _is_used(claim: Claim) -> bool:
    return claim.topic == NOBODY and bool(_USE.fullmatch(claim.behind))


def _named(claim: Claim) -> Claim:
    use = _USE.fullmatch(claim.behind)
    if use is None or claim.topic != NOBODY:
        return claim
    return replace(claim, topic=Topic(use["use"], f"~{use['use']} {claim.paragraph}.{claim.order}"), loose="")

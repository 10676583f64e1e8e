"""Recognises changes on another basis: 比上年下降5%，按可比口径下降2% compares two years in two ways."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gouji.facts.claim import Claim, Measure
from gouji.facts.narrative.reading import Stated
from gouji.facts.narrative.word_lists import WORDS
from gouji.runtime.word_lists import any_of

_OTHER_GROUNDS = re.compile(any_of(WORDS.other_grounds))
_MOVED = (Measure.CHANGE, Measure.RATE)
_LOOSE = "同口径等其他基础上的增减"


def on_other_bases(stated: Sequence[Stated]) -> list[Stated]:
    """Marks changes and rates on another basis as loose, where their sentence also states the plain ones.

    Where it states no others (按同口径比上年增加10万元), they are taken as plain. Expects the claims of one paragraph
    in printed order.
    """
    apart = _positions_on_other_bases([one.claim for one in stated])
    if not apart:
        return list(stated)
    plain = {_key(one.claim) for at, one in enumerate(stated) if one.claim.measure in _MOVED and at not in apart}
    return [
        replace(one, claim=replace(one.claim, loose=one.claim.loose or _LOOSE))
        if at in apart and _key(one.claim) in plain
        else one
        for at, one in enumerate(stated)
    ]


def _positions_on_other_bases(claims: Sequence[Claim]) -> set[int]:
    """Returns the positions of the claims whose words name another basis, and of rates right behind such changes."""
    found: set[int] = set()
    for at, claim in enumerate(claims):
        if claim.measure not in _MOVED:
            continue
        follows = at - 1 in found and claim.measure is Measure.RATE and claims[at - 1].measure is Measure.CHANGE
        if follows or _OTHER_GROUNDS.search(claim.words):
            found.add(at)
    return found


def _key(claim: Claim) -> tuple[str, int, Measure | None]:
    return claim.topic.key, claim.sentence, claim.against

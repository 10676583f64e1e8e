"""Finds what a change since the year's beginning (比年初减少…) is the difference of."""

from __future__ import annotations

import re
from dataclasses import replace

from gouji.checks.narrative.spoken import STATED, Spoken, said
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import Claim, Measure
from gouji.facts.fact import Fact
from gouji.layouts.phrases import load_phrases
from gouji.runtime.word_lists import any_of

_BEGINNING = f"(?:{any_of(WORDS.at_beginning)})(?!{any_of(WORDS.planned_then)})"
_SINCE = re.compile(f"(?:比|较|相比|对比|与){_BEGINNING}")
_AT_BEGINNING = re.compile(f"^{_BEGINNING}的?")
_AT_EITHER_END = re.compile(f"^(?:{any_of((*WORDS.at_beginning, *WORDS.at_end))})的?")


def is_since_opening(claim: Claim) -> bool:
    """True for a change whose words compare with the year's beginning, not with the budget made then."""
    return claim.against in (Measure.PRIOR, None) and bool(_SINCE.search(claim.words))


def since_opening(index: Spoken, claim: Claim, now: Fact | None) -> tuple[Fact | None, Fact | None]:
    """Returns the amount at the year's end and that at its beginning, as sentences or a table state them. `now` is the
    amount of the change's own subject, which may be either."""
    if _AT_BEGINNING.search(claim.topic.phrase):
        return _of_stem(index, claim, beginning=False), now
    opening = load_phrases().openings.get(claim.topic.key)
    if opening is None:
        return now, _of_stem(index, claim, beginning=True)
    topic = replace(claim.topic, key=opening, final=(opening,))
    return now, next(iter(index.stated(topic, (Measure.FINAL,), claim)), None)


def _of_stem(index: Spoken, claim: Claim, beginning: bool) -> Fact | None:
    """Returns the last amount before a change, in its paragraph, of what its subject is called at the other end of the
    year."""
    stem = _AT_EITHER_END.sub("", claim.topic.phrase)
    for one in reversed(index.paragraph(claim)):
        phrase = said(one).topic.phrase
        stated = said(one).measure in STATED and said(one).order < claim.order and not said(one).loose
        at_beginning = bool(_AT_BEGINNING.search(phrase))
        if stated and at_beginning is beginning and _AT_EITHER_END.sub("", phrase) == stem:
            return one
    return None

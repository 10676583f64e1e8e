"""Finds the figures around a figure of a report, and what its words say about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from gouji.checks.narrative.spoken import Spoken, said
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import Claim, Measure
from gouji.facts.fact import Fact
from gouji.intervals import MONEY_UNITS, RATE_UNITS
from gouji.layouts.phrases import FREE, load_phrases
from gouji.runtime.word_lists import any_of

#: How many figures before and behind are looked at.
_BEFORE = 24
_BEHIND = 6
#: How many paragraphs before.
_PARAGRAPHS = 3
#: How many figures of a report are looked at for what is called by the same words.
_FARTHEST = 120
#: What is printed with such a word is a limit, not an amount.
_BOUND = re.compile("以[上下内外]|之内|左右|上下")
#: Words that say nothing of the matter.
_EMPTY = re.compile(f"{any_of(WORDS.empty)}|[，、]")
_UNRELATED = (Measure.DIRECTION, Measure.LISTED)


def in_report(fact: Fact) -> bool:
    """True for a figure of an annexed report."""
    return fact.section == FREE


def same_report(one: Fact, other: Fact) -> bool:
    """True for figures of one annexed report: 附件1 and 附件2 are of different projects."""
    return one.where == other.where or _report_of(one) == _report_of(other)


def _report_of(fact: Fact) -> str:
    return fact.where.partition(" ")[0]


def is_rate(fact: Fact) -> bool:
    """True for a percentage."""
    return fact.figure.unit in RATE_UNITS


def is_plain(fact: Fact) -> bool:
    """True for an exact amount or count that something may be made of."""
    claim = said(fact)
    if fact.amount is None or not fact.figure.printed or claim.measure in _UNRELATED or is_rate(fact):
        return False
    return claim.loose != "约数" and "/" not in fact.figure.unit and not _BOUND.search(fact.figure.text)


@lru_cache(maxsize=4)
def _plain(index: Spoken) -> list[Fact | None]:
    """Returns the claims of a document in order, with None in place of those that are not plain."""
    return [one if is_plain(one) else None for one in index.claims]


def around(index: Spoken, fact: Fact) -> list[Fact]:
    """Returns the plain figures before a figure, in its paragraph and the few before that, nearest first; then those
    behind it in its sentence. Each printed figure occurs once."""
    if fact.id not in index.around:
        index.around[fact.id] = _around(index, fact)
    return index.around[fact.id]


def _around(index: Spoken, fact: Fact) -> list[Fact]:
    claim = said(fact)
    plain = _plain(index)
    paragraphs = {claim.paragraph}
    first = claim.order
    for one in index.claims[max(0, claim.order - _BEFORE) : claim.order][::-1]:
        paragraphs.add(said(one).paragraph)
        if len(paragraphs) > _PARAGRAPHS or not in_report(one) or not same_report(one, fact):
            break
        first -= 1
    behind = plain[claim.order + 1 : claim.order + 1 + _BEHIND]
    near = [one for one in plain[first : claim.order][::-1] if one]
    near += [one for one in behind if one and said(one).sentence == claim.sentence]
    return distinct_prints([one for one in near if not _same_print(one, fact)])


def _same_print(one: Fact, other: Fact) -> bool:
    """True for two readings of one place (收、支总计). This is called a hundred times for each figure."""
    return one.place.start == other.place.start and one.place == other.place


def distinct_prints(facts: Iterable[Fact]) -> list[Fact]:
    """Returns each printed figure once, in order."""
    return list({(one.place.line, one.place.start): one for one in facts}.values())


def in_sentence(facts: Sequence[Fact], claim: Claim) -> list[Fact]:
    """Returns the figures in the sentence of a claim."""
    return [one for one in facts if said(one).sentence == claim.sentence]


def reported(index: Spoken, fact: Fact) -> list[Fact]:
    """Returns the plain figures of the report before a figure, nearest first, each printed figure once."""
    if fact.id not in index.reported:
        before = _plain(index)[max(0, said(fact).order - _FARTHEST) : said(fact).order][::-1]
        own = (one for one in before if one and in_report(one) and same_report(one, fact))
        index.reported[fact.id] = distinct_prints([one for one in own if not _same_print(one, fact)])
    return index.reported[fact.id]


def shared_characters(one: str, other: str) -> int:
    """Counts the characters that two phrases share, except those that say nothing about the matter."""
    return len(telling_characters(one) & telling_characters(other))


@lru_cache(maxsize=4096)
def telling_characters(phrase: str) -> frozenset[str]:
    """Returns the characters of a phrase that say what it is about."""
    return frozenset(_EMPTY.sub("", phrase))


def words_of(fact: Fact) -> str:
    """Returns the words about a figure: those of its clause, and its topic."""
    return f"{said(fact).words}{said(fact).topic.phrase}"


def has_cue(fact: Fact, cue: str) -> bool:
    """True if the words before a figure contain a cue of this kind (`derived` in phrases.yaml)."""
    return cue_in(said(fact).words, cue)


def cue_in(words: str, cue: str) -> bool:
    """True if words contain a cue of this kind."""
    return bool(_cues(cue).search(words))


def opens_with(fact: Fact, cue: str) -> bool:
    """True if a figure's sentence has a cue of this kind anywhere before the figure."""
    return bool(_cues(cue).search(fact.quote.partition(fact.figure.text)[0]))


@cache
def _cues(cue: str) -> re.Pattern[str]:
    return re.compile("|".join(load_phrases().derived[cue]))


def money(fact: Fact) -> bool:
    """True for an amount of money."""
    return fact.figure.unit in MONEY_UNITS


def is_weight(index: Spoken, one: Fact) -> bool:
    """True for the points that an indicator can get, right before the points that it got: 产出指标50分，得47分."""
    got = index.at(said(one).order + 1)
    scored = got is not None and got.figure.unit == one.figure.unit == "分" and said(got).sentence == said(one).sentence
    return bool(got and scored and said(got).words.startswith(WORDS.scored))

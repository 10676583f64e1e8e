"""Checks differences of percentages in points: 占比由62.3%上升到65.1%，提高2.8个百分点."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from gouji.checks.check import Check
from gouji.checks.narrative.spoken import Spoken, is_earlier, said, spoken
from gouji.checks.rules import Rule
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Facts
from gouji.intervals import POINT_UNITS, Verdict
from gouji.layouts.phrases import load_phrases
from gouji.runtime.word_lists import any_of

_YEAR = re.compile(r"20\d\d(?=年)")
_PLAIN = re.compile(rf"20\d\d年度?|{any_of(WORDS.points_plain)}|[\s“”\"]")
_RISES = ("up", "up_short", "greater")
_FALLS = ("down", "down_short", "less")
_PAIR = 2
#: The percentages that a change in points leads to, and starts from.
_Pair = tuple[Fact, Fact]


def points(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks each …个百分点 with the two percentages of its sentence, where their words say which of them is the
    earlier one or the target."""
    index = spoken(facts)
    for fact in index.claims:
        if fact.figure.unit not in POINT_UNITS or fact.amount is None or said(fact).loose == "约数":
            continue
        pair = None if any(word in said(fact).words for word in WORDS.points_apart) else _pair(index, fact)
        if pair is not None:
            now, then = pair
            direction = _direction(fact) or (1 if (now.amount or 0) >= (then.amount or 0) else -1)
            sign = direction * said(fact).sign
            terms = ((1, now.id), (-1, then.id))
            yield Check(-1, rule, fact.named, "=", ((sign, fact.id),), terms, verdict=Verdict.CONSISTENT)


def _pair(index: Spoken, fact: Fact) -> _Pair | None:
    """Returns the two percentages that a change in points lies between; None where the words do not say."""
    sentence = index.sentence(said(fact))
    rates = [one for one in sentence if _is_rate(one)]
    before = [one for one in rates if is_earlier(one, fact)]
    behind = [one for one in rates if not is_earlier(one, fact)]
    if before and any(
        one.figure.unit in POINT_UNITS for one in sentence if is_earlier(before[-1], one) and is_earlier(one, fact)
    ):
        return None
    if len(before) >= _PAIR:
        earlier, last = before[-_PAIR:]
        return _in_order(earlier, last, fact) or _of_years(before, fact) or _over_target(before, fact)
    if len(before) == 1 and behind and _is_last_year(behind[0]) and not _is_last_year(before[0]):
        return (before[0], behind[0]) if _have_same_name(before[0], behind[0]) else None
    return _said_before(index, before[0], fact) if len(before) == 1 else None


def _said_before(index: Spoken, then: Fact, fact: Fact) -> _Pair | None:
    """项目支出占38.26%。项目支出占比较上年的41.15%下降…: the share of an earlier sentence of the paragraph."""
    if not _is_beside(then, fact) or not re.search(r"占[^\d]*(?:比|较)", said(then).words):
        return None
    shares = [one for one in index.paragraph(said(then)) if said(one).measure is Measure.SHARE and _is_rate(one)]
    own = [one for one in shares if said(one).topic.key == said(then).topic.key and is_earlier(one, then)]
    return (own[-1], then) if len({one.amount for one in own}) == 1 else None


def _is_beside(last: Fact, fact: Fact) -> bool:
    """True where the points stand right behind a percentage, with no mark between."""
    return said(last).order == said(fact).order - 1 and not re.search("[，,、]", _text_between(last, fact))


def _is_rate(fact: Fact) -> bool:
    claim = said(fact)
    exact = fact.figure.unit == "%" and fact.amount is not None and claim.loose != "约数"
    return exact and claim.measure is not Measure.RATE


def _in_order(earlier: Fact, last: Fact, fact: Fact) -> _Pair | None:
    """由62.3%上升到65.1%，提高…; 65.1%，比上年的62.3%提高…."""
    first, second = said(earlier).words, said(last).words
    if _ends("points_from").search(first) and _ends("points_to").search(second):
        return last, earlier
    if not _is_beside(last, fact):
        return None
    if said(last).measure is Measure.TARGET:
        return (earlier, last) if _ends("points_over_target").search(second) else None
    same = said(earlier).topic.key == said(last).topic.key
    return (earlier, last) if same and _ends("points_against").search(second) else None


def _text_between(one: Fact, other: Fact) -> str:
    """Returns the text between two figures of a sentence."""
    before = other.quote.partition(other.figure.text)[0]
    return before.rpartition(one.figure.text)[2]


def _of_years(before: Sequence[Fact], fact: Fact) -> _Pair | None:
    """2022年62.3%，2023年65.1%，提高…; 65.1%，上年为62.3%，提高…: the sentence's only two percentages."""
    if len(before) != _PAIR or said(fact).order != said(before[-1]).order + 1 or not _have_same_name(*before):
        return None
    years = [_YEAR.findall(said(one).words) for one in before]
    if all(len(each) == 1 for each in years):
        first, second = (int(each[0]) for each in years)
        found = (before[1], before[0]) if first < second else (before[0], before[1])
        return found if first != second else None
    last_year = [_is_last_year(one) for one in before]
    if last_year == [True, False] and not years[1]:
        return before[1], before[0]
    return (before[0], before[1]) if last_year == [False, True] else None


def _over_target(before: Sequence[Fact], fact: Fact) -> _Pair | None:
    """目标90%，实际完成96.5%，超目标6.5个百分点."""
    if len(before) != _PAIR or not _ends("points_over_target").search(said(fact).words):
        return None
    targets = [said(one).measure is Measure.TARGET for one in before]
    return (before[1], before[0]) if targets == [True, False] else None


def _is_last_year(fact: Fact) -> bool:
    return bool(_ends("points_of_last_year").search(said(fact).words))


def _have_same_name(one: Fact, other: Fact) -> bool:
    """True for two percentages of one name, or of which one has none."""
    names = [_PLAIN.sub("", said(each).words) for each in (one, other)]
    same_topic = said(one).topic.key == said(other).topic.key
    return same_topic and (not all(names) or names[0] == names[1])


def _direction(fact: Fact) -> int:
    """Returns 1 or −1 for a rise or fall, by the last such word before the figure; 0 where there is none."""
    found = [(match.start(), match.lastgroup) for match in _directions().finditer(said(fact).words)]
    return 0 if not found else (1 if found[-1][1] == "rises" else -1)


@cache
def _directions() -> re.Pattern[str]:
    words = load_phrases().words
    rises = any_of(tuple(word for kind in _RISES for word in words[kind]))
    falls = any_of(tuple(word for kind in _FALLS for word in words[kind]))
    return re.compile(f"(?P<falls>{falls})|(?P<rises>{rises})")


@cache
def _ends(words: str) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(getattr(WORDS, words))})$")

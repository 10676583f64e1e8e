"""Checks points taken off: for one indicator (分值25分，得24.2分…扣0.8分), and all of them (共扣4.5分)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gouji.checks.check import UNNUMBERED, Check, term_of
from gouji.checks.derived.vicinity import same_report
from gouji.checks.narrative.spoken import Spoken, said, spoken
from gouji.checks.rules import Rule
from gouji.checks.scored import FULL, POINTS, Pair, is_deducted, pairs, scores_of_parts
from gouji.checks.stated_score import OWN_SCORE
from gouji.checks.word_lists import WORDS
from gouji.facts.fact import Fact, Facts
from gouji.intervals import Verdict
from gouji.layouts.phrases import load_phrases
from gouji.runtime.word_lists import any_of

_OFF = f"(?:{any_of(WORDS.deducted)})(?:除|减|去|分|了)*"
#: Points off that nothing is named for: those of the indicator just scored.
_PLAIN = re.compile(f"(?:共|合计|总共|累计|因此|故)?{_OFF}[为是]?")
#: All points off.
_ALL = re.compile(
    f"(?:本次|本项目|项目|自评|绩效|以上|上述|各项|综上|全部)*"
    f"(?:(?:共计?|合计|总计|总共|累计){_OFF}|{_OFF}(?:合计|总计|共计))[为是]?"
)
_TOTAL = re.compile(f"(?:{any_of((*load_phrases().total_scores, '得分', '评分'))})[为是]?$")
#: A rule for taking points off, not points that were.
_RULE = re.compile("每|以内|标准|扣完|不得分")
_NESTED = re.compile("其中|主要|包括|如")
#: What points may be taken off, besides the whole.
_NAMED = re.compile("指标|方面|项|未|问题")
_FEWEST = 2
#: Figures between a score and all points taken off it.
_NEAR = 30


def deductions(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks each number of points taken off: with the indicator's points before it, with the list of which it is the
    sum, and with the score of the whole."""
    index = spoken(facts)
    for pair, off in _after_pairs(index, facts):
        sides = ((1, pair.score.id), (1, off.id)), term_of(pair.weight)
        yield Check(UNNUMBERED, rule, off.named, "=", *sides, verdict=Verdict.CONSISTENT)
    for fact in index.claims:
        if _is_off(fact) and _ALL.fullmatch(said(fact).words):
            yield from _of_list(rule, index, fact)
            yield from _of_whole(rule, index, fact)


def _is_off(fact: Fact) -> bool:
    return is_deducted(fact) and fact.amount is not None and not _RULE.search(fact.quote)


def _after_pairs(index: Spoken, facts: Facts) -> Iterator[tuple[Pair, Fact]]:
    """Yields each pair that lacks points with the only points taken off behind it in its paragraph, before the next
    pair. They open a sentence or stand right behind the score; else they may be a rule (少一次的，扣1分)."""
    found = pairs(facts)
    for number, pair in enumerate(found):
        last = max(said(pair.weight).order, said(pair.score).order)
        end = said(found[number + 1].weight).order if number + 1 < len(found) else len(index.claims)
        paragraph = index.paragraph(said(pair.weight))
        off = [one for one in paragraph if last < said(one).order < end and is_deducted(one)]
        lacking = (pair.score.amount or 0) < (pair.weight.amount or 0)
        if lacking and len(off) == 1 and _is_off(off[0]) and _PLAIN.fullmatch(said(off[0]).words):
            beside = said(off[0]).order == last + 1 and said(off[0]).sentence == said(pair.score).sentence
            if not _ALL.fullmatch(said(off[0]).words) and (beside or _PLAIN.match(off[0].quote)):
                yield pair, off[0]


def _of_list(rule: Rule, index: Spoken, fact: Fact) -> Iterator[Check]:
    """Yields the check of a total before a list with all other points taken off in its sentence, unless words say that
    some are parts of others, or only the main ones. A total behind its list has a rule of its own."""
    others: Sequence[Fact] = [one for one in index.sentence(said(fact)) if is_deducted(one) and one.id != fact.id]
    level = not any(_NESTED.search(said(one).words) for one in others)
    if len(others) >= _FEWEST and level and not said(fact).closes and all(_is_off(one) for one in others):
        terms = tuple((1, one.id) for one in others)
        yield Check(UNNUMBERED, rule, fact.named, "=", term_of(fact), terms, defines=True, verdict=Verdict.CONSISTENT)


def _of_whole(rule: Rule, index: Spoken, fact: Fact) -> Iterator[Check]:
    """Yields the check that the score before and the points taken off it make 100. No words between them may say of
    what else they are taken off (产出指标有两项未完成，共扣3分)."""
    parts = scores_of_parts(index.facts)
    full = {one.weight.id: one.score.id for one in pairs(index.facts) if one.weight.amount == FULL}
    before = index.claims[max(0, said(fact).order - _NEAR) : said(fact).order][::-1]
    points = [one for one in before if one.figure.unit == POINTS and one.amount is not None and not is_deducted(one)]
    points = [one for one in points if one.id not in parts and one.id not in full and same_report(one, fact)]
    scores = [one for one in points if one.id in full.values() or _is_total(one)]
    scores = [one for one in scores if _stands_by(one, fact)]
    if scores and len({one.amount for one in scores}) == 1 and (scores[0].amount or 0) <= FULL:
        sides = ((1, scores[0].id), (1, fact.id)), ()
        yield Check(UNNUMBERED, rule, fact.named, "=", *sides, constant=-FULL, verdict=Verdict.CONSISTENT)


def _is_total(fact: Fact) -> bool:
    return bool(OWN_SCORE.search(said(fact).words) or _TOTAL.search(said(fact).words))


def _stands_by(score: Fact, off: Fact) -> bool:
    """True for points off that open a sentence, or stand in the score's own with nothing but a grade between."""
    if said(off).sentence == said(score).sentence:
        between = off.quote.partition(score.figure.text)[2].partition(off.figure.text)[0]
        return said(off).order == said(score).order + 1 and not _NAMED.search(between)
    return said(off).paragraph - said(score).paragraph <= 1 and bool(_ALL.match(off.quote))

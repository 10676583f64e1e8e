"""Checks what the account states of all evaluated projects: how many got each grade, how many scores lie in each band,
and the mean of the scores."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gouji.checks.check import UNNUMBERED, Check, term_of
from gouji.checks.narrative.spoken import Spoken, doubt, said, spoken, usable
from gouji.checks.rules import Rule
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Facts
from gouji.intervals import SCALE, Verdict
from gouji.labels import normalise
from gouji.layouts.phrases import load_phrases
from gouji.runtime.word_lists import any_of

_GRADE = re.compile(f"(?P<grade>{any_of(load_phrases().grades.names)})(?:的?项目)?$")
_PROJECTS = "项目"
_COUNTED = ("个", "项")
_POINTS = "分"
_SIDE = r"\d{2,3}分?(?:\(不?含[^()]{0,4}\)分?|不?含)?"
#: 90(含)-100分的, 60分以下的: whose scores a count is of.
_BAND = re.compile(rf"{_SIDE}(?:[-—–~至到]{_SIDE}|[及(]?以[上下]\)?)(?:之间)?的?(?:项目)?(?:有|为|共)?$")
#: The two best grades, from which on a mean of at least so many points follows, whatever scale of a hundred is used.
_BEST = ("优", "优秀")
_LEAST_OF_BEST = 80 * SCALE
_FEWEST = 2


def grade_counts(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks the number of self-evaluated projects against those of each grade, where the sentence counts the same
    projects for other things too (绩效跟踪项目4个；绩效自评项目5个，…（优4个、良0个））."""
    index = spoken(facts)
    for grades in _lists_of_grades(index):
        before = [one for one in index.sentence(said(grades[0])) if said(one).order < said(grades[0]).order]
        counts = [one for one in before if _counts_projects(one)]
        if not counts or not _is_evaluated(counts[-1]) or len({one.amount for one in counts}) < _FEWEST:
            continue
        sides = term_of(counts[-1]), tuple((1, one.id) for one in grades)
        yield Check(UNNUMBERED, rule, counts[-1].named, "=", *sides, defines=True, verdict=Verdict.CONSISTENT)


def score_bands(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks that no more projects are counted by bands of scores than were evaluated."""
    index = spoken(facts)
    done: set[int] = set()
    for fact in index.claims:
        if said(fact).sentence in done or not _is_of_band(index, fact):
            continue
        done.add(said(fact).sentence)
        bands = [one for one in index.sentence(said(fact)) if _is_of_band(index, one)]
        paragraph = [one for one in index.paragraph(said(fact)) if said(one).order < said(bands[0]).order]
        counts = [one for one in paragraph if _counts_projects(one) and _is_evaluated(one)]
        if len(bands) >= _FEWEST and counts and all(map(usable, bands)):
            sides = tuple((1, one.id) for one in bands), term_of(counts[-1])
            yield Check(UNNUMBERED, rule, counts[-1].named, "<=", *sides, verdict=Verdict.CONSISTENT)


def mean_scores(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Asks about a mean score far below what the best grade needs where every project has the best grade."""
    index = spoken(facts)
    for grades in _lists_of_grades(index):
        best = [one for one in grades if _grade_of(one) in _BEST]
        if not best or not all(one.amount for one in best) or any(one.amount for one in grades if one not in best):
            continue
        for one in index.sentence(said(grades[0])):
            mean = one.figure.unit == _POINTS and normalise(said(one).words).startswith(WORDS.means)
            if mean and usable(one) and one.amount:
                yield doubt(rule, one.named, (one, *best), one.amount < _LEAST_OF_BEST)


def _lists_of_grades(index: Spoken) -> Iterator[Sequence[Fact]]:
    """Yields the counts by grade of each list that names every grade given."""
    found: dict[int, list[Fact]] = {}
    for fact in index.of(Measure.COUNT):
        claim = said(fact)
        if claim.group >= 0 and claim.complete and fact.figure.unit in _COUNTED and _grade_of(fact):
            found.setdefault(claim.group, []).append(fact)
    yield from (one for one in found.values() if len(one) >= _FEWEST)


def _grade_of(fact: Fact) -> str:
    match = _GRADE.search(normalise(said(fact).topic.phrase))
    return match["grade"] if match else ""


def _counts_projects(fact: Fact) -> bool:
    claim = said(fact)
    alone = claim.group < 0 and claim.measure is Measure.COUNT and fact.figure.unit in _COUNTED and usable(fact)
    return alone and normalise(claim.words).endswith(_PROJECTS)


def _is_evaluated(fact: Fact) -> bool:
    words = normalise(said(fact).words)
    return words.startswith(WORDS.evaluated_first) and not any(one in words for one in WORDS.not_evaluated)


def _is_of_band(index: Spoken, fact: Fact) -> bool:
    """True for a count right behind the scores between which it counts."""
    if said(fact).measure is not Measure.COUNT or fact.figure.unit not in _COUNTED:
        return False
    first = index.sentence(said(fact))[0]
    begins = first.place.start - max(fact.quote.find(first.figure.text), 0)
    at = fact.place.start - begins
    if fact.place.line != first.place.line or not fact.quote.startswith(fact.figure.text, at):
        return False
    return bool(_BAND.search(normalise(fact.quote[:at])))

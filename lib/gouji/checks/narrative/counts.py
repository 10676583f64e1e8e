"""Checks counts beside money, and results beside targets."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.check import Check
from gouji.checks.narrative.spoken import Spoken, doubt, said, same_kind, spoken
from gouji.checks.rules import Rule
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Facts
from gouji.facts.narrative.concepts import concept_from_path
from gouji.intervals import SCALE, Verdict
from gouji.layouts.phrases import Counted, load_phrases

#: From this length on, a phrase identifies the result of a target.
_TELLING = 4


def counts_and_money(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks the count beside a “三公” expense: a zero count with money, or a count without money, is a doubt.

    What a sentence counts of one expense (团组2个、5人次) has one cause and makes one doubt.
    """
    index = spoken(facts)
    for counted in load_phrases().counted:
        raised: set[int] = set()
        for fact in index.of(Measure.COUNT):
            if not _is_counted(index, fact, counted):
                continue
            money = _money(index, counted, fact)
            if money is None or money.amount is None or fact.amount is None:
                continue
            if fact.amount == 0:
                doubtful = money.amount != 0 and not _counts_others(index, fact, counted)
            else:
                doubtful = money.amount == 0 and (not counted.one_way or _cost_nothing(index, fact))
            if doubtful and said(fact).sentence in raised:
                continue
            raised |= {said(fact).sentence} if doubtful else set()
            yield doubt(rule, fact.named, (fact, money), doubtful)


def _cost_nothing(index: Spoken, fact: Fact) -> bool:
    """True where the sentence of a count says that this cost nothing: 国内公务接待12批次，96人次，共计支出0万元."""
    own = [one for one in index.sentence(said(fact)) if said(one).topic.key == said(fact).topic.key]
    spent = [one for one in own if said(one).measure is Measure.FINAL]
    return any(one.amount == 0 and said(one).order > said(fact).order for one in spent)


def _counts_others(index: Spoken, fact: Fact, counted: Counted) -> bool:
    """True where the sentence counts others in the same unit (国内25批次, 国外0批次), or visits before
    (3批次，0人次).

    Counts beside another expense are left out (购置0辆，保有量4辆).
    """
    claim = said(fact)
    counts = [one for one in index.sentence(claim) if one.amount and said(one).measure is Measure.COUNT]
    visits = [one for one in counts if said(one).topic.key == claim.topic.key and said(one).order < claim.order]
    others = [one for one in load_phrases().counted if one is not counted and one.units == counted.units]
    alike = [
        one for one in counts if same_kind(one, fact) and not any(_is_counted(index, one, other) for other in others)
    ]
    return bool(visits or alike)


def _is_counted(index: Spoken, fact: Fact, counted: Counted) -> bool:
    claim = said(fact)
    words = f"{claim.topic.phrase}{claim.whole.phrase if claim.whole else ''}"
    whole = claim.whole.phrase if claim.whole and not _contains(claim.whole.key, counted) else ""
    fully = f"{claim.topic.phrase}{whole}{claim.words}{_subject(index, fact, counted)}"
    return (
        fact.figure.unit in counted.units
        and any(word in words for word in counted.words)
        and not any(word in fully for word in counted.unless)
    )


def _contains(key: str, counted: Counted) -> bool:
    """True where the expense is part of what `key` names (购置及运行维护费)."""
    return any(family.whole == key and set(counted.beside) & set(family.parts) for family in load_phrases().families)


def _subject(index: Spoken, fact: Fact, counted: Counted) -> str:
    """Returns the sentence's last subject, where that names the counted thing more fully:
    外宾接待支出0万元，接待0批次."""
    claim = said(fact)
    before = [one for one in index.sentence(claim) if said(one).order < claim.order]
    other = next((one for one in before[::-1] if said(one).topic.key != claim.topic.key), None)
    if other is None or _contains(said(other).topic.key, counted):
        return ""
    return said(other).topic.phrase if claim.topic.phrase in said(other).topic.phrase else ""


def _money(index: Spoken, counted: Counted, near: Fact) -> Fact | None:
    """Returns the expense stated nearest to the count; else that of its table."""
    for key in counted.beside:
        stated = index.topic_stated(key, Measure.FINAL)
        if stated:
            return min(stated, key=lambda fact: abs(said(fact).order - said(near).order))
        concept = concept_from_path(key)
        if printed := index.facts.get(concept.table, concept.row, concept.column):
            return printed
    return None


def _missed(rule: Rule, index: Spoken) -> Iterator[Check]:
    """完成目标4万亩的96%: yields a doubt where the result is below its target by the report's own figures."""
    for fact in index.of(Measure.COMPLETION):
        beside = index.at(said(fact).beside) if said(fact).beside >= 0 else None
        if beside is None or said(beside).measure is not Measure.TARGET or fact.amount is None:
            continue
        yield doubt(rule, fact.named, (fact, beside, *_results(index, beside)), fact.amount < 100 * SCALE)


def _results(index: Spoken, target: Fact) -> list[Fact]:
    """Returns the last count in the target's unit before it, in its sentence."""
    claim = said(target)
    found = [
        one
        for one in index.sentence(claim)
        if said(one).order < claim.order and said(one).measure is Measure.COUNT and same_kind(one, target)
    ]
    return found[-1:]


def targets(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks a target and its result, stated for the same thing in the same unit: a result below it is a doubt."""
    index = spoken(facts)
    yield from _missed(rule, index)
    results = _by_ending(index)
    for fact in index.of(Measure.TARGET):
        claim = said(fact)
        if not claim.relation or len(claim.topic.phrase) < _TELLING:
            continue
        found = results.get((claim.topic.phrase, fact.figure.dimension), ())
        result = next((one for one in found if said(one).order > claim.order), None)
        if result is not None:
            left, right = ((1, fact.id),), ((1, result.id),)
            if claim.relation == "<":
                left, right = right, left
            yield Check(-1, rule, result.named, "<=", left, right, verdict=Verdict.CONSISTENT)


def _by_ending(index: Spoken) -> dict[tuple[str, str], list[Fact]]:
    """Returns results by every ending of their topics: 城镇新增就业人数 also answers a target for 新增就业人数."""
    found: dict[tuple[str, str], list[Fact]] = {}
    for fact in index.claims:
        phrase = said(fact).topic.phrase
        if said(fact).measure in (Measure.COUNT, Measure.OTHER) and fact.amount is not None:
            for start in range(max(0, len(phrase) - _TELLING + 1)):
                found.setdefault((phrase[start:], fact.figure.dimension), []).append(fact)
    return found

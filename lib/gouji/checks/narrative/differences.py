"""Checks amounts that are one less another by definition: 收支结余, 净资产, 净值."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from gouji.checks.check import Check, Terms
from gouji.checks.derived.derivation import Derivation
from gouji.checks.narrative.spoken import Spoken, said, same_kind, spoken, unbound
from gouji.checks.rules import Rule
from gouji.facts.claim import BUDGETS, Measure
from gouji.facts.fact import Fact, Facts
from gouji.facts.narrative.concepts import concept_from_path
from gouji.intervals import MONEY_UNITS
from gouji.layouts.phrases import Difference, load_phrases
from gouji.runtime.immutable import immutable

#: Words between the name of an amount and its figure.
_BEFORE_FIGURE = re.compile(r"[\s“”\"：:]|(?:共计|共|为|是|达到|达)+$")
#: Why the amounts of a sentence may not be those that a difference is made of.
_UNNAMED = ("", "未说明对象")


@immutable()
class _Kind:
    """A kind of difference, with its expressions compiled."""

    of: Difference
    whole: re.Pattern[str]
    less: re.Pattern[str]
    rest: re.Pattern[str]
    vague: re.Pattern[str] | None


@immutable()
class _Parts:
    """The amounts before a rest: what it is taken from, what is taken, and any other amount that stands between."""

    whole: Sequence[Fact]
    less: Sequence[Fact]
    others: Sequence[Fact]


def differences(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks each amount whose words say that it is left of another (收支结余, 净资产, 净值): the amount before it less
    those taken from it."""
    index = spoken(facts)
    for fact in index.claims:
        if not _is_amount(fact):
            continue
        words = _words(fact)
        kind = next((one for one in _kinds() if one.rest.search(words)), None)
        if kind is not None and (parts := _parts_before(index, fact, kind)) is not None:
            yield _checked(rule, index, fact, kind, parts)


def without_gross(members: Sequence[Fact]) -> list[Fact]:
    """Returns the parts of a list without those that another part is the difference of (原值, 折旧 before 净值)."""
    words = [_BEFORE_FIGURE.sub("", said(one).words) for one in members]
    gross: set[int] = set()
    for kind in _kinds():
        rests = [at for at, each in enumerate(words) if kind.rest.search(each)]
        made_of = (at for at, each in enumerate(words) if kind.whole.search(each) or kind.less.search(each))
        gross |= {at for at in made_of if rests and at < rests[-1]}
    return [one for at, one in enumerate(members) if at not in gross]


@cache
def _kinds() -> tuple[_Kind, ...]:
    return tuple(
        _Kind(one, _ending(one.whole), _ending(one.less), _ending(one.rest), _ending(one.vague) if one.vague else None)
        for one in load_phrases().differences
    )


def _ending(expressions: Sequence[str]) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(expressions)})$")


def _is_amount(fact: Fact, planned: bool = False) -> bool:
    claim = said(fact)
    stated = (planned or claim.measure is Measure.FINAL) and not claim.aside and claim.loose in _UNNAMED
    return stated and fact.amount is not None and fact.figure.unit in MONEY_UNITS


def _words(fact: Fact) -> str:
    """Returns the words of an amount's clause; where they name nothing (收支相抵，结余), with the clause before."""
    words = said(fact).words
    before = fact.quote.partition(fact.figure.text)[0]
    if before.endswith(words):
        clauses = re.split(r"[，,、]", before)
        if len(clauses) > 1 and not re.search(r"\d", clauses[-2]):
            words = f"{clauses[-2]}，{words}"
    return _BEFORE_FIGURE.sub("", words)


def _parts_before(index: Spoken, rest: Fact, kind: _Kind) -> _Parts | None:
    """Returns the amounts of the paragraph before a rest, back to the last rest of its kind; None where none of them is
    one that it could be taken from."""
    whole: list[Fact] = []
    less: list[Fact] = []
    others: list[Fact] = []
    for one in reversed(index.paragraph(said(rest))):
        if said(one).order >= said(rest).order or said(one).group not in (-1, said(rest).group):
            continue
        planned = kind.of.planned and said(one).measure in BUDGETS
        if not _is_amount(one, planned=planned) or not same_kind(one, rest):
            continue
        words = _BEFORE_FIGURE.sub("", said(one).words)
        if kind.rest.search(words):
            break
        if kind.whole.search(words):
            whole.append(one)
        elif kind.less.search(words):
            less.append(one)
        elif said(one).group < 0:
            others.append(one)
    return _Parts(whole, less[::-1], _amounts_between(whole, others)) if whole and less else None


def _amounts_between(whole: Sequence[Fact], others: Sequence[Fact]) -> list[Fact]:
    """Returns the other amounts behind the one that a rest is taken from."""
    return [one for one in others if said(one).order > said(whole[0]).order]


def _checked(rule: Rule, index: Spoken, rest: Fact, kind: _Kind, parts: _Parts) -> Check:
    """Returns the check on the reading that fits, else on the plainest where nothing else can have been meant."""
    top: Terms = ((1, parts.whole[0].id), *((-1, one.id) for one in parts.less))
    ways = [Derivation(rest, top), *(Derivation(rest, ((1, one.id), *top)) for one in _opening(index, kind))]
    fitting = next((way for way in ways if way.fits(index.facts)), None)
    if fitting is not None:
        return fitting.check(rule)
    if not _is_alone(parts, kind, rest) or not _is_sure(ways, kind, index.facts):
        return unbound(rule, rest, "不能确定是哪两数之差")
    return ways[0].check(rule)


def _opening(index: Spoken, kind: _Kind) -> list[Fact]:
    """Returns the money left from the year before, as a table or a sentence states it."""
    found = [one for key in kind.of.opening for one in index.topic_stated(key, Measure.FINAL)]
    concepts = [concept_from_path(key) for key in kind.of.opening]
    cells = [index.facts.get(one.table, one.row, one.column) for one in concepts]
    return found + [one for one in cells if one is not None and one.amount]


def _is_alone(parts: _Parts, kind: _Kind, rest: Fact) -> bool:
    """True where the paragraph states one such amount of each kind, in order, and no further one between."""
    order = [said(one).order for one in (*parts.whole, *parts.less)]
    if len(parts.whole) > 1 or parts.others or order != sorted(order):
        return False
    named = [said(one).words for one in (*parts.less, rest)]
    return all(word in said(parts.whole[0]).words for word in kind.of.alike for words in named if word in words)


def _is_sure(ways: Sequence[Derivation], kind: _Kind, facts: Facts) -> bool:
    """True unless the words may take in money of the year before that nothing states: then only less than the
    difference, or a slip of it, is wrong."""
    plainest = ways[0]
    if kind.vague is None or not kind.vague.search(_words(plainest.figure)) or len(ways) > 1:
        return True
    left = sum(weight * (facts.facts[one].amount or 0) for weight, one in plainest.top)
    return (plainest.figure.amount or 0) < left or plainest.is_misprint(facts)

"""Finds what a rate divides that has one definition everywhere: 资产负债率, 结转结余率, 变动率, 满意度."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from gouji.checks.check import Terms
from gouji.checks.derived.derivation import Derivation
from gouji.checks.narrative.spoken import STATED, Spoken, said, same_kind, usable
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import BUDGETS, Measure
from gouji.facts.fact import Fact
from gouji.layouts.phrases import NamedRate, load_phrases
from gouji.runtime.word_lists import any_of

#: What stands between the name of a rate or an amount and its figure.
_BEFORE_FIGURE = re.compile(r"[\s“”\"：:]|(?:共计|共|为|是|达到|达|约)+$")
#: This year's amounts and last year's.
_YEARS = (*STATED, Measure.PRIOR)


def by_definition(index: Spoken, fact: Fact) -> Derivation | None:
    """Returns the quotient that a rate's name defines, of the amounts of its paragraph since the last such rate; None
    for other rates, and where the paragraph states no amount, or several, of what is divided.

    Where several amounts may be the base, that with which the rate is right is taken, else the first.
    """
    name = _name(fact)
    if fact.figure.unit != "%" or fact.amount is None or said(fact).aside:
        return None
    before = _since_last(index, fact, name)
    if name.endswith(WORDS.rates_of_change):
        return _change(fact, name, before)
    defined = next((one for one in load_phrases().named_rates if name.endswith(one.words)), None)
    return _of_named(fact, defined, before) if defined else None


def _name(fact: Fact) -> str:
    return _BEFORE_FIGURE.sub("", said(fact).words)


def _since_last(index: Spoken, fact: Fact, name: str) -> list[Fact]:
    """Returns the amounts of the paragraph before a rate, back to the last rate of its name."""
    before = [one for one in index.paragraph(said(fact)) if said(one).order < said(fact).order]
    ends = [at for at, one in enumerate(before) if one.figure.unit == "%" and _name(one) == name]
    return [one for one in before[ends[-1] + 1 if ends else 0 :] if usable(one) and one.figure.unit != "%"]


def _of_named(fact: Fact, rate: NamedRate, before: Sequence[Fact]) -> Derivation | None:
    called = _called(rate.part)
    parts = [one for one in before if called(one)]
    others = [one for one in before if one not in parts]
    if any(word in said(one).words for one in others for word in rate.alone):
        return None
    if len({one.amount for one in parts}) != 1 or not parts[0].amount:
        return None
    bases = _bases(rate, parts[0], before)
    found = [Derivation(fact, ((1, parts[0].id),), ((1, base.id),)) for base in bases if base.amount]
    return found[0] if found else None


def _bases(rate: NamedRate, part: Fact, before: Sequence[Fact]) -> list[Fact]:
    called = _called(rate.base)
    alike = [one for one in before if one.id != part.id and _counted_alike(one, part)]
    named = [one for one in alike if called(one) or (rate.planned and said(one).measure in BUDGETS)]
    counted = said(part).measure is Measure.COUNT
    if counted and named and any(said(named[-1]).order < said(one).order < said(part).order for one in alike):
        return []  # 收回190份。其中学生120份，满意108份: of these
    return named if len({one.amount for one in named}) == 1 else []


def _counted_alike(one: Fact, part: Fact) -> bool:
    units = {one.figure.unit, part.figure.unit}
    return same_kind(one, part) or units <= {*WORDS.answers, *WORDS.asked}


def _called(expressions: tuple[str, ...]) -> Callable[[Fact], bool]:
    pattern = _compiled(expressions)
    return lambda one: bool(expressions) and bool(pattern.search(_name(one)))


@cache
def _compiled(expressions: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(expressions)})$")


def _change(fact: Fact, name: str, before: Sequence[Fact]) -> Derivation | None:
    """Returns the change of the only amounts of this year and the last of what a 变动率 names, over last year's."""
    of = re.sub(f"(?:{any_of(WORDS.rates_of_change)})$", "", name)
    own = [one for one in before if of and said(one).topic.phrase == of and said(one).measure in _YEARS]
    now, then = ([one for one in own if (said(one).measure is Measure.PRIOR) is prior] for prior in (False, True))
    if len(now) != 1 or len(then) != 1 or not then[0].amount or not same_kind(now[0], then[0]):
        return None
    if said(now[0]).measure is not Measure.FINAL:
        return None
    falls = (now[0].amount or 0) < then[0].amount and (fact.amount or 0) > 0  # 变动率10%: no sign is printed
    top: Terms = ((1, now[0].id), (-1, then[0].id))
    return Derivation(fact, tuple((-weight, number) for weight, number in top) if falls else top, ((1, then[0].id),))

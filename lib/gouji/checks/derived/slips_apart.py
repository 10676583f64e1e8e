"""Asks about figures of a report that a slip sets apart from what it prints elsewhere: the same thing elsewhere
under almost the same name, and a rate of execution whose amounts stand before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from gouji.checks.check import Check
from gouji.checks.derived.derivation import choose_check
from gouji.checks.derived.per_unit import per_unit
from gouji.checks.derived.rates import excusing, may_be_slip, quotients
from gouji.checks.derived.vicinity import in_report, is_plain, is_rate, money, reported, same_report, telling_characters
from gouji.checks.narrative.completeness import HUNDRED
from gouji.checks.narrative.spoken import Spoken, doubt, said, spoken, usable
from gouji.checks.rules import Rule
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Facts
from gouji.intervals import SCALE, ScaledAmount
from gouji.labels import normalise
from gouji.slips import SlipKind, slip_between

#: Two digits exchanged are looked for by another rule, which reports an error.
_KINDS = frozenset({SlipKind.SHIFTED, SlipKind.EXCHANGED, SlipKind.DROPPED, SlipKind.DOUBLED, SlipKind.DIGIT})
_FEW_DIGITS, _DIGITS = 3, 4
#: Telling characters of the shorter of two names that the longer must all have.
_ALIKE = 4
#: How many amounts before a rate are tried.
_NEAR = 12


def named_alike(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Asks about two amounts or counts in different paragraphs of one report whose names agree (实现全县城镇新增就业,
    城镇新增就业人数) and whose digits differ by one slip."""
    told = [one for one in spoken(facts).claims if _may_be_told_again(one)]
    printed = Counter((one.amount, one.figure.unit) for one in told)
    asked: set[int] = set()
    for number, fact in enumerate(told):
        for other in told[:number]:
            if other.id in asked or not _are_of_one_thing(fact, other):
                continue
            both = min(printed[one.amount, one.figure.unit] for one in (fact, other)) > 1
            if not both and _is_slip(fact, other.amount or 0):
                asked |= {fact.id, other.id}
                yield doubt(rule, fact.named, (other, fact), True)
                break


def execution_rates(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Asks about a rate of execution whose words name no amounts, where two amounts before it give the rate with its
    digits exchanged, and no two give it as printed."""
    index = spoken(facts)
    for fact in index.claims:
        named = normalise(said(fact).words).rstrip("为是达到约")
        if not in_report(fact) or not is_rate(fact) or not fact.amount or not named.endswith(WORDS.execution_rates):
            continue
        if said(fact).measure is not Measure.OTHER or _is_judged(rule, index, fact):
            continue
        pairs = _spent_of_all(index, fact)
        rates = [_rounded(part, base, fact) for part, base in pairs]
        if fact.amount in rates:
            continue
        found = [pair for pair, rate in zip(pairs, rates, strict=True) if _is_transposed(fact, rate)]
        if len(found) == 1:
            yield doubt(rule, fact.named, (fact, *found[0]), True)


def _is_judged(rule: Rule, index: Spoken, rate: Fact) -> bool:
    """True for a rate on which another rule makes a check, as its figures stand beside it."""
    certain, possible, sure = quotients(index, rate)
    others = excusing(index, rate, certain, possible)
    return choose_check(rule, certain, others, index.facts, sure, may_be_slip(rate)) is not None


def _spent_of_all(index: Spoken, rate: Fact) -> list[tuple[Fact, Fact]]:
    """Returns the first amount of the rate's paragraph, with each larger one of the paragraphs before."""
    before = [one for one in reported(index, rate) if money(one) and one.amount and usable(one)]
    own = [one for one in before if said(one).paragraph == said(rate).paragraph]
    bases = [one for one in before if said(one).paragraph < said(rate).paragraph][:_NEAR]
    return [(own[-1], base) for base in bases if (own[-1].amount or 0) < (base.amount or 0)] if own else []


def _may_be_told_again(fact: Fact) -> bool:
    claim = said(fact)
    stated = claim.measure in (Measure.FINAL, Measure.COUNT) and usable(fact) and claim.group < 0
    return stated and in_report(fact) and is_plain(fact) and fact.figure.unit != "分" and not per_unit(fact)


def _are_of_one_thing(one: Fact, other: Fact) -> bool:
    if one.figure.unit != other.figure.unit or one.amount == other.amount or not same_report(one, other):
        return False
    if said(one).paragraph == said(other).paragraph:
        return False
    shorter, longer = sorted((telling_characters(said(each).topic.phrase) for each in (one, other)), key=len)
    return len(shorter) >= _ALIKE and shorter <= longer


def _is_slip(fact: Fact, value: ScaledAmount) -> bool:
    digits = min(_digits(fact.amount or 0), _digits(value))
    if digits < _FEW_DIGITS:
        return False
    kinds = _KINDS if digits >= _DIGITS else frozenset({SlipKind.SHIFTED})
    return slip_between(fact.amount or 0, 2 * fact.radius or SCALE, value, value, kinds) is not None


def _digits(value: ScaledAmount) -> int:
    return len(str(abs(value)).strip("0"))


def _rounded(part: Fact, base: Fact, rate: Fact) -> ScaledAmount:
    """Returns the quotient of two amounts in percent, with as many decimals as the rate."""
    unit = 2 * rate.radius
    return round(Fraction((part.amount or 0) * HUNDRED, base.amount or 1) / unit) * unit


def _is_transposed(fact: Fact, rate: ScaledAmount) -> bool:
    kinds = frozenset({SlipKind.TRANSPOSED})
    return (
        _digits(rate) >= _FEW_DIGITS and slip_between(fact.amount or 0, 2 * fact.radius, rate, rate, kinds) is not None
    )

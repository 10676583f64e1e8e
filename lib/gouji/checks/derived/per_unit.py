"""Finds amounts per unit in a report (亩均, 平均每公里, 每户补助): the amount and the count whose quotient they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from gouji.checks.check import Terms
from gouji.checks.derived.derivation import Derivation
from gouji.checks.derived.vicinity import around, has_cue, is_plain, words_of
from gouji.checks.narrative.spoken import Spoken, said
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact
from gouji.facts.narrative.word_lists import WORDS as NARRATIVE
from gouji.layouts.phrases import load_phrases
from gouji.runtime.word_lists import any_of

_PER = re.compile(
    r"每一?(?P<behind>[\u4e00-\u9fff]{1,7})|(?P<before>人次|[^月年日季平各])均"
    rf"|(?P<priced>{any_of(WORDS.priced)})"
)
#: What each of those has. It is looked for first, because that is quicker.
_MAY_BE_PER = re.compile(f"[每均{''.join(word[0] for word in WORDS.priced)}]")
_OVER = re.compile("/(?P<unit>.+)$")
#: What is paid again and again: how often may stand nowhere.
_RECURRENT = re.compile("|".join(WORDS.recurrent))
#: The words of an amount that is what a count at a price comes to, and what may follow that says that more is in it.
_COMES_TO = re.compile(f"(?:{any_of(WORDS.comes_to)})")
_EACH = re.compile(f"(?:{any_of(WORDS.paid_each)})$")
_MORE = re.compile("[（(，,]?(?:含|另|其中含|包括)")
_HEADS = 8
_AMOUNTS = 8
_MONTHS = 12
_LONGEST = 3


def per_unit(fact: Fact) -> str:
    """Returns what a figure is per: the words behind 每, before 均, or behind or in its unit; "" if it is per
    nothing. A figure of a table is per nothing but by its unit."""
    if over := _OVER.search(fact.figure.unit):
        return over["unit"]
    if fact.claim is None:
        return ""
    words = said(fact).words
    if not _MAY_BE_PER.search(words):
        return ""
    found = list(_PER.finditer(words))
    match = found[-1] if found else None
    if match is None or said(fact).measure in (Measure.SHARE, Measure.COMPLETION, Measure.RATE):
        return ""
    return match["behind"] or match["before"] or match["priced"] or ""


def per_units(index: Spoken, fact: Fact) -> tuple[list[Derivation], list[Derivation], bool]:
    """Returns (certain, possible, sure).

    `certain` are the quotients of figures in the same sentence or the one before, `possible` those of figures further
    away. `sure`: the words say that it is a quotient of what was spent (平均每公里).
    """
    unit = per_unit(fact)
    if priced := _priced_between(index, fact, unit):
        return [priced], [], True
    near = around(index, fact)
    close = [one for one in near if abs(said(one).sentence - said(fact).sentence) <= 1]
    certain = list(_quotients(fact, unit, close, near))
    planned = any(word in said(fact).words for word in WORDS.planned_per_unit)
    possible = list(_quotients(fact, unit, near, near, planned))
    if _RECURRENT.search(said(fact).words) or not said(fact).words:
        certain = [one for one in certain if one.fits(index.facts)]
        return certain, [one for one in possible if one.fits(index.facts)], False
    sure = (
        not _is_planned(near, fact)
        and has_cue(fact, "quotient")
        and not has_cue(fact, "apart")
        and not has_cue(fact, "in_turn")
    )
    return certain, possible, sure


def _is_planned(near: Sequence[Fact], fact: Fact) -> bool:
    """True for an amount per unit without a word for what was done, beside one with such a word:
    人均成本800元，实际人均成本750元."""
    done = [one for one in near if said(one).sentence == said(fact).sentence and per_unit(one) and _is_actual(one)]
    return bool(done) and not _is_actual(fact)


def _is_actual(one: Fact) -> bool:
    return any(word in said(one).words for word in NARRATIVE.carried_out)


def _priced_between(index: Spoken, fact: Fact, unit: str) -> Derivation | None:
    """Returns the amount right behind a price over the count right before it: 电脑12台，每台0.6万元，计7.2万元. None
    where another count may belong to the amount, or the price is paid more than once."""
    at = said(fact).order
    count, amount, before = (index.at(one) if one >= 0 else None for one in (at - 1, at + 1, at - 2))
    if count is None or amount is None or not _COMES_TO.fullmatch(said(amount).words):
        return None
    here = all(said(one).sentence == said(fact).sentence and is_plain(one) for one in (count, amount))
    each = _EACH.sub("", said(fact).words.removeprefix("每")) == count.figure.unit
    once = each or (unit in WORDS.priced and said(fact).words == unit and counts(count, unit))
    alone = before is None or before.quote != count.quote or before.figure.unit != count.figure.unit
    money_of_all = _kind(fact) == amount.figure.dimension == "money" and said(count).measure is not Measure.TARGET
    if not (here and once and alone and money_of_all) or not _one_print(index, fact):
        return None
    return Derivation(fact, ((1, amount.id),), ((1, count.id),), True)


def _one_print(index: Spoken, fact: Fact) -> bool:
    """True where nothing behind the amount says what else is in it: 计7.2万元（含运费0.1万元）."""
    behind = index.at(said(fact).order + 1)
    return behind is not None and not _MORE.match(fact.quote.partition(behind.figure.text)[2])


def _quotients(
    fact: Fact, unit: str, paid: Sequence[Fact], near: Sequence[Fact], planned: bool = False
) -> Iterator[Derivation]:
    """Yields amounts over counts; over counts that were only planned if nothing else was counted, or if `planned`."""
    heads = [one for one in near if counts(one, unit)][:_HEADS]
    done = [one for one in heads if said(one).measure is not Measure.TARGET]
    heads = done if done and not planned else heads
    amounts = [one for one in paid if one.figure.dimension == _kind(fact) and not per_unit(one)]
    amounts = [one for one in amounts if one.amount and one.id != fact.id][:_AMOUNTS]
    exact = not has_cue(fact, "quotient")
    for weight in (1, *_multipliers(fact, near)):
        for head in heads:
            for amount in amounts:
                if amount.id != head.id:
                    per: Terms = ((weight, head.id),)
                    yield Derivation(fact, ((1, amount.id),), per, exact)


def _kind(fact: Fact) -> str:
    return "money" if "元" in fact.figure.unit else fact.figure.dimension


def counts(one: Fact, unit: str) -> bool:
    """True for a count of what a figure is per: in its unit, or of its noun (每个探头, 高清探头1240个)."""
    if not one.amount or one.figure.dimension == "money" or per_unit(one):
        return False
    if unit in WORDS.priced:
        return one.figure.unit not in WORDS.unpriced
    units = _units_of(unit)
    if any(one.figure.unit == each or unit.startswith(one.figure.unit) for each in units):
        return True
    noun = unit[1:] if unit[0] in WORDS.classifiers else unit
    named = (words_of(one), said(one).topic.phrase)
    sizes = (2, 3) if len(noun) > 1 else (1,)
    return bool(noun) and any(each.endswith(noun[:size]) for each in named for size in sizes)


@lru_cache(maxsize=1024)
def _units_of(unit: str) -> tuple[str, ...]:
    """Returns the units in which that is counted (生: 人, 名)."""
    found = [units for noun, units in load_phrases().per_nouns.items() if unit.startswith(noun)]
    return (unit, *(each for units in found for each in units))


def _multipliers(fact: Fact, near: Sequence[Fact]) -> list[int]:
    """Returns by what a standard is further multiplied: months of a year, days or terms that are counted nearby."""
    words = said(fact).words + fact.figure.unit
    found = [_MONTHS] if "月" in words else []
    for one in near:
        if one.figure.unit in WORDS.times and not one.radius and one.amount:
            found.append(one.amount // 10**6)
    return list(dict.fromkeys(weight for weight in found if weight > 1))[:_LONGEST]

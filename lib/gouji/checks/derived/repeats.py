"""One figure of a report printed again with its digits in another order."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.derived.derivation import Derivation
from gouji.checks.derived.per_unit import per_unit
from gouji.checks.derived.vicinity import around, is_plain, reported, shared, words_of
from gouji.checks.narrative.spoken import Spoken, said, same_kind
from gouji.facts.fact import Fact
from gouji.slips import SlipKind, slip_between

#: Digits from which on two figures right beside each other are a slip whatever their words say.
_TELLING = 4
_DIGITS = 3
_ALIKE = 2


def repeats(index: Spoken, fact: Fact) -> Iterator[Derivation]:
    """The earlier figures that a figure is a transposed print of: said in words like its own anywhere in the report, or
    with four digits in the paragraphs before. A figure that is printed unchanged elsewhere is no slip."""
    if per_unit(fact) or _digits(fact) < _DIGITS:
        return
    earlier = [one for one in reported(index, fact) if same_kind(one, fact) and not per_unit(one)]
    if any(one.amount == fact.amount for one in earlier):
        return
    near = {one.id for one in around(index, fact)}
    for one in earlier:
        alike = shared(_said_of(fact), _said_of(one)) >= _ALIKE
        if not (alike or (one.id in near and _digits(fact) >= _TELLING)):
            continue
        if said(one).sentence != said(fact).sentence and _is_transposed(fact, one):
            yield Derivation(fact, ((1, one.id),))


def _said_of(fact: Fact) -> str:
    return words_of(fact) + said(fact).behind


def _is_transposed(one: Fact, other: Fact) -> bool:
    if not (is_plain(one) and is_plain(other)) or one.figure.decimals != other.figure.decimals:
        return False
    unit, value = 2 * one.radius or 10**6, other.amount or 0
    return slip_between(one.amount or 0, unit, value, value, frozenset({SlipKind.TRANSPOSED})) is not None


def _digits(fact: Fact) -> int:
    """Digits that are printed, zeros at both ends aside."""
    return len("".join(char for char in fact.figure.text if char.isdigit()).strip("0"))

"""Finds figures of a report that are printed again with their digits in another order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from gouji.checks.derived.derivation import Derivation
from gouji.checks.derived.per_unit import per_unit
from gouji.checks.derived.share_told import is_share_told
from gouji.checks.derived.vicinity import (
    around,
    distinct_prints,
    in_report,
    is_plain,
    same_report,
    shared_characters,
    words_of,
)
from gouji.checks.narrative.spoken import Spoken, said
from gouji.facts.fact import Fact
from gouji.slips import SlipKind, slip_between

#: Digits from which on two figures right beside each other are a slip whatever their words say.
_TELLING = 4
_DIGITS = 3
_ALIKE = 2


def repeats(index: Spoken) -> Iterator[Derivation]:
    """Yields the figures that repeat an earlier one with two digits exchanged.

    Their words match anywhere in the report, or they have four digits and stand in the paragraphs behind it. A figure
    that is printed unchanged elsewhere is no slip.
    """
    groups: dict[tuple[str, int, str], list[Fact]] = {}
    for fact in distinct_prints(one for one in index.claims if in_report(one) and is_plain(one)):
        digits = "".join(sorted(char for char in fact.figure.text if char.isdigit()))
        if len(digits.strip("0")) >= _DIGITS and not per_unit(fact) and not said(fact).aside:
            groups.setdefault((digits, fact.figure.decimals, fact.figure.dimension), []).append(fact)
    for group in groups.values():
        values = Counter(one.amount for one in group)
        for number, fact in enumerate(group):
            if values[fact.amount] == 1 and (found := _earlier(index, fact, group[:number])):
                yield Derivation(fact, ((1, found.id),))


def _earlier(index: Spoken, fact: Fact, before: Sequence[Fact]) -> Fact | None:
    near = {one.id for one in around(index, fact)}
    for one in before[::-1]:
        alike = shared_characters(_words_of(fact), _words_of(one)) >= _ALIKE
        telling = alike or (one.id in near and _digits(fact) >= _TELLING)
        telling = telling and same_report(one, fact)
        if telling and said(one).sentence != said(fact).sentence and _is_transposed(fact, one):
            return None if is_share_told(index, fact, one) else one
    return None


def _words_of(fact: Fact) -> str:
    return words_of(fact) + said(fact).behind


def _is_transposed(one: Fact, other: Fact) -> bool:
    unit, value = 2 * one.radius or 10**6, other.amount or 0
    return slip_between(one.amount or 0, unit, value, value, frozenset({SlipKind.TRANSPOSED})) is not None


def _digits(fact: Fact) -> int:
    """Returns the printed digits, without zeros at both ends."""
    return len("".join(char for char in fact.figure.text if char.isdigit()).strip("0"))

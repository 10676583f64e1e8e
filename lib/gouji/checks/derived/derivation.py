"""Describes one way in which a figure may be made of others, and the evidence if it does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, islice

from gouji.checks.check import UNNUMBERED, Check, Terms
from gouji.checks.narrative.spoken import spoken
from gouji.checks.ratio import Ratio, bounds, factor_of, holds, implied
from gouji.checks.rules import Rule
from gouji.facts.fact import Fact, Facts
from gouji.intervals import MONEY_UNITS, Verdict
from gouji.runtime.immutable import immutable
from gouji.slips import SlipKind, slip_between

#: Slips that few values can be reached by; a wrong digit alone says too little.
_TELLING = frozenset({SlipKind.TRANSPOSED, SlipKind.SHIFTED, SlipKind.UNIT})
_TRANSPOSED = frozenset({SlipKind.TRANSPOSED})
#: How often, in a million, chance may make a figure fit, or look like a slip, among all the ways that were tried.
_MILLION = 10**6
_FITS_BY_CHANCE = 80_000
_SLIPS_BY_CHANCE = 20_000
_TOO_LIKELY = 16_000
#: From so many percent off what is printed, what was tried is not what was meant; from there on rounding is no excuse.
FARTHEST_OFF = 50
_ABSURD = 900
#: A slip is looked for in figures of so many digits; shifted points count as so many values more.
_TELLING_DIGITS = 3
_LOOKED_AT = 12
_SHIFTS = 4


@immutable()
class Derivation:
    """One way to derive a figure from others: `figure` = top, or top ÷ per, both weighted facts.

    `exact`: it is a standard (每亩350元), not rounded from anything.
    """

    figure: Fact
    top: Terms
    per: Terms = ()
    exact: bool = False

    def check(self, rule: Rule) -> Check:
        """Returns the check that the derivation makes."""
        return Check(
            UNNUMBERED,
            rule,
            self.figure.named,
            "=",
            ((1, self.figure.id),),
            self.top,
            per=self.per,
            defines=not self.per,
            verdict=Verdict.CONSISTENT,
        )

    def possible(self, facts: Facts) -> bool:
        """True unless it divides by zero."""
        return not self.per or _sum(self.per, facts) != 0

    def fits(self, facts: Facts) -> bool:
        """True if the printed figures may be right."""
        if self.per:
            return self.distance(facts) <= FARTHEST_OFF and holds(self._ratio(facts))
        residual = (self.figure.amount or 0) - _sum(self.top, facts)
        slack = self.figure.radius + sum(abs(weight) * facts.facts[one].radius for weight, one in self.top)
        return abs(residual) <= slack

    def distance(self, facts: Facts) -> int:
        """Returns by how many percent the others give more than is printed (or less, then relative to what they
        give)."""
        printed, given = abs(self.figure.amount or 0), abs(_sum(self.top, facts))
        if self.per:
            printed, given = printed * abs(_sum(self.per, facts)), given * factor_of(self.figure)
        least = min(printed, given)
        return 100 * max(printed, given) // least - 100 if least else (0 if printed == given else _ABSURD + 1)

    def chance(self) -> int:
        """Returns the probability, in a million, that a figure of this size fits by chance: its unit over its
        amount."""
        size = abs(self.figure.amount or 0)
        width = 2 * self.figure.radius or _ulp(self.figure)
        return _MILLION * width // max(size, width)

    def is_misprint(self, facts: Facts) -> bool:
        """True if the figure itself is a slip of what the others give, however few digits it has."""
        low, high = self._range(self.figure.id, facts)
        printed = self.figure.amount or 0
        if low > high or self._is_absurd(facts):
            return False
        return slip_between(printed, _ulp(self.figure), low, high, _TELLING | {SlipKind.EXCHANGED}) is not None

    def _is_absurd(self, facts: Facts) -> bool:
        """True if the others give more than ten times as much (or as little) as is printed: the quotient is upside down
        or made of other things. Money may differ more: 元 may be written for 万元."""
        most = _MILLION if self.figure.figure.unit in MONEY_UNITS else _ABSURD
        return self.distance(facts) > most

    def slip(self, facts: Facts) -> tuple[int, bool]:
        """Returns the probability, in a million, that one of its figures looks like a slip of what the others give by
        chance, and whether one does."""
        odds, found = 0, False
        if self._is_absurd(facts):
            return odds, found
        for _, number in ((1, self.figure.id), *self.top, *self.per):
            own, slipped = self._slip_of(facts.facts[number], facts)
            odds, found = odds + own, found or slipped
        return odds, found

    def _slip_of(self, fact: Fact, facts: Facts) -> tuple[int, bool]:
        digits = _digits(fact)
        if not fact.amount or digits < _TELLING_DIGITS:
            return 0, False
        if fact.id in spoken(facts).confirmed:
            return 0, False
        telling = fact.figure.unit in MONEY_UNITS and _digits(fact, significant=True) >= _TELLING_DIGITS
        kinds = _TELLING if telling else _TRANSPOSED
        reached = digits - 1 + (_SHIFTS if telling else 0)
        if _MILLION * reached * _ulp(fact) // abs(fact.amount) > _TOO_LIKELY:
            return 0, False  # however narrow the range
        low, high = self._range(fact.id, facts)
        if low > high:
            return 0, False
        wide = (high - low) // _ulp(fact) + 1
        odds = _MILLION * reached * wide * _ulp(fact) // abs(fact.amount)
        if odds > _TOO_LIKELY:
            return 0, False
        return odds, slip_between(fact.amount, _ulp(fact), low, high, kinds) is not None

    def _ratio(self, facts: Facts) -> Ratio:
        return Ratio.made(self.figure, self.top, self.per, facts, {})

    def _range(self, number: int, facts: Facts) -> tuple[int, int]:
        if self.per and self.exact:
            value = implied(self._ratio(facts), number)
            return (1, 0) if value is None else (value, value)
        if self.per:
            return bounds(self._ratio(facts), number)
        weights = dict.fromkeys((one for _, one in self.top), 0)
        for weight, one in self.top:
            weights[one] += weight
        weights[self.figure.id] = weights.get(self.figure.id, 0) - 1
        rest = sum(weight * (facts.facts[one].amount or 0) for one, weight in weights.items() if one != number)
        weight = weights[number]
        return (-rest * weight, -rest * weight) if abs(weight) == 1 else (1, 0)


def choose_check(
    rule: Rule,
    certain: Sequence[Derivation],
    possible: Iterable[Derivation],
    facts: Facts,
    sure: bool,
    slips: bool = True,
) -> Check | None:
    """Returns the check on the first way that fits, certain ways first.

    If none fits, returns the check on the likeliest certain way if the words leave no other choice, or (with `slips`)
    on the one that a slip of the pen explains. Returns None if nothing can be said.
    """
    certain = [one for one in certain if one.possible(facts)]
    if good := next((one for one in certain if one.fits(facts)), None):
        return good.check(rule)
    others = (one for one in possible if one.possible(facts) and one not in certain)
    tried = 0
    looked_at: list[Derivation] = []
    for one in others:
        looked_at.append(one)
        tried += one.chance()
        if tried > _FITS_BY_CHANCE:
            break
        if one.fits(facts):
            return one.check(rule)
    if sure and (likeliest := _likeliest(certain, facts)):
        return likeliest.check(rule)
    if not slips:
        return None
    slipped = slipped_one(islice(chain(certain, looked_at, others), _LOOKED_AT), facts)
    return slipped.check(rule) if slipped else None


def check_named(rule: Rule, certain: Sequence[Derivation], facts: Facts, sure: bool) -> Check | None:
    """Returns the check if the words name the figures: nothing else can be meant, unless they are far off."""
    certain = [one for one in certain if one.possible(facts)]
    near = [one for one in certain if one.distance(facts) <= _ABSURD or one.is_misprint(facts)]
    fitting = next((one for one in certain if one.fits(facts)), near[0] if near and sure else None)
    return fitting.check(rule) if fitting else None


def _likeliest(certain: Sequence[Derivation], facts: Facts) -> Derivation | None:
    """Returns the way that a slip explains, else the nearest one. Returns none if all are far off: then something else
    was meant."""
    if slipped := next((one for one in certain if one.is_misprint(facts)), None):
        return slipped
    near = [one for one in certain if one.distance(facts) <= FARTHEST_OFF]
    return min(near, key=lambda one: one.distance(facts), default=None)


def slipped_one(derivations: Iterable[Derivation], facts: Facts) -> Derivation | None:
    """Returns the first way in which one figure is a slip of the pen; none if so many were tried that chance makes
    one."""
    tried = 0
    for one in derivations:
        odds, found = one.slip(facts)
        tried += odds
        if tried > _SLIPS_BY_CHANCE:
            return None
        if found:
            return one
    return None


def _sum(terms: Terms, facts: Facts) -> int:
    if len(terms) == 1:
        return terms[0][0] * (facts.facts[terms[0][1]].amount or 0)
    return sum([weight * (facts.facts[one].amount or 0) for weight, one in terms])


def _ulp(fact: Fact) -> int:
    """Returns the unit of a figure's last printed place; one for an exact count."""
    return 2 * fact.radius or 10**6


def _digits(fact: Fact, significant: bool = False) -> int:
    """Counts the printed digits without zeros before them; with `significant`, also without zeros behind them."""
    digits = _digits_of(fact.figure.text)
    return len(digits.rstrip("0") if significant else digits)


@lru_cache(maxsize=1024)
def _digits_of(text: str) -> str:
    return "".join(filter(str.isdigit, text)).lstrip("0")

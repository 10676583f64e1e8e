"""One way a figure may have been made of others, and what speaks for it when it does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from gouji.checks.check import Check, Terms
from gouji.checks.ratio import Ratio, bounds, holds, implied
from gouji.checks.rules import Rule
from gouji.facts.fact import Fact, Facts
from gouji.intervals import MONEY_UNITS, Verdict
from gouji.slips import SlipKind, slip_between

#: Slips that few values can be reached by; a wrong digit alone says too little.
_TELLING = frozenset({SlipKind.TRANSPOSED, SlipKind.SHIFTED, SlipKind.UNIT})
#: How often chance may make a figure fit, or look like a slip, among all the ways that were tried.
_FITS_BY_CHANCE = Fraction(1, 12)
_SLIPS_BY_CHANCE = Fraction(1, 50)
#: From so much more than is printed on, what was tried is not what was meant.
FARTHEST_OFF = Fraction(1, 2)
_ABSURD = 9
_TOO_LIKELY = Fraction(1, 60)
#: A slip is looked for in figures of so many digits; shifted points count as so many values more.
_TELLING_DIGITS = 3
_SHIFTS = 4


@dataclass(frozen=True, slots=True)
class Derivation:
    """`figure` = top, or top ÷ per: weighted facts. `exact`: a standard (每亩350元), not rounded from anything."""

    figure: Fact
    top: Terms
    per: Terms = ()
    exact: bool = False

    def check(self, rule: Rule) -> Check:
        """The check that the derivation makes."""
        return Check(
            -1,
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
        return not self.per or sum(weight * (facts.facts[one].amount or 0) for weight, one in self.per) != 0

    def fits(self, facts: Facts) -> bool:
        """True where what is printed may be so."""
        if self.per:
            return holds(self._ratio(facts))
        residual = (self.figure.amount or 0) - sum(weight * (facts.facts[one].amount or 0) for weight, one in self.top)
        slack = self.figure.radius + sum(abs(weight) * facts.facts[one].radius for weight, one in self.top)
        return abs(residual) <= slack

    def distance(self, facts: Facts) -> Fraction:
        """How many times as much (or as little, less one) the others give as is printed."""
        printed, implied = abs(self.figure.amount or 0), abs(self._implied(facts))
        if not printed or not implied:
            return Fraction(FARTHEST_OFF + 1)
        return Fraction(max(printed, implied)) / min(printed, implied) - 1

    def _implied(self, facts: Facts) -> Fraction:
        if self.per:
            return self._ratio(facts).truth or Fraction(0)
        return Fraction(sum(weight * (facts.facts[one].amount or 0) for weight, one in self.top))

    def chance(self, facts: Facts) -> Fraction:
        """How likely a figure of this size fits without being so: its unit over its amount."""
        size = abs(self.figure.amount or 0)
        width = 2 * self.figure.radius or _ulp(self.figure)
        return Fraction(width, max(size, width))

    def is_misprint(self, facts: Facts) -> bool:
        """True where the figure itself is a slip of what the others give, however few its digits are."""
        low, high = self._range(self.figure.id, facts)
        printed = self.figure.amount or 0
        if low > high or self._is_absurd(facts):
            return False
        return slip_between(printed, _ulp(self.figure), low, high, _TELLING | {SlipKind.EXCHANGED}) is not None

    def _is_absurd(self, facts: Facts) -> bool:
        """True where more than ten times as much (or as little) as is printed comes out: the wrong way round, or of
        other things; of money 元 may have been written for 万元."""
        return self.figure.figure.unit not in MONEY_UNITS and self.distance(facts) > _ABSURD

    def slip(self, facts: Facts) -> tuple[Fraction, bool]:
        """How likely chance makes one of its figures look like a slip of what the others give, and whether one does."""
        odds, found = Fraction(0), False
        if self._is_absurd(facts):
            return odds, found
        for _, number in ((1, self.figure.id), *self.top, *self.per):
            fact = facts.facts[number]
            low, high = self._range(number, facts)
            if fact.amount is None or low > high or _digits(fact) < _TELLING_DIGITS:
                continue
            telling = fact.figure.unit in MONEY_UNITS and _digits(fact, significant=True) >= _TELLING_DIGITS
            kinds = _TELLING if telling else frozenset({SlipKind.TRANSPOSED})
            digits = _digits(fact)
            reached = digits - 1 + (_SHIFTS if SlipKind.SHIFTED in kinds else 0)
            wide = (high - low) // _ulp(fact) + 1
            own = Fraction(reached * wide * _ulp(fact), abs(fact.amount))
            if own > _TOO_LIKELY:
                continue
            odds += own
            found = found or slip_between(fact.amount, _ulp(fact), low, high, kinds) is not None
        return odds, found

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


def settled(
    rule: Rule, certain: Sequence[Derivation], possible: Sequence[Derivation], facts: Facts, sure: bool
) -> Check | None:
    """The check on the first way that fits, the certain ones first; where none fits, on the likeliest certain one if the
    words leave no other choice, or on the one that a slip of the pen explains. None where nothing can be said."""
    certain = [one for one in certain if one.possible(facts)]
    others = [one for one in possible if one.possible(facts) and one not in certain]
    if good := next((one for one in certain if one.fits(facts)), None):
        return good.check(rule)
    tried = Fraction(0)
    for one in others:
        tried += one.chance(facts)
        if tried > _FITS_BY_CHANCE:
            break
        if one.fits(facts):
            return one.check(rule)
    if sure and (likeliest := _likeliest(certain, facts)):
        return likeliest.check(rule)
    slipped = slipped_one([*certain, *others], facts)
    return slipped.check(rule) if slipped else None


def stated(rule: Rule, certain: Sequence[Derivation], facts: Facts, sure: bool) -> Check | None:
    """The same where the words name the figures: nothing else can have been meant, unless they are far off."""
    certain = [one for one in certain if one.possible(facts)]
    near = [one for one in certain if one.distance(facts) <= _ABSURD or one.is_misprint(facts)]
    fitting = next((one for one in certain if one.fits(facts)), near[0] if near and sure else None)
    return fitting.check(rule) if fitting else None


def _likeliest(certain: Sequence[Derivation], facts: Facts) -> Derivation | None:
    """The way that a slip explains, else the one that comes nearest; none where all are far off: then something else was
    meant."""
    if slipped := next((one for one in certain if one.is_misprint(facts)), None):
        return slipped
    near = [one for one in certain if one.distance(facts) <= FARTHEST_OFF]
    return min(near, key=lambda one: one.distance(facts), default=None)


def slipped_one(derivations: Sequence[Derivation], facts: Facts) -> Derivation | None:
    """The first way in which one figure is a slip of the pen, unless so many were tried that chance makes one."""
    tried = Fraction(0)
    for one in derivations:
        odds, found = one.slip(facts)
        tried += odds
        if tried > _SLIPS_BY_CHANCE:
            return None
        if found:
            return one
    return None


def _ulp(fact: Fact) -> int:
    """The unit of a figure's last printed place; of an exact count, one."""
    return 2 * fact.radius or 10**6


def _digits(fact: Fact, significant: bool = False) -> int:
    """Digits as printed, zeros before them (and behind) aside."""
    digits = "".join(char for char in fact.figure.text if char.isdigit()).lstrip("0")
    return len(digits.rstrip("0") if significant else digits)

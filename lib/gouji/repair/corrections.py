"""The checks of a document with some figures taken at other values than are printed."""

from __future__ import annotations

from dataclasses import dataclass, field

from gouji.checks.check import Check, Checks
from gouji.checks.ratio import Ratio, holds
from gouji.facts.claim import CHANGES, Measure
from gouji.facts.fact import Fact
from gouji.intervals import POINT_UNITS, ScaledAmount, Verdict, judge_relation


@dataclass(frozen=True)
class Corrections:
    """The checks of a document with `values` in place of what is printed; a word of direction with one is turned."""

    checks: Checks
    values: dict[int, ScaledAmount] = field(default_factory=dict)

    def with_values(self, values: dict[int, ScaledAmount]) -> Corrections:
        """The same with more figures corrected."""
        return Corrections(self.checks, {**self.values, **values})

    def amount(self, number: int) -> ScaledAmount:
        """What fact `number` is taken to be; blank is zero."""
        return self.values.get(number, self.checks.facts.facts[number].amount or 0)

    def ratio(self, check: Check) -> Ratio:
        """A quotient with the corrections made."""
        return Ratio.of(check, self.checks.facts, self.values)

    def residual(self, check: Check) -> ScaledAmount:
        """Left − right with the corrections made."""
        if check.per:
            return 0 if holds(self.ratio(check)) else check.residual
        return check.residual + sum(
            sign * (self.values[fact] - (self.checks.facts.facts[fact].amount or 0))
            for sign, fact in check.terms
            if fact in self.values
        )

    def split(self, fact: Fact, check: Check) -> tuple[int, ScaledAmount]:
        """A check's residual as weight·fact + rest."""
        weight = sum(sign for sign, number in check.terms if number == fact.id)
        return weight, self.residual(check) - weight * self.amount(fact.id)

    def violated(self, check: Check) -> bool:
        """True where the check does not hold with the corrections made; an omission holds only once it is filled in."""
        if self.reworded(check):
            return False
        if check.per:
            return not holds(self.ratio(check))
        residual = self.residual(check)
        if check.blank and not any(fact in self.values for _, fact in check.terms):
            return residual != 0
        return not holds_within(check, residual)

    def reworded(self, check: Check) -> bool:
        """True where a word that the check takes at its word is turned: it says nothing then."""
        return any(word in self.values for word in words_of(check, self.checks))

    def on(self, fact: Fact | int) -> list[Check]:
        """The checks on a fact that compare something, or should, and bind it. What a report's figures were found to
        fit does not: the fit says what was meant, and may be of other figures. Nor does what only asks for a reason."""
        return [
            check
            for check in self.checks.on(fact)
            if check.terms
            and (check.made or check.blank)
            and not only_asks(check)
            and not (check.rule.derived and check.verdict is not Verdict.CONFLICT)
        ]


def only_asks(check: Check) -> bool:
    """True for an inequality that true figures may break, with a reason (决算数超预算数)."""
    return check.operator != "=" and check.rule.severity == "question"


def words_of(check: Check, checks: Checks) -> tuple[int, ...]:
    """The words of direction (ids) that a check rests on; one that says 持平 stands in it as an amount of zero."""
    return (*check.claims, *(number for number in check.fact_ids if is_word(checks.facts.facts[number])))


def is_word(fact: Fact) -> bool:
    """True for a word that says a direction."""
    return fact.claim is not None and fact.claim.measure is Measure.DIRECTION


def holds_within(check: Check, residual: ScaledAmount) -> bool:
    """True where a residual is within what the check's rounding allows."""
    return judge_relation(check.operator, residual, check.tolerance) is not Verdict.CONFLICT


def may_be_negative(fact: Fact) -> bool:
    """A figure printed so, or a change: it may as well have been a rise.

    Other amounts are not negative: an implied −12.50 says that something else is wrong.
    """
    changes = fact.claim is not None and (fact.claim.measure in CHANGES or fact.figure.unit in POINT_UNITS)
    return (fact.amount or 0) < 0 or changes


def is_omitted(fact: Fact, checks: Checks) -> bool:
    """True for a blank cell on whose side of some check nothing is printed although the other side is not zero."""
    return fact.blank and any(_on_blank_side(fact, check, checks) for check in checks.on(fact))


def _on_blank_side(fact: Fact, check: Check, checks: Checks) -> bool:
    sides = [side for side in (check.left, check.right) if any(number == fact.id for _, number in side)]
    return check.blank and all(checks.facts.facts[number].blank for side in sides for _, number in side)

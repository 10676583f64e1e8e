"""Evaluates the checks of a document with other values for some figures than are printed."""

from __future__ import annotations

from dataclasses import dataclass, field

from gouji.checks.check import Check, Checks
from gouji.checks.ratio import Ratio, holds
from gouji.facts.claim import CHANGES, Measure
from gouji.facts.fact import Fact
from gouji.intervals import POINT_UNITS, ScaledAmount, Verdict, judge_relation


@dataclass(frozen=True)
class Corrections:
    """The checks of a document with `values` (by fact id) in place of the printed amounts. A word of direction that has
    a value is turned."""

    checks: Checks
    values: dict[int, ScaledAmount] = field(default_factory=dict)

    def with_values(self, values: dict[int, ScaledAmount]) -> Corrections:
        """Returns the corrections with further values."""
        return Corrections(self.checks, {**self.values, **values})

    def amount(self, number: int) -> ScaledAmount:
        """Returns the assumed amount of fact `number`; zero for blank."""
        return self.values.get(number, self.checks.facts.facts[number].amount or 0)

    def ratio(self, check: Check) -> Ratio:
        """Returns a quotient after the corrections."""
        return Ratio.of(check, self.checks.facts, self.values)

    def residual(self, check: Check) -> ScaledAmount:
        """Returns left − right after the corrections."""
        if check.per:
            return 0 if holds(self.ratio(check)) else check.residual
        return check.residual + sum(
            sign * (self.values[fact] - (self.checks.facts.facts[fact].amount or 0))
            for sign, fact in check.terms
            if fact in self.values
        )

    def split(self, fact: Fact, check: Check) -> tuple[int, ScaledAmount]:
        """Returns weight and rest of a check's residual, which is weight·fact + rest."""
        weight = sum(sign for sign, number in check.terms if number == fact.id)
        return weight, self.residual(check) - weight * self.amount(fact.id)

    def violated(self, check: Check) -> bool:
        """True if the check does not hold after the corrections. An omission holds only once it is filled in."""
        if self.reworded(check):
            return False
        if check.per:
            return not holds(self.ratio(check))
        residual = self.residual(check)
        if check.blank and not any(fact in self.values for _, fact in check.terms):
            return residual != 0
        return not holds_within(check, residual)

    def reworded(self, check: Check) -> bool:
        """True if a word that the check rests on is turned: the check then says nothing."""
        return any(word in self.values for word in words_of(check, self.checks))

    def on(self, fact: Fact | int) -> list[Check]:
        """Returns the checks on a fact that bind it: those that compare something, or should.

        A check that found what a report's figures may be derived from does not bind: the figures may be about something
        else. Nor does a check that only asks for a reason.
        """
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
    """Returns the words of direction (ids) that a check rests on. 持平 takes part as an amount of zero."""
    return (*check.claims, *(number for number in check.fact_ids if is_word(checks.facts.facts[number])))


def is_word(fact: Fact) -> bool:
    """True for a word of direction."""
    return fact.claim is not None and fact.claim.measure is Measure.DIRECTION


def holds_within(check: Check, residual: ScaledAmount) -> bool:
    """True if a residual is within the check's tolerance."""
    return judge_relation(check.operator, residual, check.tolerance) is not Verdict.CONFLICT


def may_be_negative(fact: Fact) -> bool:
    """True for an amount printed as negative, and for a change, which may as well be a rise.

    Other amounts are not negative: an implied −12.50 shows that something else is wrong.
    """
    changes = fact.claim is not None and (fact.claim.measure in CHANGES or fact.figure.unit in POINT_UNITS)
    return (fact.amount or 0) < 0 or changes


def is_omitted(fact: Fact, checks: Checks) -> bool:
    """True for a blank cell if nothing is printed on its side of some check, although the other side is not zero."""
    return fact.blank and any(_on_blank_side(fact, check, checks) for check in checks.on(fact))


def _on_blank_side(fact: Fact, check: Check, checks: Checks) -> bool:
    sides = [side for side in (check.left, check.right) if any(number == fact.id for _, number in side)]
    return check.blank and all(checks.facts.facts[number].blank for side in sides for _, number in side)

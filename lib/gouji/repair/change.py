"""Lists what could be wrong: a printed number, a word of direction, or an amount with the wrong word of direction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from gouji.checks.check import Check, Checks
from gouji.facts.claim import Claim, Measure
from gouji.facts.fact import Fact, Part
from gouji.repair.corrections import is_word, words_of
from gouji.runtime.immutable import immutable


class Kind(StrEnum):
    """How a change corrects: another number, another word, the same number with the other sign."""

    NUMBER = "number"
    WORD = "word"
    TURNED = "turned"


@immutable()
class Change:
    """One correction, with the facts (ids) that it changes together.

    NUMBER has two facts where one number states two quantities (收、支总计), and several where it was copied to several
    places. TURNED gives a change, and the rate behind it, the other sign: one word stated both directions.
    """

    kind: Kind
    facts: tuple[int, ...]

    @property
    def first(self) -> int:
        """Returns the fact under which the change is reported."""
        return self.facts[0]


class Changes:
    """The possible changes of a document, by fact."""

    def __init__(self, checks: Checks) -> None:
        self._checks = checks
        self._printed: dict[tuple[int, int, int, int], list[int]] = {}
        for fact in checks.facts:
            if fact.part is Part.NARRATIVE and fact.figure.printed and fact.amount is not None:
                self._printed.setdefault(_place(fact), []).append(fact.id)

    @property
    def facts(self) -> Sequence[Fact]:
        """Returns the facts of the document, by id."""
        return self._checks.facts.facts

    def of(self, check: Check) -> Iterator[Change]:
        """Yields the changes that could make a check hold: one for each of its figures and words."""
        for number in sorted(check.fact_ids):
            fact = self._checks.facts.facts[number]
            if not is_word(fact):
                yield self.number(fact)
                yield from self._turned(fact)
        for word in words_of(check, self._checks):
            yield Change(Kind.WORD, (word,))

    def number(self, fact: Fact) -> Change:
        """Returns the printed number of a fact, with all facts that it states. A zero for several things
        (上级补助收入、其他收入均为0) may be wrong for only one of them."""
        together = self._printed.get(_place(fact), [fact.id])
        if fact.amount == 0 and len({self._key(number) for number in together}) > 1:
            together = [fact.id]
        return Change(Kind.NUMBER, tuple(together))

    def _key(self, number: int) -> str:
        claim = self._checks.facts.facts[number].claim
        return claim.topic.key if claim else ""

    def copied(self, fact: Fact) -> Change:
        """Returns the number of a fact, together with all places that print the same quantity with the same number: an
        error in the first place was copied to the others."""
        found, open_ = set(self.number(fact).facts), [fact]
        while open_:
            for other in self._same(open_.pop()):
                if other.id not in found:
                    found.update(self.number(other).facts)
                    open_.append(other)
        return Change(Kind.NUMBER, tuple(sorted(found)))

    def copied_of(self, number: int) -> tuple[int, ...]:
        """Returns the facts (ids) of a fact's number in all its places."""
        return self.copied(self._checks.facts.facts[number]).facts

    def _same(self, fact: Fact) -> Iterator[Fact]:
        """Yields the figures that a check compares with this fact alone, and that are printed like it."""
        for check in self._checks.on(fact):
            if check.operator == "=" and not check.per and len(check.terms) == 2 and check.residual == 0:
                others = (self._checks.facts.facts[number] for _, number in check.terms if number != fact.id)
                yield from (one for one in others if one.figure.printed and fact.amount and not is_word(one))

    def _turned(self, fact: Fact) -> Iterator[Change]:
        """Yields the changes of direction for an amount stated with the wrong word: the amount together with the rate
        behind it. If amount and rate have contrary words (减少…万元，增长…%), yields either by itself."""
        if contrary(fact, self._checks.facts.facts) is not None:
            yield Change(Kind.TURNED, (fact.id,))
            return
        if fact.claim is None or fact.claim.measure is not Measure.CHANGE or not fact.amount:
            return
        rates = (
            one
            for one in self._checks.facts.facts[fact.id + 1 : fact.id + 3]
            if one.claim and one.claim.measure is Measure.RATE and one.claim.topic == fact.claim.topic
        )
        same = [one.id for one in rates if (one.amount or 0) * fact.amount > 0]
        yield Change(Kind.TURNED, (fact.id, *same[:1]))


def contrary(fact: Fact, facts: Sequence[Fact]) -> Fact | None:
    """Returns the change printed beside a rate, or the rate beside a change, if its word says the contrary; else
    None."""
    if fact.claim is None or fact.claim.measure not in (Measure.CHANGE, Measure.RATE):
        return None
    rate = fact.claim.measure is Measure.RATE
    beside = facts[max(0, fact.id - 2) : fact.id] if rate else facts[fact.id + 1 : fact.id + 3]
    other = Measure.CHANGE if rate else Measure.RATE
    return next(
        (one for one in beside if _says_the_same_of(one, other, fact.claim) and _have_opposite_signs(one, fact)), None
    )


def _says_the_same_of(fact: Fact, measure: Measure, claim: Claim) -> bool:
    """True for a figure in this measure with the topic, the comparison and the sentence of a claim."""
    of = fact.claim
    said = of is not None and (of.topic, of.against, of.sentence) == (claim.topic, claim.against, claim.sentence)
    return said and of is not None and of.measure is measure


def _have_opposite_signs(one: Fact, other: Fact) -> bool:
    return (one.amount or 0) * (other.amount or 0) < 0


def _place(fact: Fact) -> tuple[int, int, int, int]:
    return fact.place.line, fact.place.start, fact.place.end, fact.amount or 0

"""Joins questions that want one answer about one thing, so that a department is asked once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Facts
from gouji.review.answers import Answer, Ground, answers
from gouji.review.observation import Observation, Outcome, Quote

_CHANGES = (Measure.CHANGE, Measure.RATE, Measure.DIRECTION)
#: Two amounts with so many digits, zeros at the end not counted, are equal by more than chance.
_TELLING = 4


def joined(found: Sequence[Observation], facts: Facts) -> tuple[Observation, ...]:
    """Returns the observations; of the questions that want one answer about one thing, the weightiest holds the others
    as further points, each in a line of its own.

    A question joins one that leads, never one that has joined another: what only a third question connects stays apart.
    """
    leader: dict[int, int] = {}
    for answer in answers():
        asked = [at for at, one in enumerate(found) if one.outcome is Outcome.RAISED and one.rule.id in answer.rules]
        asked.sort(key=lambda at: answer.rules.index(found[at].rule.id))
        for turn, at in enumerate(asked):
            leads = (each for each in asked[:turn] if each not in leader)
            first = next((each for each in leads if _on_one_thing(found[each], found[at], answer, facts)), None)
            if first is not None:
                leader[at] = first
    return tuple(
        _with_points(one, [found[each] for each in sorted(leader) if leader[each] == at])
        for at, one in enumerate(found)
        if at not in leader
    )


def _on_one_thing(one: Observation, other: Observation, answer: Answer, facts: Facts) -> bool:
    """True if both rest on what the answer must be about."""
    if answer.rests_on is Ground.WORDS:
        return any(_overlap(each, words) for each in one.quotes for words in other.quotes)
    pairs = ((first, second) for first in one.concerns for second in other.concerns)
    told = ((facts.facts[first], facts.facts[second]) for first, second in pairs)
    return any(_counts(first, answer) and _counts(second, answer) and _same(first, second) for first, second in told)


def _counts(fact: Fact, answer: Answer) -> bool:
    """True for a figure that the answer has to explain: what only stands beside it makes no question the same."""
    changes = fact.claim is not None and fact.claim.measure in _CHANGES
    return changes if answer.rests_on is Ground.CHANGE else not changes and fact.figure.unit.endswith("元")


def _same(one: Fact, other: Fact) -> bool:
    """True for one printed figure, or for two that state one quantity."""
    if one.place == other.place:
        return True
    if not (one.amount and other.amount and one.figure.unit.endswith("元") and other.figure.unit.endswith("元")):
        return False
    if one.concept == other.concept:
        return abs(one.amount - other.amount) <= one.radius + other.radius
    return one.amount == other.amount and len(str(abs(one.amount)).rstrip("0")) >= _TELLING


def _overlap(one: Quote, other: Quote) -> bool:
    """True for quotations with words in common."""
    first, second = one.place, other.place
    return first.line == second.line and first.start < second.end and second.start < first.end


def _with_points(one: Observation, further: Sequence[Observation]) -> Observation:
    """Returns a question that also asks what others asked: their points, figures and words behind its own."""
    if not further:
        return one
    asked = [f"{each.title}{each.message}" for each in further]
    numbered = [f"\n（{number}）{said}" for number, said in enumerate(asked, 1)]
    points = "".join(numbered) if len(asked) > 1 else asked[0]
    concerns = dict.fromkeys(number for each in (one, *further) for number in each.concerns)
    return replace(
        one,
        message=f"{one.message}\n同一事项还须说明：{points}",
        concerns=tuple(concerns),
        quotes=quoted_once(quote for each in (one, *further) for quote in each.quotes),
        further=tuple(further),
    )


def quoted_once(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """Returns quotations without those whose words another has."""
    every = tuple(dict.fromkeys(quotes))
    return tuple(one for one in every if not any(other is not one and _holds(other, one) for other in every))


def _holds(other: Quote, one: Quote) -> bool:
    """True if a quotation has all words of another. Of two with the same place, the one with more shown around it."""
    outer, inner = other.place, one.place
    if outer.line != inner.line or outer.start > inner.start or outer.end < inner.end:
        return False
    return outer != inner or len(other.text) > len(one.text)

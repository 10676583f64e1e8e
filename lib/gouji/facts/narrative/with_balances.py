"""Recognises totals that take in what was left at the year's beginning or end, where the year's own amount stands
beside them: 本年收入45万元，上年结转5万元，收入合计50万元."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gouji.facts.claim import Claim, Measure, Topic
from gouji.facts.narrative.reading import Stated
from gouji.facts.narrative.topics import headline
from gouji.facts.narrative.word_lists import WORDS
from gouji.runtime.immutable import immutable

_WITHIN = "/"
_PAIR = 2


@immutable()
class _Side:
    """One side of the account: the keys of the year's amount, of the balance beside it, and of the total of both."""

    year: str
    balance: str
    total: str
    #: The total's name in full.
    phrase: str


_SIDES = (
    _Side("income[total].total", "summary[opening].income", "summary[grand_total].income", "收入总计"),
    _Side("expenditure[total].total", "summary[closing].expenditure", "summary[grand_total].expenditure", "支出总计"),
)


def with_balances(stated: Sequence[Stated]) -> list[Stated]:
    """Gives the total with the balance its own topic, in each sentence that states it beside the year's amount.

    Expects the claims of one paragraph in printed order. Leaves sentences as they are that name such a total in full,
    or state one amount for both.
    """
    found = list(stated)
    for side in _SIDES:
        for sentence in sorted({one.claim.sentence for one in found}):
            places = [at for at, one in enumerate(found) if one.claim.sentence == sentence]
            for at, claim in _told_apart([(at, found[at]) for at in places], side):
                found[at] = replace(found[at], claim=claim)
    return found


def _told_apart(sentence: Sequence[tuple[int, Stated]], side: _Side) -> Iterator[tuple[int, Claim]]:
    """Yields the claims of a sentence that change, with their places."""
    amounts = [one for _, one in sentence if one.claim.measure is Measure.FINAL and one.claim.base is None]
    keys = {one.claim.topic.key for one in amounts}
    own = [one for one in amounts if _is_of_the_year(one.claim.topic, side)]
    totals = [one for one in amounts if one.claim.topic.key == side.year and one not in own]
    if side.balance not in keys or side.total in keys or len(totals) != 1 or not own:
        return
    if any(one.figure.value == totals[0].figure.value for one in own):
        return
    phrase, closes = totals[0].claim.topic.phrase, _closes(amounts, totals[0], side)
    for at, one in sentence:
        topic = one.claim.topic
        if topic.key == side.year and topic.phrase == phrase:
            claim = _named(one.claim, replace(headline(side.phrase, "overall"), phrase=phrase))
            yield at, replace(claim, closes=claim.closes or (closes and one is totals[0]))
        elif _is_of_the_year(topic, side) and _WITHIN in topic.key:
            whole = headline(side.phrase, "overall")
            yield at, replace(_named(one.claim, headline(topic.phrase, "overall")), whole=whole)


def _closes(amounts: Sequence[Stated], total: Stated, side: _Side) -> bool:
    """True for a total behind the year's amount and the balance alone: they are what it adds up."""
    before = [one.claim for one in amounts if one.start < total.start]
    alone = {claim.topic.key for claim in before} == {side.year, side.balance} and len(before) == _PAIR
    return alone and all(claim.group == total.claim.group for claim in before)


def _is_of_the_year(topic: Topic, side: _Side) -> bool:
    """True for 本年收入 beside 收入合计, also as a part of it."""
    return topic.key.partition(_WITHIN)[0] == side.year and topic.phrase.startswith(tuple(WORDS.this_year))


def _named(claim: Claim, topic: Topic) -> Claim:
    reading = next(iter(topic.readings(claim.measure)), "") if claim.measure is Measure.FINAL else claim.reading
    return replace(claim, topic=topic, reading=reading)

"""Recognises the total of a department that always says whose it is: 全区“三公”经费总支出 is its “三公”经费."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gouji.facts.claim import Claim, Measure, Topic
from gouji.facts.fact import Fact
from gouji.facts.narrative.topics import headline_within, heads
from gouji.facts.narrative.word_lists import WORDS

_SECTION = "three_public"
_OWNED = re.compile(f"^(?:{'|'.join(WORDS.owners)})(?P<of>.+)$")
_STATED = (Measure.FINAL, Measure.CHANGE, Measure.RATE)


def of_one_owner(facts: Sequence[Fact], tabled: bool) -> list[Fact]:
    """Returns the facts, with the section's headline as the topic of the only total that names an owner.

    The total keeps a topic of its own, the same in each paragraph, where a table prints the amounts (`tabled`), which
    may be those of more than the owner; where another total is stated; and where the total has parts of its own behind
    其中, which are checked with it.
    """
    said = [fact.claim for fact in facts if fact.claim is not None and fact.section == _SECTION]
    names = {claim.topic.phrase for claim in said if claim.measure is Measure.FINAL and _is_total(claim.topic)}
    owned = {name for name in names if _owned(name)}
    listed = any(claim.whole is not None and claim.whole.phrase in owned for claim in said)
    if tabled or len(owned) != 1 or names != owned or listed or not _stands_with_its_own(said, owned):
        return [_everywhere(fact, owned) for fact in facts]
    head = heads()[_SECTION]
    return [
        replace(fact, claim=replace(fact.claim, topic=Topic(fact.claim.topic.phrase, head.key)))
        if fact.claim is not None and fact.claim.topic.phrase in owned
        else fact
        for fact in facts
    ]


def _everywhere(fact: Fact, owned: set[str]) -> Fact:
    """Returns a fact whose topic and whole mean the same in each paragraph where they are an owner's total."""
    if fact.claim is None or fact.section != _SECTION:
        return fact
    topic, whole = (
        Topic(one.phrase, f"{heads()[_SECTION].key} {one.phrase}") if one and one.phrase in owned else one
        for one in (fact.claim.topic, fact.claim.whole)
    )
    if (topic is fact.claim.topic and whole is fact.claim.whole) or topic is None:
        return fact
    return replace(fact, claim=replace(fact.claim, topic=topic, whole=whole))


def _is_total(topic: Topic) -> bool:
    """True for the headline, and for all words around it: 全区“三公”经费总支出."""
    head = heads()[_SECTION]
    return topic.key == head.key or (topic.key == topic.phrase and head.phrase in topic.phrase)


def _owned(phrase: str) -> bool:
    """True for an owner of everything before the headline alone."""
    match = _OWNED.match(phrase)
    return match is not None and headline_within(match["of"], _SECTION).key == heads()[_SECTION].key


def _stands_with_its_own(said: Sequence[Claim], owned: set[str]) -> bool:
    """True where a part of the headline, or its change, is stated in the paragraph of the owner's total or the next."""
    places = {claim.paragraph for claim in said if claim.topic.phrase in owned}
    own = [claim for claim in said if claim.measure in _STATED and claim.topic.known]
    return any(claim.paragraph - place in (0, 1) for claim in own for place in places)

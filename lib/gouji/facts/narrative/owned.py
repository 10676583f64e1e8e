"""Recognises the total of a department that always says whose it is: 全区“三公”经费总支出 is its “三公”经费."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gouji.facts.claim import Claim, Measure, Topic
from gouji.facts.fact import Concept, Fact
from gouji.facts.narrative.concepts import concept_from_path
from gouji.facts.narrative.topics import headline, headline_within, heads
from gouji.facts.narrative.word_lists import WORDS

_SECTION = "three_public"
_OWNED = re.compile(f"^(?:{'|'.join(WORDS.owners)})(?P<of>.+)$")
_STATED = (Measure.FINAL, Measure.CHANGE, Measure.RATE)


def of_one_owner(facts: Sequence[Fact], tabled: bool) -> list[Fact]:
    """Returns the facts, with the section's headline as the topic of the only total that names an owner, and of one
    that is as much as the headline itself where that is stated too.

    The total keeps a topic of its own, the same in each paragraph, where a table prints the amounts (`tabled`), which
    may be those of more than the owner; where another total is stated; and where the total has parts of its own behind
    其中, which are checked with it.
    """
    said = [fact.claim for fact in facts if fact.claim is not None and fact.section == _SECTION]
    names = {claim.topic.phrase for claim in said if claim.measure is Measure.FINAL and _is_total(claim.topic)}
    owned = {name for name in names if _owned(name)}
    listed = any(claim.whole is not None and claim.whole.phrase in owned for claim in said)
    if _are_one(facts, names, owned):
        return [_as_headline(fact, owned) for fact in facts]
    if tabled or len(owned) != 1 or names != owned or listed or not _stands_with_its_own(said, owned):
        return [_everywhere(fact, owned) for fact in facts]
    head = heads()[_SECTION]
    return [
        replace(fact, claim=replace(fact.claim, topic=Topic(fact.claim.topic.phrase, head.key)))
        if fact.claim is not None and fact.claim.topic.phrase in owned
        else fact
        for fact in facts
    ]


def _are_one(facts: Sequence[Fact], names: set[str], owned: set[str]) -> bool:
    """True where one owner's total and the headline are stated, each in one amount, which is the same."""
    said = ((fact, fact.claim) for fact in facts if fact.claim is not None and fact.section == _SECTION)
    totals = [fact.figure for fact, claim in said if claim.measure is Measure.FINAL and _is_total(claim.topic)]
    amounts = {(figure.value, figure.unit) for figure in totals}
    return len(owned) == 1 and names > owned and len(amounts) == 1


def _as_headline(fact: Fact, owned: set[str]) -> Fact:
    """Returns a fact with the headline as its topic or whole, where that is an owner's total, and its parts as those of
    the headline."""
    if fact.claim is None or fact.section != _SECTION:
        return fact
    topic, whole = (_headline_or_part(one, owned) for one in (fact.claim.topic, fact.claim.whole))
    if topic is None or (topic is fact.claim.topic and whole is fact.claim.whole):
        return fact
    claim = replace(fact.claim, topic=topic, whole=whole)
    readings = () if claim.loose or claim.aside or claim.base else topic.readings(claim.measure)
    if topic is fact.claim.topic or len(readings) != 1:
        return replace(fact, claim=claim)
    targets = tuple(concept_from_path(path.strip()) for path in readings[0].split("|"))
    concept = Concept("narrative", "", targets[0].path)
    return replace(fact, claim=replace(claim, reading=readings[0]), target=targets, concept=concept)


def _headline_or_part(topic: Topic | None, owned: set[str]) -> Topic | None:
    if topic is not None and topic.phrase in owned:
        return replace(heads()[_SECTION], phrase=topic.phrase)
    if topic is not None and topic.key.partition("/")[0] in owned and topic.key.endswith(f"/{topic.phrase}"):
        return headline(topic.phrase, _SECTION)
    return topic


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

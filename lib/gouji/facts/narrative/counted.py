"""Finds what is counted: the noun behind the figure, and what is done with it (对12个项目开展绩效自评)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gouji.facts.claim import Measure, Topic
from gouji.facts.narrative.reading import Reading
from gouji.facts.narrative.tokens import Number, Token
from gouji.facts.narrative.word_lists import WORDS
from gouji.runtime.word_lists import any_of

#: The end of a noun behind a count.
_VERBS = re.compile(any_of(WORDS.noun_ends))
_LONGEST_NOUN = 14
#: Words for who counts, before the noun.
_WHO = re.compile(
    f"^(?:(?:{any_of(WORDS.own)})?(?:{any_of(WORDS.counters)}))?(?:{any_of(WORDS.counted_all)})?(?:{any_of(WORDS.counting)})?"
)
_DONE = re.compile(rf"^(?P<noun>[^的等和及]{{2,14}}?)(?:{any_of(WORDS.doing)})+(?P<what>[^的等和及]{{2,10}})$")


def counted_noun(named: Sequence[Topic], number: Number, following: Token | None) -> list[Topic]:
    """对12个项目开展…, 覆盖45个村: finds the counted noun behind the figure and the action before it."""
    if number.unit not in WORDS.counted_in or following is None or following.kind not in ("unknown", "subject"):
        return []
    noun = _VERBS.split(following.text)[0]
    if not 1 < len(noun) <= _LONGEST_NOUN or any(topic.known for topic in named):
        return []
    done = _WHO.sub("", named[0].phrase) if named and not named[0].phrase.endswith("对") else ""
    return [Topic(f"{done}{noun}", f"{done}{noun}")]


def name_action(reading: Reading) -> bool:
    """对26个项目开展了绩效自评: takes the action as part of the topic (projects evaluated). True where the words behind
    name one."""
    last = reading.out[-1] if reading.out else None
    if last is None or last.claim.measure not in (Measure.COUNT, Measure.PRIOR) or not reading.topics:
        return False
    if last.claim.sentence != reading.sentence or last.figure.dimension == "money":
        return False
    match = _DONE.match("".join(token.text for token in reading.said.run if token.text != "了"))
    if match is None or not last.claim.topic.phrase.endswith(match["noun"]) or last.claim.topic.known:
        return False
    phrase = f"{match['what']}{match['noun']}"
    topic = Topic(phrase, phrase)
    reading.out[-1] = replace(last, claim=replace(last.claim, topic=topic))
    reading.topics = [topic]
    return True

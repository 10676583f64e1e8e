"""What the wordings of a narrative (`style_a`, `style_b`, `style_c`) share."""

from __future__ import annotations

from collections.abc import Callable

from gouji.fictitious.departments.facts import NarrativeFacts

#: The words of a change, by its sign: of its size, and of its rate where that has words of its own.
BY_AMOUNT = {1: "增加", -1: "减少"}
BY_RATE = {1: "增长", -1: "下降"}
#: The kinds of “三公”经费 in the order of most narratives.
SPENT_ON = ("abroad", "vehicles", "reception")

#: A narrative's sections in order, each the paragraphs it makes of a department's facts.
Narrative = tuple[Callable[[NarrativeFacts], list[str]], ...]


def paragraphs(narrative: Narrative, facts: NarrativeFacts) -> list[str]:
    """The whole narrative, one paragraph for each element."""
    return [paragraph for part in narrative for paragraph in part(facts)]

"""Shared parts of the wordings of a narrative (`style_a`, `style_b`, `style_c`)."""

from __future__ import annotations

from collections.abc import Callable

from gouji.fictitious.departments.facts import NarrativeFacts

#: The words of a change by its sign: for its amount, and for its rate where that has other words.
BY_AMOUNT = {1: "增加", -1: "减少"}
BY_RATE = {1: "增长", -1: "下降"}
#: The kinds of “三公”经费 in the order of most narratives.
SPENT_ON = ("abroad", "vehicles", "reception")

#: A narrative's sections in order, each as a function from a department's facts to paragraphs.
Narrative = tuple[Callable[[NarrativeFacts], list[str]], ...]


def paragraphs(narrative: Narrative, facts: NarrativeFacts) -> list[str]:
    """The whole narrative, one paragraph for each element."""
    return [paragraph for part in narrative for paragraph in part(facts)]

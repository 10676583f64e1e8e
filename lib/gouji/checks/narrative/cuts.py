"""Tells apart two lists in one: by what was bought (货物、工程、服务), and by whom it went to (小微企业)."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.checks.narrative.spoken import said
from gouji.checks.word_lists import WORDS
from gouji.facts.fact import Fact


def cuts(members: Sequence[Fact]) -> list[list[Fact]]:
    """Returns the parts of each cut; all of them together where there is one."""
    for kinds in WORDS.kinds_of_money.values():
        named = [one for one in members if any(word in said(one).topic.phrase for word in kinds)]
        others = [one for one in members if one not in named]
        smaller = bool(others) and all(
            any(word in said(one).topic.phrase for word in WORDS.small_firms) for one in others
        )
        if len(named) > 1 and smaller:
            return [named, others]
    return [list(members)]

"""Loads the language of reasons as data: `words.yaml`, with its patterns compiled once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, cached_property
from importlib.resources import files

from gouji.runtime.strict import StrictModel
from gouji.runtime.yaml_data import load_yaml


class Item(StrictModel):
    """What a reason may name: its words, its side of the account, and the concepts that hold its amount, of all funds
    and of fiscal funds."""

    words: tuple[str, ...]
    side: str
    all: tuple[str, ...]
    fiscal: tuple[str, ...]


class Vocabulary(StrictModel):
    """The words of reasons; what each means is told in `words.yaml`."""

    cues: re.Pattern[str]
    leading: re.Pattern[str]
    flat: re.Pattern[str]
    lead: re.Pattern[str]
    stops: re.Pattern[str]
    listed: re.Pattern[str]
    up: str
    down: str
    items: Mapping[str, Item]
    thrift: re.Pattern[str]
    steady: re.Pattern[str]
    empty: tuple[str, ...]
    filler: re.Pattern[str]
    scopes: Mapping[str, frozenset[str]]
    unfilled: re.Pattern[str]
    balances: re.Pattern[str]
    excluded: re.Pattern[str]
    denied: re.Pattern[str]
    own: re.Pattern[str]
    ending: re.Pattern[str]

    @cached_property
    def moved(self) -> re.Pattern[str]:
        """Returns the expression for an item or a direction, whichever comes first."""
        words = sorted({word for item in self.items.values() for word in item.words}, key=len, reverse=True)
        return re.compile(rf"(?P<item>{'|'.join(map(re.escape, words))})|(?P<up>{self.up})|(?P<down>{self.down})")

    @cached_property
    def ways(self) -> tuple[tuple[re.Pattern[str], int], ...]:
        """Returns the words of each direction."""
        return (re.compile(self.up), 1), (re.compile(self.down), -1), (self.flat, 0)

    @cached_property
    def meaning(self) -> Mapping[str, tuple[str, ...]]:
        """Returns the items that each word may mean."""
        words = {word for item in self.items.values() for word in item.words}
        return {word: tuple(key for key, item in self.items.items() if word in item.words) for word in words}

    @cached_property
    def nothing(self) -> re.Pattern[str]:
        """Returns the expression for a reason that explains nothing, without its filler."""
        return re.compile("|".join(f"(?:{word})" for word in self.empty))


@cache
def vocabulary() -> Vocabulary:
    """Returns the vocabulary, read once. Raises ValueError if it is malformed."""
    return Vocabulary.model_validate(load_yaml(files("gouji.review.reasons").joinpath("words.yaml").read_text("utf-8")))

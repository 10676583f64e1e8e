"""A planted error: the printed text, its place, and the text it replaces."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from gouji.fictitious.departments import FictitiousDepartment, Words

TABLES, NARRATIVE = "表", "文"

Place = str | Words
"""The concept path of a table's cell, or a piece of the narrative of the clean department."""


@dataclass(frozen=True)
class Plant:
    """An error of a kind, in the tables or the narrative: `printed` stands at `place` instead of `clean`."""

    part: str
    kind: str
    place: Place
    clean: str
    printed: str

    def collides(self, other: Plant) -> bool:
        """True where both are at one place."""
        if isinstance(self.place, Words) and isinstance(other.place, Words):
            return self.place.overlaps(other.place)
        return self.place == other.place

    def told(self, department: FictitiousDepartment) -> str:
        """Returns the plant in words: in a table its concept path, in the narrative the words before it."""
        place = self.place
        where = place if isinstance(place, str) else f"{place.paragraph}{context(place, department)}"
        return f"{self.part} {self.kind} {where}: {self.clean} → {self.printed}"


_BEFORE = 24


def context(words: Words, department: FictitiousDepartment) -> str:
    """Returns a piece of the narrative with the words before it."""
    text = department.narrative[words.paragraph]
    begin = max(0, words.start - _BEFORE)
    return f"“{'…' if begin else ''}{text[begin : words.start]}【{words.text}】{words.unit}”"


Kind = Callable[[FictitiousDepartment, Random], Iterator[Plant]]
"""The plants of one kind that a clean department allows, each place once, in random order."""

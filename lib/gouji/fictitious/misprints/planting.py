"""Draws one to four errors for a department, prints them, and finds their places in its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from gouji.fictitious.departments import FictitiousDepartment, Words, change_cell, change_words, line_of
from gouji.fictitious.misprints import cells, sentences
from gouji.fictitious.misprints.plant import NARRATIVE, TABLES, Kind, Plant

KINDS: dict[str, dict[str, Kind]] = {TABLES: cells.KINDS, NARRATIVE: sentences.KINDS}
"""The kinds of misprint by part of the document."""

_PERCENT_IN_TABLES = 60


@dataclass(frozen=True)
class Spot:
    """The place of a plant in the printed text: the concept path of its cell, or a line and a span in it."""

    path: str = ""
    line: int = 0
    start: int = 0
    end: int = 0


def draw(department: FictitiousDepartment, count: int, chance: Random) -> list[Plant]:
    """Draws `count` plants at different places, each on its own: first its part, then its kind, then its place."""
    plants: list[Plant] = []
    while len(plants) < count:
        part = TABLES if chance.randrange(100) < _PERCENT_IN_TABLES else NARRATIVE
        kind = chance.choice(list(KINDS[part].values()))
        free = (one for one in kind(department, chance) if not any(one.collides(other) for other in plants))
        if plant := next(free, None):
            plants.append(plant)
    return plants


def print_all(department: FictitiousDepartment, plants: Sequence[Plant]) -> tuple[FictitiousDepartment, list[Spot]]:
    """Returns the department with all plants printed, and the spot of each."""
    printed = department
    for plant in sorted(plants, key=_from_behind, reverse=True):
        if isinstance(plant.place, Words):
            printed = change_words(printed, plant.place, plant.printed)
        else:
            printed = change_cell(printed, plant.place, plant.printed)
    return printed, [_spot(printed, plant, plants) for plant in plants]


def _from_behind(plant: Plant) -> tuple[int, int]:
    """Returns the position in the narrative, for sorting: a change moves what stands behind it."""
    return (plant.place.paragraph, plant.place.start) if isinstance(plant.place, Words) else (-1, 0)


def _spot(printed: FictitiousDepartment, plant: Plant, plants: Sequence[Plant]) -> Spot:
    if not isinstance(plant.place, Words):
        return Spot(path=plant.place)
    words = plant.place
    moved = sum(
        len(other.printed) - len(other.clean)
        for other in plants
        if isinstance(other.place, Words)
        and other.place.paragraph == words.paragraph
        and other.place.start < words.start
    )
    start = words.start + moved
    return Spot("", line_of(printed, words.paragraph), start, start + len(plant.printed))

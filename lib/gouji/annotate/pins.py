"""Fastens notes to pins: the places in a file. All notes of one place share a pin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from gouji.annotate.note import Note, Role
from gouji.document.model import Block, Document, Place
from gouji.document.origin import InPages, InWord, Origin
from gouji.findings.finding import SEVERITIES


@dataclass(frozen=True)
class Pin:
    """A span of a line, the origin of that line in its file (`cell`: in a table), and its notes in the memo's order."""

    origin: Origin
    start: int
    end: int
    notes: tuple[Note, ...]
    cell: bool = False

    @cached_property
    def leading(self) -> Note:
        """Returns the note that gives the pin its colour: the gravest on a suspect, else on a contradicting figure."""
        return min(self.notes, key=lambda one: (one.role is not Role.SUSPECT, SEVERITIES.index(one.severity)))

    @property
    def label(self) -> str:
        """Returns the memo's numbers of its findings: `1,3`; `2?` where arithmetic does not decide which figure is
        wrong; `(1)` at a figure that contradicts one."""
        suspect = self.leading.role is Role.SUSPECT
        told = (f"{one.number}{'' if one.located or one.role is not Role.SUSPECT else '?'}" for one in self.notes)
        return ",".join(dict.fromkeys(told)) if suspect else f"({','.join(dict.fromkeys(told))})"

    @property
    def paragraphs(self) -> list[tuple[str, ...]]:
        """Returns the paragraphs of each note."""
        return [one.paragraphs for one in self.notes]

    @property
    def text(self) -> str:
        """Returns all notes as plain text."""
        return "\n\n".join("\n".join(paragraphs) for paragraphs in self.paragraphs)


def pins_of(notes: Iterable[Note], document: Document, first: int, last: int) -> list[Pin]:
    """Returns the pins in one file, which holds the lines `first` to `last`.

    A note on a line without a place in the file goes to the nearest line that has one.
    """
    near = _Neighbours(document, range(first, last + 1))
    cells = {cell.place.line for block in document.blocks if block.grid for row in block.grid.rows for cell in row}
    grouped: dict[tuple[int, int, int], list[Note]] = {}
    for note in notes:
        if first <= note.place.line <= last and (place := near.pinned(note.place)) is not None:
            grouped.setdefault((place.line, place.start, place.end), []).append(note)
    return [
        Pin(document.origins[line], start, end, tuple(some), line in cells)
        for (line, start, end), some in sorted(grouped.items())
    ]


class _Neighbours:
    """The lines of a file that have a place in it."""

    def __init__(self, document: Document, lines: range) -> None:
        self._origins = document.origins
        self._blocks = [block for block in document.blocks if block.place.line in lines]

    def pinned(self, place: Place) -> Place | None:
        """Returns the place itself, else the whole of the nearest cell in its row, else of the nearest block above."""
        if _has_place_in_file(self._origins, place):
            return place
        for one in self._places_nearby(place):
            if _has_place_in_file(self._origins, one):
                return one
        return None

    def _places_nearby(self, place: Place) -> Iterable[Place]:
        row = _row_of(place, self._blocks)
        yield from sorted(row, key=lambda one: abs(one.line - place.line))
        above = [block for block in self._blocks if block.place.line <= place.line]
        yield from (_first(block) for block in reversed(above))
        yield from (_first(block) for block in self._blocks)


def _has_place_in_file(origins: Mapping[int, Origin], place: Place) -> bool:
    """True for a line with a place in its file. A line without a paragraph, or without a box on a page, has none."""
    origin = origins.get(place.line)
    if isinstance(origin, InWord):
        return bool(origin.paragraphs)
    return bool(origin.runs) if isinstance(origin, InPages) else origin is not None


def _row_of(place: Place, blocks: Sequence[Block]) -> list[Place]:
    """Returns the cells beside a cell."""
    for block in blocks:
        for row in block.grid.rows if block.grid else ():
            if any(cell.place.line == place.line for cell in row):
                return [cell.place for cell in row]
    return []


def _first(block: Block) -> Place:
    return block.grid.rows[0][0].place if block.grid else block.place

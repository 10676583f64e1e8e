"""Notes to pins: the places in a file that notes are fastened to, all notes of one place together."""

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
    """A span of a line, where that line stands in its file (`cell`: in a table), and what is to be said there, in the
    memo's order."""

    origin: Origin
    start: int
    end: int
    notes: tuple[Note, ...]
    cell: bool = False

    @cached_property
    def leading(self) -> Note:
        """The note that gives the pin its colour: the gravest of a suspect, else of a figure that contradicts one."""
        return min(self.notes, key=lambda one: (one.role is not Role.SUSPECT, SEVERITIES.index(one.severity)))

    @property
    def label(self) -> str:
        """The numbers of its findings in the memo: `1,3`, `2?` where arithmetic does not say which figure is wrong,
        `(1)` at a figure that contradicts one."""
        suspect = self.leading.role is Role.SUSPECT
        told = (f"{one.number}{'' if one.located or one.role is not Role.SUSPECT else '?'}" for one in self.notes)
        return ",".join(dict.fromkeys(told)) if suspect else f"({','.join(dict.fromkeys(told))})"

    @property
    def paragraphs(self) -> list[tuple[str, ...]]:
        """The paragraphs of each note."""
        return [one.paragraphs for one in self.notes]

    @property
    def text(self) -> str:
        """All that is said, as plain text."""
        return "\n\n".join("\n".join(paragraphs) for paragraphs in self.paragraphs)


def pins_of(notes: Iterable[Note], document: Document, first: int, last: int) -> list[Pin]:
    """The pins in one file, whose lines are `first` to `last`; a note whose own line stands nowhere in the file goes to
    the nearest that does."""
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
    """The lines of a file that stand somewhere in it."""

    def __init__(self, document: Document, lines: range) -> None:
        self._origins = document.origins
        self._blocks = [block for block in document.blocks if block.place.line in lines]

    def pinned(self, place: Place) -> Place | None:
        """The place itself, else the whole of the nearest cell in its row, else of the nearest block above."""
        if _stands(self._origins, place):
            return place
        for one in self._near(place):
            if _stands(self._origins, one):
                return one
        return None

    def _near(self, place: Place) -> Iterable[Place]:
        row = _row_of(place, self._blocks)
        yield from sorted(row, key=lambda one: abs(one.line - place.line))
        above = [block for block in self._blocks if block.place.line <= place.line]
        yield from (_first(block) for block in reversed(above))
        yield from (_first(block) for block in self._blocks)


def _stands(origins: Mapping[int, Origin], place: Place) -> bool:
    """True for a place that its file has: a line of no paragraph, or of no box on a page, stands nowhere."""
    origin = origins.get(place.line)
    if isinstance(origin, InWord):
        return bool(origin.paragraphs)
    return bool(origin.runs) if isinstance(origin, InPages) else origin is not None


def _row_of(place: Place, blocks: Sequence[Block]) -> list[Place]:
    """The cells beside a cell."""
    for block in blocks:
        for row in block.grid.rows if block.grid else ():
            if any(cell.place.line == place.line for cell in row):
                return [cell.place for cell in row]
    return []


def _first(block: Block) -> Place:
    return block.grid.rows[0][0].place if block.grid else block.place

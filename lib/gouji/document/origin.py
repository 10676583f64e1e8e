"""Where a line of text stands in its file, in the terms of the file's format: what an annotation is pinned to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class InWord:
    """In a Word document: the places of the paragraphs (all `w:p` of the document's body in order, from 0) that the
    text is made of; several for a cell, whose paragraphs are joined by line breaks."""

    paragraphs: tuple[int, ...]

    def locator(self, start: int, end: int) -> dict[str, Any]:
        """The place of a span for machines."""
        return {"paragraph": self.paragraphs[0] + 1}


@dataclass(frozen=True, slots=True)
class InSheet:
    """In a workbook: sheet and cell (`B7`)."""

    sheet: str
    cell: str

    def locator(self, start: int, end: int) -> dict[str, Any]:
        """The place of a span for machines."""
        return {"sheet": self.sheet, "cell": self.cell}


#: Left, top, right, bottom in points from the top left corner of the page as it is read.
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Run:
    """The characters `start` to `end` of a line, which stand in one line of a page (from 1)."""

    start: int
    end: int
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class InPages:
    """On the pages of a PDF or of scanned pictures: runs of characters in order."""

    runs: tuple[Run, ...]

    def boxes(self, start: int, end: int) -> list[tuple[int, Box]]:
        """Page and box of each run a span touches, cut to the span's share of it."""
        return [(run.page, _cut(run, start, end)) for run in self.runs if run.start < end and start < run.end]

    def locator(self, start: int, end: int) -> dict[str, Any]:
        """The place of a span for machines: its first page and box; nothing where it has none."""
        found = self.boxes(start, end) or [(run.page, run.box) for run in self.runs[:1]]
        return {"page": found[0][0], "box": [round(one, 1) for one in found[0][1]]} if found else {}


def _cut(run: Run, start: int, end: int) -> Box:
    """The part of a run's box that a span takes, by its share of the characters."""
    left, top, right, bottom = run.box
    each = (right - left) / (run.end - run.start)
    return (
        left + each * (max(start, run.start) - run.start),
        top,
        left + each * (min(end, run.end) - run.start),
        bottom,
    )


Origin = InWord | InSheet | InPages

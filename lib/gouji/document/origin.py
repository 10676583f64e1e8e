"""Where a line of text stands in its file, in the terms of the file's format: what an annotation is pinned to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class InWord:
    """In a Word document: the places of the paragraphs (all `w:p` of the document's body in order, from 0) that the
    text is made of; several for a cell, whose paragraphs are joined by line breaks.

    The line's first `prefix` characters are a number that Word generates: no paragraph holds them. `begins` says for
    each paragraph where in the line its own text begins: behind a number, or before the line (negative) where the line
    is a later part of a paragraph cut at its line breaks.
    """

    paragraphs: tuple[int, ...]
    prefix: int = 0
    begins: tuple[int, ...] = ()

    def spans(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """Paragraph, and span in its own text, of each part of a span. The last one's end may lie behind its text."""
        begins = self.begins or (self.prefix,)
        behind = (*begins[1:], max(end, begins[-1]))
        return [
            (paragraph, max(start, begin) - begin, min(end, after) - begin)
            for paragraph, begin, after in zip(self.paragraphs, begins, behind, strict=False)
            if max(start, begin) < min(end, after)
        ]

    def locator(self, start: int, end: int) -> dict[str, Any]:
        """The place of a span for machines."""
        found = [paragraph for paragraph, _, _ in self.spans(start, end)] or self.paragraphs[:1]
        return {"paragraph": found[0] + 1} if found else {}


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
    """The characters `start` to `end` of a line, which stand in one line of a page (from 1). `edges` are where each
    character begins, from left to right, and where the last ends; without them all are taken to be equally wide."""

    start: int
    end: int
    page: int
    box: Box
    edges: tuple[float, ...] = ()

    def cut(self, start: int, end: int) -> Box:
        """The part of the box that a span takes."""
        left, top, right, bottom = self.box
        length = self.end - self.start
        edges = self.edges or tuple(left + (right - left) * at / length for at in range(length + 1))
        return edges[max(start, self.start) - self.start], top, edges[min(end, self.end) - self.start], bottom


@dataclass(frozen=True, slots=True)
class InPages:
    """On the pages of a PDF or of scanned pictures: runs of characters in order."""

    runs: tuple[Run, ...]

    def boxes(self, start: int, end: int) -> list[tuple[int, Box]]:
        """Page and box of each run a span touches, cut to the span's share of it."""
        return [(run.page, run.cut(start, end)) for run in self.runs if run.start < end and start < run.end]

    def locator(self, start: int, end: int) -> dict[str, Any]:
        """The place of a span for machines: its first page and box; nothing where it has none."""
        found = self.boxes(start, end) or [(run.page, run.box) for run in self.runs[:1]]
        return {"page": found[0][0], "box": [round(one, 1) for one in found[0][1]]} if found else {}


Origin = InWord | InSheet | InPages

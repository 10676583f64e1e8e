"""Describes a document as read: blocks in order, each with its place. Nothing here knows what a table means."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from operator import attrgetter
from typing import Any

import pandas as pd

from gouji.document.origin import Origin
from gouji.runtime.immutable import immutable
from gouji.runtime.tabular import Tabular

_first_column = attrgetter("col")


@immutable()
class Place:
    """A place in the source: the line of the text (from 1), and the characters in it, `start` to `end` (exclusive)."""

    line: int
    start: int = 0
    end: int = 0

    def locator(self) -> dict[str, int]:
        """Returns the place as a JSON object."""
        return {"line": self.line, "start": self.start, "end": self.end}


@immutable()
class Cell:
    """A table cell. A merged cell covers the columns `col` to `col + colspan - 1` (from 0)."""

    row: int
    col: int
    colspan: int
    text: str
    place: Place


@immutable()
class Grid:
    """A table: rows of cells from left to right, with `width` leaf columns.

    `ruled` is False for a table without ruling lines: its columns are inferred from the gaps. `certain` is False where
    this inference is only a guess. `cut` is True where the table may continue on a page that is missing, `hides` where
    rows with amounts are hidden and not read.
    """

    rows: tuple[tuple[Cell, ...], ...]
    width: int
    ruled: bool = True
    certain: bool = True
    cut: bool = False
    hides: bool = False

    def cell_at(self, row: int, col: int) -> Cell | None:
        """Returns the cell that covers leaf column `col` of `row`, None where the row is too short."""
        cells = self.rows[row]
        at = bisect_right(cells, col, key=_first_column) - 1  # a sheet may have thousands of columns
        return cells[at] if at >= 0 and col < cells[at].col + cells[at].colspan else None

    def to_frame(self) -> pd.DataFrame:
        """Returns the table as printed: one column per leaf column, merged text in its first column."""
        frame = [[""] * self.width for _ in self.rows]
        for row in self.rows:
            for cell in row:
                frame[cell.row][cell.col] = cell.text
        return pd.DataFrame(frame)


class BlockKind(StrEnum):
    """The kinds of block a document is made of."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    TABLE = "table"


@immutable()
class Heading:
    """A numbered heading. Levels: 1 第一部分, 2 一、, 3 （一）, 4 1、. `number` is the number as printed."""

    level: int
    number: str
    title: str


@immutable()
class Block:
    """One heading, paragraph or table. `section` lists the headings above it, outermost first."""

    index: int
    kind: BlockKind
    text: str
    place: Place
    section: tuple[Heading, ...] = ()
    grid: Grid | None = None

    @property
    def where(self) -> str:
        """Names the place for people: the headings above it, else its number among the blocks."""
        return section_label(self.section) or f"正文第{self.index + 1}段"


@immutable()
class DocumentPart:
    """One of several files that make a document. Its first line has the number `before` + 1."""

    name: str
    sha256: str
    encoding: str
    before: int


@immutable(repr=False)
class Document(Tabular):
    """A source as read: its name, SHA-256, encoding or format, and its blocks in order.

    `anomalies` are remarks on reading for the memo: pages that were not read, tracked changes, hidden rows.
    `origins` maps a line number to its place in the file, for formats whose places are not lines.
    `doubtful` maps a line number to the character spans that OCR recognised with little confidence.
    `parts` are the files of a document made of several; empty for a single file.
    """

    name: str
    sha256: str
    encoding: str
    blocks: tuple[Block, ...]
    anomalies: tuple[str, ...] = field(default=())
    origins: Mapping[int, Origin] = field(default_factory=dict)
    doubtful: Mapping[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    parts: tuple[DocumentPart, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """Returns name and hash, and those of each file where there are several."""
        files = [{"name": part.name, "sha256": part.sha256} for part in self.parts]
        return {"name": self.name, "sha256": self.sha256, **({"files": files} if files else {})}

    def part_of(self, line: int) -> DocumentPart | None:
        """Returns the file in which a line stands; None for a document of a single file."""
        return next((part for part in reversed(self.parts) if part.before < line), None)

    def locator(self, place: Place) -> dict[str, Any]:
        """Returns a place as a JSON object: line and span, and where they are in the file."""
        origin, part = self.origins.get(place.line), self.part_of(place.line)
        where = origin.locator(place.start, place.end) if origin else {}
        return {**place.locator(), **where, **({"file": part.name, "line": place.line - part.before} if part else {})}

    def doubts(self, place: Place) -> bool:
        """True if OCR recognised some character of a place with little confidence."""
        return any(start < place.end and place.start < end for start, end in self.doubtful.get(place.line, ()))

    def to_frame(self) -> pd.DataFrame:
        """Returns one row per block: `index` and `line` (int64), `kind` (a value of BlockKind), `section` (its printed
        numbers) and `text` (str)."""
        frame = pd.DataFrame(
            {
                "index": [block.index for block in self.blocks],
                "kind": [block.kind.value for block in self.blocks],
                "line": [block.place.line for block in self.blocks],
                "section": [section_label(block.section) for block in self.blocks],
                "text": [block.text for block in self.blocks],
            }
        )
        return frame.astype({"index": "int64", "line": "int64"})


def section_label(section: tuple[Heading, ...]) -> str:
    """Returns the name of a section for people: `第三部分 七（二）1`."""
    if not section:
        return ""
    part = [heading.number for heading in section if heading.level == 1]
    rest = "".join(heading.number.rstrip("、.．") for heading in section if heading.level > 1)
    return " ".join([*part, rest]).strip()

"""What a reader makes of a file: ordered blocks, each with its place. Nothing here knows what a table means."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from operator import attrgetter
from typing import Any

import pandas as pd

from gouji.document.origin import Origin
from gouji.immutable import immutable

_first_column = attrgetter("col")


@immutable()
class Place:
    """Where something stands in the source: 1-based line of the text, and the character span within that line."""

    line: int
    start: int = 0
    end: int = 0

    def locator(self) -> dict[str, int]:
        """The place for machines."""
        return {"line": self.line, "start": self.start, "end": self.end}


@immutable()
class Cell:
    """One table cell with merged columns resolved: it covers `col` to `col + colspan - 1`."""

    row: int
    col: int
    colspan: int
    text: str
    place: Place


@immutable()
class Grid:
    """A table: rows of cells, left to right; `width` is the number of leaf columns. Of one printed without rules (not
    `ruled`) the columns are concluded from its gaps; where it is not `certain`, they can only be guessed. One that is
    `cut` may go on on a page that is not there."""

    rows: tuple[tuple[Cell, ...], ...]
    width: int
    ruled: bool = True
    certain: bool = True
    cut: bool = False

    def cell_at(self, row: int, col: int) -> Cell | None:
        """The cell covering leaf column `col` of `row`, None where the row is too short."""
        cells = self.rows[row]
        at = bisect_right(cells, col, key=_first_column) - 1  # a sheet may have thousands of columns
        return cells[at] if at >= 0 and col < cells[at].col + cells[at].colspan else None

    def to_frame(self) -> pd.DataFrame:
        """The table as printed, one column per leaf column, merged text at its first column."""
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
    """A numbered heading: level 1 第一部分, 2 一、, 3 （一）, 4 1、; `number` is what is printed of it."""

    level: int
    number: str
    title: str


@immutable()
class Block:
    """One heading, paragraph or table. `section` is the chain of headings it stands under, outermost first."""

    index: int
    kind: BlockKind
    text: str
    place: Place
    section: tuple[Heading, ...] = ()
    grid: Grid | None = None

    @property
    def where(self) -> str:
        """How people name its place: the headings it stands under, else its turn among the document's blocks."""
        return section_label(self.section) or f"正文第{self.index + 1}段"


@immutable()
class Part:
    """One of several files that make a document: its lines are numbered from the one after `before`."""

    name: str
    sha256: str
    encoding: str
    before: int


@immutable()
class Document:
    """A source as read: its name, SHA-256, encoding or format, and its blocks in order.

    `anomalies` are what a reader must know of the reading: pages that could not be read, tracked changes, hidden rows.
    `origins` says where each line (by number) stands in the file, for formats that have other places than lines.
    `doubtful` are the spans of lines that were recognised from a picture with little confidence. `parts` are the files
    of a document made of several; empty for a single one.
    """

    name: str
    sha256: str
    encoding: str
    blocks: tuple[Block, ...]
    anomalies: tuple[str, ...] = field(default=())
    origins: Mapping[int, Origin] = field(default_factory=dict)
    doubtful: Mapping[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    parts: tuple[Part, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """Name and hash, and those of each file where there are several."""
        files = [{"name": part.name, "sha256": part.sha256} for part in self.parts]
        return {"name": self.name, "sha256": self.sha256, **({"files": files} if files else {})}

    def part_of(self, line: int) -> Part | None:
        """The file a line stands in, of a document made of several."""
        return next((part for part in reversed(self.parts) if part.before < line), None)

    def locator(self, place: Place) -> dict[str, Any]:
        """A place for machines: line and span, and where that is in the file."""
        origin, part = self.origins.get(place.line), self.part_of(place.line)
        where = origin.locator(place.start, place.end) if origin else {}
        return {**place.locator(), **where, **({"file": part.name, "line": place.line - part.before} if part else {})}

    def doubts(self, place: Place) -> bool:
        """True where something of a place was recognised with little confidence."""
        return any(start < place.end and place.start < end for start, end in self.doubtful.get(place.line, ()))

    def to_frame(self) -> pd.DataFrame:
        """One row per block: `index` and `line` (int64), `kind` (a value of BlockKind), `section` (its printed numbers)
        and `text` (str)."""
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
    """How people name a place in the document: `第三部分 七（二）1`."""
    if not section:
        return ""
    part = [heading.number for heading in section if heading.level == 1]
    rest = "".join(heading.number.rstrip("、.．") for heading in section if heading.level > 1)
    return " ".join([*part, rest]).strip()

"""What a reader makes of a file: ordered blocks, each with its place. Nothing here knows what a table means."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import pandas as pd


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the source: 1-based line of the text, and the character span within that line."""

    line: int
    start: int = 0
    end: int = 0

    def locator(self) -> dict[str, int]:
        """The place for machines."""
        return {"line": self.line, "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell with merged columns resolved: it covers `col` to `col + colspan - 1`."""

    row: int
    col: int
    colspan: int
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of cells, left to right; `width` is the number of leaf columns."""

    rows: tuple[tuple[Cell, ...], ...]
    width: int

    def cell_at(self, row: int, col: int) -> Cell | None:
        """The cell covering leaf column `col` of `row`, None where the row is too short."""
        for cell in self.rows[row]:
            if cell.col <= col < cell.col + cell.colspan:
                return cell
        return None

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


_KIND_NAMES = {BlockKind.HEADING: "标题", BlockKind.PARAGRAPH: "段落", BlockKind.TABLE: "表格"}


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading: level 1 第一部分, 2 一、, 3 （一）, 4 1、; `number` is what is printed of it."""

    level: int
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph or table. `section` is the chain of headings it stands under, outermost first."""

    index: int
    kind: BlockKind
    text: str
    place: Place
    section: tuple[Heading, ...] = ()
    grid: Grid | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A source file as read: its name, SHA-256, encoding or format, and its blocks in order."""

    name: str
    sha256: str
    encoding: str
    blocks: tuple[Block, ...]
    anomalies: tuple[str, ...] = field(default=())

    def to_frame(self) -> pd.DataFrame:
        """One row per block: index, kind, line, section (printed numbers), text."""
        return pd.DataFrame(
            {
                "块": [block.index for block in self.blocks],
                "类型": [_KIND_NAMES[block.kind] for block in self.blocks],
                "行": [block.place.line for block in self.blocks],
                "章节": [section_label(block.section) for block in self.blocks],
                "内容": [block.text for block in self.blocks],
            }
        )


def section_label(section: tuple[Heading, ...]) -> str:
    """How people name a place in the document: `第三部分 七（二）1`."""
    if not section:
        return ""
    part = [heading.number for heading in section if heading.level == 1]
    rest = "".join(heading.number.rstrip("、.．") for heading in section if heading.level > 1)
    return " ".join([*part, rest]).strip()

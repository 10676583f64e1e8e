"""Describes what a reader finds in a file, whatever its format: lines of text and tables of rows, in reading order.

A line is a paragraph or the text of one cell. Every line of a file has a number of its own, by which places name it.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Line:
    """One paragraph, or the text of one cell.

    `number` is the number of the line that it stands in. `start` is where the text begins in that line.
    """

    number: int
    text: str
    start: int = 0


@dataclass(slots=True)
class Row:
    """One row of a table.

    - `columns`: for each cell its first column and how many it covers, as the format says; None if that must be
      concluded from the cells of all rows. A cell merged downwards stands in its first row; the rows below have an
      empty cell in its place.
    - `ruled`: False for a table without rules, whose columns are concluded. `certain`: False if this is only a guess.
    - `cut`: the table ends with its page, and the next page is missing.
    - `packed`: merged cells leave nothing in the rows and columns that they cover.
    - `hides`: a row beside it is hidden, and its amounts are not read.
    """

    cells: list[Line] = field(default_factory=list)
    columns: list[tuple[int, int]] | None = None
    ruled: bool = True
    certain: bool = True
    cut: bool = False
    packed: bool = False
    hides: bool = False

    @property
    def printed(self) -> list[str]:
        """Returns the texts of the cells that are not empty."""
        return [text for cell in self.cells if (text := cell.text.strip())]

    @property
    def joined(self) -> str:
        """Returns the row as one line of text."""
        return "  ".join(self.printed)


#: A paragraph, or the rows of a table (or of several that touch).
Piece = Line | list[Row]

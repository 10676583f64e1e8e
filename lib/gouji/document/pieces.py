"""What a reader finds in a file, whatever its format: lines of text and tables of rows, in reading order.

A line is a paragraph or what one cell prints. Every line of a file has a number of its own, by which places name it.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Line:
    """One paragraph, or the text of one cell; `start` is where the text begins in the line of that number."""

    number: int
    text: str
    start: int = 0


@dataclass(slots=True)
class Row:
    """One row of a table. `columns` gives each cell's first column and how many it covers, where the format says so;
    None where that must be concluded from the cells of all rows.

    Of a table without rules (not `ruled`) the columns are concluded; `certain` or not that they are right. A cell
    merged downwards stands in its first row; the rows below have an empty cell in its place. `cut`: the table ends with
    its page, and the next page is not there. `packed`: merged cells leave nothing in the rows and columns they cover.
    `hides`: a row beside it is hidden, its amounts are not read.
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
        """The texts of the cells that print something."""
        return [text for cell in self.cells if (text := cell.text.strip())]

    @property
    def joined(self) -> str:
        """The row as one line of text."""
        return "  ".join(self.printed)


#: A paragraph, or the rows of a table (or of several that touch).
Piece = Line | list[Row]

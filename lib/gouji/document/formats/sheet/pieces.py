"""Makes pieces of the rows that sheets show: tables, what stands above and below them, and sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gouji.document.formats.sheet.hidden import is_figure
from gouji.document.formats.sheet.shown import Shown, ShownCell, ShownRow
from gouji.document.marks import CAPTION_END, NOTE, NUMBERED, OWNER, is_caption
from gouji.document.origin import InSheet, Origin
from gouji.document.pieces import Line, Piece, Row
from gouji.document.side_by_side import above_several, has_titles
from gouji.document.word_lists import WORDS
from gouji.runtime.word_lists import any_of

#: A sheet's name that can be a table's title.
_TITLE = re.compile(any_of(WORDS.sheet_titles))
#: The greatest length of a label.
_LONGEST_LABEL = 45


@dataclass
class Builder:
    """Collects the pieces of all sheets. Lines are numbered through all of them."""

    pieces: list[Piece] = field(default_factory=list)
    origins: dict[int, Origin] = field(default_factory=dict)
    _number: int = 0
    _sheet: str = ""
    _captioned: bool = False
    _run: list[ShownRow] = field(default_factory=list)

    def add(self, shown: Shown) -> None:
        """Adds what a sheet shows."""
        self._sheet, self._captioned = shown.title, False
        apart = False
        for row in shown.rows:
            apart = apart or row.apart
            if not row.printed:
                if self._run and (row.ruled or row.reached) and not apart:
                    self._run.append(row)
                else:
                    apart = True
                continue
            if self._run and self._parted(row, apart):
                self._flush()
            if _told(row) or (not self._run and _above(row) and not above_several(_texts(row))):
                self._flush()
                self._paragraphs(row)
            else:
                self._run.append(row)
            apart = False
        self._flush()

    def _parted(self, row: ShownRow, apart: bool) -> bool:
        """True for a row that does not belong to the table above it: a title, or a row without a number behind an empty
        row or behind the form's last line."""
        if len(row.printed) == 1 and _titled(row.printed[0].text):
            return True
        if self._beside() and (all(map(_above, self._run)) or all(NOTE.match(cell.text) for cell in row.printed)):
            return False
        left = not row.ruled and self._run[-1].ruled
        if len(row.printed) == 1:
            return left or (apart and not row.ruled)
        return (apart or left) and not any(is_figure(cell.text) for cell in row.printed)

    def _beside(self) -> bool:
        """True for a run that prints the titles of several tables in one row: they stand beside each other."""
        return any(has_titles(_texts(row)) for row in self._run)

    def _flush(self) -> None:
        """Ends the run of rows. It is a table, or paragraphs if no row has two cells with text."""
        run, self._run = self._run, []
        full = [row for row in run if len(row.printed) > 1]
        if not full:
            for row in run:
                self._paragraphs(row)
            return
        if not self._captioned and _TITLE.search(self._sheet):
            self.pieces.append(self._line(self._sheet, "A1"))
        self._captioned = True
        left = min(cell.column for row in run for cell in row.printed)
        right = max(
            [cell.column for row in run for cell in row.printed]
            + [cell.column + cell.span - 1 for row in full for cell in row.printed]
        )
        self.pieces.append([self._row(row, left, right) for row in run])

    def _row(self, row: ShownRow, left: int, right: int) -> Row:
        """Returns a table's row, from the table's first column to its last."""
        made = Row(columns=[], hides=row.hides)
        for cell in row.cells:
            first, last = max(cell.column, left), min(cell.column + cell.span - 1, right)
            if first <= last and made.columns is not None:
                made.cells.append(self._line(cell.text, cell.name))
                made.columns.append((first - left, last - first + 1))
        return made

    def _paragraphs(self, row: ShownRow) -> None:
        """Adds a row outside tables. Each line of a single cell is a paragraph; several cells are one paragraph."""
        printed = row.printed
        whole = ["  ".join(cell.text.strip() for cell in printed)]
        for text in printed[0].text.splitlines() if len(printed) == 1 else whole:
            if text.strip():
                self.pieces.append(self._line(text, printed[0].name))
        texts = [cell.text for cell in printed if not NUMBERED.match(cell.text)]
        self._captioned = self._captioned or any(_titled(line) for text in texts for line in text.splitlines())

    def _line(self, text: str, cell: str) -> Line:
        self._number += 1
        self.origins[self._number] = InSheet(self._sheet, cell)
        return Line(self._number, text)


def _texts(row: ShownRow) -> list[str]:
    return [cell.text.strip() for cell in row.printed]


def _titled(text: str) -> bool:
    """True for a table's title or number."""
    titled = not OWNER.search(text) and (CAPTION_END.search(text) or NUMBERED.match(text))
    return "。" not in text and (bool(titled) or is_caption(text))


def _told(row: ShownRow) -> bool:
    """True for a row that is a note or a sentence, and so in no table."""
    if len(row.printed) != 1:
        return False
    text = row.printed[0].text.strip()
    return bool(NOTE.match(text)) or "。" in text or len(text) > _LONGEST_LABEL


def _above(row: ShownRow) -> bool:
    """True for a row above a table that does not belong to it: a single cell outside the form, or department, unit and
    number."""
    printed = row.printed
    alone = len(printed) == 1 and (not row.ruled or _titled(printed[0].text))
    return alone or any(_of_owner(cell) for cell in printed) or has_titles(_texts(row))


def _of_owner(cell: ShownCell) -> bool:
    return bool(OWNER.search(cell.text) or NUMBERED.match(cell.text))

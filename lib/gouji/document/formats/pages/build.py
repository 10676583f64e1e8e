"""Makes pieces of the lines and grids of pages. Each line of text keeps its places on the pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, count

from gouji.document.formats.pages.grids import PageGrid
from gouji.document.formats.pages.lines import Char, TextLine
from gouji.document.formats.pages.page import Page
from gouji.document.formats.pages.paragraphs import goes_on, margins_of, size_of
from gouji.document.formats.pages.tables import Placed, Table
from gouji.document.origin import Box, InPages, Origin, Run
from gouji.document.pieces import Line, Piece, Row

#: The share of a page's height to which a table reaches down that fills the page.
_FULL = 0.75


class Builder:
    """Puts pages together.

    The results are `pieces`, `origins`, `doubtful` (see `Document`) and `cut`: the pages that end with a table which
    may continue on a missing page. Besides these, it keeps only the paragraph or table that may continue.
    """

    def __init__(self, pages: Sequence[Page]) -> None:
        self.pieces: list[Piece] = []
        self.origins: dict[int, Origin] = {}
        self.doubtful: dict[int, tuple[tuple[int, int], ...]] = {}
        self.cut: list[int] = []
        self._numbers = count(1)
        self._pages = {page.number: page for page in pages}
        self._margins = margins_of(pages)
        self._paragraph: list[tuple[int, TextLine]] = []
        self._table: Table | None = None
        for page, after in zip(pages, [*pages[1:], None], strict=True):
            for item in page.items:
                self._add(item, page)
            if self._table and _goes_on_elsewhere(page, after):
                self.cut.append(page.number)
                self._close(cut=True)
        self._close()

    def remarks(self) -> list[str]:
        """Returns a line for people on each table that may not be complete."""
        return [f"第{number}页的表止于页末，其后的页没有提供或不能读取，可能缺下一页" for number in self.cut]

    def _add(self, item: TextLine | PageGrid, page: Page) -> None:
        if isinstance(item, PageGrid):
            if self._paragraph or self._table is None or not self._table.take(item, page.number):
                self._close()
                self._table = Table(item, page.number)
            return
        here = item.page or page.number
        if self._paragraph:
            number, above = self._paragraph[-1]
            if goes_on(above, item, self._margins[size_of(page)], number != here):
                self._paragraph.append((here, item))
                return
        self._close()
        self._paragraph = [(here, item)]

    def _close(self, cut: bool = False) -> None:
        if self._paragraph:
            self.pieces.append(self._line(self._paragraph))
            self._paragraph = []
        if self._table and self._table.rows:
            table = self._table
            self.pieces.append([replace(self._row(row, table), cut=cut) for row in (*table.rows, *table.blank)])
        self._table = None

    def _row(self, row: Sequence[Placed], of: Table) -> Row:
        return Row([self._cell(cell) for cell in row], [(cell.col, cell.cols) for cell in row], of.ruled, of.certain)

    def _cell(self, cell: Placed) -> Line:
        """Returns a cell's text as a line. The place of an empty cell is its own box."""
        line = self._line(cell.lines)
        if cell.frame and not cell.lines:
            page, box = cell.frame
            self.origins[line.number] = InPages((Run(0, 1, page, _rounded(self._pages[page].placed(box))),))
        return line

    def _line(self, lines: Sequence[tuple[int, TextLine]]) -> Line:
        number = next(self._numbers)
        text = ""
        runs: list[Run] = []
        doubts: list[tuple[int, int]] = []
        for page, line in lines:
            for start, part in _parts(line):
                runs += _runs(len(text) + start, part, self._pages[page])
                doubts += [(len(text) + start + at, len(text) + start + at + 1) for at in _unsure(part)]
            text += line.text
        if runs:
            self.origins[number] = InPages(tuple(runs))
        if doubts:
            self.doubtful[number] = tuple(doubts)
        return Line(number, text)


def _goes_on_elsewhere(page: Page, after: Page | None) -> bool:
    """True if a page ends with a table that fills it, and the next page is missing."""
    last = page.items[-1] if page.items else None
    fills = isinstance(last, PageGrid) and last.box[3] > _FULL * page.height
    return fills and (after is None or not after.items or after.number != page.number + 1)


def _parts(line: TextLine) -> list[tuple[int, list[Char]]]:
    """Returns the characters of a line between its spaces, each group with its position in the text."""
    parts: list[tuple[int, list[Char]]] = []
    at, gap = 0, True
    for text, char in line.spaced:
        if char is None:
            gap = True
        elif gap:
            parts.append((at, [char]))
            gap = False
        else:
            parts[-1][1].append(char)
        at += len(text)
    return parts


def _unsure(chars: Sequence[Char]) -> Iterator[int]:
    """Yields the positions of characters that were recognised with little confidence."""
    at = 0
    for one in chars:
        if not one.sure:
            yield at
        at += len(one.text)


def _runs(start: int, chars: Sequence[Char], page: Page) -> list[Run]:
    """Returns the run of some characters. On a page that was turned, each character has its own run: they stand below
    one another there."""
    if page.turn and len(chars) > 1:
        starts = accumulate((len(one.text) for one in chars), initial=start)
        return [run for at, one in zip(starts, chars, strict=False) for run in _runs(at, [one], page)]
    box = (
        min(one.x0 for one in chars),
        min(one.top for one in chars),
        max(one.x1 for one in chars),
        max(one.bottom for one in chars),
    )
    edges = [one.x0 for one in chars for _ in one.text]
    edges = [] if page.turn else [round(edge, 2) for edge in (*edges, chars[-1].x1)]
    return [
        Run(start, start + sum(len(one.text) for one in chars), page.number, _rounded(page.placed(box)), tuple(edges))
    ]


def _rounded(box: Box) -> Box:
    return (round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2))

"""Reads one page of a PDF from the characters and tables that pdfplumber finds."""

from __future__ import annotations

import re
from typing import Any

from pdfplumber.page import Page as PlumbedPage

from gouji.document.formats.pages.grids import PageGrid, fill, grid_of
from gouji.document.formats.pages.lines import Char, lines_of
from gouji.document.formats.pages.page import Page, in_order
from gouji.document.formats.pages.stacked_rows import unstacked
from gouji.document.formats.pdf.printed import is_printed, on_paper
from gouji.document.formats.pdf.rules import tables_of
from gouji.document.formats.pdf.turned import side_of
from gouji.radicals import ordinary

#: A table needs at least this many rules; a page with fewer is not searched for one.
_FEWEST_RULES = 4
#: Characters that a font has no letter for: printers of web pages write spaces that do not break as such.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


def read_page(page: PlumbedPage, number: int, turn: int = 0) -> Page:
    """Returns a page with its lines and ruled tables. A page without rules is not searched for ruled tables."""
    left, top = (float(side) for side in page.bbox[:2])  # the sheet's corner need not be the origin
    chars = [_char(one, left, top) for one in page.chars if is_printed(one, page.rects)]
    rest = on_paper(chars, float(page.width), float(page.height))
    grids: list[PageGrid] = []
    if len(page.lines) + len(page.rects) + len(page.curves) >= _FEWEST_RULES:
        for table in tables_of(page):
            grid = grid_of([(x0 - left, y0 - top, x1 - left, y1 - top) for x0, y0, x1, y1 in table.cells], strips=True)
            if grid is not None:
                rest = fill(grid, rest)
                grids.append(unstacked(grid))
    return Page(number, float(page.width), float(page.height), in_order(lines_of(rest), grids), turn)


def _char(one: dict[str, Any], left: float, top: float) -> Char:
    box = (one["x0"] - left, one["top"] - top, one["x1"] - left, one["bottom"] - top)
    return Char(_CONTROL.sub(" ", ordinary(one["text"])), *box, turned=side_of(one))

"""Writes tables of a paper in Word: fixed column widths, a head repeated on every page, rows that are not split."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docx.oxml.xmlchemy import BaseOxmlElement

from gouji.memo.paper import PADDING, PaperRow, Table
from gouji.memo.word.elements import cell, element, line, twips
from gouji.memo.word.styles import cell_style

_LINE = "7F7F7F"


def table(of: Table) -> BaseOxmlElement:
    """Returns a table as an element."""
    made, style, count = frame(of.widths), cell_style(of.size), len(of.body)
    for number, row in enumerate((*of.head, *of.body), -len(of.head)):
        kept = number < 0 or (of.whole and (of.kept or number < count - 1))
        properties = element("trPr", element("cantSplit"), *([element("tblHeader")] if number < 0 else []))
        made.append(element("tr", properties, *_cells(row, of.widths, style, kept)))
    return made


def frame(widths: Sequence[float]) -> BaseOxmlElement:
    """Returns a table without rows."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = element("tblBorders", *(element(side, val="single", sz=4, space=0, color=_LINE) for side in sides))
    beside, above = twips(PADDING), twips(PADDING / 2)
    margins = {"top": above, "left": beside, "bottom": above, "right": beside}
    return element(
        "tbl",
        element(
            "tblPr",
            element("tblW", w=sum(map(twips, widths)), type="dxa"),
            element("jc", val="center"),
            borders,
            element("tblLayout", type="fixed"),
            element("tblCellMar", *(element(side, w=width, type="dxa") for side, width in margins.items())),
        ),
        element("tblGrid", *(element("gridCol", w=twips(width)) for width in widths)),
    )


def _cells(row: PaperRow, widths: Sequence[float], style: str, kept: bool) -> Iterator[BaseOxmlElement]:
    column = 0
    for one in row:
        align = "" if one.align == "left" else one.align
        lines = [line(style, spans, align, kept) for spans in one.lines or ((),)]
        yield cell(sum(widths[column : column + one.colspan]), lines, one.colspan, one.shaded)
        column += one.colspan

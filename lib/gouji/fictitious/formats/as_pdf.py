"""Writes a document as a PDF with text: paragraphs with indented first lines, every table on a page of its own."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import typst

from gouji.document.model import BlockKind, Cell, Document, Grid
from gouji.errors import UnusableInputError
from gouji.facts.figure import parse_figure
from gouji.memo.fonts import packaged_file

_SOURCE = """
#let doc = json(bytes(sys.inputs.at("doc")))
#set document(date: none)
#set text(font: "Noto Sans CJK SC", size: 11pt, lang: "zh")
#set par(justify: true, leading: 8pt, spacing: 8pt)
#set page(paper: "a4", margin: (x: 2.6cm, y: 2.8cm), numbering: "- 1 -", header: align(center, text(8pt, doc.head)),
  foreground: if doc.watermark != "" { rotate(doc.slant * 1deg, text(46pt, fill: luma(80%), doc.watermark)) })
#let grid(one) = {
  set text(size: one.size * 1pt)
  set par(justify: false, leading: 4pt)
  let said(words) = if doc.upward and words.contains(regex("\\p{Han}")) {
    rotate(-90deg, reflow: true, words)
  } else { text(words) }
  let printed(words) = if words == "" { box(height: 1em) } else { text(words) }
  let cells = one.cells.enumerate().map(((at, cell)) => table.cell(
    colspan: cell.span, if at < one.head and cell.span == 1 { said(cell.text) } else { printed(cell.text) }))
  let head = cells.slice(0, one.head)
  let body = cells.slice(one.head)
  let stroke = if doc.ruled { 0.5pt } else { none }
  table(columns: one.columns.map(width => width * 1fr), stroke: stroke, inset: (x: doc.inset * 1pt, y: 3.5pt),
    align: (x, y) => if y < one.head_rows { center } else if one.figures.contains(x) { right } else { left },
    table.header(repeat: doc.repeat_header, ..head), ..body)
}
#for one in doc.pieces {
  if one.kind == "table" { grid(one) }
  else if one.kind == "page" { pagebreak(weak: true) }
  else { par(first-line-indent: (amount: if one.indent { 2em } else { 0em }, all: true), text(one.text)) }
}
"""


def to_pdf(
    document: Document,
    path: Path,
    *,
    ruled: bool = True,
    repeat_header: bool = False,
    size: float = 8,
    head: str = "",
    watermark: str = "",
    slant: float = -30,
    upward: bool = False,
) -> None:
    """Writes a document's blocks as PDF. A table longer than its page continues on further pages, with or without its
    header."""
    pieces: list[dict[str, object]] = []
    for block in document.blocks:
        if block.kind is BlockKind.TABLE and block.grid is not None:
            pieces += [_table(block.grid, size), {"kind": "page"}]
        else:
            pieces.append({"kind": "text", "text": block.text, "indent": block.kind is BlockKind.PARAGRAPH})
    data = {
        "pieces": pieces,
        "ruled": ruled,
        "repeat_header": repeat_header,
        "head": head,
        "watermark": watermark,
        "slant": slant,
        "upward": upward,
        "inset": 3 if ruled else 7,
    }
    path.write_bytes(typst.compile(_SOURCE.encode(), font_paths=_fonts(), sys_inputs={"doc": json.dumps(data)}))


@cache
def _fonts() -> typst.Fonts:
    """Returns the packaged fonts alone, so that pages are alike on every machine."""
    font = packaged_file()
    if font is None:
        raise UnusableInputError("PDF", "没有找到中文字体", "请安装 mplfonts")
    return typst.Fonts(include_system_fonts=False, font_paths=[font.parent])


def _table(grid: Grid, size: float) -> dict[str, object]:
    """Returns a grid's cells row by row, with empty ones where a row is short.

    The header is the rows above the first code or line number. It only matters where it is repeated.
    """
    cells: list[dict[str, object]] = []
    counts = []
    for row in grid.rows:
        before = len(cells)
        at = 0
        for cell in row:
            cells += [{"text": "", "span": 1}] * (cell.col - at)
            cells.append({"text": cell.text.strip(), "span": cell.colspan})
            at = cell.col + cell.colspan
        cells += [{"text": "", "span": 1}] * (grid.width - at)
        counts.append(len(cells) - before)
    head = min(2, len(counts) - 1)
    widths = [
        max((len(c.text.strip()) / c.colspan for r in grid.rows for c in r if _over(c, col)), default=1.0)
        for col in range(grid.width)
    ]
    return {
        "kind": "table",
        "cells": cells,
        "columns": [min(max(width, 3.0), 9.0) for width in widths],
        "head": sum(counts[:head]),
        "head_rows": head,
        "figures": [col for col in range(grid.width) if _holds_figures(grid, col)],
        "size": size,
    }


def _holds_figures(grid: Grid, col: int) -> bool:
    """True for a column of amounts, which are set to the right."""
    texts = [cell.text for row in grid.rows for cell in row if cell.col == col and cell.colspan == 1]
    return any(parse_figure(text, "").decimals for text in texts)


def _over(cell: Cell, col: int) -> bool:
    return cell.col <= col < cell.col + cell.colspan

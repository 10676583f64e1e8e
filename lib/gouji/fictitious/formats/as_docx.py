"""Writes any Document as a Word file, so that text can be read again from Word."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise, takewhile
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED

import docx
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from gouji.document.model import Block, Cell, Document, Grid
from gouji.facts.figure import parse_figure
from gouji.runtime.repacked import repacked


def to_docx(document: Document, path: Path) -> None:
    """Writes headings and paragraphs as paragraphs, tables as tables with merged header cells."""
    word = docx.Document()
    body = word.element.body
    for block in document.blocks:
        body.insert(len(body) - 1, _element(block))  # the last element is the section's properties
    stamped = BytesIO()
    word.save(stamped)
    path.write_bytes(repacked(stamped, method=ZIP_STORED))


def _element(block: Block) -> Any:
    return paragraph(block.text) if block.grid is None else _table(block.grid)


def element(name: str, *children: Any, **attributes: str) -> Any:
    """Returns a WordprocessingML element; attributes are given without prefix."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    made.extend(children)
    return made


def text(content: str, name: str = "t") -> Any:
    """Returns a `w:t` (or `w:delText`, `w:instrText`)."""
    made = element(name)
    made.text = content
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def run(content: str, *properties: Any) -> Any:
    """Returns a run of text."""
    return element("r", *([element("rPr", *properties)] if properties else []), text(content))


def paragraph(*content: Any, properties: tuple[Any, ...] = ()) -> Any:
    """Returns a paragraph of runs; strings become runs."""
    runs = [run(one) if isinstance(one, str) else one for one in content]
    return element("p", *([element("pPr", *properties)] if properties else []), *runs)


def cell(*content: Any, span: int = 1, merge: str = "", properties: tuple[Any, ...] = ()) -> Any:
    """Returns a table cell; strings become paragraphs. `merge` is `restart` or `continue` for a cell merged
    downwards."""
    merged = [element("vMerge", val=merge)] if merge else []
    spanned = [element("gridSpan", val=str(span))] if span > 1 else []
    blocks = [paragraph(one) if isinstance(one, str) else one for one in content or ("",)]
    return element("tc", element("tcPr", *spanned, *merged, *properties), *blocks)


def row(*cells: Any, properties: tuple[Any, ...] = ()) -> Any:
    """Returns a table row; strings become cells."""
    made = [cell(one) if isinstance(one, str) else one for one in cells]
    return element("tr", *([element("trPr", *properties)] if properties else []), *made)


def table(*rows: Any, widths: tuple[int, ...] = ()) -> Any:
    """Returns a table; `widths` are those of its grid."""
    grid = element("tblGrid", *(element("gridCol", w=str(width)) for width in widths))
    return element("tbl", element("tblPr"), grid, *rows)


def _table(grid: Grid) -> Any:
    merges = _merges(grid)
    rows = (
        row(*(cell(one.text, span=one.colspan, merge=merges.get((one.row, one.col), "")) for one in cells))
        for cells in grid.rows
    )
    return table(*rows, widths=(1200,) * grid.width)


def _merges(grid: Grid) -> dict[tuple[int, int], str]:
    """Returns the header cells that begin or continue one merged downwards: a blank one continues the one above."""
    header = list(takewhile(lambda cells: not any(parse_figure(one.text, "").printed for one in cells), grid.rows))
    merges: dict[tuple[int, int], str] = {}
    for above, below in pairwise(header):
        upper: dict[tuple[int, int], Cell] = {(one.col, one.colspan): one for one in above}
        for one in below:
            over = upper.get((one.col, one.colspan))
            if over is None or one.text.strip():
                continue
            if over.text.strip() or merges.get((over.row, over.col)):
                merges.setdefault((over.row, over.col), "restart")
                merges[(one.row, one.col)] = "continue"
    return merges

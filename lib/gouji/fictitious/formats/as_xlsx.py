"""Writes any Document as a workbook, so that text can be read again from its sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import takewhile
from pathlib import Path
from zipfile import ZIP_STORED

from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from gouji.document.model import Block, Document, Grid
from gouji.facts.figure import parse_figure
from gouji.runtime.repacked import WHEN, repacked, undated

_NUMBER = re.compile(r"^\s*(-?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(%?)\s*$")
_NOTE = re.compile(r"^(注|说明)|。$")
_LINE = Side(style="thin")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
#: Codes and other numbers that are not amounts are kept as text.
_CODE = re.compile(r"^\s*\d{3}(\d{2}){0,2}\s*$")


def to_xlsx(document: Document, path: Path, borders: bool = True) -> None:
    """Writes each table on a sheet, with caption rows above and notes below.

    Paragraphs before the tables stand on a sheet 封面, those after them on 情况说明, one paragraph a cell.
    """
    workbook = Workbook()
    workbook.remove(workbook.active)  # type: ignore[arg-type]
    cover, tables, narrative = _parts(document)
    _tell(workbook.create_sheet("封面"), cover)
    for number, blocks in enumerate(tables, 1):
        _lay_out(workbook.create_sheet(f"Z{number:02d}"), blocks, borders)
    _tell(workbook.create_sheet("情况说明"), narrative)
    workbook.properties.created = WHEN
    stamped = BytesIO()
    workbook.save(stamped)
    path.write_bytes(repacked(stamped, undated, ZIP_STORED))


def _parts(document: Document) -> tuple[list[Block], list[list[Block]], list[Block]]:
    """Returns the paragraphs before the tables, each table with the paragraphs around it, and the paragraphs after
    them."""
    blocks = list(document.blocks)
    places = [block.index for block in blocks if block.grid is not None]
    part = next(index for index, block in enumerate(blocks) if block.text.startswith("第二部分"))
    cover, at, tables = blocks[: part + 1], part + 1, []
    for place in places:
        notes = list(takewhile(lambda block: block.grid is None and _NOTE.search(block.text), blocks[place + 1 :]))
        end = place + 1 + len(notes)
        tables.append(blocks[at:end])
        at = end
    return cover, tables, blocks[at:]


def _tell(sheet: Worksheet, blocks: list[Block]) -> None:
    for row, block in enumerate(blocks, 1):
        sheet.cell(row, 1, block.text)


def _lay_out(sheet: Worksheet, blocks: list[Block], borders: bool) -> None:
    row = 1
    width = max(block.grid.width for block in blocks if block.grid is not None)
    for block in blocks:
        if block.grid is not None:
            _table(sheet, block.grid, row, borders)
            row += len(block.grid.rows)
            continue
        sheet.cell(row, 1, block.text)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
        row += 1


def _table(sheet: Worksheet, grid: Grid, top: int, borders: bool) -> None:
    for offset, cells in enumerate(grid.rows):
        for cell in cells:
            _store(sheet, top + offset, cell.col + 1, cell.text)
        for col in range(1, grid.width + 1):
            if borders:
                sheet.cell(top + offset, col).border = _BORDER
    for first, last, col, span in merges(grid):
        sheet.merge_cells(start_row=top + first, end_row=top + last, start_column=col + 1, end_column=col + span)


def merges(grid: Grid) -> Iterator[tuple[int, int, int, int]]:
    """Yields first and last row, first column and width of merged ranges: over columns, and in the header over empty
    cells below."""
    header = next(
        (index for index, row in enumerate(grid.rows) if any(parse_figure(cell.text, "").printed for cell in row)), 0
    )
    taken: set[tuple[int, int]] = set()
    for index, row in enumerate(grid.rows):
        for cell in row:
            if (index, cell.col) in taken:
                continue
            last = index
            while cell.text.strip() and last + 1 < header and _empty(grid, last + 1, cell.col, cell.colspan):
                last += 1
                taken.add((last, cell.col))
            if last > index or cell.colspan > 1:
                yield index, last, cell.col, cell.colspan


def _empty(grid: Grid, row: int, col: int, span: int) -> bool:
    below = grid.cell_at(row, col)
    return below is not None and (below.col, below.colspan) == (col, span) and not below.text.strip()


def _store(sheet: Worksheet, row: int, col: int, text: str) -> None:
    """Stores a cell with a format that shows the printed text."""
    match = _NUMBER.match(text)
    if match is None or _CODE.match(text):
        sheet.cell(row, col, text or None)
        return
    sign, whole, decimals, percent = match.groups()
    number = float(f"{sign}{whole.replace(',', '')}{decimals or ''}")
    cell = sheet.cell(row, col, number / 100 if percent else number)
    zeros = "0" * (len(decimals) - 1) if decimals else ""
    cell.number_format = ("#,##0" if "," in whole else "0") + (f".{zeros}" if zeros else "") + percent
    if cell.number_format == "0":
        cell.number_format = "General"

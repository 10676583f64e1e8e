"""Styles cells. Text and numbers are written only through this module."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from math import ceil

from openpyxl.cell import Cell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from gouji.checks.rules import Severity
from gouji.memo.workbook.hashed import Alignment, Border, Font, PatternFill
from gouji.memo.workbook.plan import COVER, LIST_FIRST, LIST_HEADER, Address
from gouji.runtime.visible import visible
from gouji.runtime.width import text_width

FONT = "宋体"
_LINE = Side(style="thin", color="FF9AA0A6")
BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
PLAIN = Font(name=FONT, size=10)
BOLD = Font(name=FONT, size=10, bold=True)
SMALL = Font(name=FONT, size=9, color="FF5F6368")
TINY = Font(name=FONT, size=8, color="FF3C4043")
TITLE = Font(name=FONT, size=16, bold=True)
LINK = Font(name=FONT, size=10, color="FF0B57D0", underline="single")

LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
INSET = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
TOP = Alignment(horizontal="left", vertical="top", wrap_text=True)
CENTER = Alignment(horizontal="center", vertical="center", wrap_text=True)
RIGHT = Alignment(horizontal="right", vertical="center")
TOP_CENTER = Alignment(horizontal="center", vertical="top", wrap_text=True)
TOP_RIGHT = Alignment(horizontal="right", vertical="top", wrap_text=True)


def fill(colour: str) -> PatternFill:
    """Returns a solid fill."""
    return PatternFill("solid", start_color=f"FF{colour}", end_color=f"FF{colour}")


HEADER_FILL = fill("E8ECF1")
INPUT_FILL = fill("F1F8E9")
SEVERITY_FILLS: dict[Severity, PatternFill] = {
    "error": fill("F8B4AB"),
    "question": fill("FFD479"),
    "note": fill("C5D0DE"),
}
VIOLATED_FILL = fill("FFF8DC")

#: Characters that XML cannot hold.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_TEXT = 32767
#: A line of 10-point type in the fonts that stand in for 宋体, which are taller than it.
_POINTS = 14.5
_TALLEST = 405.0


def at(sheet: Worksheet, row: int, column: int) -> Cell:
    """Returns the cell at a place that no merged range covers."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    return cell


def put_text(cell: Cell, text: str, font: Font = PLAIN, alignment: Alignment = LEFT) -> None:
    """Stores text as text, however it begins: text of a document never becomes a formula or an error value. Characters
    that reverse the text direction are written out."""
    plain = visible(ILLEGAL.sub("", text))[:_LONGEST_TEXT]
    if plain:
        cell.value = plain
        cell.data_type = "s"
    cell.font, cell.alignment = font, alignment
    if plain.startswith(("=", "+", "-", "@", "\t")):
        cell.quotePrefix = True


def put_number(cell: Cell, value: Decimal | int, number_format: str, font: Font = PLAIN) -> None:
    """Stores an amount. Only here it becomes a float, because a cell holds one."""
    cell.value = float(value) if isinstance(value, Decimal) else value
    cell.number_format = number_format
    cell.font, cell.alignment = font, RIGHT


def put_link(cell: Cell, target: Address, text: str, alignment: Alignment = LEFT) -> None:
    """Writes a link to another cell of the workbook."""
    put_text(cell, text, LINK, alignment)
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target.reference)


def put_header(sheet: Worksheet, row: int, columns: Sequence[tuple[str, float]]) -> None:
    """Writes a header row and sets the columns' widths."""
    for column, (name, width) in enumerate(columns, start=1):
        cell = at(sheet, row, column)
        put_text(cell, name, BOLD, CENTER)
        cell.fill, cell.border = HEADER_FILL, BOX
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[row].height = height(columns, least=24)


def put_list_head(sheet: Worksheet, title: str, sentence: str, columns: Sequence[tuple[str, float]]) -> None:
    """Writes the title with a link to the cover, one sentence on how to read the list, and the header; freezes the rows
    above the list."""
    put_text(at(sheet, 1, 1), title, TITLE, Alignment(vertical="center"))
    sheet.row_dimensions[1].height = 26
    put_text(at(sheet, 2, 1), sentence, SMALL, LEFT)
    total = sum(width for _, width in columns)
    sheet.row_dimensions[2].height = height([(sentence, total)])
    put_header(sheet, LIST_HEADER, columns)
    put_link(at(sheet, 1, len(columns)), Address(COVER, 1, 1), "返回封面")
    sheet.merge_cells(start_row=2, end_row=2, start_column=1, end_column=len(columns))
    sheet.freeze_panes = f"A{LIST_HEADER + 1}"
    sheet.sheet_view.showGridLines = False


def end_list(
    sheet: Worksheet, columns: int, last: int, department: str, printed: int = 0, upright: bool = False
) -> None:
    """Sets the filter over a list's rows up to `last`, and its page with the head on each sheet of paper (up to row
    `printed`, where that differs)."""
    sheet.auto_filter.ref = f"A{LIST_HEADER}:{get_column_letter(columns)}{last}"
    set_up_page(sheet, printed or last, columns, f"{LIST_HEADER}:{LIST_HEADER}", department, upright)


def box(cells: Iterable[Cell]) -> None:
    """Draws borders around cells."""
    for cell in cells:
        cell.border = BOX


def colour_verdicts(sheet: Worksheet, column: str, last: int) -> None:
    """Colours 不符 and 尾差 in one column of a list."""
    colour_where(sheet, column, last, f'${column}{LIST_FIRST}="不符"', "error")
    colour_where(sheet, column, last, f'${column}{LIST_FIRST}="尾差"', "note")


def colour_where(sheet: Worksheet, column: str, last: int, condition: str, severity: Severity) -> None:
    """Sets conditional formatting for one column of a list."""
    style = DifferentialStyle(fill=SEVERITY_FILLS[severity])
    rule = Rule(type="expression", dxf=style, formula=[condition])
    sheet.conditional_formatting.add(f"{column}{LIST_FIRST}:{column}{last}", rule)


def height(texts: Iterable[tuple[str, float]], least: float = 18) -> float:
    """Returns the row height for wrapped texts in columns of these widths, in points."""
    lines = max((_lines(text, width) for text, width in texts), default=1)
    return min(_TALLEST, max(least, lines * _POINTS + 4.5))


def _lines(text: str, width: float) -> int:
    """Returns the number of lines in a column: 10-point type is a little narrower than the column's unit, but each
    wrapped line may waste the width of a character."""
    usable = max(1.0, width - 1)
    wrapped = (0.97 * text_width(line) for line in text.split("\n"))
    return sum(1 if needed <= usable else ceil(needed / max(1.0, usable - 1)) for needed in wrapped)


def set_up_page(
    sheet: Worksheet, last_row: int, last_column: int, repeated: str, department: str, upright: bool = False
) -> None:
    """Sets the page: A4, all columns on one page, rows `repeated` ("3:3") on each, page numbers below. Without
    `repeated` all fits on one page."""
    sheet.page_setup.orientation = "portrait" if upright else "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0 if repeated else 1
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_area = f"A1:{get_column_letter(last_column)}{last_row}"
    if repeated:
        sheet.print_title_rows = repeated
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom, sheet.page_margins.footer = 0.5, 0.7, 0.35
    sheet.print_options.horizontalCentered = True
    footer = sheet.oddFooter
    assert footer is not None
    footer.left.text = ILLEGAL.sub("", department).replace("&", "&&")
    footer.center.text = "&A"
    footer.right.text = "第 &P 页，共 &N 页"

"""Writes 原有认定: the decisions whose finding has changed or is gone, with what it said then, and the conflicts in
gathering them."""

from __future__ import annotations

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from gouji.dispositions.layout import EARLIER, ID, WITHDRAW
from gouji.dispositions.match import STATE_NAMES, Decided, State
from gouji.memo.workbook.book import Book
from gouji.memo.workbook.hashed import Alignment
from gouji.memo.workbook.plan import FINDINGS, LIST_FIRST, LIST_HEADER, Address
from gouji.memo.workbook.styles import (
    INPUT_FILL,
    LEFT,
    SEVERITY_FILLS,
    TOP,
    at,
    box,
    end_list,
    height,
    put_link,
    put_list_head,
    put_text,
)

_COLUMNS = (
    (ID, 12.0),
    ("情况", 12.0),
    ("认定时的发现", 46.0),
    ("现在的发现", 46.0),
    ("原认定", 34.0),
    (WITHDRAW, 8.0),
)
_SENTENCE = (
    "下列认定不再适用，但予保留：发现已变动的（编号相同，公布数或差额已不同），请在“审计发现”表重新认定；原有认定的发现已不存在的（如文件已更正），"
    "发现重新出现时恢复。不再需要的，在“撤回”栏选“撤回”，再次运行即删去。"
)


def write_earlier(book: Book) -> None:
    """Writes the sheet 原有认定, where it has anything to show."""
    if not book.plan.earlier:
        return
    sheet = book.add(EARLIER)
    put_list_head(sheet, EARLIER, _SENTENCE, _COLUMNS)
    dispositions = book.audit.dispositions
    rows = (*dispositions.changed, *dispositions.gone)
    for number, one in enumerate(rows, start=LIST_FIRST):
        _write(book, sheet, number, one)
    if not rows:
        put_text(at(sheet, LIST_FIRST, 3), "没有。")
    last = max(LIST_FIRST, LIST_HEADER + len(rows))
    choice = DataValidation(type="list", formula1=f'"{WITHDRAW}"', allow_blank=True, showErrorMessage=True)
    choice.error = f"请选“{WITHDRAW}”或留空"
    choice.add(f"F{LIST_FIRST}:F{last}")
    sheet.add_data_validation(choice)
    end = _write_notices(sheet, last, dispositions.notices)
    end_list(sheet, len(_COLUMNS), last, book.audit.facts.department, printed=end)


def _write(book: Book, sheet: Worksheet, row: int, one: Decided) -> None:
    cells = [at(sheet, row, column) for column in range(1, len(_COLUMNS) + 1)]
    name = one.disposition.finding
    if one.state is State.CHANGED:
        put_link(cells[0], Address(FINDINGS, book.plan.finding_rows[name], 1), name, TOP)
    else:
        put_text(cells[0], name, alignment=TOP)
    texts = ["", STATE_NAMES[one.state], one.then, one.now.told if one.now else "", one.disposition.told]
    for cell, text in zip(cells[1:5], texts[1:], strict=True):
        put_text(cell, text, alignment=TOP)
    cells[1].fill = SEVERITY_FILLS["question" if one.state is State.CHANGED else "note"]
    cells[-1].fill, cells[-1].alignment = INPUT_FILL, TOP
    box(cells)
    widths = [width for _, width in _COLUMNS]
    sheet.row_dimensions[row].height = height(zip(texts, widths, strict=False), least=32)


def _write_notices(sheet: Worksheet, row: int, notices: tuple[str, ...]) -> int:
    """Writes a row for each decision that could not be taken from both the papers and the file; returns the last
    row."""
    width = sum(width for _, width in _COLUMNS)
    for notice in notices:
        row += 1
        put_text(at(sheet, row, 1), f"注意：{notice}", alignment=Alignment(vertical=LEFT.vertical, wrap_text=True))
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(_COLUMNS))
        sheet.row_dimensions[row].height = height([(notice, width)])
    return row

"""情况说明: one row per figure that a sentence states."""

from __future__ import annotations

from gouji.facts.fact import Fact
from gouji.memo.workbook.book import Book
from gouji.memo.workbook.formats import digits
from gouji.memo.workbook.marks import mark
from gouji.memo.workbook.plan import FINDINGS, LIST_FIRST, LIST_HEADER, NARRATIVE, STATEMENT_AMOUNT, Address
from gouji.memo.workbook.styles import (
    CENTER,
    LEFT,
    at,
    box,
    height,
    put_link,
    put_list_head,
    put_number,
    put_text,
    set_up_page,
)

_COLUMNS = (
    ("位置", 18.0),
    ("说的是", 28.0),
    ("原文", 66.0),
    ("公布文本", 16.0),
    ("金额", 15.0),
    ("单位", 7.0),
    ("表中数字", 15.0),
    ("发现", 13.0),
)
_SENTENCE = (
    "情况说明中每个金额一行；“金额”栏是勾稽公式引用的数字，“表中数字”是与之核对的单元格。"
    "有颜色的金额有审计发现或所在勾稽不成立，详见批注。"
)


def write_narrative(book: Book) -> None:
    """Writes the sheet 情况说明."""
    sheet = book.add(NARRATIVE)
    put_list_head(sheet, "情况说明中的数字", _SENTENCE, _COLUMNS)
    statements = book.audit.facts.statements()
    for row, fact in enumerate(statements, start=LIST_FIRST):
        _write(book, row, fact)
    if not statements:
        put_text(at(sheet, LIST_FIRST, 1), "没有读到情况说明中的数字。")
    last = max(LIST_FIRST, LIST_HEADER + len(statements))
    sheet.auto_filter.ref = f"A{LIST_HEADER}:H{last}"
    set_up_page(sheet, last, len(_COLUMNS), f"1:{LIST_HEADER}", book.audit.facts.department)


def _write(book: Book, row: int, fact: Fact) -> None:
    sheet = book.workbook[NARRATIVE]
    cells = [at(sheet, row, column) for column in range(1, len(_COLUMNS) + 1)]
    texts = [fact.where, f"{fact.row_name}{fact.column_name}", fact.quote, fact.figure.text.strip()]
    for cell, text in zip(cells, texts, strict=False):
        put_text(cell, text, alignment=LEFT)
    amount = cells[STATEMENT_AMOUNT - 1]
    if fact.figure.value is not None:
        put_number(amount, fact.figure.value, digits(fact.figure.decimals, grouped="," in fact.figure.text))
    else:
        put_text(amount, fact.figure.text.strip())
    put_text(cells[5], fact.figure.unit, alignment=CENTER)
    box(cells)
    mark(book, cells[3], fact, commented=False)
    mark(book, amount, fact)
    target = _in_tables(book, fact)
    if target is not None:
        put_link(cells[6], target, f"{target.sheet}!{target.coordinate}")
    findings = book.suspecting(fact)
    if findings:
        put_link(cells[7], Address(FINDINGS, book.plan.finding_rows[findings[0].id], 1), findings[0].id)
    widths = [width for _, width in _COLUMNS]
    sheet.row_dimensions[row].height = height(zip(texts, widths, strict=False))


def _in_tables(book: Book, fact: Fact) -> Address | None:
    """The table cell that the engine holds a statement against."""
    for check in book.audit.checks.on(fact):
        if check.rule.kind == "statement" and check.right:
            return book.plan.facts.get(check.right[0][1])
    return None

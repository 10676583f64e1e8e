"""Writes 审阅: every matter that the review rules looked at, and its result."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from gouji.findings.finding import SEVERITY_NAMES, Finding
from gouji.memo.workbook.book import Book
from gouji.memo.workbook.plan import FINDINGS, LIST_FIRST, LIST_HEADER, REVIEW, Address
from gouji.memo.workbook.styles import (
    CENTER,
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
from gouji.review.observation import Observation, Outcome

_COLUMNS = (
    ("规则", 24.0),
    ("审阅内容", 34.0),
    ("对象", 30.0),
    ("结果", 10.0),
    ("说明", 54.0),
    ("依据", 30.0),
    ("发现编号", 12.0),
)
_SENTENCE = "审阅规则所看的每个事项。“提出”的列入审计发现；“无疑”只说明该规则没有疑问；“未能判断”是所需内容没有公布。"


def write_review(book: Book) -> None:
    """Writes the sheet 审阅; questions come first."""
    sheet = book.add(REVIEW)
    put_list_head(sheet, REVIEW, _SENTENCE, _COLUMNS)
    order = list(Outcome)
    rows = sorted(book.audit.review, key=lambda one: order.index(one.outcome))
    found = {(one.rule, one.matter): one for one in book.audit.findings.findings if one.reviewed}
    for row, one in enumerate(rows, start=LIST_FIRST):
        _write(book, sheet, row, one, found.get((one.rule.id, one.matter)))
    if not rows:
        put_text(at(sheet, LIST_FIRST, 2), "没有。")
    last = max(LIST_FIRST, LIST_HEADER + len(rows))
    end_list(sheet, len(_COLUMNS), last, book.audit.facts.department)


def _write(book: Book, sheet: Worksheet, row: int, one: Observation, finding: Finding | None) -> None:
    cells = [at(sheet, row, column) for column in range(1, len(_COLUMNS) + 1)]
    basis = "；\n".join(basis.citation for basis in one.rule.basis)
    texts = [one.rule.id, one.rule.title, one.matter, one.outcome.value, one.title or one.message, basis]
    for cell, text in zip(cells[:6], texts, strict=True):
        put_text(cell, text, alignment=TOP)
    cells[3].alignment = CENTER
    if finding is not None:
        put_text(cells[3], f"{one.outcome.value}{SEVERITY_NAMES[finding.severity]}", alignment=CENTER)
        cells[3].fill = SEVERITY_FILLS[finding.severity]
        put_link(cells[6], Address(FINDINGS, book.plan.finding_rows[finding.id], 1), finding.id, TOP)
    box(cells)
    sheet.row_dimensions[row].height = height(zip(texts, [width for _, width in _COLUMNS], strict=False), least=22)

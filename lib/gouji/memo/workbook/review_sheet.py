"""Writes 审阅: every matter that the review rules looked at, and its result."""

from __future__ import annotations

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gouji.facts.shown import nested
from gouji.findings.finding import SEVERITY_NAMES, Finding
from gouji.memo.workbook.book import Book
from gouji.memo.workbook.plan import FINDINGS, LIST_FIRST, LIST_HEADER, REVIEW, Address
from gouji.memo.workbook.styles import (
    SEVERITY_FILLS,
    TOP,
    TOP_CENTER,
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
    ("审阅内容", 34.0),
    ("对象", 30.0),
    ("结果", 10.0),
    ("说明", 54.0),
    ("依据", 30.0),
    ("发现编号", 12.0),
    ("规则编号", 24.0),
)
_NAMES = [name for name, _ in _COLUMNS]
_SENTENCE = (
    "审阅规则所看的每个事项。“提出”的列入审计发现；“无疑”只说明该规则没有疑问；“未能判断”是所需内容没有公布。"
    "最后一栏供查规则清单用，不打印。"
)


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
    sheet.print_area = f"A1:{get_column_letter(len(_COLUMNS) - 1)}{last}"


def _write(book: Book, sheet: Worksheet, row: int, one: Observation, finding: Finding | None) -> None:
    cells = {name: at(sheet, row, column) for column, name in enumerate(_NAMES, start=1)}
    texts = {
        "审阅内容": one.rule.title,
        "对象": one.matter,
        "结果": one.outcome.value,
        "说明": nested(one.title or one.message),
        "依据": "；\n".join(basis.citation for basis in one.basis),
        "规则编号": one.rule.id,
    }
    for name, text in texts.items():
        put_text(cells[name], text, alignment=TOP_CENTER if name == "结果" else TOP)
    if finding is not None:
        texts["结果"] = f"{one.outcome.value}{SEVERITY_NAMES[finding.severity]}"
        put_text(cells["结果"], texts["结果"], alignment=TOP_CENTER)
        cells["结果"].fill = SEVERITY_FILLS[finding.severity]
        put_link(cells["发现编号"], Address(FINDINGS, book.plan.finding_rows[finding.id], 1), finding.id, TOP)
    box(cells.values())
    widths = dict(_COLUMNS)
    sheet.row_dimensions[row].height = height(((text, widths[name]) for name, text in texts.items()), least=22)

"""Writes 目录: every sheet, its content, and how many rows or figures it has."""

from __future__ import annotations

from gouji.dispositions.layout import EARLIER
from gouji.intervals import Verdict
from gouji.memo.workbook.book import Book
from gouji.memo.workbook.plan import (
    CHECKS,
    COVER,
    FINDINGS,
    INDEX,
    LIST_FIRST,
    LIST_HEADER,
    LOCATIONS,
    NARRATIVE,
    RATIOS,
    REVIEW,
    ROUNDING,
    Address,
)
from gouji.memo.workbook.styles import (
    CENTER,
    LEFT,
    at,
    box,
    end_list,
    height,
    put_link,
    put_list_head,
    put_number,
    put_text,
)

_COLUMNS = (("序号", 8.0), ("工作表", 24.0), ("内容", 62.0), ("项数", 12.0))
_CONTENTS = {
    COVER: "被审计单位、结论、覆盖范围和勾稽结果",
    FINDINGS: "每项发现一行，附审计人员认定栏",
    LOCATIONS: "每个存疑数字的推算、可能取值和估计的理由",
    NARRATIVE: "情况说明中的金额、比率、数量和增减表述，逐个列示",
    CHECKS: "每项勾稽关系的公式、差额与判定",
    RATIOS: "占比、完成率、增减率、人均数的逐步复算",
    ROUNDING: "四舍五入造成的差额，不作为问题",
    REVIEW: "审阅规则所看的事项及结果（疑点、提示的来历）",
    EARLIER: "发现已变动或已不存在的原有认定",
}


def write_index(book: Book) -> None:
    """Writes the sheet 目录."""
    sheet = book.add(INDEX)
    put_list_head(sheet, "目录", "点工作表名可转到该表；各表右上角可返回封面。", _COLUMNS)
    names = {name: book.audit.facts.table(key).name for key, name in book.plan.tables.items()}
    others = [name for name in book.plan.sheets if name != INDEX]
    numbers = _numbers(book)
    for row, name in enumerate(others, start=LIST_FIRST):
        cells = [at(sheet, row, column) for column in range(1, len(_COLUMNS) + 1)]
        put_number(cells[0], row - LIST_HEADER, "0")
        cells[0].alignment = CENTER
        put_link(cells[1], Address(name, 1, 1), name)
        content = names.get(name) or _CONTENTS[name]
        put_text(cells[2], content, alignment=LEFT)
        if name in numbers:
            put_number(cells[3], numbers[name], "0")
            cells[3].alignment = CENTER
        box(cells)
        sheet.row_dimensions[row].height = height([(content, _COLUMNS[2][1])], least=22)
    last = LIST_HEADER + len(others)
    end_list(sheet, len(_COLUMNS), last, book.audit.facts.department, upright=True)


def _numbers(book: Book) -> dict[str, int]:
    """Returns the number of rows of each list and of figures of each table."""
    plan, audit = book.plan, book.audit
    rounding = sum(one.verdict is Verdict.ROUNDING for one in plan.checks)
    figures = {
        name: sum(fact.figure.printed for fact in audit.facts if fact.concept.table == key)
        for key, name in plan.tables.items()
    }
    earlier = {EARLIER: len(audit.dispositions.changed) + len(audit.dispositions.gone)} if plan.earlier else {}
    return {
        FINDINGS: len(audit.findings),
        LOCATIONS: sum(len(one.candidates) + len(one.less_likely) for one in audit.findings.findings),
        **figures,
        NARRATIVE: len(plan.statements),
        CHECKS: len(plan.checks),
        RATIOS: len(plan.ratio_rows),
        ROUNDING: rounding,
        REVIEW: len(audit.review),
        **earlier,
    }

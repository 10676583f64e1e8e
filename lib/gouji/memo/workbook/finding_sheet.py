"""Writes 审计发现: one row per finding, with columns for the auditor's disposition."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gouji.dispositions.layout import DATE, DECISION, FINDINGS, ID, INPUTS, REASON, REVIEWER
from gouji.facts.shown import in_unit, shown_text
from gouji.findings.finding import SEVERITY_NAMES, Finding, Repair, distinct_repairs, one_a_print
from gouji.findings.suggested import shown_value
from gouji.memo.workbook.amounts import mark_rough, put_amount, signed
from gouji.memo.workbook.book import Book
from gouji.memo.workbook.disposition_cells import offer_choices, put_disposition
from gouji.memo.workbook.plan import LIST_FIRST, LIST_HEADER, LOCATIONS, Address
from gouji.memo.workbook.styles import (
    SEVERITY_FILLS,
    TOP,
    TOP_CENTER,
    TOP_RIGHT,
    at,
    box,
    end_list,
    height,
    put_link,
    put_list_head,
    put_text,
)
from gouji.runtime.width import text_width

#: Limit on the figures of a finding listed in its row.
_MOST_LINES = 8
#: Told where a figure has no correction.
_UNKNOWN = "须核对账表"
_AMOUNT_WIDTH = 12.0
_AMOUNTS = ("公布数", "建议数", "差额")
_COLUMNS = (
    (ID, 11.5),
    ("级别", 5.5),
    ("标题", 20.0),
    ("说明", 44.0),
    ("位置", 17.0),
    ("公布数", _AMOUNT_WIDTH),
    ("建议数", _AMOUNT_WIDTH),
    ("差额", _AMOUNT_WIDTH),
    ("依据", 20.0),
    (DECISION, 11.0),
    (REASON, 20.0),
    (REVIEWER, 9.0),
    (DATE, 11.5),
)
_NAMES = [name for name, _ in _COLUMNS]
#: Column letter by heading.
FINDING_LETTERS = {name: get_column_letter(column) for column, name in enumerate(_NAMES, start=1)}
_SENTENCE = (
    "一个原因一行，按错误、疑点、提示排列。点“编号”可到“定位”表的依据，点“位置”可到所指的单元格。“建议数”是其余数字推算的结果，"
    "不代替核对账表。绿色各栏由审计人员填写：审计认定选认定、已说明或不认定，后两者须写处理意见；填好后保存并关闭，再次运行时按编号带入新的底稿，"
    "清空一行即撤回。橙色的审计认定须重新认定，见“原有认定”表。"
)


def write_findings(book: Book) -> None:
    """Writes the sheet 审计发现."""
    sheet = book.add(FINDINGS)
    findings = book.audit.findings.findings
    columns = _columns(findings)
    put_list_head(sheet, f"审计发现　{book.audit.title}", _SENTENCE, columns)
    for finding in findings:
        _write(book, sheet, finding, [width for _, width in columns])
    if not findings:
        put_text(at(sheet, LIST_FIRST, 3), "没有发现。")
    last = max(LIST_FIRST, LIST_HEADER + len(findings))
    offer_choices(sheet, FINDING_LETTERS, last)
    sheet.freeze_panes = f"D{LIST_FIRST}"
    end_list(sheet, len(_COLUMNS), last, book.audit.facts.department)


def _columns(findings: Sequence[Finding]) -> list[tuple[str, float]]:
    """Returns the columns; those of amounts are as wide as the longest amount."""
    printed = [fact.figure.text.strip() for one in findings for fact in one.suspects]
    implied = [f"{repair.value:,}" for one in findings for repair in one.repairs]
    apart = [f"{one.difference:,}" for one in findings if one.difference is not None]
    amounts = max(_AMOUNT_WIDTH, max(map(text_width, (*printed, *implied, *apart)), default=0) + 6.0)
    return [(name, amounts if name in _AMOUNTS else width) for name, width in _COLUMNS]


def _write(book: Book, sheet: Worksheet, finding: Finding, widths: Sequence[float]) -> None:
    row = book.plan.finding_rows[finding.id]
    cells = [at(sheet, row, column) for column in range(1, len(_COLUMNS) + 1)]
    basis = "；\n".join(one.citation for one in finding.basis)
    if finding.id in book.plan.location_rows:
        put_link(cells[0], Address(LOCATIONS, book.plan.location_rows[finding.id], 1), finding.id, TOP)
    else:
        put_text(cells[0], finding.id, alignment=TOP)
    put_text(cells[1], SEVERITY_NAMES[finding.severity], alignment=TOP_CENTER)
    cells[1].fill = SEVERITY_FILLS[finding.severity]
    put_text(cells[2], finding.title, alignment=TOP)
    put_text(cells[3], finding.full, alignment=TOP)
    target = _target(book, finding)
    if target is None:
        put_text(cells[4], "、".join(check.scope for check in finding.checks), alignment=TOP)
    else:
        places = len(one_a_print(finding.suspects))
        several = f" 等{places}处" if places > 1 else ""
        put_link(cells[4], target, f"{target.sheet}!{target.coordinate}{several}", TOP)
    published = _put_published(cells[5], finding)
    suggested = _put_suggested(cells[6], finding)
    if finding.difference is not None:
        put_amount(cells[7], finding.difference, finding.suspects[0], worded=False)
    put_text(cells[8], basis, alignment=TOP)
    inputs = {name: cell for name, cell in zip(_NAMES, cells, strict=True) if name in INPUTS}
    reason = put_disposition(inputs, book.audit.dispositions.of(finding))
    box(cells)
    texts = ["", "", finding.title, finding.full, "", published, suggested, "", basis, "", reason]
    sheet.row_dimensions[row].height = height(zip(texts, widths, strict=False), least=32)


def _target(book: Book, finding: Finding) -> Address | None:
    """Returns the first suspect's cell; for a finding on a whole table, its sheet."""
    for fact in finding.suspects:
        if fact.id in book.plan.facts:
            return book.plan.facts[fact.id]
    scopes = {check.scope for check in finding.checks}
    for key, sheet in book.plan.tables.items():
        table = book.audit.facts.table(key)
        if (table.label or table.name) in scopes:
            return Address(sheet, 1, 1)
    return None


def _put_published(cell: Cell, finding: Finding) -> str:
    """Writes the figures as printed: one as a number, several as one line each. Returns the text written, "" for a
    number."""
    suspects = one_a_print(finding.suspects)
    first = suspects[0] if len(suspects) == 1 else None
    if first is not None and first.figure.value is not None:
        put_amount(cell, signed(first), first, max(0, first.figure.decimals))
        return ""
    lines = _lines([shown_text(fact) for fact in suspects])
    put_text(cell, lines, alignment=TOP_RIGHT)
    return lines


def _lines(texts: Sequence[str]) -> str:
    """Returns a line for each figure, at most the limit; their sheets mark all of them."""
    more = [f"等{len(texts)}处"] if len(texts) > _MOST_LINES else []
    return "\n".join([*texts[:_MOST_LINES], *more])


def _put_suggested(cell: Cell, finding: Finding) -> str:
    """Writes the corrections: one as a number, several as one line each, beside the lines of the figures as printed.
    Returns the text written, "" for a number."""
    repairs = distinct_repairs(finding)
    if len(repairs) == 1:
        put_amount(cell, repairs[0].value, repairs[0].fact)
        if repairs[0].rough:
            mark_rough(cell)
        return ""
    lines = _lines(suggested_lines(finding, repairs)) if repairs else ""
    # A question on what was disclosed may have figures that are right.
    put_text(cell, lines or (_UNKNOWN if finding.suspects and not finding.reviewed else ""), alignment=TOP_RIGHT)
    return lines


def suggested_lines(finding: Finding, repairs: Sequence[Repair]) -> list[str]:
    """Returns a line for each figure as printed: what it should be, or that it is unknown."""
    told = {
        (one.fact.place, one.fact.cell): in_unit(shown_value(one.to, one.value, one.fact, finding), one.fact)
        for one in repairs
    }
    return [told.get((fact.place, fact.cell), _UNKNOWN) for fact in one_a_print(finding.suspects)]

"""Writes 封面: what was audited, the results, the coverage, and links to the other sheets."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gouji.checks.check import VERDICT_NAMES
from gouji.checks.rules import Severity
from gouji.dispositions.disposition import DECISION_NAMES, Decision
from gouji.dispositions.layout import DECISION
from gouji.dispositions.match import State as Standing
from gouji.facts.fact import Status
from gouji.facts.figure import State
from gouji.findings.finding import SEVERITIES, SEVERITY_NAMES
from gouji.intervals import Verdict
from gouji.memo.content import read_so_far
from gouji.memo.workbook.book import INAPPLICABLE, Book
from gouji.memo.workbook.check_columns import LETTERS
from gouji.memo.workbook.finding_sheet import FINDING_LETTERS
from gouji.memo.workbook.hashed import Font
from gouji.memo.workbook.plan import (
    CHECKS,
    FINDINGS,
    INDEX,
    LIST_FIRST,
    LIST_HEADER,
    Address,
    quoted,
)
from gouji.memo.workbook.styles import (
    BOLD,
    BOX,
    CENTER,
    FONT,
    HEADER_FILL,
    LEFT,
    PLAIN,
    RIGHT,
    SEVERITY_FILLS,
    TITLE,
    VIOLATED_FILL,
    at,
    height,
    put_link,
    put_number,
    put_text,
    set_up_page,
)

_WIDTHS = (16.0, 52.0, 12.0, 12.0, 12.0, 14.0)
_LAST = len(_WIDTHS)
_STATUS_NAMES = {
    Status.FOUND: "已识别",
    Status.MISSING: "缺失",
    Status.EMPTY: "空表",
    Status.UNREADABLE: "无法识别",
}
_SEVERITY_MEANINGS: dict[Severity, str] = {
    "error": "所涉数字不可能同时为真，或不符合报表自身的填列要求",
    "question": "是否属实都需要说明",
    "note": "格式、表述或尾差",
}
_OUTCOME_MEANINGS = {
    VERDICT_NAMES[Verdict.CONSISTENT]: "公布数勾稽相符",
    VERDICT_NAMES[Verdict.ROUNDING]: "分毫不差时不等，差额在四舍五入允许误差之内",
    VERDICT_NAMES[Verdict.CONFLICT]: "差额超出四舍五入允许误差，或两方不相称",
    VERDICT_NAMES[Verdict.UNBOUND]: "一方没有公布或没有填列，无从核对，不等于相符",
    VERDICT_NAMES[Verdict.NOT_CHECKED]: "数字或表格无法识别，没有核对，不等于相符",
    INAPPLICABLE: "各方均未填列、均为零或表中没有该栏，没有金额可核",
}
_DECISION_MEANINGS = {
    Decision.CONFIRMED: "问题属实",
    Decision.EXPLAINED: "有合理说明",
    Decision.DISMISSED: "不作为问题",
}


def write_cover(book: Book) -> None:
    """Writes the cover."""
    sheet = book.workbook.worksheets[0]
    sheet.sheet_view.showGridLines = False
    for column, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    put_text(at(sheet, 1, 1), "部门决算公开勾稽审计工作底稿", TITLE, CENTER)
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=_LAST)
    sheet.row_dimensions[1].height = 34
    row = _write_subject(book, sheet, 2)
    row = _write_conclusion(book, sheet, row + 1)
    row = _write_colours(sheet, row + 1)
    row = _write_coverage(book, sheet, row + 1)
    row = _write_counts(book, sheet, row + 1)
    row = _write_dispositions(book, sheet, row + 1)
    row = _write_index(sheet, row + 1)
    set_up_page(sheet, row - 1, _LAST, "", book.audit.facts.department, upright=True)


def _write_subject(book: Book, sheet: Worksheet, row: int) -> int:
    audit = book.audit
    lines = [
        ("被审计单位", audit.facts.department or "（未识别）"),
        ("地区", audit.parameters.region),
        ("年度", f"{audit.facts.year}年度" if audit.facts.year else "（未识别）"),
        ("源文件", audit.document.name),
        ("源文件 SHA-256", audit.document.sha256),
    ]
    for name, text in lines:
        if text:
            _write_row(sheet, row, [name, text], wide=2)
            at(sheet, row, 1).font = BOLD
            row += 1
    return row


def _write_conclusion(book: Book, sheet: Worksheet, row: int) -> int:
    row = _heading(sheet, row, "一、结论")
    row = _table_head(sheet, row, ["级别", "含义", "项数"])
    for severity in SEVERITIES:
        _write_row(
            sheet,
            row,
            [SEVERITY_NAMES[severity], _SEVERITY_MEANINGS[severity], len(book.audit.findings.of(severity))],
        )
        at(sheet, row, 1).fill = SEVERITY_FILLS[severity]
        row += 1
    return row


def _write_colours(sheet: Worksheet, row: int) -> int:
    """Writes how to read colours and verdict words; returns the next row."""
    text = (
        "怎样看：各表和“情况说明”中，上述三种底色的数字是最可能有误的数字，批注写明发现编号、说明和建议数；"
        "浅黄底色的数字与之同在一项不成立的勾稽中，本身未必有误。判定用语：一致、尾差为勾稽成立，不符为不成立；"
        "未公布、未核对表示没有核对，不等于相符；不适用为各方均无金额。"
    )
    put_text(at(sheet, row, 1), text, PLAIN, LEFT)
    at(sheet, row, 1).fill = VIOLATED_FILL
    sheet.row_dimensions[row].height = height([(text, sum(_WIDTHS))])
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=_LAST)
    return row + 1


def _write_coverage(book: Book, sheet: Worksheet, row: int) -> int:
    coverage = book.audit.coverage()
    words = sum(group[0].figure.state is State.WORD for group in book.plan.statements)
    stated = sum(group[0].figure.printed for group in book.plan.statements)
    row = _heading(sheet, row, "二、覆盖范围")
    row = _table_head(sheet, row, ["本文件表号", "决算表", "状态", "公布数字", "有关发现", "工作表"])
    for key, table in {**book.audit.facts.tables, **book.audit.facts.annexed, **book.audit.facts.forms}.items():
        figures = sum(fact.figure.printed for fact in book.audit.facts if fact.concept.table == key)
        found = len(book.audit.findings.in_table(key))
        label = "（未印表号）" if table.label in ("", table.name) else table.label
        _write_row(sheet, row, [label, table.name, _STATUS_NAMES[table.status], figures, found, ""])
        if table.problem:
            put_text(at(sheet, row, 2), f"{table.name}（{table.problem}）")
        if table.status in (Status.MISSING, Status.UNREADABLE):
            at(sheet, row, 3).fill = SEVERITY_FILLS["question"]
        if key in book.plan.tables:
            put_link(at(sheet, row, 6), Address(book.plan.tables[key], 1, 1), "转到")
        row += 1
    text = (
        f"共读到数字 {coverage['figures']} 个，其中情况说明中的 {stated} 个（另有增减、列举等文字表述 {words} 处）；"
        f"{coverage['unconstrained']} 个数字没有任何勾稽关系可以核对。{read_so_far(book.audit)}"
    )
    put_text(at(sheet, row, 1), text, PLAIN, LEFT)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=_LAST)
    return row + 1


def _write_counts(book: Book, sheet: Worksheet, row: int) -> int:
    """Counts checks by outcome: the engine's result, the formulas' present result, and checks of form, which join no
    figures."""
    row = _heading(sheet, row, "三、勾稽检查结果（项）")
    row = _table_head(sheet, row, ["判定", "含义", "程序判定", "公式复算", "表式检查", "合计"])
    first = row
    last_check = max(LIST_FIRST, LIST_HEADER + len(book.plan.checks))
    column = f"{quoted(CHECKS)}!${LETTERS['判定']}${LIST_FIRST}:${LETTERS['判定']}${last_check}"
    form = [check for check in book.audit.checks.checks if check.id not in book.plan.check_rows]
    joined, formal = (Counter(map(book.outcome, checks)) for checks in (book.plan.checks, form))
    for name, meaning in _OUTCOME_MEANINGS.items():
        engine, other = joined[name], formal[name]
        _write_row(sheet, row, [name, meaning, engine, engine, other, engine + other])
        book.put_formula(at(sheet, row, 4), f'=COUNTIF({column},"{name}")', Decimal(engine))
        row += 1
    _write_row(sheet, row, ["合计", "", len(book.plan.checks), 0, len(form), len(book.audit.checks.checks)])
    book.put_formula(at(sheet, row, 4), f"=SUM(D{first}:D{row - 1})", Decimal(len(book.plan.checks)))
    at(sheet, row, 1).font = BOLD
    return row + 1


def _write_dispositions(book: Book, sheet: Worksheet, row: int) -> int:
    """Writes live counts of the auditor's decisions by kind; returns the next row."""
    row = _heading(sheet, row, "四、审计认定（项）")
    row = _table_head(sheet, row, ["认定", "含义", "项数"])
    findings = book.audit.findings
    last = max(LIST_FIRST, LIST_HEADER + len(findings))
    letter = FINDING_LETTERS[DECISION]
    column = f"{quoted(FINDINGS)}!${letter}${LIST_FIRST}:${letter}${last}"
    kept = [one.disposition.decision for one in book.audit.dispositions.in_state(Standing.KEPT)]
    first = row
    for decision, name in DECISION_NAMES.items():
        _write_row(sheet, row, [name, _DECISION_MEANINGS[decision], 0])
        book.put_formula(at(sheet, row, 3), f'=COUNTIF({column},"{name}")', Decimal(kept.count(decision)))
        row += 1
    _write_row(sheet, row, ["未认定", "尚未填写，或发现变动后须重新认定", 0])
    book.put_formula(
        at(sheet, row, 3), f"={len(findings)}-SUM(C{first}:C{row - 1})", Decimal(len(findings) - len(kept))
    )
    return row + 1


def _write_index(sheet: Worksheet, row: int) -> int:
    row = _heading(sheet, row, "五、目录")
    _write_row(sheet, row, ["", "各工作表的内容见“目录”", ""], wide=2)
    put_link(at(sheet, row, 1), Address(INDEX, 1, 1), "转到目录")
    return row + 1


def _heading(sheet: Worksheet, row: int, text: str) -> int:
    put_text(at(sheet, row, 1), text, Font(name=FONT, size=12, bold=True), LEFT)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=_LAST)
    sheet.row_dimensions[row].height = 22
    return row + 1


def _table_head(sheet: Worksheet, row: int, names: list[str]) -> int:
    for column, name in enumerate(names, start=1):
        cell = at(sheet, row, column)
        put_text(cell, name, BOLD, CENTER)
        cell.fill, cell.border = HEADER_FILL, BOX
    return row + 1


def _write_row(sheet: Worksheet, row: int, values: list[str | int], wide: int = 0) -> None:
    """Writes one bordered row; cells from column `wide` on are merged to the right where given."""
    texts: list[tuple[str, float]] = []
    for column, value in enumerate(values, start=1):
        cell = at(sheet, row, column)
        if isinstance(value, int):
            put_number(cell, value, "0")
            cell.alignment = RIGHT
        else:
            put_text(cell, value, PLAIN, CENTER if column == 3 and wide != 3 else LEFT)
            width = sum(_WIDTHS[wide - 1 :]) if column == wide else _WIDTHS[column - 1]
            texts.append((value, width))
        cell.border = BOX
    if wide:
        sheet.merge_cells(start_row=row, end_row=row, start_column=wide, end_column=_LAST)
    sheet.row_dimensions[row].height = height(texts)

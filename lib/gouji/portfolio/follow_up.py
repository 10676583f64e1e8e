"""Writes 整改台账: every open error and question of a portfolio as a list in Excel, for the people who follow them
up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from gouji.checks.rules import Severity
from gouji.dispositions.disposition import DECISION_NAMES, Decision
from gouji.dispositions.match import State
from gouji.errors import UnusableInputError, reason_of
from gouji.findings.finding import SEVERITY_NAMES
from gouji.memo.workbook.hashed import Alignment
from gouji.memo.workbook.plan import LIST_FIRST, LIST_HEADER
from gouji.memo.workbook.styles import (
    INPUT_FILL,
    LEFT,
    SEVERITY_FILLS,
    SMALL,
    TITLE,
    TOP,
    TOP_CENTER,
    TOP_RIGHT,
    at,
    box,
    height,
    put_header,
    put_number,
    put_text,
    set_up_page,
)
from gouji.portfolio.model import Account, Found
from gouji.portfolio.ranking import Ranked, criteria
from gouji.portfolio.short_basis import short_basis
from gouji.runtime.atomic import temporary_files_known, whole_file
from gouji.runtime.repacked import WHEN, repacked, undated

NAME = "follow-up.xlsx"
_LISTED: tuple[Severity, ...] = ("error", "question")
_INPUTS = ("审计认定", "整改措施", "责任人", "期限", "完成情况", "备注")
_FINDINGS = (
    ("序号", 5.5),
    ("部门", 17.0),
    ("地区", 14.0),
    ("年度", 6.5),
    ("级别", 5.5),
    ("问题", 40.0),
    ("依据", 20.0),
    ("金额（元）", 15.0),
    ("建议", 26.0),
    ("审计认定", 9.5),
    ("整改措施", 22.0),
    ("责任人", 8.5),
    ("期限", 11.0),
    ("完成情况", 9.5),
    ("备注", 12.0),
    ("编号", 11.5),
)
_DEPARTMENTS = (
    ("排名", 5.5),
    ("部门", 24.0),
    ("地区", 24.0),
    ("领域", 16.0),
    ("年度", 6.5),
    ("得分", 7.5),
    ("错误", 6.5),
    ("疑点", 6.5),
    ("错误金额（元）", 17.0),
    ("理由", 70.0),
)
_CHOICES = {
    "审计认定": [*DECISION_NAMES.values()],
    "完成情况": ["未开始", "整改中", "已完成", "无须整改"],
}
_SAID = (
    "一项发现一行，先按部门排名、再按级别排列；只列错误和疑点，审计认定为已说明、不认定的不列。金额为公布数与推算数之差，"
    "不能定位的为最大一项差额，比率、文字和漏填没有金额。绿色各栏由审计人员和被审计单位填写；按编号可在该部门的备忘录和工作底稿中查到全部算式和依据（此处法规用简称）。"
)


def write_follow_up(ranked: Sequence[Ranked], path: Path) -> int:
    """Writes the list to `path` and returns the number of its findings. The same portfolio gives the same bytes.

    Raises UnusableInputError where the file cannot be written.
    """
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "整改台账"
    number = _write_findings(sheet, ranked)
    _write_departments(workbook.create_sheet("部门排名"), ranked)
    workbook.properties.creator, workbook.properties.created = "gouji", WHEN
    workbook.properties.title = "部门决算公开问题整改台账"
    stamped = BytesIO()
    with temporary_files_known():
        workbook.save(stamped)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        whole_file(path, lambda part: _save(part, repacked(stamped, undated)))
    except OSError as error:
        raise UnusableInputError(str(path), f"不能写入（{reason_of(error)}）", "请关闭其中打开的文件") from error
    return number


def _save(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def _write_findings(sheet: Worksheet, ranked: Sequence[Ranked]) -> int:
    listed = [(account, found) for one in ranked for account in _accounts(one) for found in _open(account)]
    _put_head(sheet, "部门决算公开问题整改台账", _SAID, _FINDINGS)
    for row, (account, found) in enumerate(listed, start=LIST_FIRST):
        _put_finding(sheet, row, account, found)
    if not listed:
        put_text(at(sheet, LIST_FIRST, 2), "没有错误和疑点。")
    last = max(LIST_FIRST, LIST_HEADER + len(listed))
    _offer_choices(sheet, last)
    _finish(sheet, last, len(_FINDINGS), "C")
    return len(listed)


def _accounts(one: Ranked) -> tuple[Account, ...]:
    return one.department.last, *one.department.earlier


def _open(account: Account) -> list[Found]:
    return [found for severity in _LISTED for found in account.of(severity)]


def _put_finding(sheet: Worksheet, row: int, account: Account, found: Found) -> None:
    cells = {name: at(sheet, row, column) for column, (name, _) in enumerate(_FINDINGS, start=1)}
    put_number(cells["序号"], row - LIST_HEADER, "0")
    texts = {
        "部门": account.department,
        "地区": account.region or account.region_code,
        "问题": found.title,
        "依据": short_basis(found.basis).replace("；", "；\n"),
        "建议": found.suggestion.replace("；", "；\n"),
        "编号": found.id,
    }
    for name, text in texts.items():
        put_text(cells[name], text, alignment=TOP)
    if account.year:
        put_number(cells["年度"], account.year, "0")
    severity = next(one for one in _LISTED if one == found.severity)
    put_text(cells["级别"], SEVERITY_NAMES[severity], alignment=TOP_CENTER)
    cells["级别"].fill = SEVERITY_FILLS[severity]
    if found.amount is not None:
        put_number(cells["金额（元）"], found.amount, "#,##0.00")
    for name in ("序号", "年度", "金额（元）"):
        cells[name].alignment = TOP_RIGHT
    _put_inputs(cells, found)
    box(cells.values())
    widths = dict(_FINDINGS)
    sheet.row_dimensions[row].height = height(((text, widths[name]) for name, text in texts.items()), least=32)


def _put_inputs(cells: dict[str, Cell], found: Found) -> None:
    """Writes the columns to fill in. What the auditor has confirmed is filled in already."""
    for name in _INPUTS:
        put_text(cells[name], "", alignment=TOP)
        cells[name].fill = INPUT_FILL
    cells["期限"].number_format = "yyyy-mm-dd"
    if found.disposition and found.disposition_state == State.KEPT.value:
        put_text(cells["审计认定"], DECISION_NAMES[Decision(found.disposition)], alignment=TOP)
        put_text(cells["备注"], found.disposition_reason, alignment=TOP)


def _offer_choices(sheet: Worksheet, last: int) -> None:
    names = [name for name, _ in _FINDINGS]
    for name, choices in _CHOICES.items():
        offered = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
        offered.error = f"请选择：{'、'.join(choices)}"
        letter = get_column_letter(names.index(name) + 1)
        offered.add(f"{letter}{LIST_FIRST}:{letter}{last}")
        sheet.add_data_validation(offered)


def _write_departments(sheet: Worksheet, ranked: Sequence[Ranked]) -> None:
    points = "；".join(f"{one.title}{one.points}分（{one.says}）" for one in criteria())
    _put_head(sheet, "部门排名", f"每个部门取最近一年的决算。得分：{points}。", _DEPARTMENTS)
    widths = dict(_DEPARTMENTS)
    for row, one in enumerate(ranked, start=LIST_FIRST):
        cells = {name: at(sheet, row, column) for column, (name, _) in enumerate(_DEPARTMENTS, start=1)}
        last, reasons = one.department.last, "；".join(one.reasons)
        numbers: dict[str, Decimal | int] = {
            "排名": one.rank,
            "错误": len(last.of("error")),
            "疑点": len(last.of("question")),
        }
        for name, number in numbers.items():
            put_number(cells[name], number, "0")
        if last.year:
            put_number(cells["年度"], last.year, "0")
        put_number(cells["得分"], one.score, "0.0")
        put_number(cells["错误金额（元）"], last.at_stake, "#,##0.00")
        texts = {
            "部门": one.department.name,
            "地区": last.region or last.region_code,
            "领域": last.function,
            "理由": reasons,
        }
        for name, text in texts.items():
            put_text(cells[name], text)
        box(cells.values())
        sheet.row_dimensions[row].height = height((text, widths[name]) for name, text in texts.items())
    _finish(sheet, max(LIST_FIRST, LIST_HEADER + len(ranked)), len(_DEPARTMENTS), "C")


def _put_head(sheet: Worksheet, title: str, said: str, columns: Sequence[tuple[str, float]]) -> None:
    """Writes the title, a sentence on how to read the list, and the header."""
    put_text(at(sheet, 1, 1), title, TITLE, Alignment(vertical="center"))
    sheet.row_dimensions[1].height = 26
    put_text(at(sheet, 2, 1), said, SMALL, LEFT)
    sheet.row_dimensions[2].height = height([(said, sum(width for _, width in columns))])
    put_header(sheet, LIST_HEADER, columns)
    sheet.merge_cells(start_row=2, end_row=2, start_column=1, end_column=len(columns))
    sheet.sheet_view.showGridLines = False


def _finish(sheet: Worksheet, last: int, columns: int, frozen: str) -> None:
    """Freezes the header, sets filter and page."""
    sheet.freeze_panes = f"{frozen}{LIST_FIRST}"
    sheet.auto_filter.ref = f"A{LIST_HEADER}:{get_column_letter(columns)}{last}"
    set_up_page(sheet, last, columns, f"1:{LIST_HEADER}", "")

"""Writes the columns of 审计发现 that the auditor fills in: the decision, its choices, and what is to be reviewed."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from gouji.dispositions.disposition import DECISION_NAMES
from gouji.dispositions.layout import DATE, DECISION, INPUTS, REASON, REVIEWER
from gouji.dispositions.match import Decided, State
from gouji.memo.workbook.plan import LIST_FIRST
from gouji.memo.workbook.styles import (
    ILLEGAL,
    INPUT_FILL,
    PLAIN,
    SEVERITY_FILLS,
    TOP,
    colour_where,
    height,
    put_text,
)

_COMMENT_PIXELS, _COMMENT_COLUMNS = 320, 44


def put_disposition(cells: Mapping[str, Cell], decided: Decided | None) -> str:
    """Fills the auditor's cells of a row, by heading, and returns the reason. The cells of a changed finding stay
    blank, to be decided anew."""
    for name in INPUTS:
        cells[name].fill, cells[name].font, cells[name].alignment = INPUT_FILL, PLAIN, TOP
    cells[DATE].number_format = "yyyy-mm-dd"
    if decided is None:
        return ""
    if decided.state is not State.KEPT:
        cells[DECISION].fill = SEVERITY_FILLS["question"]
        cells[DECISION].comment = _comment(decided)
        return ""
    one = decided.disposition
    texts = {DECISION: one.decision.named, REASON: one.reason, REVIEWER: one.reviewer}
    for name, text in texts.items():
        put_text(cells[name], text, alignment=TOP)
    if one.date:
        cells[DATE].value = one.date
        cells[DATE].number_format = "yyyy-mm-dd"
    return one.reason


def offer_choices(sheet: Worksheet, letters: Mapping[str, str], last: int) -> None:
    """Offers the possible decisions in a list, accepts only days as dates, and colours cells where a reason is
    missing."""
    names = list(DECISION_NAMES.values())
    choice = DataValidation(type="list", formula1=f'"{",".join(names)}"', allow_blank=True, showErrorMessage=True)
    choice.error = f"请选择：{'、'.join(names)}"
    choice.promptTitle, choice.prompt = DECISION, "已说明、不认定须写处理意见"
    choice.showInputMessage = True
    choice.add(f"{letters[DECISION]}{LIST_FIRST}:{letters[DECISION]}{last}")
    day = DataValidation(type="date", operator="between", formula1="36526", formula2="73050", allow_blank=True)
    day.showErrorMessage, day.error = True, "请填日期，如 2024-08-01"
    day.add(f"{letters[DATE]}{LIST_FIRST}:{letters[DATE]}{last}")
    for validation in (choice, day):
        sheet.add_data_validation(validation)
    said, reason = (f"${letters[name]}{LIST_FIRST}" for name in (DECISION, REASON))
    lacking = f'AND(OR({said}="{names[1]}",{said}="{names[2]}"),TRIM({reason})="")'
    colour_where(sheet, letters[REASON], last, lacking, "error")


def _comment(decided: Decided) -> Comment:
    """Returns a comment with the earlier decision and what the finding said then."""
    text = ILLEGAL.sub("", f"{decided.told}\n认定时：{decided.then}")
    pixels = int(height([(text, _COMMENT_COLUMNS)]) * 4 / 3) + 30
    return Comment(text, "勾稽", height=pixels, width=_COMMENT_PIXELS)

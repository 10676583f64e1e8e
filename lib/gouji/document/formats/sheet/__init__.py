"""Reads Excel workbooks: what each sheet shows, as tables and paragraphs, from top to bottom."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from openpyxl import Workbook

from gouji.document.content import Content
from gouji.document.formats.active import active_in
from gouji.document.formats.faint import faint_lines
from gouji.document.formats.own import refuse_own
from gouji.document.formats.sheet.hidden import hidden_sheet
from gouji.document.formats.sheet.package import open_workbook
from gouji.document.formats.sheet.pieces import Builder
from gouji.document.formats.sheet.shown import shown_sheet
from gouji.errors import UnusableInputError
from gouji.runtime.limits import LIMITS, Limits

#: The most cells that one line names.
_NAMED = 8


def read_content(data: bytes, path: Path, limits: Limits = LIMITS) -> Content:
    """Reads the sheets of a workbook that are not hidden, in their order.

    Raises UnusableInputError for a workbook that is damaged, shows nothing, or was written by this program, and
    LimitExceededError for one that exceeds the limits.
    """
    opened = open_workbook(data, path, limits)
    refuse_own(data, path)
    builder = Builder()
    anomalies = active_in(data)
    anomalies += [f"工作表“{title}”已损坏，未能读取" for title in opened.broken]
    faint: list[str] = []
    for sheet in opened.workbook.worksheets:
        uncalculated = opened.uncalculated.get(sheet.title, frozenset())
        shown = shown_sheet(sheet, uncalculated, partial(limits.check, "cells", path=path))
        if sheet.sheet_state != "visible":
            anomalies += hidden_sheet(sheet.title, shown.texts)
            continue
        builder.add(shown)
        anomalies += shown.hidden
        faint += shown.faint
        if uncalculated:
            anomalies.append(_uncalculated(sheet.title, sorted(uncalculated, key=_by_row)))
    if not builder.pieces:
        raise UnusableInputError(str(path), _nothing(opened.workbook, anomalies), "请确认这是部门决算公开的工作簿")
    return Content(builder.pieces, "xlsx", (*anomalies, *faint_lines(faint)), builder.origins)


def _uncalculated(title: str, cells: list[str]) -> str:
    named = "、".join(cells[:_NAMED]) + ("等" if len(cells) > _NAMED else "")
    return f"工作表“{title}”有{len(cells)}个公式没有计算结果，无法识别：{named}（请用 Excel 打开并保存后重新读取）"


def _by_row(cell: str) -> tuple[int, str]:
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]), letters.rjust(3)


def _nothing(workbook: Workbook, anomalies: list[str]) -> str:
    sheets = f"工作簿的{len(workbook.worksheets)}个工作表中没有可见的内容"
    return f"{sheets}（{'；'.join(anomalies)}）" if anomalies else sheets

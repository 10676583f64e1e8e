"""Writes, below the candidates on 定位, the checks that hold one by one but not together, added up by live formulas."""

from __future__ import annotations

from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from gouji.checks.check import Check
from gouji.checks.joint import Contradiction
from gouji.findings.evidence import adds_up
from gouji.findings.finding import Finding
from gouji.intervals import unscaled
from gouji.memo.workbook.book import Book
from gouji.memo.workbook.check_columns import LETTERS
from gouji.memo.workbook.formats import decimals_of, digits
from gouji.memo.workbook.formulas import needed_decimals, power
from gouji.memo.workbook.plan import CHECKS, FINDINGS, JOINT_HEAD, LIST_FIRST, LIST_HEADER, Address, quoted
from gouji.memo.workbook.styles import (
    BOLD,
    BOX,
    CENTER,
    HEADER_FILL,
    LEFT,
    PLAIN,
    RIGHT,
    SEVERITY_FILLS,
    SMALL,
    TOP,
    at,
    box,
    height,
    put_link,
    put_number,
    put_text,
)

_HEADS = ("发现编号", "倍数", "勾稽关系", "差额", "倍数×差额", "最多允许", "联立判定", "单位", "公布数算式", "勾稽检查")
_LAST = len(_HEADS)
_TOGETHER, _POSSIBLE = "不能同时成立", "可以同时成立"
_SENTENCE = (
    "不能同时成立的勾稽关系：各项单独看都在取整误差之内。按倍数相加，两边之差超出所涉印数取整合计最多允许的数，因此没有一组真实数能使它们"
    "同时成立。差额引用“勾稽检查”的对应行，改动数字即重新计算；“最多允许”按公布数的小数位数固定。"
)


def write_contradictions(book: Book, sheet: Worksheet, last: int, widths: dict[str, float]) -> int:
    """Writes the block below row `last`, where there is a contradiction; returns the sheet's last row."""
    found = [finding for finding in book.audit.findings.findings if finding.joint is not None]
    if not found:
        return last
    first = book.plan.location_rows[found[0].id]
    assert first == max(last + 1, LIST_FIRST + 1) + JOINT_HEAD
    _write_heads(sheet, first - 2, widths)
    row = first
    for finding in found:
        assert finding.joint is not None
        row = _write(book, sheet, finding, finding.joint, row, widths)
    return row - 1


def _write_heads(sheet: Worksheet, row: int, widths: dict[str, float]) -> None:
    """Writes a sentence over all columns, and the header below it."""
    put_text(at(sheet, row, 1), _SENTENCE, SMALL, LEFT)
    sheet.row_dimensions[row].height = height([(_SENTENCE, sum(widths.values()))])
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(widths))
    for column, name in enumerate(_HEADS, start=1):
        cell = at(sheet, row + 1, column)
        put_text(cell, name, BOLD, CENTER)
        cell.fill, cell.border = HEADER_FILL, BOX


def _write(
    book: Book, sheet: Worksheet, finding: Finding, joint: Contradiction, row: int, widths: dict[str, float]
) -> int:
    """Writes the rows of one contradiction and their sum; returns the row below them."""
    unit = book.audit.checks.unit(joint.checks[0]) if adds_up(finding) else ""
    first = row
    for check, times in zip(joint.checks, joint.multipliers, strict=True):
        cells = [at(sheet, row, column) for column in range(1, _LAST + 1)]
        put_link(cells[0], Address(FINDINGS, book.plan.finding_rows[finding.id], 1), finding.id, TOP)
        told = _write_check(book, cells, check, times, unit)
        box(cells)
        sheet.row_dimensions[row].height = height([(told, widths["位置"]), (str(cells[8].value), widths["估计的理由"])])
        row += 1
    if unit:
        _write_sum(book, sheet, joint, first, row, unit)
    else:
        put_text(at(sheet, row, 3), "含百分比，不能逐项相加；由程序判定不能同时成立。", SMALL, TOP)
    return row + 1


def _write_check(book: Book, cells: list[Cell], check: Check, times: int, unit: str) -> str:
    """Writes one check and its difference in `unit` (its own unit where ""), times its multiplier. Returns its name."""
    checks, place = book.audit.checks, Address(CHECKS, book.plan.check_rows[check.id], 1)
    row, own = cells[0].row, unit or checks.unit(check)
    text = f"{check.rule.title}（{check.scope}）"
    put_text(cells[2], text, alignment=TOP)
    there = f"{quoted(CHECKS)}!{LETTERS['差额']}{place.row}"
    book.put_formula(cells[3], f"={there}{_factor(checks.unit(check), own)}", unscaled(check.residual, own))
    if unit:
        put_number(cells[1], times, "0")
        cells[1].alignment = CENTER
        book.put_formula(cells[4], f"=B{row}*D{row}", unscaled(times * check.residual, own))
    put_text(cells[7], own, alignment=CENTER)
    put_text(cells[8], checks.algebra(check), alignment=TOP)
    put_link(cells[9], place, f"第{place.row - LIST_HEADER}项", TOP)
    places = 4 if check.per else needed_decimals(check, checks) + power(checks.unit(check)) - power(own)
    for cell in cells[3:5]:
        cell.number_format, cell.font, cell.alignment = digits(max(0, places)), PLAIN, RIGHT
    return text


def _write_sum(book: Book, sheet: Worksheet, joint: Contradiction, first: int, row: int, unit: str) -> None:
    """Writes the weighted sum, the sum that rounding allows, and whether it is exceeded."""
    cells = [at(sheet, row, column) for column in range(1, _LAST + 1)]
    total, allowed = unscaled(joint.residual, unit), unscaled(joint.allowed, unit)
    places = max(decimals_of(total), decimals_of(allowed), 2)
    put_text(cells[2], "按倍数相加", BOLD, TOP)
    book.put_formula(cells[4], f"=ROUND(SUM(E{first}:E{row - 1}),{places + 2})", total)
    put_number(cells[5], allowed, digits(places))
    one_sided = any(check.operator != "=" for check in joint.checks)
    off = f"E{row}" if one_sided else f"ABS(E{row})"
    verdict = f'=IF(ROUND({off}-F{row},{places + 2})>0,"{_TOGETHER}","{_POSSIBLE}")'
    book.put_formula(cells[6], verdict, _TOGETHER)
    put_text(cells[7], unit, alignment=CENTER)
    cells[4].number_format, cells[4].font, cells[4].alignment = digits(places), BOLD, RIGHT
    cells[6].font, cells[6].alignment, cells[6].fill = BOLD, CENTER, SEVERITY_FILLS["error"]
    box(cells)


def _factor(own: str, unit: str) -> str:
    """Returns the factor between two units as formulas write it: `/10000` from 元 to 万元."""
    exponent = power(own) - power(unit)
    return f"*{10**exponent}" if exponent > 0 else f"/{10**-exponent}" if exponent else ""

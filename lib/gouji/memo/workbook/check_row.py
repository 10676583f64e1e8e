"""Writes the cells of one row of 勾稽检查: both sides, their difference, the tolerance, the verdict."""

from __future__ import annotations

from decimal import Decimal

from openpyxl.cell import Cell

from gouji.checks.check import VERDICT_NAMES, Check
from gouji.intervals import unscaled
from gouji.memo.workbook.book import Book
from gouji.memo.workbook.check_columns import LETTERS
from gouji.memo.workbook.doubts import Doubt
from gouji.memo.workbook.formats import decimals_of, digits
from gouji.memo.workbook.formulas import difference_formula, needed_decimals, side_formula, verdict_formula
from gouji.memo.workbook.plan import RATIOS, quoted
from gouji.memo.workbook.quotient import Quotient
from gouji.memo.workbook.ratio_sheet import RATIO_LETTERS
from gouji.memo.workbook.styles import CENTER, PLAIN, RIGHT, put_number, put_text

Cells = dict[str, Cell]

#: The printed sign of each relation.
SYMBOLS = {"=": "=", "<=": "≤", "<": "<"}


def put_identity(book: Book, cells: Cells, check: Check, row: int) -> None:
    """Writes a sum, an inequality, or a direction in words."""
    checks, plan = book.audit.checks, book.plan
    unit, decimals = checks.unit(check), needed_decimals(check, checks)
    column = _column(row)
    left, right = (checks.side_value(check, side) or Decimal(0) for side in ("left", "right"))
    constant = unscaled(-check.constant, unit)
    book.put_formula(cells["左方"], side_formula(check.left, unit, checks, plan), left)
    book.put_formula(cells["右方"], side_formula(check.right, unit, checks, plan, constant), right)
    difference = difference_formula(column["左方"], column["右方"], decimals)
    book.put_formula(cells["差额"], difference, unscaled(check.residual, unit))
    _put_allowed(cells["允许误差"], unscaled(check.tolerance, unit))
    if check.tie:
        _put_allowed(cells["无须说明的差"], unscaled(check.agreement, unit))
    verdict = verdict_formula(check, column["差额"], column["允许误差"], column["无须说明的差"], decimals)
    _finish(book, cells, check, verdict, unit, dict.fromkeys(("左方", "右方", "差额"), decimals))


def put_quotient(book: Book, cells: Cells, check: Check, row: int) -> None:
    """Writes a figure beside the value that 比率 computes for it."""
    checks, plan = book.audit.checks, book.plan
    quotient, shown = Quotient.of(check, checks), needed_decimals(check, checks)
    column, there = _column(row), _on_ratios(plan.ratio_rows[check.id])
    places = max(4, shown + 2)
    book.put_formula(cells["左方"], side_formula(check.left, quotient.unit, checks, plan), quotient.printed)
    book.put_formula(cells["右方"], f"={there['计算值']}", quotient.truth)
    difference = f"=ROUND({column['左方']}-{column['右方']},{quotient.decimals})"
    book.put_formula(cells["差额"], difference, unscaled(check.residual, quotient.unit))
    book.put_formula(cells["无须说明的差"], f"={there['末位之半']}", quotient.half)
    _dress(cells["无须说明的差"], decimals_of(quotient.half))
    if quotient.bounded:
        bounds = there["下限"], there["上限"]
        allowed = quotient.allowed_formula(column["左方"], column["右方"], bounds, column["无须说明的差"])
        book.put_formula(cells["允许误差"], allowed, quotient.allowed)
        _dress(cells["允许误差"], places)
    sides = there["分子"], there["分母"]
    verdict = quotient.verdict_formula(
        column["左方"], column["右方"], column["允许误差"], column["无须说明的差"], sides
    )
    decimals = {"左方": shown, "右方": places, "差额": places}
    _finish(book, cells, check, verdict, quotient.unit, decimals)


def put_doubt(book: Book, cells: Cells, check: Check, doubt: Doubt) -> None:
    """Writes two figures that raise a question where they do not fit together; they have no difference."""
    row = cells["左方"].row
    column = _column(row)
    book.put_formula(cells["左方"], doubt.left, doubt.values[0])
    book.put_formula(cells["右方"], doubt.right, doubt.values[1])
    condition = doubt.condition.format(left=column["左方"], right=column["右方"])
    decimals = {name: decimals_of(value) for name, value in zip(("左方", "右方"), doubt.values, strict=True)}
    _finish(book, cells, check, f'=IF({condition},"不符","一致")', doubt.unit, decimals)
    put_text(cells["关系"], doubt.relation, alignment=CENTER)


def _finish(book: Book, cells: Cells, check: Check, verdict: str, unit: str, decimals: dict[str, int]) -> None:
    """Writes unit and verdict, and sets the number formats of the amounts."""
    put_text(cells["单位"], unit, alignment=CENTER)
    book.put_formula(cells["判定"], verdict, VERDICT_NAMES[check.verdict])
    cells["判定"].font, cells["判定"].alignment = PLAIN, CENTER
    for name, places in decimals.items():
        _dress(cells[name], places)


def _dress(cell: Cell, decimals: int) -> None:
    cell.number_format, cell.font, cell.alignment = digits(decimals), PLAIN, RIGHT


def _put_allowed(cell: Cell, value: Decimal) -> None:
    put_number(cell, value, digits(decimals_of(value)))


def _column(row: int) -> dict[str, str]:
    return {name: f"{letter}{row}" for name, letter in LETTERS.items()}


def _on_ratios(row: int) -> dict[str, str]:
    return {name: f"{quoted(RATIOS)}!{letter}{row}" for name, letter in RATIO_LETTERS.items()}

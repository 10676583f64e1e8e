"""Writes 比率: every quotient in steps, from its cells to its least and greatest value."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from gouji.checks.check import VERDICT_NAMES, Check
from gouji.memo.workbook.book import Book
from gouji.memo.workbook.check_columns import LETTERS
from gouji.memo.workbook.formats import decimals_of, digits
from gouji.memo.workbook.formulas import needed_decimals, side_formula
from gouji.memo.workbook.plan import CHECKS, LIST_FIRST, LIST_HEADER, RATIOS, Address, quoted
from gouji.memo.workbook.quotient import UNBOUNDED, Quotient
from gouji.memo.workbook.styles import (
    CENTER,
    PLAIN,
    RIGHT,
    at,
    box,
    colour_verdicts,
    end_list,
    height,
    put_link,
    put_list_head,
    put_number,
    put_text,
)

COLUMNS = (
    ("序号", 6.0),
    ("位置", 34.0),
    ("公布数算式", 38.0),
    ("分子", 14.0),
    ("分母", 14.0),
    ("公布数", 11.0),
    ("末位之半", 9.0),
    ("计算值", 12.0),
    ("下限", 12.0),
    ("上限", 12.0),
    ("单位", 6.0),
    ("判定", 8.0),
)
_NAMES = [name for name, _ in COLUMNS]
#: Column letter by heading.
RATIO_LETTERS = dict(zip(_NAMES, "ABCDEFGHIJKL", strict=True))
_SENTENCE = (
    "占比、完成率、增减率、人均数逐项复算，各栏都是公式。计算值 = 分子 ÷ 分母（百分比再乘以 100，单位为 %）。"
    "下限、上限是分子、分母取四舍五入前各种可能的数时，计算值的最小数和最大数；"
    "公布数加减末位之半够不到下限、上限之间的为不符，否则计算值四舍五入就是公布数的为一致，其余为尾差。"
)


def write_ratios(book: Book) -> None:
    """Writes the sheet 比率."""
    sheet = book.add(RATIOS)
    put_list_head(sheet, "比率", _SENTENCE, COLUMNS)
    quotients = [check for check in book.plan.checks if check.id in book.plan.ratio_rows]
    for check in quotients:
        _write(book, sheet, check)
    if not quotients:
        put_text(at(sheet, LIST_FIRST, 2), "没有可以复算的比率。")
    last = max(LIST_FIRST, LIST_HEADER + len(quotients))
    colour_verdicts(sheet, RATIO_LETTERS["判定"], last)
    end_list(sheet, len(COLUMNS), last, book.audit.facts.department)


def _write(book: Book, sheet: Worksheet, check: Check) -> None:
    row, check_row = book.plan.ratio_rows[check.id], book.plan.check_rows[check.id]
    cells = {name: at(sheet, row, column) for column, name in enumerate(_NAMES, start=1)}
    put_link(cells["序号"], Address(CHECKS, check_row, 1), str(check_row - LIST_HEADER), CENTER)
    texts = {"位置": check.scope, "公布数算式": book.audit.checks.algebra(check)}
    for name, text in texts.items():
        put_text(cells[name], text)
    _put_steps(book, sheet, check, row)
    put_text(cells["单位"], book.audit.checks.unit(check), alignment=CENTER)
    book.put_formula(cells["判定"], f"={quoted(CHECKS)}!{LETTERS['判定']}{check_row}", VERDICT_NAMES[check.verdict])
    cells["判定"].font, cells["判定"].alignment = PLAIN, CENTER
    box(cells.values())
    widths = dict(COLUMNS)
    sheet.row_dimensions[row].height = height((text, widths[name]) for name, text in texts.items())


def _put_steps(book: Book, sheet: Worksheet, check: Check, row: int) -> None:
    """Writes numerator, denominator, the printed figure, and the results."""
    checks, plan = book.audit.checks, book.plan
    quotient, shown = Quotient.of(check, checks), needed_decimals(check, checks)
    cell = {name: sheet[f"{letter}{row}"] for name, letter in RATIO_LETTERS.items()}
    top, bottom = (f"{RATIO_LETTERS[name]}{row}" for name in ("分子", "分母"))
    book.put_formula(cell["分子"], side_formula(check.right, quotient.top_unit, checks, plan), quotient.top)
    book.put_formula(cell["分母"], side_formula(check.per, quotient.bottom_unit, checks, plan), quotient.bottom)
    book.put_formula(cell["公布数"], side_formula(check.left, quotient.unit, checks, plan), quotient.printed)
    put_number(cell["末位之半"], quotient.half, digits(decimals_of(quotient.half)))
    book.put_formula(cell["计算值"], quotient.value_formula(top, bottom), quotient.truth)
    if quotient.bounded:
        for name, function, bound in zip(("下限", "上限"), ("MIN", "MAX"), quotient.bounds, strict=True):
            book.put_formula(cell[name], quotient.bound_formula(function, top, bottom), bound)
    else:
        put_text(cell["下限"], UNBOUNDED)
        put_text(cell["上限"], UNBOUNDED)
    formats = {"分子": decimals_of(quotient.top), "分母": decimals_of(quotient.bottom), "公布数": shown}
    for name in ("分子", "分母", "公布数", "计算值", "下限", "上限"):
        cell[name].number_format = digits(formats.get(name, max(4, shown + 2)))
        cell[name].font, cell[name].alignment = PLAIN, RIGHT

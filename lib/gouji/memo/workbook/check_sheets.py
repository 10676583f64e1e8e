"""勾稽检查, every check as live formulas over the figures' cells, and 尾差, the rounding differences among them."""

from __future__ import annotations

from decimal import Decimal

from openpyxl.cell import Cell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gouji.checks.check import VERDICT_NAMES, Check
from gouji.checks.rules import Severity
from gouji.facts.fact import Part
from gouji.intervals import Verdict, unscaled
from gouji.memo.workbook.book import Book
from gouji.memo.workbook.formats import decimals_of, digits
from gouji.memo.workbook.formulas import difference_formula, needed_decimals, side_formula, verdict_formula
from gouji.memo.workbook.plan import CHECKS, FINDINGS, LIST_FIRST, LIST_HEADER, ROUNDING, Address, quoted
from gouji.memo.workbook.styles import (
    CENTER,
    LEFT,
    PLAIN,
    RIGHT,
    SEVERITY_FILLS,
    TINY,
    at,
    box,
    height,
    put_link,
    put_list_head,
    put_number,
    put_text,
    set_up_page,
)

_AMOUNT_WIDTH = 11.0
COLUMNS = (
    ("序号", 5.5),
    ("规则", 16.0),
    ("说明", 23.0),
    ("位置", 24.0),
    ("左方", _AMOUNT_WIDTH),
    ("关系", 4.5),
    ("右方", _AMOUNT_WIDTH),
    ("差额", _AMOUNT_WIDTH),
    ("单位", 5.5),
    ("允许误差", 9.0),
    ("无须说明的差", 9.0),
    ("判定", 7.0),
    ("引擎判定", 7.0),
    ("公布数算式／未判定原因", 24.0),
    ("发现", 12.0),
    ("依据", 24.0),
)
_NAMES = [name for name, _ in COLUMNS]
#: Column letter by heading.
LETTERS = {name: get_column_letter(index) for index, name in enumerate(_NAMES, start=1)}
_NUMBERS = ("序号", "左方", "右方", "差额", "允许误差", "无须说明的差")
_TINY = ("规则", "依据")
_CENTRED = ("关系", "单位", "判定", "引擎判定")
_GREY = Font(name=PLAIN.name, size=PLAIN.size, color="FF80868B")
_SENTENCE = (
    "左方、右方、差额、判定都是引用各表单元格的公式，改动表中数字即重新计算；“引擎判定”是程序对公布数的判定，两者应相同。"
    "允许误差由公布数的小数位数推出（每个数末位的一半之和；同一金额印在两处的，除由两个以上分项构成的合计外为 0），"
    "按公布时的填列情况固定。不符、尾差在前，一致在后，未公布的列在最后。"
)
_ROUNDING_SENTENCE = (
    "下列各项的公布数不能分毫不差地相加，但差额在四舍五入允许的误差之内，不作为问题；各栏引用“勾稽检查”的对应行。"
)


def write_checks(book: Book) -> None:
    """Writes the sheet 勾稽检查."""
    sheet = book.add(CHECKS)
    columns = _columns(book)
    put_list_head(sheet, "勾稽检查", _SENTENCE, columns)
    for check in book.plan.checks:
        _write(book, sheet, check, dict(columns))
    _finish(book, sheet, len(book.plan.checks))


def write_rounding(book: Book) -> None:
    """Writes the sheet 尾差: the same columns, each cell referring to 勾稽检查."""
    sheet = book.add(ROUNDING)
    put_list_head(sheet, "尾差", _ROUNDING_SENTENCE, _columns(book))
    source = book.workbook[CHECKS]
    rounding = [check for check in book.plan.checks if check.verdict is Verdict.ROUNDING]
    for row, check in enumerate(rounding, start=LIST_FIRST):
        _refer(book, source, book.plan.check_rows[check.id], sheet, row)
    if not rounding:
        put_text(at(sheet, LIST_FIRST, 3), "没有尾差。")
    _finish(book, sheet, len(rounding))


def _columns(book: Book) -> list[tuple[str, float]]:
    """The columns, those of both sides and their difference as wide as the longest amount."""
    checks = book.audit.checks
    longest = max(
        (
            len(f"{checks.side_value(check, side) or Decimal(0):,.{needed_decimals(check, checks)}f}")
            for check in checks.made()
            if check.terms
            for side in ("left", "right")
        ),
        default=0,
    )
    amounts = max(_AMOUNT_WIDTH, longest + 3.0)
    return [(name, amounts if name in ("左方", "右方", "差额") else width) for name, width in COLUMNS]


def _write(book: Book, sheet: Worksheet, check: Check, widths: dict[str, float]) -> None:
    row = book.plan.check_rows[check.id]
    cells = {name: at(sheet, row, column) for column, name in enumerate(_NAMES, start=1)}
    made = check.made
    put_number(cells["序号"], row - LIST_HEADER, "0")
    texts = {
        "规则": check.rule.id,
        "说明": check.rule.title,
        "位置": _scope(book, check),
        "公布数算式／未判定原因": book.audit.checks.algebra(check) if made else _reason(check),
        "依据": "；".join(basis.citation for basis in check.rule.basis),
    }
    for name, text in texts.items():
        put_text(cells[name], text, TINY if name in _TINY else PLAIN, LEFT)
    put_text(cells["关系"], "≤" if check.operator == "<=" else "=", alignment=CENTER)
    put_text(cells["引擎判定"], VERDICT_NAMES[check.verdict], alignment=CENTER)
    if made:
        _put_amounts(book, cells, check, row)
    else:
        put_text(cells["判定"], VERDICT_NAMES[check.verdict], _GREY, CENTER)
        cells["引擎判定"].font = _GREY
    explaining = book.explaining(check)
    if explaining:
        put_link(cells["发现"], Address(FINDINGS, book.plan.finding_rows[explaining[0].id], 1), explaining[0].id)
    box(cells.values())
    sheet.row_dimensions[row].height = height(
        (text, widths[name] * (1.25 if name in _TINY else 1)) for name, text in texts.items()
    )


def _scope(book: Book, check: Check) -> str:
    """Where a check stands; for one on a sentence, with what the sentence speaks of."""
    first = book.audit.facts.facts[check.terms[0][1]]
    return first.named if first.part is Part.NARRATIVE else check.scope


def _reason(check: Check) -> str:
    missing = f"（未公布：{'、'.join(check.missing)}）" if check.missing else ""
    return check.reason + missing


def _put_amounts(book: Book, cells: dict[str, Cell], check: Check, row: int) -> None:
    """Both sides, difference and verdict as formulas; what they may be off by as numbers."""
    checks, plan = book.audit.checks, book.plan
    unit, decimals = checks.unit(check), needed_decimals(check, checks)
    column = {name: f"{letter}{row}" for name, letter in LETTERS.items()}
    left, right = (checks.side_value(check, side) or Decimal(0) for side in ("left", "right"))
    put_text(cells["单位"], unit, alignment=CENTER)
    _put_tolerance(cells["允许误差"], unscaled(check.tolerance, unit))
    if check.tie:
        _put_tolerance(cells["无须说明的差"], unscaled(check.agreement, unit))
    book.put_formula(cells["左方"], side_formula(check.left, check, checks, plan), left)
    book.put_formula(cells["右方"], side_formula(check.right, check, checks, plan), right)
    difference = difference_formula(column["左方"], column["右方"], decimals)
    book.put_formula(cells["差额"], difference, unscaled(check.residual, unit))
    verdict = verdict_formula(check, column["差额"], column["允许误差"], column["无须说明的差"], decimals)
    book.put_formula(cells["判定"], verdict, VERDICT_NAMES[check.verdict])
    for name in ("左方", "右方", "差额"):
        cells[name].number_format, cells[name].font, cells[name].alignment = digits(decimals), PLAIN, RIGHT
    cells["判定"].font, cells["判定"].alignment = PLAIN, CENTER


def _put_tolerance(cell: Cell, value: Decimal) -> None:
    put_number(cell, value, digits(decimals_of(value)))


def _refer(book: Book, source: Worksheet, source_row: int, sheet: Worksheet, row: int) -> None:
    """One row of 尾差: each filled cell of the row in 勾稽检查 by reference."""
    for column, name in enumerate(_NAMES, start=1):
        given, cell = at(source, source_row, column), at(sheet, row, column)
        cell.font, cell.alignment = (
            TINY if name in _TINY else PLAIN,
            CENTER if name in _CENTRED else RIGHT if name in _NUMBERS else LEFT,
        )
        cell.number_format = given.number_format
        if given.value is None:
            continue
        value = book.values.get((CHECKS, given.coordinate))
        if value is None:
            value = Decimal(str(given.value)) if name in _NUMBERS else str(given.value)
        book.put_formula(cell, f"={quoted(CHECKS)}!{given.coordinate}", value)
    box(at(sheet, row, column) for column in range(1, len(COLUMNS) + 1))
    sheet.row_dimensions[row].height = source.row_dimensions[source_row].height


def _finish(book: Book, sheet: Worksheet, count: int) -> None:
    """Filter, colours by verdict, page."""
    last = max(LIST_FIRST, LIST_HEADER + count)
    verdict, engine = LETTERS["判定"], LETTERS["引擎判定"]
    _colour(sheet, verdict, last, f'${verdict}{LIST_FIRST}="不符"', "error")
    _colour(sheet, verdict, last, f'${verdict}{LIST_FIRST}="尾差"', "note")
    _colour(sheet, engine, last, f"${engine}{LIST_FIRST}<>${verdict}{LIST_FIRST}", "question")
    sheet.freeze_panes = f"A{LIST_FIRST}"
    sheet.auto_filter.ref = f"A{LIST_HEADER}:{get_column_letter(len(COLUMNS))}{last}"
    set_up_page(sheet, last, len(COLUMNS), f"1:{LIST_HEADER}", book.audit.facts.department)


def _colour(sheet: Worksheet, column: str, last: int, condition: str, severity: Severity) -> None:
    """Conditional formatting of one column."""
    style = DifferentialStyle(fill=SEVERITY_FILLS[severity])
    rule = Rule(type="expression", dxf=style, formula=[condition])
    sheet.conditional_formatting.add(f"{column}{LIST_FIRST}:{column}{last}", rule)

"""Writes 勾稽检查, every check as live formulas over the figures' cells, and 尾差, the rounding differences among
them."""

from __future__ import annotations

from decimal import Decimal

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gouji.checks.check import Check
from gouji.intervals import Verdict
from gouji.memo.workbook.book import Book
from gouji.memo.workbook.check_columns import AMOUNT_WIDTH, COLUMNS, LETTERS, NAMES, PRINTED
from gouji.memo.workbook.check_row import SYMBOLS, Cells, put_doubt, put_identity, put_quotient
from gouji.memo.workbook.doubts import doubt_of
from gouji.memo.workbook.formulas import needed_decimals
from gouji.memo.workbook.hashed import Font
from gouji.memo.workbook.plan import CHECKS, FINDINGS, LIST_FIRST, LIST_HEADER, ROUNDING, Address, quoted
from gouji.memo.workbook.styles import (
    CENTER,
    LEFT,
    PLAIN,
    RIGHT,
    TINY,
    at,
    box,
    colour_verdicts,
    colour_where,
    height,
    put_link,
    put_list_head,
    put_number,
    put_text,
    set_up_page,
)

_NUMBERS = ("序号", "左方", "右方", "差额", "允许误差", "无须说明的差")
_TINY = ("依据", "规则编号")
_CENTRED = ("关系", "单位", "判定", "程序判定")
_GREY = Font(name=PLAIN.name, size=PLAIN.size, color="FF80868B")
_SENTENCE = (
    "左方、右方、差额、判定都是引用各表单元格和“情况说明”取值栏的公式，改动其中数字即重新计算；“程序判定”是程序对公布数的"
    "判定，两者应相同。允许误差由公布数的小数位数推出（每个数末位的一半之和；同一金额印在两处的，除由两个以上分项构成的合计"
    "外为 0），按公布时的填列情况固定；占比等比率的右方和允许误差在“比率”表逐步算出。金额以外的数按各自单位列示："
    "百分比以 % 为单位，减少、下降为负数。没有差额的检查只看两方是否相称，不相称的为不符。"
    "不符、尾差在前，一致在后，未公布、不适用的列在最后。打印时到“发现”栏为止，不印未公布、不适用的各项（备忘录按原因列出）。“规则编号”供查规则清单用。"
)
_ROUNDING_SENTENCE = (
    "下列各项的公布数不能分毫不差地勾稽，但差额在四舍五入允许的误差之内，不作为问题；各栏引用“勾稽检查”的对应行。"
)


def write_checks(book: Book) -> None:
    """Writes the sheet 勾稽检查."""
    sheet = book.add(CHECKS)
    columns = _columns(book)
    put_list_head(sheet, "勾稽检查", _SENTENCE, columns)
    for check in book.plan.checks:
        _write(book, sheet, check, dict(columns))
    shown = [
        book.plan.check_rows[one.id] for one in book.plan.checks if one.verdict is not Verdict.UNBOUND or one.blank
    ]
    _finish(book, sheet, len(book.plan.checks), max(shown, default=LIST_FIRST))


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
    _finish(book, sheet, len(rounding), max(LIST_FIRST, LIST_HEADER + len(rounding)))


def _columns(book: Book) -> list[tuple[str, float]]:
    """Returns the columns. Those of both sides and their difference are as wide as the longest amount."""
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
    amounts = max(AMOUNT_WIDTH, longest + 3.0)
    return [(name, amounts if name in ("左方", "右方", "差额") else width) for name, width in COLUMNS]


def _write(book: Book, sheet: Worksheet, check: Check, widths: dict[str, float]) -> None:
    row = book.plan.check_rows[check.id]
    cells = {name: at(sheet, row, column) for column, name in enumerate(NAMES, start=1)}
    put_number(cells["序号"], row - LIST_HEADER, "0")
    texts = {
        "说明": check.rule.title + _words(book, check),
        "位置": check.scope,
        "公布数算式／未判定原因": _state_identity(book, check) if check.made else _reason(check),
        "依据": "；".join(basis.citation for basis in check.rule.basis),
        "规则编号": check.rule.id,
    }
    for name, text in texts.items():
        put_text(cells[name], text, TINY if name in _TINY else PLAIN, LEFT)
    put_text(cells["关系"], SYMBOLS[check.operator] if check.terms else "", alignment=CENTER)
    put_text(cells["程序判定"], book.outcome(check), alignment=CENTER)
    _put_result(book, cells, check, row)
    explaining = book.explaining(check)
    if explaining:
        put_link(cells["发现"], Address(FINDINGS, book.plan.finding_rows[explaining[0].id], 1), explaining[0].id)
    box(cells.values())
    sheet.row_dimensions[row].height = height(
        (text, widths[name] * (1.25 if name in _TINY else 1)) for name, text in texts.items()
    )


def _put_result(book: Book, cells: Cells, check: Check, row: int) -> None:
    """Writes the amounts and the verdict as formulas. A verdict that no formula can compute is text."""
    if check.made and check.per:
        put_quotient(book, cells, check, row)
    elif check.made and check.terms:
        put_identity(book, cells, check, row)
    elif check.made and (doubt := doubt_of(check, book)) is not None:
        put_doubt(book, cells, check, doubt)
    else:
        put_text(cells["判定"], book.outcome(check), PLAIN if check.made else _GREY, CENTER)
        cells["程序判定"].font = PLAIN if check.made else _GREY


def _words(book: Book, check: Check) -> str:
    """Returns `（原文：小于）` for a direction in words."""
    said = [book.audit.facts.facts[number].figure.text.strip() for number in check.claims]
    return f"（原文：{'、'.join(said)}）" if said else ""


def _state_identity(book: Book, check: Check) -> str:
    """Returns the identity in printed values. For a check without one, returns the figures and words it is about."""
    if check.terms:
        return book.audit.checks.algebra(check)
    facts = (book.audit.facts.facts[number] for number in check.concerns)
    said = ((fact.named, fact.figure.text.strip()) for fact in facts)
    return "；".join(named if named.endswith(text) else f"{named} {text}" for named, text in said)


def _reason(check: Check) -> str:
    missing = f"（未公布：{'、'.join(check.missing)}）" if check.missing else ""
    return check.reason + missing


def _refer(book: Book, source: Worksheet, source_row: int, sheet: Worksheet, row: int) -> None:
    """Writes one row of 尾差: a reference to each filled cell of the row in 勾稽检查."""
    for column, name in enumerate(NAMES, start=1):
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


def _finish(book: Book, sheet: Worksheet, count: int, printed: int) -> None:
    """Sets filter, verdict colours and page; only useful columns and the rows up to `printed` go on paper."""
    last = max(LIST_FIRST, LIST_HEADER + count)
    verdict, engine = LETTERS["判定"], LETTERS["程序判定"]
    colour_verdicts(sheet, verdict, last)
    colour_where(sheet, engine, last, f"${engine}{LIST_FIRST}<>${verdict}{LIST_FIRST}", "question")
    sheet.freeze_panes = f"A{LIST_FIRST}"
    sheet.auto_filter.ref = f"A{LIST_HEADER}:{get_column_letter(len(COLUMNS))}{last}"
    set_up_page(sheet, printed, PRINTED, f"{LIST_HEADER}:{LIST_HEADER}", book.audit.facts.department)

"""Writes 情况说明: one row per figure or word of the sentences, with its meaning, its sign, and the outcome of its
checks."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter

from gouji.checks.check import VERDICT_NAMES, Check
from gouji.facts.claim import Claim, Measure
from gouji.facts.fact import Fact, Part
from gouji.intervals import Verdict, unscaled
from gouji.memo.excerpt import sentence_excerpt, trimmed
from gouji.memo.marked import why_unchecked
from gouji.memo.workbook.book import Book
from gouji.memo.workbook.check_columns import LETTERS
from gouji.memo.workbook.formats import digits
from gouji.memo.workbook.marks import mark
from gouji.memo.workbook.plan import CHECKS, FINDINGS, LIST_FIRST, LIST_HEADER, NARRATIVE, Address, quoted
from gouji.memo.workbook.styles import (
    CENTER,
    LEFT,
    PLAIN,
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

_COLUMNS = (
    ("位置", 16.0),
    ("说的是", 26.0),
    ("口径", 17.0),
    ("原文", 52.0),
    ("公布文本", 13.0),
    ("取值", 11.0),
    ("单位", 6.0),
    ("对应数字", 34.0),
    ("核对结果", 7.0),
    ("未核对的原因", 20.0),
    ("发现", 12.0),
)
_NAMES = [name for name, _ in _COLUMNS]
_VERDICT = get_column_letter(_NAMES.index("核对结果") + 1)
_SENTENCE = (
    "情况说明中每个数字、每处增减表述一行，按原文顺序。“取值”栏是勾稽公式引用的数：减少、下降为负数，"
    "百分比以 % 为单位（24.78 即 24.78%）；文字（大于、持平、所列科目）不参与计算。“对应数字”是与之核对的单元格或算式；"
    "“核对结果”由所参与的各项勾稽的判定得出（有不符即为不符），改动取值即重新判定。有颜色的数字有审计发现或所在勾稽不成立，"
    "详见批注。"
)
_WORST_FIRST = (Verdict.CONFLICT, Verdict.ROUNDING, Verdict.CONSISTENT)
_TIES = ("statement", "statement_detail")
_MOST_CELLS = 3
#: Number of characters of the sentence quoted on either side of a figure.
_AROUND = 26
#: With more checks a formula would be too long for a cell; the gravest are kept.
_MOST_CHECKS = 150


def write_narrative(book: Book) -> None:
    """Writes the sheet 情况说明."""
    sheet = book.add(NARRATIVE)
    put_list_head(sheet, "情况说明中的数字", _SENTENCE, _COLUMNS)
    statements = book.plan.statements
    for row, facts in enumerate(statements, start=LIST_FIRST):
        _write(book, row, facts)
    if not statements:
        put_text(at(sheet, LIST_FIRST, 1), "没有读到情况说明中的数字。")
    last = max(LIST_FIRST, LIST_HEADER + len(statements))
    colour_verdicts(sheet, _VERDICT, last)
    end_list(sheet, len(_COLUMNS), last, book.audit.facts.department)


def _write(book: Book, row: int, facts: Sequence[Fact]) -> None:
    """Writes one row; `facts` share one printed figure."""
    sheet = book.workbook[NARRATIVE]
    cells = {name: at(sheet, row, column) for column, name in enumerate(_NAMES, start=1)}
    fact = facts[0]
    checks = _checks(book, facts)
    texts = {
        "位置": fact.where,
        "说的是": fact.row_name,
        "口径": _measure(fact),
        "原文": _words_around(book, fact),
        "公布文本": fact.figure.text.strip(),
        "未核对的原因": _reason(book, fact, checks),
    }
    for name, text in texts.items():
        put_text(cells[name], text, alignment=LEFT)
    _put_value(cells["取值"], fact)
    put_text(cells["单位"], fact.figure.unit, alignment=CENTER)
    texts["对应数字"] = _put_counterpart(book, cells["对应数字"], checks)
    _put_verdict(book, cells["核对结果"], checks)
    box(cells.values())
    suspect = next((one for one in facts if book.suspecting(one)), fact)
    mark(book, cells["公布文本"], suspect, commented=False)
    mark(book, cells["取值"], suspect)
    if findings := book.suspecting(suspect):
        put_link(cells["发现"], Address(FINDINGS, book.plan.finding_rows[findings[0].id], 1), findings[0].id)
    widths = dict(_COLUMNS)
    sheet.row_dimensions[row].height = height((text, widths[name]) for name, text in texts.items())


def _words_around(book: Book, fact: Fact) -> str:
    """Returns the words around the figure; a long sentence is cut."""
    said = trimmed(sentence_excerpt(fact, book.audit), _AROUND)
    return f"{said.before}{said.figure}{said.after}"


def _checks(book: Book, facts: Sequence[Fact]) -> list[Check]:
    """Returns the checks on a printed figure, the gravest outcome first."""
    found = {check.id: check for fact in facts for check in book.checking(fact) if check.id in book.plan.check_rows}
    return sorted(found.values(), key=lambda check: book.plan.check_rows[check.id])


def _measure(fact: Fact) -> str:
    """Returns `增减额（比上年）`, `占比（占本年支出合计）`, `完成率（年初预算）`."""
    claim = fact.claim
    if claim is None:
        return fact.column_name
    return claim.measure.value + _name_of_base(claim)


def _name_of_base(claim: Claim) -> str:
    if claim.measure is Measure.SHARE:
        whole = claim.base or claim.whole
        return f"（占{whole.phrase}）" if whole and whole.phrase else ""
    if claim.against is None:
        return ""
    compared = claim.measure in (Measure.CHANGE, Measure.RATE, Measure.DIRECTION)
    return f"（{'比' if compared else ''}{claim.against.value}）"


def _put_value(cell: Cell, fact: Fact) -> None:
    """Writes the figure with its sign, in its unit; a word as text."""
    if fact.amount is None:
        put_text(cell, fact.figure.text.strip(), alignment=CENTER)
        return
    grouped = "," in fact.figure.text or "，" in fact.figure.text
    put_number(cell, unscaled(fact.amount, fact.figure.unit), digits(max(0, fact.figure.decimals), grouped=grouped))


def _put_counterpart(book: Book, cell: Cell, checks: Sequence[Check]) -> str:
    """Writes the table cells that state the same quantity. Without any, writes the gravest check that was made, as
    printed. Returns the text."""
    made = [check for check in checks if check.made]
    cells = list(dict.fromkeys(address for check in made for address in _cells(book, check)))
    if cells:
        more = f"等{len(cells)}处" if len(cells) > _MOST_CELLS else ""
        text = "、".join(f"{one.sheet}!{one.coordinate}" for one in cells[:_MOST_CELLS]) + more
        put_link(cell, cells[0], text)
        return text
    if not made:
        return ""
    text = book.audit.checks.algebra(made[0]) if made[0].terms else made[0].rule.title
    text += f"（勾稽检查第{book.plan.check_rows[made[0].id] - LIST_HEADER}项）"
    put_text(cell, text)
    return text


def _cells(book: Book, check: Check) -> list[Address]:
    """Returns the table cells that a check compares with a sentence's figure or with an account it lists."""
    facts = book.audit.facts.facts
    numbers = [number for _, number in check.right] if check.rule.kind in _TIES else []
    numbers += check.concerns if check.rule.kind == "listed_accounts" else ()
    return [book.plan.facts[number] for number in numbers if facts[number].part is Part.TABLES]


def _put_verdict(book: Book, cell: Cell, checks: Sequence[Check]) -> None:
    """Writes the worst verdict of its checks, as a formula over them; 未核对 where none was made."""
    made = [check for check in checks if check.made][:_MOST_CHECKS]
    if not made:
        put_text(cell, VERDICT_NAMES[Verdict.NOT_CHECKED], alignment=CENTER)
        return
    rows = [book.plan.check_rows[check.id] for check in made]
    joined = "&".join(f"{quoted(CHECKS)}!{LETTERS['判定']}{row}" for row in rows)
    formula = f'=IF(ISNUMBER(SEARCH("不符",{joined})),"不符",IF(ISNUMBER(SEARCH("尾差",{joined})),"尾差","一致"))'
    worst = next(verdict for verdict in _WORST_FIRST if any(check.verdict is verdict for check in made))
    book.put_formula(cell, formula, VERDICT_NAMES[worst])
    cell.font, cell.alignment = PLAIN, CENTER


def _reason(book: Book, fact: Fact, checks: Sequence[Check]) -> str:
    """Returns which cells it should agree with are blank. For a figure without any check, returns why."""
    blank = "；".join(dict.fromkeys(_unfilled(book, check) for check in checks if check.blank))
    if blank or any(check.made for check in checks):
        return blank
    return why_unchecked(fact, book.audit.checks)


def _unfilled(book: Book, check: Check) -> str:
    """Returns `公开02表 · 合计 · 本年收入合计未填列`."""
    facts = (book.audit.facts.facts[number] for _, number in check.terms)
    return f"{'、'.join(fact.where for fact in facts if fact.blank)}未填列"

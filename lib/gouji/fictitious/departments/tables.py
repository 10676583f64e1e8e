"""Builds the nine tables: which concept stands in which cell, and how an amount is printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from gouji.fictitious.departments import headings
from gouji.fictitious.departments.codes import (
    CLASS_ROWS,
    ECONOMIC_NAMES,
    FUNCTION_NAMES,
    NATIONAL_ONLY_CLASSES,
    economic_rows,
    numeral,
)
from gouji.fictitious.departments.headings import FUND_COLUMNS, FUND_LABELS
from gouji.fictitious.departments.model import Grid, GridCell, GridPlace
from gouji.fictitious.departments.money import amount_text
from gouji.fictitious.departments.templates import Template


@dataclass(frozen=True)
class Slot:
    """A body cell to be printed: fixed text, or the amount of a concept."""

    text: str = ""
    colspan: int = 1
    concept: str = ""


Row = list[Slot]
Pairs = list[tuple[str, str]]  # (label, concept of its row), both '' for an empty line

_INCOME_ROWS: Pairs = [
    ("一般公共预算财政拨款收入", "general_budget"),
    ("政府性基金预算财政拨款收入", "government_fund"),
    ("国有资本经营预算财政拨款收入", "state_capital"),
    ("上级补助收入", "superior"),
    ("事业收入", "operations"),
    ("经营收入", "business"),
    ("附属单位上缴收入", "subordinate"),
    ("其他收入", "other"),
]
_INCOME_COLUMNS = ("total", "fiscal", "superior", "operations", "business", "subordinate", "other")
_INCOME_LABELS = ("本年收入合计", "财政拨款收入", *(label for label, _ in _INCOME_ROWS[3:]))
_OUTLAY_COLUMNS = ("total", "basic", "project", "remitted", "operating", "subsidised")
_OUTLAY_LABELS = ("本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出")
_THREE_PUBLIC = ("total", "abroad", "vehicles", "vehicle_purchase", "vehicle_operation", "reception")
_SHANGHAI_LACKS = frozenset({"31005", "31006", "31008", "31009", "31010", "31011", "31012"})

_NOTES = {
    "summary": "注：本表反映部门本年度的总收支和年末结转结余情况。",
    "income": "注：本表反映部门本年度取得的各项收入情况。",
    "expenditure": "注：本表反映部门本年度各项支出情况。",
    "fiscal_summary": "注：本表反映部门本年度财政拨款的总收支和年末结转结余情况。",
    "general_budget": "注：本表反映部门本年度一般公共预算财政拨款支出情况。",
    "basic_expenditure": "注：本表反映部门本年度一般公共预算财政拨款基本支出明细情况。",
    "three_public": "注：本表反映部门本年度“三公”经费支出预决算情况。",
    "government_fund": "注：本表反映部门本年度政府性基金预算财政拨款收入、支出及结转和结余情况。",
    "state_capital": "注：本表反映部门本年度国有资本经营预算财政拨款{kind}情况。",
}


@dataclass
class Printer:
    """Prints the tables of one department and remembers where every concept went."""

    template: Template
    name: str
    amounts: Mapping[str, int]
    zeros: Mapping[str, str]  # table key -> text of a zero amount
    printed: dict[str, str] = field(default_factory=dict)
    places: dict[str, GridPlace] = field(default_factory=dict)

    def tables(self) -> list[Grid]:
        """All tables of the template in its order."""
        grids = []
        for number, table in enumerate(self.template.tables, start=1):
            header, body = _BUILDERS[table.key](self)
            label = self.template.number_format.format(number)
            cells = self._cells(table.key, body)
            grids.append(Grid(table.key, label, table.title, self.template.unit, header, cells, self._notes(table.key)))
        return grids

    def _cells(self, key: str, body: list[Row]) -> list[list[GridCell]]:
        """The printed body, with concepts replaced by their text and recorded."""
        rows = []
        for row_number, row in enumerate(body):
            cells = []
            for position, slot in enumerate(row):
                text = slot.text
                if slot.concept:
                    text = self._amount(key, slot.concept)
                    self.printed[slot.concept] = text
                    self.places[slot.concept] = GridPlace(key, row_number, position)
                cells.append(GridCell(text, slot.colspan))
            rows.append(cells)
        return rows

    def _amount(self, key: str, concept: str) -> str:
        """The printed text of a concept's amount."""
        cents = self.amounts.get(concept, 0)
        return amount_text(cents, self.template.unit, self.template.thousands) if cents else self.zeros[key]

    def _notes(self, key: str) -> list[str]:
        """The lines below the table."""
        kind = "收入、支出及结转和结余" if self.template.capital_carry_over else "支出"
        notes = [_NOTES[key].format(kind=kind)]
        if key == "summary" and self.template.summary_note:
            notes.append(self.template.summary_note)
        if key in ("government_fund", "state_capital") and not self.rows_of(key):
            money = FUND_LABELS[key] if self.template.capital_carry_over else FUND_LABELS[key][:-4]
            notes.append(self.template.empty_note.format(name=self.name, money=money))
        if key == "three_public" and not any(concept.startswith("three_public.") for concept in self.amounts):
            notes.append(f"说明：{self.name}没有财政拨款安排的“三公”经费预算和支出，故本表无数据。")
        return notes

    def rows_of(self, table: str) -> list[str]:
        """The codes that a code table prints: those with any amount, in order."""
        codes = {concept[len(table) + 1 : concept.index("]")] for concept in self.amounts if _in(concept, table)}
        return sorted(code for code in codes - {"total"} if len(code) == 7 or not self.template.items_only)

    def classes(self) -> list[str]:
        """The class rows of T1 and T4."""
        if self.template.class_layout == "rows24":
            return [code for code in CLASS_ROWS if code not in NATIONAL_ONLY_CLASSES]
        if self.template.class_layout == "rows26":
            return list(CLASS_ROWS)
        used = {code for code in CLASS_ROWS if f"summary[{code}].expenditure" in self.amounts}
        return sorted({*CLASS_ROWS[:6], *used})

    def funds(self) -> list[str]:
        """The kinds of fiscal money that T1 and T4 know."""
        return [fund for fund in FUND_LABELS if fund != "state_capital" or self.template.has_state_capital]


def _in(concept: str, table: str) -> bool:
    return concept.startswith(f"{table}[")


def _numbered(pairs: Pairs) -> Pairs:
    """The labels with 一、 二、 … in front."""
    return [(f"{numeral(number)}、{label}", row) for number, (label, row) in enumerate(pairs, start=1)]


def _class_pairs(printer: Printer) -> Pairs:
    return _numbered([(FUNCTION_NAMES[code], code) for code in printer.classes()])


def _two_sided(printer: Printer, table: str, left: Pairs, right: Pairs, columns: tuple[str, ...]) -> list[Row]:
    """Rows of T1 and T4: label, 行次, amount on the left; label, 行次, amounts on the right."""

    def half(pair: tuple[str, str], line: int, names: tuple[str, ...]) -> Row:
        label, row = pair
        lines = [Slot(str(line))] if printer.template.line_numbers else []
        return [Slot(label), *lines, *(Slot(concept=f"{table}[{row}].{name}") if row else Slot() for name in names)]

    count = len(left)
    return [
        half(left[index], index + 1, ("income",)) + half(right[index], count + index + 1, columns)
        for index in range(count)
    ]


def _level(left: Pairs, right: Pairs) -> tuple[Pairs, Pairs]:
    """Both sides, padded with empty lines to one length."""
    count = max(len(left), len(right))
    empty = [("", "")]
    return left + empty * (count - len(left)), right + empty * (count - len(right))


def _summary(printer: Printer) -> tuple[list[list[GridCell]], list[Row]]:
    template = printer.template
    income = [pair for pair in _INCOME_ROWS if pair[1] != "state_capital" or template.has_state_capital]
    left, right = _level(_numbered(income), _class_pairs(printer))
    empty: Pairs = [("", "")] if template.line_numbers else []
    left += [("本年收入合计", "total"), (template.surplus_label, "surplus_used"), ("年初结转和结余", "opening")]
    right += [("本年支出合计", "total"), ("结余分配", "distribution"), ("年末结转和结余", "closing")]
    left, right = left + empty + [("总计", "grand_total")], right + empty + [("总计", "grand_total")]
    header = headings.two_sided_header(template, (template.amount_label,), (template.amount_label,))
    return header, _two_sided(printer, "summary", left, right, ("expenditure",))


def _fiscal_summary(printer: Printer) -> tuple[list[list[GridCell]], list[Row]]:
    template, funds = printer.template, printer.funds()
    left, right = _level(_numbered([(FUND_LABELS[fund], fund) for fund in funds]), _class_pairs(printer))
    left += [("本年收入合计", "total"), ("年初财政拨款结转和结余", "opening")]
    right += [("本年支出合计", "total"), ("年末财政拨款结转和结余", "closing")]
    openings = _numbered([(FUND_LABELS[fund], f"opening_{fund}") for fund in funds])
    left, right = left + openings, right + [("", "")] * len(openings)
    empty: Pairs = [("", "")] if template.line_numbers else []
    left, right = left + empty + [("总计", "grand_total")], right + empty + [("总计", "grand_total")]
    columns = ("合计", *(FUND_LABELS[fund] for fund in funds))
    header = headings.two_sided_header(template, (template.amount_label,), columns)
    return header, _two_sided(printer, "fiscal_summary", left, right, ("expenditure", *funds))


def _code_rows(printer: Printer, table: str, columns: tuple[str, ...], total_last: bool = False) -> list[Row]:
    """Rows of a code table: 合计, one row for each code, empty rows at the end."""
    total = [Slot("合计", 2), *(Slot(concept=f"{table}[total].{column}") for column in columns)]
    rows = [
        [Slot(code), Slot(FUNCTION_NAMES[code]), *(Slot(concept=f"{table}[{code}].{column}") for column in columns)]
        for code in printer.rows_of(table)
    ]
    fillers = [[Slot()] * (len(columns) + 2) for _ in range(printer.template.filler_rows)]
    return [*rows, total, *fillers] if total_last else [total, *rows, *fillers]


def _income(printer: Printer) -> tuple[list[list[GridCell]], list[Row]]:
    return headings.code_header(printer.template, _INCOME_LABELS), _code_rows(printer, "income", _INCOME_COLUMNS)


def _expenditure(printer: Printer) -> tuple[list[list[GridCell]], list[Row]]:
    rows = _code_rows(printer, "expenditure", _OUTLAY_COLUMNS)
    return headings.code_header(printer.template, _OUTLAY_LABELS), rows


def _general_budget(printer: Printer) -> tuple[list[list[GridCell]], list[Row]]:
    template = printer.template
    labels = (template.subtotal_label, "基本支出", "项目支出")
    columns: headings.Columns = (("本年支出", labels),) if template.general_group else labels
    rows = _code_rows(printer, "general_budget", ("total", "basic", "project"), template.general_total_last)
    return headings.code_header(template, columns), rows


def _basic_expenditure(printer: Printer) -> tuple[list[list[GridCell]], list[Row]]:
    template, year = printer.template, printer.template.year
    blocks = [economic_rows(("301", "303"), year)]
    if template.basic_blocks == 2:
        blocks.append(economic_rows(("302", "310"), year, skip=_SHANGHAI_LACKS))
    else:
        right = ("307", "310", "399") if template.class_layout == "compact" else ("307", "310", "312", "399")
        blocks += [economic_rows(("302",), year), economic_rows(right, year)]
    body: list[Row] = []
    for index in range(max(map(len, blocks))):
        row: Row = []
        for codes in blocks:
            code = codes[index] if index < len(codes) else ""
            row += _economic_slots(code) if code else [Slot()] * 3
        body.append(row)
    last = [Slot("人员经费合计", 2), Slot(concept="basic_expenditure[personnel].amount")]
    last += [Slot("公用经费合计", 3 * len(blocks) - 4), Slot(concept="basic_expenditure[public].amount")]
    return headings.basic_header(template), [*body, last]


def _economic_slots(code: str) -> Row:
    """Code, name (款 indented) and amount."""
    indent = "  " if len(code) == 5 else ""
    return [Slot(code), Slot(indent + ECONOMIC_NAMES[code]), Slot(concept=f"basic_expenditure[{code}].amount")]


def _three_public(printer: Printer) -> tuple[list[list[GridCell]], list[Row]]:
    sides = ("budget", "actual")
    if printer.template.three_public_order == "interleaved":
        order = [(side, part) for part in _THREE_PUBLIC for side in sides]
    else:
        order = [(side, part) for side in sides for part in _THREE_PUBLIC]
    row = [Slot(concept=f"three_public.{side}.{part}") for side, part in order]
    return headings.three_public_header(printer.template), [row]


def _fund_columns(template: Template) -> headings.Columns:
    spent = (template.subtotal_label, "基本支出", "项目支出")
    return ("年初结转和结余", "本年收入", ("本年支出", spent), "年末结转和结余")


def _government_fund(printer: Printer) -> tuple[list[list[GridCell]], list[Row]]:
    header = headings.code_header(printer.template, _fund_columns(printer.template))
    return header, _code_rows(printer, "government_fund", FUND_COLUMNS)


def _state_capital(printer: Printer) -> tuple[list[list[GridCell]], list[Row]]:
    template = printer.template
    if template.capital_carry_over:
        return headings.code_header(template, _fund_columns(template)), _code_rows(
            printer, "state_capital", FUND_COLUMNS
        )
    header = headings.code_header(template, (("本年支出", ("合计", "基本支出", "项目支出")),))
    return header, _code_rows(printer, "state_capital", ("expenditure", "basic", "project"))


_BUILDERS: dict[str, Callable[[Printer], tuple[list[list[GridCell]], list[Row]]]] = {
    "summary": _summary,
    "income": _income,
    "expenditure": _expenditure,
    "fiscal_summary": _fiscal_summary,
    "general_budget": _general_budget,
    "basic_expenditure": _basic_expenditure,
    "three_public": _three_public,
    "government_fund": _government_fund,
    "state_capital": _state_capital,
}

"""The layouts: what a province and year prints, in which order, unit and form."""

from __future__ import annotations

from dataclasses import dataclass

#: The nine tables, in the order of the form. Written out again, because this package is independent of the code that it
#: tests; a test compares them with `gouji.layouts.TABLE_KEYS`.
ALL_KEYS = (
    "summary",
    "income",
    "expenditure",
    "fiscal_summary",
    "general_budget",
    "basic_expenditure",
    "three_public",
    "government_fund",
    "state_capital",
)


@dataclass(frozen=True)
class Table:
    """One standard table of a template: its key and the title printed above it."""

    key: str
    title: str


@dataclass(frozen=True)
class Template:
    """A form of publication. `zeros` are the texts a zero amount may be printed as, one of them for each table."""

    key: str
    year: int
    unit: str
    tables: tuple[Table, ...]
    zeros: tuple[str, ...]
    thousands: bool = False
    number_format: str = "公开{:02d}表"
    unit_label: str = "单位"
    owner_label: str = "部门"
    item_label: str = "项    目"
    amount_label: str = "决算数"
    subtotal_label: str = "小计"
    line_numbers: bool = True  # 行次 columns and 栏次 rows
    header_depth: int = 1  # rows of the code and name headings below 项目
    class_layout: str = "rows26"  # rows26 | rows24 | compact (the first six and those in use)
    surplus_label: str = "使用非财政拨款结余"
    has_state_capital: bool = True  # its row in T1, its rows and column in T4
    general_total_last: bool = False
    general_group: bool = True  # the columns of T5 stand under a heading 本年支出
    items_only: bool = False  # the code tables print 项 rows only
    basic_blocks: int = 3  # T6: three blocks (301+303 | 302 | 307...) or two (301+303 | 302+310)
    basic_heading: bool = False  # T6: a row 人员经费 | 公用经费 above the headings
    three_public_order: str = "blocked"  # blocked: 预算数 x6, 决算数 x6; interleaved: 预算数, 决算数 for each item
    purchase_label: str = "公务用车购置费"
    operation_label: str = "公务用车运行维护费"
    vehicles_label: str = "公务用车购置及运行维护费"
    capital_carry_over: bool = False  # T9 has the columns of T8
    filler_rows: int = 2
    blank: str = ""  # what the text export shows in an empty body cell
    cell_captions: tuple[str, ...] = ()  # tables whose caption is made of table rows, the others have plain lines
    cell_notes: tuple[str, ...] = ()  # tables whose note is a table row
    summary_note: str = ""
    empty_note: str = "{name}没有{money}收入，也没有使用{money}安排的支出，故本表无数据。"

    def has(self, key: str) -> bool:
        """Whether the template prints that table."""
        return any(table.key == key for table in self.tables)


def _tables(titles: dict[str, str], order: tuple[str, ...]) -> tuple[Table, ...]:
    return tuple(Table(key, titles[key]) for key in order)


_THREE_PUBLIC_LAST = (*ALL_KEYS[:6], "government_fund", "state_capital", "three_public")

_NATIONAL = {
    "summary": "收入支出决算总表",
    "income": "收入决算表",
    "expenditure": "支出决算表",
    "fiscal_summary": "财政拨款收入支出决算总表",
    "general_budget": "一般公共预算财政拨款支出决算表",
    "basic_expenditure": "一般公共预算财政拨款基本支出决算表",
    "three_public": "财政拨款“三公”经费支出决算表",
    "government_fund": "政府性基金预算财政拨款收入支出决算表",
    "state_capital": "国有资本经营预算财政拨款支出决算表",
}

_HUNAN = _NATIONAL | {
    "summary": "部门收支决算总表",
    "income": "部门收入决算表",
    "expenditure": "部门支出决算表",
    "fiscal_summary": "财政拨款收支决算总表",
    "government_fund": "政府性基金预算财政拨款收支决算表",
}

_SHANGHAI = _NATIONAL | {"state_capital": "国有资本经营预算财政拨款收入支出决算表"}

_ITEMS = _NATIONAL | {
    "summary": "收支决算总表",
    "basic_expenditure": "一般公共预算财政拨款基本支出决算明细表",
    "three_public": "一般公共预算财政拨款“三公”经费支出决算表",
}

HUNAN_2023 = Template(
    key="hunan2023",
    year=2023,
    unit="万元",
    tables=_tables(_HUNAN, ALL_KEYS),
    zeros=("", "", "0"),
    header_depth=3,
    class_layout="compact",
    vehicles_label="公务用车购置及运行费",
    purchase_label="公务用车\n购置费",
    operation_label="公务用车\n运行费",
    filler_rows=3,
    blank="\u3000",
    cell_captions=tuple(key for key in ALL_KEYS if key not in ("fiscal_summary", "basic_expenditure")),
    cell_notes=("income", "general_budget", "state_capital"),
)

SHANGHAI_2024 = Template(
    key="shanghai2024",
    year=2024,
    unit="万元",
    tables=_tables(_SHANGHAI, ALL_KEYS),
    zeros=("", "", "", "0.00"),
    thousands=True,
    number_format="",
    owner_label="",
    item_label="项目",
    subtotal_label="合计",
    line_numbers=False,
    class_layout="rows24",
    general_total_last=True,
    general_group=False,
    basic_blocks=2,
    three_public_order="interleaved",
    capital_carry_over=True,
    filler_rows=0,
    empty_note="说明：{name}本年度没有{money}收入和支出，故本表无数据。",
)

NATIONAL_2022 = Template(
    key="national2022",
    year=2022,
    unit="万元",
    tables=_tables(_NATIONAL, _THREE_PUBLIC_LAST),
    zeros=("", "", "0.00"),
    unit_label="金额单位",
    owner_label="编制单位",
    basic_heading=True,
    blank="\u3000",
    cell_captions=ALL_KEYS,
    cell_notes=ALL_KEYS,
    summary_note="本套报表金额单位转换时可能存在尾数误差。",
)

NATIONAL_2020_YUAN = Template(
    key="national2020yuan",
    year=2020,
    unit="元",
    tables=_tables(_NATIONAL, ALL_KEYS),
    zeros=("", "0.00"),
    thousands=True,
    unit_label="金额单位",
    amount_label="金额",
    item_label="项目",
    basic_heading=True,
    filler_rows=1,
)

ITEMS_ONLY = Template(
    key="items_only",
    year=2021,
    unit="万元",
    tables=_tables(_ITEMS, ALL_KEYS),
    zeros=("", "0.00", "0"),
    number_format="附表{}",
    item_label="项目",
    header_depth=2,
    items_only=True,
    blank="\u3000",
    cell_captions=("summary", "income", "three_public"),
)

TEMPLATES: dict[str, Template] = {
    template.key: template for template in (HUNAN_2023, SHANGHAI_2024, NATIONAL_2022, NATIONAL_2020_YUAN, ITEMS_ONLY)
}

"""The header rows of the nine tables, by template."""

from __future__ import annotations

from gouji.fictitious.departments.model import GridCell
from gouji.fictitious.departments.templates import Template

Columns = tuple[str | tuple[str, tuple[str, ...]], ...]
"""Column labels of a code table; a pair is a heading with its columns below."""

FUND_LABELS = {
    "general_budget": "一般公共预算财政拨款",
    "government_fund": "政府性基金预算财政拨款",
    "state_capital": "国有资本经营预算财政拨款",
}
FUND_COLUMNS = ("opening", "income", "expenditure", "basic", "project", "closing")


def _numbers(label: GridCell, count: int) -> list[GridCell]:
    """Returns a 栏次 row."""
    return [label, *(GridCell(str(number)) for number in range(1, count + 1))]


def code_header(template: Template, columns: Columns) -> list[list[GridCell]]:
    """Returns the headings of a table with 功能分类科目编码 | 科目名称 | amounts."""
    depth = template.header_depth
    first = [GridCell(template.item_label, colspan=2)]
    second = [GridCell("功能分类科目编码", rowspan=depth), GridCell("科目名称", rowspan=depth)]
    count = 0
    for column in columns:
        if isinstance(column, str):
            first.append(GridCell(column, rowspan=1 + depth))
            count += 1
        else:
            first.append(GridCell(column[0], colspan=len(column[1])))
            second += [GridCell(label, rowspan=depth) for label in column[1]]
            count += len(column[1])
    rows = [first, second, *([] for _ in range(depth - 1))]
    return [*rows, _numbers(GridCell("栏次", colspan=2), count)] if template.line_numbers else rows


def two_sided_header(template: Template, left: tuple[str, ...], right: tuple[str, ...]) -> list[list[GridCell]]:
    """Returns the headings of a table with income on the left and expenditure on the right."""
    lines = ("行次",) if template.line_numbers else ()
    halves = [(template.item_label, *lines, *left), (template.item_label, *lines, *right)]
    top = [GridCell("收入", colspan=len(halves[0])), GridCell("支出", colspan=len(halves[1]))]
    rows = [top, [GridCell(label) for half in halves for label in half]]
    if template.line_numbers:
        count, row = 0, []
        for labels in (left, right):
            row += [GridCell("栏    次"), GridCell("")]
            row += [GridCell(str(count + number)) for number in range(1, len(labels) + 1)]
            count += len(labels)
        rows.append(row)
    return rows


def basic_header(template: Template) -> list[list[GridCell]]:
    """Returns the headings of the table of basic expenditure."""
    labels = [GridCell(label) for label in ("经济分类科目编码", "科目名称", "决算数") * template.basic_blocks]
    if not template.basic_heading:
        return [labels]
    return [
        [GridCell("人员经费", colspan=3), GridCell("公用经费", colspan=3 * (template.basic_blocks - 1))],
        labels,
    ]


def three_public_header(template: Template) -> list[list[GridCell]]:
    """Returns the headings of the 三公 table: 预算数 and 决算数 side by side as blocks, or under each item."""
    reception = "公务\n接待费" if "\n" in template.purchase_label else "公务接待费"
    vehicle_parts = ("小计", template.purchase_label, template.operation_label)
    if template.three_public_order == "interleaved":
        top = [
            GridCell("合计", 2, 2),
            GridCell("因公出国（境）费", 2, 2),
            GridCell(template.vehicles_label, 6),
        ]
        rows = [[*top, GridCell(reception, 2, 2)], [GridCell(label, 2) for label in vehicle_parts]]
        rows.append([GridCell(label) for label in ("预算数", "决算数") * 6])
    else:
        block = [
            GridCell("合计", 1, 2),
            GridCell("因公出国（境）费", 1, 2),
            GridCell(template.vehicles_label, 3),
        ]
        block.append(GridCell(reception, 1, 2))
        rows = [
            [GridCell("预算数", 6), GridCell("决算数", 6)],
            block * 2,
            [GridCell(label) for label in vehicle_parts * 2],
        ]
    if template.line_numbers:
        rows.append([GridCell(str(number)) for number in range(1, 13)])
    return rows

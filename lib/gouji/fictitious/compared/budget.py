"""Writes a department's budget as it is published: four tables, marked as fictitious."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gouji.fictitious.departments.codes import ECONOMIC_NAMES, FUNCTION_NAMES
from gouji.fictitious.departments.model import Grid, GridCell
from gouji.fictitious.departments.money import amount_text
from gouji.fictitious.departments.render import rows_of
from gouji.fictitious.departments.templates import TEMPLATES
from gouji.fictitious.departments.truth import PERSONNEL, Truth, three_public_totals
from gouji.fictitious.portfolio.body import Body
from gouji.fictitious.portfolio.published import DISCLAIMER
from gouji.fictitious.portfolio.years import Year

_PARTS = ("total", "abroad", "vehicles", "vehicle_purchase", "vehicle_operation", "reception")
_LAST_YEAR = 9, 10
"""Last year's figures, printed beside for comparison, as parts of this year's."""

Amounts = dict[str, int]


def budget_text(body: Body, year: Year) -> str:
    """Returns the text of a year's budget. Its amounts are the 预算 of that year's accounts."""
    unit = TEMPLATES[body.region.template].unit
    tables = (
        ("部门收支总表", _summary(year.truth, unit)),
        ("一般公共预算支出表", _general(year.truth, year.year, unit)),
        ("一般公共预算基本支出表", _basic(year.truth, unit)),
        ("一般公共预算“三公”经费支出表", _three_public(year.truth, year.year, unit)),
    )
    lines = [f"{body.name}{year.year}年部门预算", "第一部分 部门概况", "", DISCLAIMER, "", "第二部分 部门预算表", ""]
    for number, (title, grid) in enumerate(tables, 1):
        lines += [f"预算公开{number:02d}表", title, f"部门：{body.name}", f"单位：{unit}", *rows_of(grid, ""), ""]
    return "\n".join(lines) + "\n"


def _grid(header: list[list[GridCell]], body: list[list[GridCell]]) -> Grid:
    return Grid("", "", "", "", header, body, [])


def _cells(*texts: str) -> list[GridCell]:
    return [GridCell(text) for text in texts]


def _tree(items: Mapping[str, int]) -> Amounts:
    """Returns the amounts of the items, of the 款 and 类 above them, and of all."""
    tree: Amounts = {"total": sum(items.values())}
    for code, cents in items.items():
        for head in (code[:3], code[:5], code):
            tree[head] = tree.get(head, 0) + cents
    return dict(sorted(tree.items(), key=lambda one: "" if one[0] == "total" else one[0]))


def _summary(truth: Truth, unit: str) -> Grid:
    general = truth.item_budgets
    funds = sum(item.government_fund.expenditure for item in truth.items)
    spent = {code: cents for code, cents in _tree(general).items() if len(code) == 3}
    for item in truth.items:
        head = item.code[:3]
        spent[head] = spent.get(head, 0) + item.government_fund.expenditure
    total = sum(general.values()) + funds
    left = [("一、一般公共预算拨款收入", sum(general.values())), ("二、政府性基金预算拨款收入", funds)]
    left += [("", 0)] * max(0, len(spent) - 2)
    right = [(FUNCTION_NAMES[code], cents) for code, cents in sorted(spent.items())]
    right += [("", 0)] * (len(left) - len(right))
    rows = [*zip(left, right, strict=True), (("本年收入合计", total), ("本年支出合计", total))]
    rows += [(("收入总计", total), ("支出总计", total))]
    header = [[GridCell("收入", 2), GridCell("支出", 2)], _cells("项目", "预算数", "项目", "预算数")]
    return _grid(header, [_cells(*(text for one in row for text in _pair(*one, unit))) for row in rows])


def _pair(label: str, cents: int, unit: str) -> tuple[str, str]:
    return label, amount_text(cents, unit) if label and cents else ""


def _general(truth: Truth, year: int, unit: str) -> Grid:
    basic = {item.code: item.general_budget.basic for item in truth.items}
    spent = {item.code: item.general_budget.expenditure for item in truth.items}
    total = _tree(truth.item_budgets)
    parts = {code: cents * basic[code] // spent[code] for code, cents in truth.item_budgets.items()}
    of_basic = _tree(parts)
    header = [
        [GridCell("功能分类科目", 2), GridCell(f"{year - 1}年预算数", 1, 2), GridCell(f"{year}年预算数", 3)],
        _cells("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
    ]
    body = []
    for code, cents in total.items():
        amounts = (cents * _LAST_YEAR[0] // _LAST_YEAR[1], cents, of_basic[code], cents - of_basic[code])
        label = ("", "合计") if code == "total" else (code, FUNCTION_NAMES[code])
        body.append(_cells(*label, *_texts(amounts, unit)))
    return _grid(header, body)


def _basic(truth: Truth, unit: str) -> Grid:
    header = [_cells("科目编码", "科目名称", "合计", "人员经费", "公用经费")]
    codes: Amounts = {"total": sum(truth.economic.values())}
    for code, cents in truth.economic.items():
        codes[code[:3]] = codes.get(code[:3], 0) + cents
        codes[code] = cents
    personnel = sum(cents for code, cents in truth.economic.items() if code[:3] in PERSONNEL)
    body = []
    for code, cents in sorted(codes.items(), key=lambda one: "" if one[0] == "total" else one[0]):
        own = personnel if code == "total" else cents if code[:3] in PERSONNEL else 0
        label = ("", "合计") if code == "total" else (code, ECONOMIC_NAMES[code])
        body.append(_cells(*label, *_texts((cents, own, cents - own), unit)))
    return _grid(header, body)


def _three_public(truth: Truth, year: int, unit: str) -> Grid:
    planned = three_public_totals(truth.three_public["budget"])
    amounts = [planned[part] for part in _PARTS]
    before = [cents * _LAST_YEAR[0] // _LAST_YEAR[1] for cents in amounts]
    heads = [
        GridCell("合计", 1, 2),
        GridCell("因公出国（境）费", 1, 2),
        GridCell("公务用车购置及运行费", 3),
        GridCell("公务接待费", 1, 2),
    ]
    header = [
        [GridCell(f"{year - 1}年预算数", 6), GridCell(f"{year}年预算数", 6)],
        [*heads, *(GridCell(one.text, one.colspan, one.rowspan) for one in heads)],
        _cells(*("小计", "公务用车购置费", "公务用车运行费") * 2),
    ]
    return _grid(header, [_cells(*_texts((*before, *amounts), unit))])


def _texts(amounts: Sequence[int], unit: str) -> list[str]:
    return [amount_text(cents, unit) if cents else "" for cents in amounts]

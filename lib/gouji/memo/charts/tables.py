"""Draws one chart for each of the nine tables but the first (see `balance`)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from matplotlib.figure import Figure

from gouji.auditing import Audit
from gouji.memo.charts.amounts import MOST, Ledger, Term, percent, suspicion, worth
from gouji.memo.charts.canvas import BarPart, BarRow, Fill, bars
from gouji.memo.charts.lettering import money
from gouji.reference import economic_names

DARK, PALE, OCHRE, GREEN = "#35506b", "#b9cbdc", "#a8842c", "#6f8f5f"

_EXPENDITURE = {
    "基本支出": Fill(DARK),
    "项目支出": Fill(PALE),
    "上缴上级支出": Fill("#ffffff", "////"),
    "经营支出": Fill(OCHRE),
    "对附属单位补助支出": Fill("#ffffff", "xxxx"),
}
_EXPENDITURE_COLUMNS = dict(
    zip(_EXPENDITURE, ("basic", "project", "remitted", "operating", "subsidised"), strict=True),
)
_FUNDS = {
    "一般公共预算财政拨款": Fill(DARK),
    "政府性基金预算财政拨款": Fill(OCHRE),
    "国有资本经营预算财政拨款": Fill("#ffffff", "////"),
}
_FUND_COLUMNS = dict(zip(_FUNDS, ("general_budget", "government_fund", "state_capital"), strict=True))
_INCOME = {
    "fiscal": "财政拨款收入",
    "superior": "上级补助收入",
    "operations": "事业收入",
    "business": "经营收入",
    "subordinate": "附属单位上缴收入",
    "other": "其他收入",
}
_FLOW = {
    "年初结转和结余": Fill("#ffffff", "////"),
    "本年收入": Fill(GREEN),
    "基本支出": Fill(DARK),
    "项目支出": Fill(PALE),
    "本年支出": Fill(DARK),
    "年末结转和结余": Fill("#ffffff", "...."),
}
_THREE_PUBLIC = {
    "total": "“三公”经费合计",
    "abroad": "因公出国（境）费",
    "vehicles": "公务用车购置及运行费",
    "vehicle_purchase": "其中：购置费",
    "vehicle_operation": "其中：运行维护费",
    "reception": "公务接待费",
}
_CLASS_FILLS = (
    Fill(DARK),
    Fill(PALE),
    Fill(OCHRE),
    Fill("#ffffff", "////"),
    Fill("#ffffff", "...."),
    Fill(GREEN, "||||"),
    Fill("#ffffff", "xxxx"),
    Fill("#8a8a8a", "----"),
)


def income_structure(audit: Audit) -> Figure:
    """Draws the kinds of income with amounts and shares (table `income`), from the total row or, where that is blank,
    from its parts."""
    ledger = Ledger(audit, "income")
    title = ledger.title("收入构成")
    if nothing := ledger.nothing(title):
        return nothing
    rows = [row for column, name in _INCOME.items() if worth(row := _income_row(ledger, column, name))]
    whole = _income_row(ledger, "total", "本年收入合计")
    base = whole.reach or sum((row.reach for row in rows), Decimal(0))
    rows = [replace(row, text=row.text + percent(row.reach, base)) for row in rows]
    if not rows:
        return ledger.without_data(title)
    total = audit.facts.get("income", "total", "total")
    if total is None or total.blank:
        ledger.note("“合计”行未填列，图中金额为各类之和。")
    shown = [replace(whole, parts=(), outline=whole.reach), *rows] if worth(whole) else rows
    axis = f"金额（{ledger.unit}；括号内为占本年收入合计的比重）"
    return bars(title, axis, shown, {"收入": Fill(DARK)}, ledger.notes(), keyed=False)


def _income_row(ledger: Ledger, column: str, name: str) -> BarRow:
    """Returns one kind of income: the total row's figure, or where that is blank the sum of the topmost rows."""
    row = ledger.row(name, [("收入", "total", column)])
    fact = ledger.get("total", column)
    if fact is not None and not fact.blank:
        return row
    facts = [ledger.get(code, column) for code in ledger.table.roots()]
    value = sum((ledger.value(fact) for fact in facts), Decimal(0))
    suspect = any(ledger.suspects(each) for each in (*facts, fact))
    remark = "存疑：合计行（空）" if ledger.suspects(fact) else suspicion([""] if suspect else [])
    return BarRow(name, (BarPart("收入", value, suspect),), money(value), remark)


def expenditure_by_function(audit: Audit) -> Figure:
    """Draws table `expenditure` by 类 and 项, with basic and project expenditure stacked. Other rows appear only where
    suspect."""
    ledger = Ledger(audit, "expenditure")
    title = ledger.title("按功能分类的支出构成")
    if nothing := ledger.nothing(title):
        return nothing
    rows = [_spent(ledger, "total", "合计")] if _suspect_row(ledger, "total") else []
    leaves, roots = ledger.leaves(), ledger.table.roots()
    tree = len(leaves) > len(roots)
    for code in ledger.table.codes:
        if code in leaves or code in roots or _suspect_row(ledger, code):
            nested = ledger.table.parent(code) is not None
            row = replace(_spent(ledger, code, ledger.name(code)), indent=int(nested), gap=not nested and tree)
            rows += [row] if worth(row) else []
    if not rows:
        return ledger.without_data(title)
    shown = ledger.largest([[row] for row in rows])
    return bars(title, f"支出（{ledger.unit}）", shown, _EXPENDITURE, ledger.notes())


def _suspect_row(ledger: Ledger, code: str) -> bool:
    facts = (ledger.audit.facts.get(ledger.key, code, column) for column in ("total", *_EXPENDITURE_COLUMNS.values()))
    return any(ledger.suspects(fact) for fact in facts)


def _spent(ledger: Ledger, code: str, label: str) -> BarRow:
    terms = [(name, code, column) for name, column in _EXPENDITURE_COLUMNS.items()]
    return ledger.row(label, terms, (code, "total"))


def fiscal_by_fund(audit: Audit) -> Figure:
    """Draws table `fiscal_summary`: income, carried-over balances and expenditure by class, stacked by fund."""
    ledger = Ledger(audit, "fiscal_summary")
    title = ledger.title("按资金性质")
    if nothing := ledger.nothing(title):
        return nothing
    income: list[Term] = [(name, fund, "income") for name, fund in _FUND_COLUMNS.items()]
    opening: list[Term] = [(name, f"opening_{fund}", "income") for name, fund in _FUND_COLUMNS.items()]
    groups = [
        [("本年收入", income, ("total", "income")), ("年初结转和结余", opening, ("opening", "income"))],
        [_by_fund(ledger.name(code), code) for code in ledger.table.codes],
        [_by_fund("本年支出合计", "total"), _by_fund("年末结转和结余", "closing")],
    ]
    drawn = [[row for spec in group if worth(row := ledger.row(*spec))] for group in groups]
    if not any(drawn):
        return ledger.without_data(title)
    drawn[1] = ledger.largest([[row] for row in drawn[1]], MOST - 4)
    rows = [replace(row, gap=number == 0) for group in drawn for number, row in enumerate(group)]
    return bars(title, f"金额（{ledger.unit}）", rows, _FUNDS, ledger.notes())


def _by_fund(label: str, row: str) -> tuple[str, list[Term], tuple[str, str]]:
    return label, [(name, row, fund) for name, fund in _FUND_COLUMNS.items()], (row, "expenditure")


def general_budget_by_item(audit: Audit) -> Figure:
    """Draws table `general_budget` by 项, each within the total expenditure that table `expenditure` prints for it."""
    ledger = Ledger(audit, "general_budget")
    title = ledger.title("各项支出及其占全部支出的部分")
    if nothing := ledger.nothing(title):
        return nothing
    rows = []
    for code in ledger.leaves():
        terms = [(name, code, _EXPENDITURE_COLUMNS[name]) for name in ("基本支出", "项目支出")]
        row = ledger.row(ledger.name(code), terms, (code, "total"))
        if worth(row):
            rows.append(_with_outline(row, ledger, code))
    if not rows:
        return ledger.without_data(title)
    outline = "全部支出（支出决算表）" if any(row.outline for row in rows) else ""
    shown = ledger.largest([[row] for row in rows])
    return bars(title, f"支出（{ledger.unit}）", shown, _EXPENDITURE, ledger.notes(), outline=outline)


def _with_outline(row: BarRow, ledger: Ledger, code: str) -> BarRow:
    """Returns the row surrounded by the total of the same code in table `expenditure`, where that is published."""
    fact = ledger.audit.facts.get("expenditure", code, "total")
    if fact is None or not fact.figure.printed:
        return row
    whole = ledger.value(fact)
    same = whole == ledger.value(ledger.get(code, "total"))
    return replace(row, outline=whole, text=row.text if same else f"{row.text}（全部支出 {money(whole)}）")


def basic_by_economic(audit: Audit) -> Figure:
    """Draws table `basic_expenditure`: the 款 other than zero by size, coloured by 类."""
    ledger = Ledger(audit, "basic_expenditure")
    title = ledger.title("按经济分类（款）由大到小")
    if nothing := ledger.nothing(title):
        return nothing
    classes: dict[str, str] = {}
    rows = []
    for code in ledger.leaves():
        label = _class_name(ledger, code[:3])
        row = ledger.row(ledger.name(code), [(label, code, "amount")])
        if worth(row):
            classes[code[:3]] = label
            rows.append(row)
    if not rows:
        return ledger.without_data(title)
    kept = ledger.largest([[row] for row in rows])
    shown = sorted(kept, key=lambda row: (-row.reach, row.label))
    fills = dict(zip(sorted(classes.values()), _CLASS_FILLS * len(classes), strict=False))
    return bars(title, f"基本支出（{ledger.unit}）", shown, fills, ledger.notes())


def _class_name(ledger: Ledger, code: str) -> str:
    return ledger.name(code) if code in ledger.table.codes else f"{code} {economic_names().get(code, '')}".strip()


def three_public_budget_actual(audit: Audit) -> Figure:
    """Draws table `three_public`: budget and actual of each item, one above the other."""
    ledger = Ledger(audit, "three_public")
    title = ledger.title("预算与决算")
    if nothing := ledger.nothing(title):
        return nothing
    rows: list[BarRow] = []
    for item, name in _THREE_PUBLIC.items():
        if ledger.get("", f"budget.{item}") is None and ledger.get("", f"actual.{item}") is None:
            continue
        budget = ledger.row(name, [("预算数", "", f"budget.{item}")])
        actual = ledger.row("", [("决算数", "", f"actual.{item}")])
        share = percent(actual.reach, budget.reach, "（为预算的{}）".format) if actual.reach else ""
        rows.append(replace(budget, gap=True, tag="　预算", text=budget.text or "（空）"))
        rows.append(replace(actual, tag="决算", text=(actual.text or "（空）") + share))
    if not any(worth(row) for row in rows):
        return ledger.without_data(title)
    return bars(title, f"金额（{ledger.unit}）", rows, {"预算数": Fill(PALE), "决算数": Fill(DARK)}, ledger.notes())


def fund_flow(audit: Audit) -> Figure:
    """Draws table `government_fund`: opening balance and income against expenditure and closing balance."""
    return _flow(Ledger(audit, "government_fund"))


def state_capital(audit: Audit) -> Figure:
    """Draws table `state_capital` like `fund_flow`; many forms of it print expenditure only."""
    return _flow(Ledger(audit, "state_capital"))


def _flow(ledger: Ledger) -> Figure:
    title = ledger.title("来源与去向")
    if nothing := ledger.nothing(title):
        return nothing
    codes = ledger.leaves()
    groups = [_pair(ledger, code, ledger.name(code)) for code in codes]
    groups = [group for group in groups if any(worth(row) for row in group)]
    if len(codes) != 1:
        total = _pair(ledger, "total", "合计")
        groups = [total, *groups] if any(worth(row) for row in total) else groups
    if not groups:
        return ledger.without_data(title)
    return bars(title, f"金额（{ledger.unit}）", ledger.largest(groups, MOST // 2), _FLOW, ledger.notes())


def _pair(ledger: Ledger, code: str, label: str) -> list[BarRow]:
    """Returns two bars of a row: the sources of its money, and its uses. The first is left out where the form has no
    such columns."""
    sources: list[Term] = [("年初结转和结余", code, "opening"), ("本年收入", code, "income")]
    split = any(ledger.value(ledger.get(code, column)) for column in ("basic", "project"))
    spent: list[Term] = [("基本支出", code, "basic"), ("项目支出", code, "project")]
    uses = [*(spent if split else [("本年支出", code, "expenditure")]), ("年末结转和结余", code, "closing")]
    paid = replace(ledger.row("", uses, summed=True), tag="支出+年末")
    whole = ledger.get(code, "expenditure")
    if split and ledger.suspects(whole):
        paid = replace(paid, remark="、".join(filter(None, (paid.remark, "存疑：本年支出小计"))), suspect=True)
    columns = ("opening", "income")
    if all(ledger.audit.facts.get(ledger.key, code, column) is None for column in columns):
        return [replace(paid, label=label, tag="", gap=True)]
    return [replace(ledger.row(label, sources, summed=True), tag="　年初+收入", gap=True), paid]

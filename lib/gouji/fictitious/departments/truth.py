"""The true, unrounded accounts of a fictitious department. Every identity holds exactly here, by construction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

OWN_INCOME = ("superior", "operations", "business", "subordinate", "other")
OUTLAYS = ("basic", "project", "remitted", "operating", "subsidised")
FUNDS = ("general_budget", "government_fund", "state_capital")
FLOW = ("opening", "income", "basic", "project", "closing", "expenditure")
PERSONNEL = ("301", "303")


@dataclass(frozen=True)
class Flow:
    """Fiscal money of one kind for one 项: 年初 + 收入 = 基本 + 项目 + 年末."""

    opening: int = 0
    income: int = 0
    basic: int = 0
    project: int = 0

    @property
    def expenditure(self) -> int:
        """Returns 本年支出."""
        return self.basic + self.project

    @property
    def closing(self) -> int:
        """Returns 年末结转和结余."""
        return self.opening + self.income - self.expenditure


@dataclass(frozen=True)
class Own:
    """Money that is not fiscal, for one 项: income and outlays by kind, and what links them."""

    opening: int = 0
    surplus_used: int = 0
    income: dict[str, int] = field(default_factory=dict)
    outlay: dict[str, int] = field(default_factory=dict)
    distribution: int = 0

    @property
    def closing(self) -> int:
        """Returns 年末结转和结余."""
        received = self.opening + self.surplus_used + sum(self.income.values())
        return received - sum(self.outlay.values()) - self.distribution


@dataclass(frozen=True)
class Item:
    """One 项 (7 digits) with the money that went through it."""

    code: str
    general_budget: Flow = Flow()
    government_fund: Flow = Flow()
    state_capital: Flow = Flow()
    own: Own = Own()

    def flow(self, fund: str) -> Flow:
        """Returns the fiscal money of one kind."""
        flow: Flow = getattr(self, fund)
        return flow

    def fiscal(self, part: str) -> int:
        """Returns one part of the flow, summed over the three kinds of fiscal money."""
        return sum(getattr(self.flow(fund), part) for fund in FUNDS)


@dataclass(frozen=True)
class Truth:
    """A department's year: items, basic spending by economic code, 三公, and the figures that the narrative compares
    with."""

    items: tuple[Item, ...]
    economic: dict[str, int]
    three_public: dict[str, dict[str, int]]
    prior: dict[str, int]
    item_budgets: dict[str, int]
    counts: dict[str, int]


def _income(item: Item) -> dict[str, int]:
    """A row of 收入决算表."""
    row = {"fiscal": item.fiscal("income")} | {kind: item.own.income.get(kind, 0) for kind in OWN_INCOME}
    return {"total": sum(row.values())} | row


def _expenditure(item: Item) -> dict[str, int]:
    """A row of 支出决算表."""
    row = {kind: item.own.outlay.get(kind, 0) for kind in OUTLAYS}
    row["basic"] += item.fiscal("basic")
    row["project"] += item.fiscal("project")
    return {"total": sum(row.values())} | row


def _general(item: Item) -> dict[str, int]:
    """A row of 一般公共预算财政拨款支出决算表."""
    flow = item.general_budget
    return {"total": flow.expenditure, "basic": flow.basic, "project": flow.project}


def _fund(fund: str) -> Callable[[Item], dict[str, int]]:
    """Rows of the table of one fund."""
    return lambda item: {part: getattr(item.flow(fund), part) for part in FLOW}


def _tree(table: str, items: Iterable[Item], row: Callable[[Item], dict[str, int]]) -> dict[str, int]:
    """Returns the amounts of a code table: every 项, its 款 and 类, and the total."""
    amounts: dict[str, int] = {}
    for item in items:
        for head in (item.code, item.code[:5], item.code[:3], "total"):
            for column, cents in row(item).items():
                concept = f"{table}[{head}].{column}"
                amounts[concept] = amounts.get(concept, 0) + cents
    return amounts


def _summary(items: tuple[Item, ...], trees: dict[str, int]) -> dict[str, int]:
    """收入支出决算总表."""
    rows = {fund: sum(item.flow(fund).income for item in items) for fund in FUNDS}
    rows |= {kind: trees[f"income[total].{kind}"] for kind in OWN_INCOME}
    rows["total"] = sum(rows.values())
    rows["surplus_used"] = sum(item.own.surplus_used for item in items)
    rows["opening"] = sum(item.fiscal("opening") + item.own.opening for item in items)
    rows["grand_total"] = rows["total"] + rows["surplus_used"] + rows["opening"]
    spent = {item.code[:3]: trees[f"expenditure[{item.code[:3]}].total"] for item in items}
    spent["total"] = sum(spent.values())
    spent["distribution"] = sum(item.own.distribution for item in items)
    spent["closing"] = sum(item.fiscal("closing") + item.own.closing for item in items)
    spent["grand_total"] = spent["total"] + spent["distribution"] + spent["closing"]
    return {f"summary[{row}].income": cents for row, cents in rows.items()} | {
        f"summary[{row}].expenditure": cents for row, cents in spent.items()
    }


def _fiscal_summary(items: tuple[Item, ...]) -> dict[str, int]:
    """财政拨款收入支出决算总表."""
    rows = {fund: sum(item.flow(fund).income for item in items) for fund in FUNDS}
    rows["total"] = sum(rows.values())
    rows |= {f"opening_{fund}": sum(item.flow(fund).opening for item in items) for fund in FUNDS}
    rows["opening"] = sum(rows[f"opening_{fund}"] for fund in FUNDS)
    rows["grand_total"] = rows["total"] + rows["opening"]
    amounts = {f"fiscal_summary[{row}].income": cents for row, cents in rows.items()}

    def add(row: str, fund: str, cents: int) -> None:
        for column in (fund, "expenditure"):
            concept = f"fiscal_summary[{row}].{column}"
            amounts[concept] = amounts.get(concept, 0) + cents

    for item in items:
        for fund in FUNDS:
            flow = item.flow(fund)
            add(item.code[:3], fund, flow.expenditure)
            add("total", fund, flow.expenditure)
            add("closing", fund, flow.closing)
            add("grand_total", fund, flow.expenditure + flow.closing)
    return amounts


def _basic(economic: dict[str, int]) -> dict[str, int]:
    """一般公共预算财政拨款基本支出决算表."""
    rows = dict(economic)
    for code, cents in economic.items():
        rows[code[:3]] = rows.get(code[:3], 0) + cents
        side = "personnel" if code[:3] in PERSONNEL else "public"
        rows[side] = rows.get(side, 0) + cents
    return {f"basic_expenditure[{row}].amount": cents for row, cents in rows.items()}


def three_public_totals(parts: dict[str, int]) -> dict[str, int]:
    """Returns the four leaves of 三公 with their two subtotals."""
    vehicles = parts["vehicle_purchase"] + parts["vehicle_operation"]
    return parts | {"vehicles": vehicles, "total": parts["abroad"] + vehicles + parts["reception"]}


def amounts_of(truth: Truth) -> dict[str, int]:
    """Returns every non-zero concept of the nine tables with its true amount in 分; a missing concept is 0."""
    amounts: dict[str, int] = {}
    amounts |= _tree("income", truth.items, _income)
    amounts |= _tree("expenditure", truth.items, _expenditure)
    amounts |= _summary(truth.items, amounts)
    amounts |= _fiscal_summary(truth.items)
    amounts |= _tree("general_budget", truth.items, _general)
    for fund in ("government_fund", "state_capital"):
        amounts |= _tree(fund, truth.items, _fund(fund))
    amounts |= _basic(truth.economic)
    for side, parts in truth.three_public.items():
        amounts |= {f"three_public.{side}.{part}": cents for part, cents in three_public_totals(parts).items()}
    return {concept: cents for concept, cents in amounts.items() if cents}

"""Pictures of the nine tables, of the checks, of the narrative and of a finding: pure functions to a figure.

    figure = charts.expenditure_by_function(audit)
    Path("expenditure.png").write_bytes(charts.to_png(figure))

Every function returns a figure, also where its table is missing or empty: then the figure says so.
"""

from collections.abc import Callable

from matplotlib.figure import Figure

from gouji.auditing import Audit
from gouji.memo.charts.balance import summary_balance
from gouji.memo.charts.identities import identity_graph
from gouji.memo.charts.overview import coverage_overview, narrative_marks
from gouji.memo.charts.save import to_png, to_svg
from gouji.memo.charts.tables import (
    basic_by_economic,
    expenditure_by_function,
    fiscal_by_fund,
    fund_flow,
    general_budget_by_item,
    income_structure,
    state_capital,
    three_public_budget_actual,
)
from gouji.memo.charts.trends import three_public_by_year, totals_by_year

#: The chart of each table, by table key.
BY_TABLE: dict[str, Callable[[Audit], Figure]] = {
    "summary": summary_balance,
    "income": income_structure,
    "expenditure": expenditure_by_function,
    "fiscal_summary": fiscal_by_fund,
    "general_budget": general_budget_by_item,
    "basic_expenditure": basic_by_economic,
    "three_public": three_public_budget_actual,
    "government_fund": fund_flow,
    "state_capital": state_capital,
}

__all__ = [
    "BY_TABLE",
    "basic_by_economic",
    "coverage_overview",
    "expenditure_by_function",
    "fiscal_by_fund",
    "fund_flow",
    "general_budget_by_item",
    "identity_graph",
    "income_structure",
    "narrative_marks",
    "state_capital",
    "summary_balance",
    "three_public_budget_actual",
    "three_public_by_year",
    "to_png",
    "to_svg",
    "totals_by_year",
]

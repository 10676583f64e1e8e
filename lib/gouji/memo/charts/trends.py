"""Draws several years of a department as bars, a group for each quantity."""

from __future__ import annotations

from decimal import Decimal

from matplotlib.figure import Figure

from gouji.auditing import Audit
from gouji.memo.charts.canvas import PALE_INK, SUSPECT, BarPart, BarRow, Fill, bars, saying
from gouji.trends import Point, series

_PUBLISHED, _IMPLIED = "决算公布数", "由下一年所述增减推算"
_FILLS = {_PUBLISHED: Fill("#35506b"), _IMPLIED: Fill("#ffffff", "////")}
_TITLES = {"totals": "历年收支、基本与项目支出、结转结余", "three_public": "历年“三公”经费"}


def totals_by_year(audit: Audit) -> Figure:
    """Draws income, expenditure and balance, year by year."""
    return _years(audit, "totals")


def three_public_by_year(audit: Audit) -> Figure:
    """Draws the 三公 expenses year by year."""
    return _years(audit, "three_public")


def _years(audit: Audit, chart: str) -> Figure:
    title = _TITLES[chart]
    found = [one for one in series(audit) if one.chart == chart and any(point.value for point in one.points.values())]
    if not found:
        return saying(title, "各年均没有公布，或均为零")
    rows = []
    for one in found:
        told = [(year, point) for year, point in one.points.items() if point.value is not None]
        rows += [_row(one.title, year, point, first=at == 0) for at, (year, point) in enumerate(told)]
    broken = any(point.broken for one in found for point in one.points.values())
    notes = [("断点：下一年决算所述的上年数、年初数与此不同。", SUSPECT)] if broken else []
    return bars(title, "金额（万元）", rows, _FILLS, [*notes, ("没有公布的年度不画。", PALE_INK)])


def _row(title: str, year: int, point: Point, first: bool) -> BarRow:
    value = point.value or Decimal(0)
    series_name = _IMPLIED if point.implied else _PUBLISHED
    text = f"{value:,.2f}" + ("（推算）" if point.implied else "")
    return BarRow(
        title if first else "",
        (BarPart(series_name, value),),
        text,
        "断点" if point.broken else "",
        gap=first,
        suspect=point.broken,
        tag=f" {year}",
    )

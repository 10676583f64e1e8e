"""Draws a portfolio: readable with three departments and with three hundred, in print and without colours."""

from gouji.portfolio.charts.digits import digit_bars
from gouji.portfolio.charts.heat import heat_map
from gouji.portfolio.charts.kinds import findings_by_family
from gouji.portfolio.charts.points import points_of_the_first
from gouji.portfolio.charts.spread import spread

__all__ = ["digit_bars", "findings_by_family", "heat_map", "points_of_the_first", "spread"]

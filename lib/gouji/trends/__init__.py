"""Several years of a department beside each other: `series` is what the trends notebook shows."""

from gouji.trends.series import Point, Series, given, series

__all__ = ["Point", "Series", "given", "series"]

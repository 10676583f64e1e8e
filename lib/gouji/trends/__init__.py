"""Compares several years of a department: `series` computes what the trends notebook shows."""

from gouji.trends.series import Point, Series, given, series

__all__ = ["Point", "Series", "given", "series"]

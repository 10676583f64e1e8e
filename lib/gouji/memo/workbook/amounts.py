"""Writes amounts of findings as numbers that show their unit, with their sign in words."""

from __future__ import annotations

from decimal import Decimal

from openpyxl.cell import Cell

from gouji.facts.claim import Measure
from gouji.facts.fact import Fact
from gouji.intervals import MONEY_UNITS, unscaled
from gouji.memo.workbook.formats import decimals_of, digits
from gouji.memo.workbook.styles import TOP_RIGHT, put_number


def signed(fact: Fact) -> Decimal:
    """Returns the value of a figure with the sign that its words give it."""
    return unscaled(fact.amount or 0, fact.figure.unit)


def put_amount(cell: Cell, value: Decimal, fact: Fact, decimals: int | None = None, worded: bool = True) -> None:
    """Writes a number that shows the unit of `fact`; where `worded`, a change shows 增加 or 减少 for its sign."""
    places = max(decimals_of(value), 2 if fact.figure.unit in MONEY_UNITS else 0) if decimals is None else decimals
    shown = f'{digits(places)}"{fact.figure.unit}"'
    if worded and fact.claim is not None and fact.claim.measure in (Measure.CHANGE, Measure.RATE):
        shown = f'"增加"{shown};"减少"{shown};{shown}'
    put_number(cell, value, shown)
    cell.alignment = TOP_RIGHT


def mark_rough(cell: Cell) -> None:
    """Shows 约 before the number of a cell, which stays a number."""
    cell.number_format = ";".join(f'"约"{part}' for part in cell.number_format.split(";"))

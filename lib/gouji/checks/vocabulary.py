"""Knows the tables, rows and columns that a rule may name: those of the layouts, and classification codes."""

from __future__ import annotations

import re

from gouji.checks.identity import SELECTORS, Reference
from gouji.layouts import Layout, Side, layout_of

_CODE = re.compile(r"^\d{3}(\d{2}){0,2}$")


def known(reference: Reference, current: str) -> None:
    """Raises ValueError, naming it, for a table, row or column that no layout has. `current` is the rule's table."""
    table = reference.table or current
    try:
        layout = layout_of(table)
    except KeyError:
        raise ValueError(f"unknown table {table!r}") from None
    if reference.column not in _columns(layout):
        raise ValueError(f"table {table} has no column {reference.column!r}")
    row = reference.row
    if row in SELECTORS or row in ("", "-", "current_row") or _CODE.match(row):
        return
    rows = _rows(layout, reference.column)
    if row not in rows:
        raise ValueError(f"table {table} has no row {row!r} in column {reference.column!r}")


def _columns(layout: Layout) -> set[str]:
    return set(layout.columns).union(*(side.columns for side in layout.sides.values()))


def _rows(layout: Layout, column: str) -> set[str]:
    """Returns the named rows that can stand in a column. In a two-sided table, these are the rows of the column's
    side."""
    if layout.sides:
        return set().union(*(_side_rows(side) for side in layout.sides.values() if column in side.columns))
    return {"total", *layout.rows, *layout.measures}


def _side_rows(side: Side) -> set[str]:
    return {*side.rows, *side.after_opening, *side.with_part}

"""Recognises the rows of a self-evaluation form: the head of its money or of its indicators, and the row of all
scores."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gouji.document.model import Cell, Grid
from gouji.intervals import MONEY_UNIT
from gouji.labels import normalise, row_label
from gouji.layouts.evaluation import EvaluationLayout

#: Row of cells.
Row = tuple[Cell, ...]
#: Concept of a column to the leaf column it stands in.
Columns = dict[str, int]

#: A form says what it is of in its first rows; a page's further rows do not.
_OPENING = 5
#: What a head says of its column beside the name: a unit, or a letter for the formula of another head.
_ASIDE = re.compile(rf"\((?:{MONEY_UNIT}|分|[A-Z]\d?|[A-Z]/[A-Z](?:[*×]100%?)?|[①-⑨])\)$")
_COLON = re.compile(":$")


def fund_columns(row: Row, layout: EvaluationLayout) -> Columns | None:
    """Returns the columns that a row heads as those of the money: execution, with its budget, and a rate or a score.
    Returns None for any other row."""
    columns = _columns(row, layout.fund_column)
    budgeted = "executed" in columns and ("adjusted" in columns or "initial" in columns)
    return columns if budgeted and ("rate" in columns or "score" in columns) else None


def indicator_columns(row: Row, layout: EvaluationLayout) -> Columns | None:
    """Returns the columns that a row heads as those of the indicators and their scores; None for any other row."""
    columns = _columns(row, layout.indicator_column)
    return columns if "score" in columns and ("first" in columns or "name" in columns) else None


def opens_form(row: Row, layout: EvaluationLayout) -> bool:
    """True for the row that says which project, or which department, a form is of."""
    label = _COLON.sub("", normalise(next((cell.text for cell in row if cell.text.strip()), "")))
    return label in layout.project or label in layout.whole


def is_form(grid: Grid, layout: EvaluationLayout) -> bool:
    """True for a grid whose first rows are those of a form."""
    rows = grid.rows[:_OPENING]
    return any(opens_form(row, layout) or fund_columns(row, layout) is not None for row in rows)


def sums_up(row: Row, layout: EvaluationLayout) -> bool:
    """True for the row of all scores: 总分 100 98.5."""
    label = _COLON.sub("", normalise(next((cell.text for cell in row if cell.text.strip()), "")))
    return _ASIDE.sub("", label) in layout.sum


def fund_row(row: Row, columns: Columns, layout: EvaluationLayout) -> tuple[str, str]:
    """Returns the row of the money that the label before its first amount names, and that label; `?…` if it is
    unknown."""
    first = min(columns.values())
    printed = [cell.text for cell in row if cell.col < first and cell.text.strip()]
    label = _COLON.sub("", row_label(printed[-1])) if printed else ""
    label = "" if layout.opening.search(label) else _ASIDE.sub("", label)
    return layout.fund_row.get(label, f"?{label}"), label


def text_at(grid: Grid, row: int, col: int | None) -> str:
    """Returns the text of a grid at a place; "" if there is none."""
    cell = grid.cell_at(row, col) if col is not None else None
    return cell.text.strip() if cell else ""


def _columns(row: Row, concepts: Mapping[str, str]) -> Columns:
    found: Columns = {}
    for cell in row:
        label = normalise(cell.text)
        concept = concepts.get(label) or concepts.get(_ASIDE.sub("", label))
        if concept:
            found.setdefault(concept, cell.col)
    return found

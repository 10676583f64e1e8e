"""Reads the figures of a self-evaluation form: budget, execution and rate of its money, weights and scores of its
indicators."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from gouji.document.model import Cell, Document, Grid
from gouji.facts.captions import surroundings
from gouji.facts.evaluation.forms import Form, evaluation_forms
from gouji.facts.evaluation.paragraphs import with_paragraphs
from gouji.facts.evaluation.rows import (
    Columns,
    fund_columns,
    fund_row,
    indicator_columns,
    opens_form,
    sums_up,
    text_at,
)
from gouji.facts.fact import Concept, Fact, Part, RecognisedTable, Status
from gouji.facts.figure import Figure, State, parse_figure
from gouji.intervals import MONEY_UNIT
from gouji.labels import normalise, shown
from gouji.layouts.evaluation import EvaluationLayout, load_evaluation
from gouji.runtime.immutable import immutable

#: Scores and weights are points.
POINTS = "分"
#: The columns that hold money.
MONEY = frozenset({"initial", "adjusted", "executed"})
_UNIT = re.compile(rf"\(({MONEY_UNIT})\)")
_POINTS = re.compile(r"\((\d+(?:\.\d+)?)分\)")
#: A rate without its sign is one in percent from here on; 1 may be 100 %.
_SURELY_PERCENT = 2
_NAMED = 16
#: What a row of indicators must print one of, and what may stand beside it.
_SCORED = ("weight", "score")
_BESIDE_SCORES = ("deducted", "score_rate")


@immutable()
class _Place:
    """The form to which facts belong, and the head of this part of its grid.

    `begun`: the part has a row. `weight`: that of all the money, if the head states it outside a column (预算执行情况
    （20分）).
    """

    table: RecognisedTable
    columns: Columns
    heads: dict[str, str]
    begun: bool = False
    weight: tuple[Cell, Figure] | None = None


def read_evaluations(
    document: Document, unit: str, others: Iterable[int] = ()
) -> tuple[dict[str, RecognisedTable], list[Fact]]:
    """Returns the forms of a document by key (`evaluation_1`…, in printed order), and their facts. Amounts are in
    `unit` unless a form states one. Blocks of `others` are tables of another kind.

    Rows of the money: `total` and the concepts of its parts. Rows of the indicators: `CLASS.NUMBER`, and `CLASS` for a
    class that states its weight (产出指标（50分）). The row of all scores: `sum`. Columns: `initial`, `adjusted`,
    `executed`, `rate`, `weight`, `score`. An unreadable figure, or one in an unknown row, has a row or column `?…`.
    """
    layout = load_evaluation()
    tables: dict[str, RecognisedTable] = {}
    facts: list[Fact] = []
    for form in evaluation_forms(document, layout, frozenset(others)):
        table = _table(form, len(tables) + 1, document, unit, layout)
        own = list(_facts(table, layout))
        if any(fact.figure.printed for fact in own):
            tables[table.key] = table
            facts += own
    return with_paragraphs(document, tables), facts


def _table(form: Form, number: int, document: Document, unit: str, layout: EvaluationLayout) -> RecognisedTable:
    around = surroundings(document, form.block)
    subject = _subject(form.grid, layout)
    printed = "".join(normalise(cell.text) for row in form.grid.rows for cell in row)
    stated = _UNIT.search(printed)
    title = next((caption for caption in around.captions if "自评" in caption), layout.name)
    return RecognisedTable(
        key=f"evaluation_{number}",
        name=layout.name,
        status=Status.FOUND,
        label=f"{layout.name}（{_shorten(subject)}）" if subject else f"{layout.name}{number}",
        title=shown(title),
        unit=stated.group(1) if stated else around.unit or unit,
        block=form.block.index,
        grid=form.grid,
        unit_stated=bool(stated or around.unit),
        subject=subject,
    )


def _subject(grid: Grid, layout: EvaluationLayout) -> str:
    """Returns the name of what a form evaluates."""
    row = next((row for row in grid.rows if opens_form(row, layout)), ())
    printed = [cell.text.strip() for cell in row if cell.text.strip()]
    return shown(normalise(printed[1])) if len(printed) > 1 else ""


def _shorten(name: str) -> str:
    return name if len(name) <= _NAMED else f"{name[:_NAMED]}…"


def _facts(table: RecognisedTable, layout: EvaluationLayout) -> Iterator[Fact]:
    """Yields the facts of the money, then of the indicators, then of the sum."""
    assert table.grid is not None
    grid = table.grid
    funds: _Place | None = None
    indicators: _Place | None = None
    classes = _Classes()
    for number, row in enumerate(grid.rows):
        if (columns := indicator_columns(row, layout)) is not None:
            funds, indicators = None, _Place(table, columns, _heads(row, columns))
        elif indicators is not None:
            if sums_up(row, layout):
                yield from _facts_of_sum(number, grid, indicators)
                return
            if not _adds_up(row, indicators, layout):
                yield from _facts_of_indicator(number, grid, indicators, classes)
        elif (columns := fund_columns(row, layout)) is not None:
            funds = _Place(table, columns, _heads(row, columns), weight=_weight_of_money(row, columns))
        elif funds is not None:
            found = list(_facts_of_fund(number, row, grid, funds, layout))
            if found:
                funds = replace(funds, begun=True)
            elif funds.begun and any(cell.text.strip() for cell in row):
                funds = None
            yield from found


def _weight_of_money(row: tuple[Cell, ...], columns: Columns) -> tuple[Cell, Figure] | None:
    if "weight" in columns:
        return None
    before = [cell for cell in row if cell.col < min(columns.values())]
    stated = ((cell, said) for cell in before if (said := _POINTS.search(normalise(cell.text))))
    return next(((cell, parse_figure(said.group(1), POINTS)) for cell, said in stated), None)


def _heads(row: tuple[Cell, ...], columns: Columns) -> dict[str, str]:
    by_column = {cell.col: normalise(cell.text) for cell in row}
    return {concept: by_column[col] for concept, col in columns.items()}


def _facts_of_fund(
    number: int, row: tuple[Cell, ...], grid: Grid, place: _Place, layout: EvaluationLayout
) -> Iterator[Fact]:
    """Yields the facts of one row of the money; none if the row is unknown and holds no amount."""
    name, label = fund_row(row, place.columns, layout)
    cells = {concept: grid.cell_at(number, col) for concept, col in place.columns.items()}
    amounts = [cell for concept, cell in cells.items() if cell and concept in MONEY]
    if name.startswith("?") and not any(parse_figure(cell.text, "").printed for cell in amounts):
        return
    if name == "?" and not place.begun:
        name, label = "total", layout.total[0]  # a form with one row of money does not name it
    if place.weight and not place.begun and name == "total":
        yield _make_fact(place, name, label, "weight", *place.weight)
    for concept, cell in cells.items():
        if cell is not None:
            yield _fact(place, name, label, concept, cell)


class _Classes:
    """The current 一级指标 of a form, and the number of indicators counted so far."""

    def __init__(self) -> None:
        self.number = 0
        self.count = 0
        self.label = ""

    def enter(self, label: str) -> bool:
        """True for a label that opens a class; a merged cell may be printed once or in every row."""
        if not label or label == self.label:
            return False
        self.label = label
        self.number += 1
        return True


def _adds_up(row: tuple[Cell, ...], place: _Place, layout: EvaluationLayout) -> bool:
    """True for a row that adds up indicators above it."""
    first = min(col for concept, col in place.columns.items() if concept in ("weight", "score"))
    return any(normalise(cell.text) in layout.subtotal for cell in row if cell.col < first)


def _facts_of_indicator(number: int, grid: Grid, place: _Place, classes: _Classes) -> Iterator[Fact]:
    first = grid.cell_at(number, place.columns["first"]) if "first" in place.columns else None
    label = normalise(first.text) if first else ""
    if first is not None and classes.enter(label) and (said := _POINTS.search(label)):
        figure = parse_figure(said.group(1), POINTS)
        yield _make_fact(place, str(classes.number), shown(label), "weight", first, figure)
    cells = {
        concept: cell for concept in _SCORED if (cell := grid.cell_at(number, place.columns.get(concept, grid.width)))
    }
    if not any(cell.text.strip() for cell in cells.values()):
        return
    classes.count += 1
    name = text_at(grid, number, place.columns.get("name")) or text_at(grid, number, place.columns.get("first"))
    number_of_row = f"{classes.number}.{classes.count}"
    for concept, cell in {**cells, **_beside(number, grid, place)}.items():
        yield _fact(place, number_of_row, normalise(name)[:_NAMED], concept, cell)


def _beside(number: int, grid: Grid, place: _Place) -> dict[str, Cell]:
    """Returns the cells of a row that say how much of its weight the score is, and how much is lacking."""
    columns = {concept: place.columns[concept] for concept in _BESIDE_SCORES if concept in place.columns}
    return {concept: cell for concept, col in columns.items() if (cell := grid.cell_at(number, col))}


def _facts_of_sum(number: int, grid: Grid, place: _Place) -> Iterator[Fact]:
    """Yields the facts of the row of all scores. If its cells are merged differently from those above, takes its only
    two figures."""
    cells = {concept: grid.cell_at(number, place.columns.get(concept, grid.width)) for concept in _SCORED}
    aligned = {concept: cell for concept, cell in cells.items() if cell and _points(cell.text).printed}
    if not aligned or (len(aligned) == 2 and aligned["weight"] == aligned["score"]):
        printed = [cell for cell in grid.rows[number] if _points(cell.text).printed]
        aligned = dict(zip(_SCORED, printed, strict=True)) if len(printed) == 2 else {}
    elif aligned.keys() == cells.keys():
        aligned |= _beside(number, grid, place)
    for concept, cell in aligned.items():
        yield _fact(place, "sum", normalise(text_at(grid, number, 0)) or "总分", concept, cell)


def _fact(place: _Place, row: str, row_name: str, column: str, cell: Cell) -> Fact:
    """Returns a cell's fact. Text that is no figure gets an unknown column."""
    if column in MONEY:
        figure = parse_figure(cell.text, place.table.unit)
    elif column in ("rate", "score_rate"):
        figure = _rate(cell.text)
    else:
        figure = _points(cell.text)
    known = figure.state is not State.UNREADABLE
    return _make_fact(place, row, row_name, column if known else f"?{column}", cell, figure)


def _make_fact(place: _Place, row: str, row_name: str, column: str, cell: Cell, figure: Figure) -> Fact:
    head = place.heads.get(column.lstrip("?"), "分值")
    return Fact(
        id=-1,
        concept=Concept(place.table.key, row, column),
        figure=figure,
        part=Part.TABLES,
        where=" · ".join(text for text in (place.table.label, shown(row_name), shown(head)) if text),
        row_code="",
        row_name=shown(row_name),
        column_name=shown(head),
        place=cell.place,
        block=place.table.block,
        cell=(cell.row, cell.col),
    )


def _points(text: str) -> Figure:
    """Returns a weight or a score, with or without 分 behind it."""
    figure = parse_figure(normalise(text).removesuffix("分"), POINTS)
    return replace(figure, text=text)


def _rate(text: str) -> Figure:
    """Returns a rate. One without a sign is in percent if it cannot be a fraction, whatever its head says."""
    figure = parse_figure(text, "")
    if figure.unit or not figure.printed:
        return figure
    percent = figure.value is not None and figure.value >= _SURELY_PERCENT
    return replace(figure, unit="%") if percent else figure

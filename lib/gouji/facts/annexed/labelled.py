"""Reads the cells of a table whose columns stand at its head or down its side, by their labels."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.document.model import Cell, Grid
from gouji.facts.cells import Meaning
from gouji.facts.figure import State, is_blank, parse_figure
from gouji.facts.headers import LINE_NUMBER, Header
from gouji.labels import is_part, normalise, row_label
from gouji.layouts import Layout, Path
from gouji.runtime.immutable import immutable

_WORDS = re.compile("[\u4e00-\u9fff]")
#: What a label is counted in, behind it.
_COUNTED = re.compile(r"\((?:辆|台|套|件|个|[台辆套,、/;]+|台\(套\)|台\(套、辆\)|台\(件\)|(?:亿|百万|万|千)?元)\)$")
#: From which price on: it differs by year and province.
_THRESHOLD = re.compile(
    r"(?:单位价值|单价|价值|单台价值)(?:在|为)?\d+万元?(?:\(含\)|\(含\d+万元?\))?及?以上(?:\(含\))?的?"
)
_LINES = LINE_NUMBER | {"序号"}
_AMOUNT = "amount"
_TOTALS = frozenset({"合计", "总计", "小计"})


@immutable()
class _Value:
    """A cell that is no label, with the labels before it in its row and those above it. `part`: the labels before it
    say 其中."""

    cell: Cell
    beside: Path
    above: Path
    beside_printed: Path
    above_printed: Path
    part: bool


def labelled(grid: Grid, header: Header, layout: Layout) -> Iterator[Meaning]:
    """Yields the meaning of each cell that a layout knows, and of each other cell that holds a number. A row `?…` is a
    measure that no layout knows."""
    values = list(_values(grid, header))
    side = {column for one in values if (column := layout.column(one.beside))}
    head = {column for one in values if (column := _column_and_measure(one.above, layout)[0])}
    found = _read_columns_at_side(values, layout) if len(side) >= len(head) else _read_columns_at_head(values, layout)
    yield from (
        one for one in found if _is_number(one.cell) or not (one.column.startswith("?") or _is_barred(one, layout))
    )


def _is_barred(meaning: Meaning, layout: Layout) -> bool:
    """True for a dash where a table does not ask for a whole: 原值 of 资产总额."""
    dash = parse_figure(meaning.cell.text, "").state is State.DASH
    return dash and meaning.row != _AMOUNT and meaning.column in layout.required


def label_of(text: str) -> str:
    """Returns a label without ordinal, 其中, unit and the price from which it counts."""
    label = _COUNTED.sub("", row_label(text)).rstrip(":")
    return _THRESHOLD.sub("单价N万元以上", label).replace("/", "、")


def _values(grid: Grid, header: Header) -> Iterator[_Value]:
    above = [tuple(map(label_of, path)) for path in header.paths]
    for row in grid.rows[header.body :]:
        beside: list[Cell] = []
        valued = False
        for cell in row:
            if _WORDS.search(normalise(cell.text)) and not _is_number(cell) and not is_blank(cell.text):
                beside = [] if valued else beside
                beside.append(cell)
                valued = False
            elif above[cell.col][-1:] and above[cell.col][-1] in _LINES:
                continue
            elif beside or _is_number(cell):
                valued = True
                labels = tuple(label_of(one.text) for one in beside)
                printed = tuple(row_label(one.text) for one in beside)
                part = any(is_part(one.text) for one in beside)
                yield _Value(cell, labels, above[cell.col], printed, header.paths[cell.col], part)


def _is_number(cell: Cell) -> bool:
    return parse_figure(cell.text, "").printed


def _read_columns_at_side(values: list[_Value], layout: Layout) -> Iterator[Meaning]:
    """Reads columns down the side. The head names the measure; only a single column may leave it out."""
    named = any(_measure(one.above, layout) for one in values)
    alone = not named and len({one.cell.col for one in values if _is_number(one.cell)}) <= 1
    for one, column in _with_columns(values, layout):
        own = _measure(one.beside[:-1], layout)
        last = "".join(one.above_printed[-1:])
        measure = own or _measure(one.above, layout) or (_AMOUNT if alone else f"?{last}")
        label = "".join(one.beside_printed[-1:])
        yield Meaning(one.cell, measure, column or f"?{label}", "" if measure == _AMOUNT else last, label)


def _with_columns(values: list[_Value], layout: Layout) -> Iterator[tuple[_Value, str | None]]:
    """Yields each value with its column. It is None for 其中 below a row that is no whole (事业编制, 其中：参公): that
    is no term of the sum to which the row above belongs."""
    label: tuple[int, Path] | None = None
    before = here = ""
    for one in values:
        if (one.cell.row, one.beside) != label:
            label, before = (one.cell.row, one.beside), here
        column = layout.column(one.beside)
        if one.part and layout.wholes and before and before not in layout.wholes:
            column = None
        else:
            here = column or "?"
        yield one, column


def _read_columns_at_head(values: list[_Value], layout: Layout) -> Iterator[Meaning]:
    """Reads columns at the head. A row's label names the measure; rows without one are the total's, or the only row."""
    rows = {
        one.cell.row: one.beside for one in values if _is_number(one.cell) and _column_and_measure(one.above, layout)[0]
    }
    totals = [row for row, beside in rows.items() if beside and beside[-1] in _TOTALS]
    whole = totals[0] if len(totals) == 1 else (next(iter(rows)) if len(rows) == 1 else None)
    for one in values:
        column, own = _column_and_measure(one.above, layout)
        row = _measure(one.beside, layout) if one.beside and one.beside[-1] not in _TOTALS else ""
        plain = _AMOUNT if one.cell.row == whole else f"?{''.join(one.beside)}"
        measure = own if own and one.cell.row == whole else (plain if own or not row else row)
        label = "".join(one.above_printed[-1:])
        name = "·".join(label for label in one.above_printed[-2:] if label not in _TOTALS) or label
        yield Meaning(one.cell, measure, column or f"?{label}", "" if measure == _AMOUNT else "".join(one.beside), name)


def _column_and_measure(above: Path, layout: Layout) -> tuple[str | None, str]:
    """Returns the column that labels at the head name, and the measure that they name beside it."""
    if column := layout.column(above):
        return column, _measure(above[:-1], layout)
    last = _measure(above[-1:], layout)
    return (layout.column(above[:-1]), last) if last else (None, "")


def _measure(labels: Path, layout: Layout) -> str:
    """Returns the measure that the lowest of the labels names; "" if none does."""
    return next(
        (name for label in reversed(labels) for name, own in layout.measures.items() if label in own and label), ""
    )

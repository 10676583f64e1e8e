"""Reads the figures of the tables beyond the nine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from gouji.document.model import Document
from gouji.facts.annexed.find import Found, find
from gouji.facts.cells import Meaning
from gouji.facts.fact import Fact, RecognisedTable, Status
from gouji.facts.headers import CODE
from gouji.facts.tabled import described, table_fact
from gouji.intervals import MONEY_UNIT
from gouji.labels import normalise

_LABEL_UNIT = re.compile(rf"\(({MONEY_UNIT})\)$")
#: The key of rows below a code that have a name only: its projects.
PROJECT = "project"


def read_annexed(
    document: Document, year: int | None, unit: str, forced: str, others: Iterable[int]
) -> tuple[dict[str, RecognisedTable], list[Fact]]:
    """Returns the certain tables beyond the nine by key, in printed order, and their facts. Money is in `forced`, else
    in the unit that a table states, else in `unit`.

    Rows are as in the nine. In a table of labels they are measures (`amount`, `net`…), and projects named below a code
    are `project_CODE_NUMBER`. Columns are those of `annexed.yaml`.
    """
    tables: dict[str, RecognisedTable] = {}
    facts: list[Fact] = []
    for found in find(document, year, frozenset(others)):
        table = _table(found, unit, forced)
        own = list(_facts(found, table))
        tables[table.key] = described(table, own)
        facts += own
    return tables, facts


def _table(found: Found, unit: str, forced: str) -> RecognisedTable:
    candidate, layout = found.candidate, found.layout
    around = candidate.around
    return RecognisedTable(
        key=candidate.key,
        name=layout.name,
        status=Status.FOUND,
        label=around.number or layout.name,
        title=candidate.title,
        unit=forced or around.unit or unit,
        block=candidate.block.index,
        grid=candidate.grid,
        notes=around.notes,
        unit_stated=bool(forced or around.unit),
        further=candidate.further,
        unit_line=None if forced else around.unit_line,
    )


def _facts(found: Found, table: RecognisedTable) -> Iterator[Fact]:
    layout = found.layout
    meant = _with_projects(found.meanings) if layout.rows_of == "functions" else found.meanings
    for one in meant:
        counted = layout.unit_of(one.column)
        stated = _LABEL_UNIT.search(normalise(_label_beside(found, one))) if layout.shape == "labelled" else None
        one = one if layout.shape == "labelled" else replace(one, column_name=_column_name(found, one))
        yield table_fact(one, replace(table, unit=counted or (stated.group(1) if stated else table.unit)))


def _column_name(found: Found, meaning: Meaning) -> str:
    """Returns the head of a column, with the name of its whole: 工资福利支出小计."""
    path = found.candidate.header.paths[meaning.cell.col]
    return "".join(path[-2:]) if path[-1:] and path[-1] in ("小计", "合计") else meaning.column_name


def _label_beside(found: Found, meaning: Meaning) -> str:
    """Returns the label next to a cell in its row."""
    row = found.candidate.grid.rows[meaning.cell.row]
    before = [cell.text for cell in row if cell.col < meaning.cell.col and cell.text.strip()]
    return next((text for text in reversed(before) if re.search("[\u4e00-\u9fff]", text)), "")


def _with_projects(meant: Iterable[Meaning]) -> Iterator[Meaning]:
    """Yields rows without a code as projects of the code above them."""
    code, row, number = "", -1, 0
    for one in meant:
        if CODE.match(one.row):
            code, number = one.row, 0
        elif code and one.row.startswith("?") and one.row_name and not one.row[1:].isdigit():
            number += one.cell.row != row
            one = replace(one, row=f"{PROJECT}_{code}_{number}")
        row = one.cell.row
        yield one

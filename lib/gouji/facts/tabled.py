"""Turns a table's cells into facts, and completes the table with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gouji.facts.cells import Meaning
from gouji.facts.fact import Concept, Fact, Part, RecognisedTable, Status
from gouji.facts.figure import State, parse_figure
from gouji.facts.headers import CODE
from gouji.labels import shown

#: What a table that is not empty prints.
_AMOUNTS = (State.NUMBER, State.DOUBTFUL)


def table_fact(meaning: Meaning, table: RecognisedTable) -> Fact:
    """Returns the fact of a cell, not numbered yet."""
    code = meaning.row if CODE.match(meaning.row) else ""
    name, column = shown(meaning.row_name), shown(meaning.column_name)
    row = f"{code} {name}".strip()
    return Fact(
        id=-1,
        concept=Concept(table.key, meaning.row, meaning.column),
        figure=parse_figure(meaning.cell.text, table.unit),
        part=Part.TABLES,
        where=" · ".join(text for text in (table.label, row, column) if text),
        row_code=code,
        row_name=name,
        column_name=column,
        place=meaning.cell.place,
        block=table.block,
        cell=(meaning.cell.row, meaning.cell.col),
    )


def described(table: RecognisedTable, facts: Sequence[Fact]) -> RecognisedTable:
    """Returns the table with its row codes. Its status becomes `empty` if no number other than zero is printed, not
    even a doubtful one."""
    codes = tuple(dict.fromkeys(fact.concept.row for fact in facts if fact.row_code))
    empty = table.status is Status.FOUND and not any(fact.figure.state in _AMOUNTS for fact in facts)
    return replace(table, codes=codes, status=Status.EMPTY if empty else table.status)

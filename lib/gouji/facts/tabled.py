"""Turns a table's cells into facts, and completes the table with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from gouji.facts.cells import Meaning
from gouji.facts.fact import Concept, Fact, Part, RecognisedTable, Status
from gouji.facts.figure import State, parse_figure
from gouji.facts.headers import CODE
from gouji.labels import shown

#: What spreadsheets print for amounts that do not fit their columns or cannot be computed, and misprinted numbers.
#: Words (无此项支出) are none.
_GARBLED = re.compile(r"[^\u4e00-\u9fff]*[#＃\d][^\u4e00-\u9fff]*")
#: What a table that is not empty prints.
_AMOUNTS = (State.NUMBER, State.DOUBTFUL)


def table_fact(meaning: Meaning, table: RecognisedTable) -> Fact:
    """Returns the fact of a cell, not numbered yet."""
    code, name, column, where = _named(table.label, meaning.row, meaning.row_name, meaning.column_name)
    return Fact(
        id=-1,
        concept=Concept(table.key, meaning.row, meaning.column),
        figure=parse_figure(meaning.cell.text, table.unit),
        part=Part.TABLES,
        where=where,
        row_code=code,
        row_name=name,
        column_name=column,
        place=meaning.cell.place,
        block=table.block,
        cell=(meaning.cell.row, meaning.cell.col),
    )


@lru_cache(maxsize=8192)
def _named(label: str, row: str, row_name: str, column_name: str) -> tuple[str, str, str, str]:
    """Returns a cell's code, the names of its row and column as shown, and its place for people. The same cells recur
    from one document to the next."""
    code = row if CODE.match(row) else ""
    name, column = shown(row_name), shown(column_name)
    where = " · ".join(text for text in (label, f"{code} {name}".strip(), column) if text)
    return code, name, column, where


def described(table: RecognisedTable, facts: Sequence[Fact]) -> RecognisedTable:
    """Returns the table with its row codes. Its status becomes `empty` if no number other than zero is printed, not
    even a doubtful one, and `unreadable` if what stands for its amounts is no number (####)."""
    codes = tuple(dict.fromkeys(fact.concept.row for fact in facts if fact.row_code))
    if table.status is not Status.FOUND or any(fact.figure.state in _AMOUNTS for fact in facts):
        return replace(table, codes=codes)
    garbled = [fact.figure for fact in facts if fact.figure.state is State.UNREADABLE]
    shown = next((one.text.strip() for one in garbled if _GARBLED.fullmatch(one.text.strip())), "")
    if shown:
        return replace(table, codes=codes, status=Status.UNREADABLE, problem=f"金额均未能读出（如“{shown}”）")
    return replace(table, codes=codes, status=Status.EMPTY)

"""Describes the place of an error in an account, in an auditor's words."""

from __future__ import annotations

import re

from gouji.fictitious.departments.model import FictitiousDepartment, Grid, GridCell
from gouji.fictitious.departments.words import Words
from gouji.fictitious.misprints.plant import context

_HEADING = re.compile(r"^[一二三四五六七八九十]+、")
_LINE_NUMBER = re.compile(r"\d{1,2}")


def where_in_table(department: FictitiousDepartment, concept: str) -> str:
    """Returns `公开03表 支出决算表 · 2080106 就业管理事务 · 基本支出`."""
    place = department.places[concept]
    grid = department.grid(place.key)
    row = grid.body[place.row]
    column = sum(cell.colspan for cell in row[: place.cell])
    taken = {one.cell for one in department.places.values() if (one.key, one.row) == (place.key, place.row)}
    named = " ".join(_row_names(row, place.cell, taken))
    headed = "／".join(_headings(grid)[column])
    return " · ".join(filter(None, [f"{grid.number} {grid.title}".strip(), named, headed]))


def where_in_narrative(department: FictitiousDepartment, words: Words) -> str:
    """Returns `第三部分 一、收入支出决算总体情况说明 · …收入总计【12.30】万元`."""
    above = reversed(department.narrative[: words.paragraph + 1])
    heading = next((text for text in above if _HEADING.match(text)), "")
    return " · ".join(filter(None, [f"第三部分 {heading}".strip(), context(words, department)]))


def _row_names(row: list[GridCell], at: int, taken: set[int]) -> list[str]:
    """Returns the texts that name a row: adjacent cells before the amount that hold no amounts."""
    names: list[str] = []
    for position in range(at - 1, -1, -1):
        if position not in taken:
            names.insert(0, row[position].text.strip())
        elif names:
            break
    return [name for name in names if name and not _LINE_NUMBER.fullmatch(name)]


def _headings(grid: Grid) -> list[list[str]]:
    """Returns the headings above each column, from the top down, each once."""
    labels: list[list[str]] = [[] for _ in range(grid.width)]
    covered = [0] * grid.width
    for row in grid.header:
        free = [column for column in range(grid.width) if not covered[column]]
        covered = [max(0, left - 1) for left in covered]
        for cell in row:
            columns, free = free[: cell.colspan], free[cell.colspan :]
            text = "".join(cell.text.split())
            for column in columns:
                covered[column] = cell.rowspan - 1
                if text and text not in labels[column] and not _LINE_NUMBER.fullmatch(text):
                    labels[column].append(text)
    return labels

"""Compares working papers at hand with those of executing the run again. What an auditor filled in is no alteration."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from gouji.dispositions.layout import EARLIER, FINDINGS, ID, INPUTS, WITHDRAW
from gouji.dispositions.workbook import read_workbook
from gouji.errors import UnusableInputError
from gouji.verify.line import Line, differs, note

#: The columns that the auditor fills in, by sheet.
_FILLED = {FINDINGS: INPUTS, EARLIER: (WITHDRAW,)}
_MOST = 20
_SPELLING = re.compile(r"'|\s|_xl(?:fn|ws)\.")
_REST = "其余单元格的值、公式和批注与重算相同"


@dataclass(frozen=True, slots=True)
class PapersCompared:
    """The decisions filled in since the run, and the other cells that differ.

    `problem` says that the papers cannot be read, or that a decision in them is not valid.
    """

    decided: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    problem: str = ""

    @property
    def differs(self) -> bool:
        """True where anything but decisions differs."""
        return bool(self.others or self.problem)

    def line(self, name: str, altered: bool) -> Line:
        """Returns the line on the papers; `altered` since they were written."""
        since = "写出之后被改动" if altered else "写出之后没有改动，而重算的结果不同"
        if self.problem:
            return differs(name, f"{since}：{self.problem}")
        if self.others:
            shown = (
                *self.others[:_MOST],
                *([f"另有 {len(self.others) - _MOST} 处"] if len(self.others) > _MOST else []),
            )
            return differs(name, f"{since}：审计认定以外，下列单元格不同", *shown, *self.decided)
        if self.decided:
            return note(name, f"写出之后填写了审计认定，{_REST}", *self.decided)
        said = "写出之后由其他程序保存过" if altered else "字节与重算不同"
        return note(name, f"{said}，{_REST.removeprefix('其余')}")


def compared_papers(at_hand: Path, again: Path) -> PapersCompared:
    """Compares values, formulas and comments of all cells."""
    try:
        found, made = (load_workbook(path) for path in (at_hand, again))
    except Exception as error:  # whatever openpyxl meets in a file that is no workbook
        return PapersCompared(problem=f"不能作为工作簿打开（{type(error).__name__}）")
    if found.sheetnames != made.sheetnames:
        return PapersCompared(problem="工作表有增减、改名或移动")
    rows: set[str] = set()
    others: list[str] = []
    for sheet in made.worksheets:
        filled = _filled(sheet)
        for row, column, place in _different(found[sheet.title], sheet):
            if row > filled.header and column in filled.columns:
                rows.add(str(sheet.cell(row, filled.of_ids).value))
            else:
                others.append(f"{sheet.title}!{place}")
    try:
        decided = read_workbook(at_hand).decided
    except UnusableInputError as error:
        return PapersCompared(others=tuple(others), problem=str(error).removeprefix(f"{at_hand}："))
    decisions = (f"{name}　{decided[name].told if name in decided else '撤回或清空'}" for name in sorted(rows))
    return PapersCompared(tuple(decisions), tuple(others))


@dataclass(frozen=True, slots=True)
class _Filled:
    """The auditor's columns of a sheet, below the header's row, and the column of findings' ids."""

    header: int = 0
    columns: tuple[int, ...] = ()
    of_ids: int = 1


def _filled(sheet: Any) -> _Filled:
    names = _FILLED.get(sheet.title)
    for row in sheet.iter_rows() if names else ():
        at = {cell.value: cell.column for cell in row if isinstance(cell.value, str)}
        if names and {ID, *names} <= set(at):
            return _Filled(row[0].row, tuple(at[name] for name in names), at[ID])
    return _Filled()


def _different(one: Any, other: Any) -> Iterator[tuple[int, int, str]]:
    """Yields the cells in which two sheets differ: row, column, address."""
    first, second = (_cells(sheet) for sheet in (one, other))
    for row, column in sorted({*first, *second}):
        if first.get((row, column)) != second.get((row, column)):
            yield row, column, other.cell(row, column).coordinate


def _cells(sheet: Any) -> dict[tuple[int, int], tuple[Any, str]]:
    """Returns the content of each cell that is not empty: value or formula, and comment."""
    found = (
        (cell, "".join(cell.comment.text.split()) if cell.comment else "") for row in sheet.iter_rows() for cell in row
    )
    return {
        (cell.row, cell.column): (_comparable(cell.value), text)
        for cell, text in found
        if cell.value is not None or text
    }


def _comparable(value: Any) -> Any:
    """Returns a value; a formula without the parts that programs write differently: quotes around sheet names, blanks,
    prefixes."""
    return _SPELLING.sub("", value) if isinstance(value, str) and value.startswith("=") else value

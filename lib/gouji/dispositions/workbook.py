"""Reads back what an auditor wrote in the working papers. Content that cannot be read is refused, never ignored."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from pydantic import ValidationError

from gouji.dispositions.disposition import Disposition, problem_of
from gouji.dispositions.layout import (
    DATE,
    DECISION,
    EARLIER,
    FINDINGS,
    ID,
    INPUTS,
    REASON,
    RECORDS,
    REVIEWER,
    WITHDRAW,
)
from gouji.dispositions.match import State
from gouji.dispositions.merge import Papers
from gouji.dispositions.record import Record
from gouji.errors import UnusableInputError

_KEYS = {DECISION: "decision", REASON: "reason", REVIEWER: "reviewer", DATE: "date"}
_HEADERS_WITHIN = 20
_REMEDY = "请恢复后重新运行，或把它移出输出文件夹"


@dataclass(frozen=True)
class _Row:
    """The named columns of a row of a list."""

    sheet: str
    number: int
    letters: Mapping[str, str]
    values: Mapping[str, Any]

    def at(self, name: str) -> str:
        return f"{self.sheet}!{self.letters[name]}{self.number}"

    @property
    def id(self) -> str:
        return str(self.values[ID] or "").strip()

    @property
    def inputs(self) -> dict[str, Any]:
        return {name: self.values[name] for name in _KEYS if name in self.values and self._says(name)}

    def _says(self, name: str) -> bool:
        return self.values[name] is not None and str(self.values[name]).strip() != ""


def read_workbook(path: Path) -> Papers:
    """Returns the decisions in working papers. Raises UnusableInputError with sheet, cell and problem."""
    try:
        book = load_workbook(path, read_only=True)
    except Exception as error:  # whatever openpyxl meets in a file that is no workbook
        problem = f"工作底稿无法读取（{type(error).__name__}），其中可能有审计认定"
        raise UnusableInputError(str(path), problem, "请修复或移走该文件后重新运行，它不会被覆盖") from error
    try:
        return _read(book, path)
    finally:
        book.close()


def _read(book: Any, path: Path) -> Papers:
    rows = _by_id(list(_rows(book, FINDINGS, (ID, *INPUTS), path)), path)
    if RECORDS not in book.sheetnames:
        filled = next((row for row in rows.values() if row.inputs), None)
        if filled is None:
            return Papers()
        raise _refusal(path, f"缺少隐藏的“{RECORDS}”表，{filled.at(DECISION)} 一行的审计认定无从核对")
    records = _records(book, path)
    _same_ids(rows, {name for name, one in records.items() if one.about}, path, FINDINGS)
    earlier = {name for name, one in records.items() if one.state in (State.CHANGED, State.GONE)}
    marked = _by_id(list(_rows(book, EARLIER, (ID, WITHDRAW), path)), path) if earlier else {}
    _same_ids(marked, earlier, path, EARLIER)
    withdrawn = {name for name, row in marked.items() if _withdraws(row, path)}
    return _papers(records, rows, withdrawn, path)


def _papers(records: Mapping[str, Record], rows: Mapping[str, _Row], withdrawn: set[str], path: Path) -> Papers:
    decided: dict[str, Disposition] = {}
    for name, record in records.items():
        row = rows.get(name)
        if row is not None and row.inputs:
            decided[name] = _decided(row, record, path)
        elif record.state in (State.CHANGED, State.GONE) and name not in withdrawn:
            assert record.decided is not None
            decided[name] = record.decided
        elif record.state is State.KEPT:
            withdrawn.add(name)
    return Papers(
        decided=decided,
        written={name: one.decided for name, one in records.items() if one.decided},
        stated={name: one.stated for name, one in records.items() if one.stated},
        withdrawn=tuple(sorted(withdrawn - set(decided))),
    )


def _decided(row: _Row, record: Record, path: Path) -> Disposition:
    """Returns a row's decision, with what the finding said in these papers."""
    if DECISION not in row.inputs:
        problem = f"{row.at(DECISION)} 没有选择审计认定，而该行已填写{'、'.join(row.inputs)}"
        raise UnusableInputError(str(path), problem, "请选择 认定、已说明 或 不认定，或清空该行")
    for name, value in row.inputs.items():
        if isinstance(value, str) and value.startswith("="):
            raise UnusableInputError(str(path), f"{row.at(name)} 是公式", "请改为文字或日期")
    values = {_KEYS[name]: value for name, value in row.inputs.items()}
    for key in ("reason", "reviewer"):
        values[key] = str(values.get(key, ""))
    try:
        return Disposition.model_validate({"finding": row.id, **values, "about": record.about})
    except ValidationError as error:
        location, said = problem_of(error)
        name = next((name for name, key in _KEYS.items() if location and key == location[0]), REASON)
        shown = f"“{row.inputs[name]}”" if name in row.inputs else ""
        raise UnusableInputError(str(path), f"{row.at(name)} {name}{shown}：{said}", "请更正后重新运行") from error


def _withdraws(row: _Row, path: Path) -> bool:
    said = str(row.values[WITHDRAW] or "").strip()
    if said not in ("", WITHDRAW):
        raise UnusableInputError(str(path), f"{row.at(WITHDRAW)} 为“{said}”", f"请填“{WITHDRAW}”或留空")
    return bool(said)


def _rows(book: Any, title: str, names: Sequence[str], path: Path) -> Iterator[_Row]:
    """Yields the rows of a list below its header, which may have been moved."""
    if title not in book.sheetnames:
        raise _refusal(path, f"缺少“{title}”表")
    letters: dict[str, str] = {}
    columns: dict[str, int] = {}
    for number, values in enumerate(book[title].iter_rows(values_only=True), start=1):
        if columns:
            picked = {name: values[column] if column < len(values) else None for name, column in columns.items()}
            if any(value is not None for value in picked.values()):
                yield _Row(title, number, letters, picked)
        elif set(names) <= set(values):
            columns = {name: values.index(name) for name in names}
            letters |= {name: get_column_letter(column + 1) for name, column in columns.items()}
        elif number > _HEADERS_WITHIN:
            break
    if not columns:
        raise _refusal(path, f"“{title}”表的表头应有 {'、'.join(names)} 各列")


def _by_id(rows: Sequence[_Row], path: Path) -> dict[str, _Row]:
    """Returns rows by finding id. Rows without one are remarks below the list, unless the auditor's columns hold
    something."""
    found: dict[str, _Row] = {}
    for row in rows:
        if not row.id.startswith("F-"):
            if row.inputs:
                raise _refusal(path, f"{row.at(ID)} 不是发现的编号，而该行填写了审计认定")
            continue
        if row.id in found:
            raise _refusal(path, f"{row.at(ID)} 与 {found[row.id].at(ID)} 编号相同")
        found[row.id] = row
    return found


def _records(book: Any, path: Path) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for name, text in book[RECORDS].iter_rows(min_row=2, max_col=2, values_only=True):
        if name is None and text is None:
            continue
        try:
            found[str(name)] = Record.model_validate(json.loads(str(text)))
        except (ValueError, ValidationError) as error:
            raise _refusal(path, f"隐藏的“{RECORDS}”表中 {name} 一行已被改动") from error
    return found


def _same_ids(rows: Mapping[str, _Row], expected: set[str], path: Path, title: str) -> None:
    """Refuses papers in which a finding's row has been removed, or whose ids have been edited."""
    if missing := sorted(expected - set(rows)):
        raise _refusal(path, f"“{title}”表中找不到编号 {missing[0]}（行已删除，或编号已被改动）")
    if unknown := sorted(set(rows) - expected):
        raise _refusal(path, f"{rows[unknown[0]].at(ID)} 的编号 {unknown[0]} 不是这份底稿写出的")


def _refusal(path: Path, problem: str) -> UnusableInputError:
    return UnusableInputError(str(path), problem, _REMEDY)

"""Finds hidden rows, columns and sheets. They were not published, so they are not audited, but the memo mentions
them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

#: A text that is wholly a number, as it is or between signs.
_FIGURE = re.compile(r"^[-−－+(（¥￥]*[\d０-９][\d０-９,，.．]*(?:[万亿]?元)?[)）%％]*$")

#: The most cells that one line names.
_NAMED = 8
#: The least height of a row (points) and width of a column (characters) that show anything.
_LOWEST, _NARROWEST = 1, 0.25


@dataclass(frozen=True, slots=True)
class Hidden:
    """The rows and columns of a sheet that are not shown."""

    rows: frozenset[int]
    columns: frozenset[int]


def hidden_of(sheet: Worksheet, extent: int) -> Hidden:
    """Returns what is hidden, or too low or narrow to show anything, among all rows and the first `extent` columns."""
    rows = frozenset(
        row
        for row, one in sheet.row_dimensions.items()
        if one.hidden or (one.height is not None and one.height < _LOWEST)
    )
    columns = (
        col
        for one in sheet.column_dimensions.values()
        if one.hidden or one.width < _NARROWEST
        for col in range(one.min or 0, min(one.max or 0, extent) + 1)
    )
    return Hidden(rows, frozenset(columns))


def is_figure(text: str) -> bool:
    """True for a text that is a number and nothing else."""
    return bool(_FIGURE.match(text.strip()))


def hidden_lines(title: str, hidden: Hidden, texts: Mapping[tuple[int, int], str]) -> Iterator[str]:
    """Yields a line for people on each run of hidden rows, and of hidden columns, that holds any text."""
    for first, last in _runs(hidden.rows):
        inside = [text for (row, _), text in texts.items() if first <= row <= last]
        yield from _lines(f"工作表“{title}”第{first if first == last else f'{first}–{last}'}行", inside)
    for first, last in _runs(hidden.columns):
        inside = [text for (_, col), text in texts.items() if first <= col <= last]
        left, right = get_column_letter(first), get_column_letter(last)
        yield from _lines(f"工作表“{title}”{left if first == last else f'{left}–{right}'}列", inside)


def unshown_line(title: str, cells: Sequence[str]) -> list[str]:
    """Returns a line for people on cells whose number format shows nothing of their amounts; none if there are no such
    cells."""
    named = "、".join(cells[:_NAMED]) + ("等" if len(cells) > _NAMED else "")
    return [f"工作表“{title}”有{len(cells)}处数字按其格式不显示（{named}），未纳入审核"] if cells else []


def hidden_sheet(title: str, texts: Iterable[str]) -> list[str]:
    """Returns a line for people on a hidden sheet; none for an empty one."""
    return list(_lines(f"工作表“{title}”", list(texts)))


def _lines(what: str, texts: list[str]) -> Iterator[str]:
    if texts:
        figures = any(map(is_figure, texts))
        yield f"{what}被隐藏{'且含有数字' if figures else '（不含数字）'}，未纳入审核"


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yields (first, last) of each run of consecutive numbers."""
    run: list[int] = []
    for number in sorted(numbers):
        if run and number != run[-1] + 1:
            yield run[0], run[-1]
            run = []
        run.append(number)
    if run:
        yield run[0], run[-1]

"""Finds the header and the body of a grid: where the body begins, and the header path of each leaf column."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from gouji.document.model import Cell, Grid
from gouji.document.word_lists import WORDS as PRINTED
from gouji.facts.figure import parse_figure
from gouji.facts.word_lists import WORDS
from gouji.labels import YEAR_DIGITS, normalise, ordinal
from gouji.layouts import Coded, Path
from gouji.runtime.immutable import immutable

CODE = re.compile(r"^(\d{3}(?:\d{2}){0,2})(\D.*)?$")
#: What stands around the number of a column: 1.00, (1), 1栏, 第1栏, and of which others it is made: 1=2+3.
_NUMBERED = re.compile(r"^[(第]|\.0+$|[)栏]$|=[\d+\-*/×÷()]+$")
#: What columns are counted with, beside numbers.
_COUNTED_WITH = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "一二三四五六七八九",
    ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"),
)
#: The unit of a column, printed in its label.
_LABEL_UNIT = re.compile(r"\((?:亿|百万|万|千)?元\)$")
_YEAR = re.compile(rf"^{YEAR_DIGITS}年(?:度)?")
_WORDS = re.compile("[\u4e00-\u9fff]{2}")
_TWO_DIGITS = re.compile(r"\d{1,2}")
_ITEMS = frozenset({"项目", "项目名称"})
#: No table's head has more rows.
_MOST_HEAD_ROWS = 8
#: So many numbers in order are those of columns, whatever stands behind them.
_SURELY_NUMBERED = 3
LINE_NUMBER = frozenset(PRINTED.line_number)
_ROW_NUMBERS = frozenset(WORDS.row_numbers)
_NOT_NUMBERS = LINE_NUMBER.union(WORDS.column_letters, WORDS.code_levels)
#: What programs print in place of a number over the columns of codes and names: **.
_NO_NUMBER = re.compile(r"[*＊]+")


@immutable()
class Header:
    """`body` is the index of the first body row. `paths[c]` are the labels over leaf column c, from the top down."""

    body: int
    paths: tuple[Path, ...]


def read_header(grid: Grid, coded: Coded) -> Header:
    """Finds the body and the header paths of a grid."""
    numbering = _numbering(grid)
    body = _below_numbering(grid, numbering, coded) if numbering is not None else _first_body_row(grid, coded)
    header_rows = [index for index in range(body) if index != numbering]
    telling = [index for index in header_rows if not _says_one_thing(grid.rows[index], coded)]
    columns = [[_label(grid, index, col) for index in telling] for col in range(grid.width)]
    if grid.ruled:
        _spread(columns)
    return Header(body, tuple(_path(labels) for labels in columns))


def _numbering(grid: Grid) -> int | None:
    """The row that numbers the columns, among those above the first row of amounts."""
    for index, row in enumerate(grid.rows[:10]):
        if is_numbering(row):
            return index
        if any(parse_figure(cell.text, "").decimals for cell in row):
            break
    return None


def _below_numbering(grid: Grid, numbering: int, coded: Coded) -> int:
    """The first row below the column numbers and the rest of the head, if that goes on below them."""
    body = numbering + 1
    while body < len(grid.rows) and _heads_names(grid.rows[body], coded):
        body += 1
    return body if body < len(grid.rows) else numbering + 1


def _heads_names(row: tuple[Cell, ...], coded: Coded) -> bool:
    """True for a row of a head that names the column of codes or names, and others."""
    texts = {text for cell in row if (text := normalise(cell.text))}
    return len(texts) > 1 and bool(texts & {*coded.code, *coded.name}) and _is_head(row)


def is_row_numbers(path: Path) -> bool:
    """True for the header path of a column of the rows' numbers (行次, 序号)."""
    return bool(path) and path[-1] in _ROW_NUMBERS


def without_heads_again(grid: Grid, header: Header) -> Grid:
    """A grid without the rows of its body that print rows of its head again, as at the top of each page, or number the
    columns."""
    head = {printed for row in grid.rows[: header.body] if _is_head(row) and (printed := _texts(row))}
    begun = {printed[0] for printed in head}
    body = range(header.body, len(grid.rows))
    again = {at for at in body if _heads_again(grid.rows[at], head, begun)}
    if not again:
        return grid
    kept = [row for at, row in enumerate(grid.rows) if at not in again]
    return replace(grid, rows=tuple(tuple(replace(cell, row=at) for cell in row) for at, row in enumerate(kept)))


def with_total_apart(grid: Grid, coded: Coded) -> Grid:
    """Returns a grid whose row of the total also prints the last labels of the head (合计 | 5.00 | 合计 | 基本支出)
    with two rows in its place: the labels, and what else it prints. Returns any other grid as it is.

    The total's amounts in the columns of these labels are not published.
    """
    at = next((at for at in range(1, min(len(grid.rows), _MOST_HEAD_ROWS)) if _heads_and_totals(grid, at, coded)), None)
    if at is None:
        return grid
    _, *others = (cell for cell in grid.rows[at] if cell.text.strip())
    labels = [cell for cell in others if not parse_figure(cell.text, "").printed]
    rest = tuple(cell for cell in grid.rows[at] if cell not in labels)
    tells = len(labels) < len(others) or not any(cell.text.strip() for row in grid.rows[at + 1 :] for cell in row)
    parts = (*grid.rows[:at], tuple(labels), *((rest,) if tells else ()), *grid.rows[at + 1 :])
    return replace(grid, rows=tuple(tuple(replace(cell, row=row) for cell in one) for row, one in enumerate(parts)))


def _heads_and_totals(grid: Grid, at: int, coded: Coded) -> bool:
    """True for a row that begins with a total below the head's label of codes or names, and names columns beside it,
    one of them the sum of the others."""
    printed = [cell for cell in grid.rows[at] if cell.text.strip()]
    texts = [normalise(cell.text) for cell in printed]
    above = {normalise(cell.text) for row in range(at) if (cell := grid.cell_at(row, 0))}
    below_names = bool(above & {*coded.code, *coded.name})
    if not below_names or not printed or printed[0].col or texts[0] not in coded.total:
        return False
    return bool(set(texts[1:]) & set(coded.total)) and any(_names_column(text, coded) for text in texts[1:])


def _heads_again(
    row: tuple[Cell, ...], head: Collection[tuple[tuple[int, str], ...]], begun: Collection[tuple[int, str]]
) -> bool:
    """True for a row that prints a row of the head again (`begun`: with what these begin), or numbers the columns."""
    first = next(((cell.col, text) for cell in row if (text := normalise(cell.text))), None)
    return (first in begun and _texts(row) in head) or _is_named_numbering(row)


def _is_head(row: tuple[Cell, ...]) -> bool:
    """True for column numbers, or several labels; a caption above the head, or a blank row, may stand elsewhere too."""
    labels = [cell for cell in row if _WORDS.search(normalise(cell.text))]
    return is_numbering(row) or (len(labels) > 1 and not any(parse_figure(cell.text, "").printed for cell in row))


def _texts(row: tuple[Cell, ...]) -> tuple[tuple[int, str], ...]:
    """What a row prints, and in which columns."""
    return tuple((cell.col, text) for cell in row if (text := normalise(cell.text)))


def _says_one_thing(row: tuple[Cell, ...], coded: Coded) -> bool:
    """True for a header row that says of several columns only that they hold amounts of this account."""
    texts = [text for cell in row if (text := normalise(cell.text))]
    return len(texts) > 1 and len(set(texts)) == 1 and texts[0] in coded.measures


def is_numbering(row: tuple[Cell, ...]) -> bool:
    """True for a 栏次 row: column numbers 1, 2, 3 … in order, whatever label stands before them; of three or more also
    letters, and behind 栏次 any that rise. A zero may stand behind three or more: a sheet's check, beside
    the table."""
    texts = [normalise(cell.text) for cell in row if cell.text.strip()]
    numbers = [_NUMBERED.sub("", text) for text in texts if text not in _NOT_NUMBERS and not _NO_NUMBER.fullmatch(text)]
    if numbers and numbers[-1] in ("0", "0.00") and len(numbers) > _SURELY_NUMBERED:
        numbers.pop()
    if len(numbers) < 2:
        return False
    if LINE_NUMBER.intersection(texts) and all(map(_TWO_DIGITS.fullmatch, numbers)):
        return all(int(one) < int(other) for one, other in pairwise(numbers))  # of hidden columns none
    if numbers == [str(position) for position in range(1, len(numbers) + 1)]:
        return True
    return len(numbers) >= _SURELY_NUMBERED and any(numbers == list(one[: len(numbers)]) for one in _COUNTED_WITH)


def _is_named_numbering(row: tuple[Cell, ...]) -> bool:
    labels = (cell.text for cell in row if not cell.text[:1].isdigit())  # most cells are amounts
    return any(normalise(label) in LINE_NUMBER for label in labels) and is_numbering(row)


def _first_body_row(grid: Grid, coded: Coded) -> int:
    for index, row in enumerate(grid.rows):
        texts = [normalise(cell.text) for cell in row]
        printed = [text for text in texts if text]
        if not printed or any(text.startswith(WORDS.above_heads) for text in printed):
            continue
        first_is_total = printed[0] in coded.total and index > 0 and _label_column(grid, row, coded)
        first_is_total = first_is_total and not any(_names_column(text, coded) for text in printed)
        if first_is_total or any(ordinal(cell.text) for cell in row):
            return index
        if any(CODE.match(text) or parse_figure(text, "").printed for text in printed):
            return index
    return max((index for index, row in enumerate(grid.rows) if any(cell.text.strip() for cell in row)), default=-1) + 1


def _names_column(text: str, coded: Coded) -> bool:
    """True for a label beside 合计 in one row (合计, 因公出国费): columns are named there, nothing is totalled."""
    return text not in coded.total and bool(_WORDS.search(text)) and not parse_figure(text, "").printed


def _label_column(grid: Grid, row: tuple[Cell, ...], coded: Coded) -> bool:
    """True where a row's first printed cell stands under the code column, or alone under that of names, so that it is
    no header cell."""
    first, *others = (cell for cell in row if cell.text.strip())
    names = (*coded.code, *coded.name)
    return first.col == 0 or (not others and _label(grid, first.row - 1, first.col) in names)


def _label(grid: Grid, row: int, col: int) -> str:
    cell = grid.cell_at(row, col)
    return _LABEL_UNIT.sub("", _YEAR.sub("", normalise(cell.text))) if cell else ""


def _spread(columns: Sequence[list[str]]) -> None:
    """Extends the labels of columns that span several columns without being merged: nothing is printed to the right of
    such a label up to the next one, and the columns have labels of their own below it."""
    for left, own in pairwise(columns):
        for level, label in enumerate(own):
            if not label and left[level] and own[:level] == left[:level] and any(own[level + 1 :]):
                own[level] = left[level]


def _path(labels: Sequence[str]) -> Path:
    printed = [label for label in labels if label]
    return tuple(label for at, label in enumerate(printed) if at == 0 or printed[at - 1] != label)


def halves(header: Header, width: int) -> tuple[tuple[int, int], ...]:
    """Returns the columns `left` to `right` (exclusive) of each half of a table that lists items (项目) side by
    side."""
    heads = [col for col, path in enumerate(header.paths) if path and path[-1] in _ITEMS]
    starts = [col for at, col in enumerate(heads) if at == 0 or heads[at - 1] != col - 1]
    edges = (0, *starts[1:], width)
    return tuple(pairwise(edges))

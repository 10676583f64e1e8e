"""Finds the columns that the cells of a flattened table cover.

A Word table converted to text keeps its cells in order but loses their spans: a cell merged over columns appears once,
and a cell merged over rows leaves an empty cell in each further row. This is enough to find the leaf columns again: a
header cell lies over the run of cells below it that do not continue a cell from above.
"""

from __future__ import annotations

import re
from itertools import accumulate

from gouji.document.word_lists import WORDS
from gouji.runtime.word_lists import any_of

Spans = list[int]

#: The most columns of an account's table. In a wider one, the ways to share out columns are not weighed.
_WIDEST = 300

_NUMERIC = re.compile(r"^[-−－+]?[¥￥]?[\d０-９][\d０-９,，.．]*%?$")
#: What stands where an amount should: digits without words, even where they make no number; a dash; 无.
_AMOUNT_LIKE = re.compile(rf"^(?:[^一-龥]*[\d０-９][^一-龥]*(?:亿元|万元|元)?|[-—–－−/]+|{any_of(WORDS.nothing)})$")
_CODE = re.compile(r"^\d{3}(?:\d{2}){0,2}$")


def column_spans(rows: list[list[str]]) -> tuple[list[Spans], int]:
    """Returns the number of leaf columns that each cell covers, by row of cell texts, and the table's width.

    The width is that of the fullest row. The spans of every row add up to it.
    """
    width = max(len(row) for row in rows)
    first_numeric = next((index for index, row in enumerate(rows) if _has_number(row)), _after_last_printed(rows))
    spans: list[Spans] = [[] for _ in rows]
    kinds = _column_kinds(rows[first_numeric:], width)
    for index in range(first_numeric, len(rows)):
        spans[index] = _body_spans(rows[index], width, kinds)
    for index in range(first_numeric - 1, -1, -1):
        below = next((lower for lower in range(index + 1, first_numeric) if len(rows[lower]) >= len(rows[index])), None)
        if len(rows[index]) == width:
            spans[index] = [1] * width
        elif below is None:
            spans[index] = _body_spans(rows[index], width, kinds)
        else:
            spans[index] = _header_spans(len(rows[index]), rows[below], spans[below])
    return spans, width


def _after_last_printed(rows: list[list[str]]) -> int:
    """Returns where an empty body begins: behind the last row that is not blank."""
    return max((index for index, row in enumerate(rows) if any(text.strip() for text in row)), default=-1) + 1


def _has_number(row: list[str]) -> bool:
    return any(_NUMERIC.match(text.strip()) for text in row)


def _header_spans(count: int, below: list[str], below_spans: Spans) -> Spans:
    """Returns the spans of `count` header cells over the cells of the row below, whose spans are known."""
    groups = _runs(below)
    if len(groups) != count:
        groups = [piece for run in groups for piece in _split_at_recurrence(run, below)]
    if len(groups) != count:
        groups = _even_groups(len(below), count)
    return [sum(below_spans[cell] for cell in group) for group in groups]


def _runs(row: list[str]) -> list[list[int]]:
    """Returns the indices of cells that share a parent. A blank cell (it continues a cell from above) is alone; printed
    neighbours are together."""
    groups: list[list[int]] = []
    for index, text in enumerate(row):
        if text.strip() and groups and row[groups[-1][-1]].strip():
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _split_at_recurrence(run: list[int], row: list[str]) -> list[list[int]]:
    """Returns a run of labels, cut before each recurrence of its first label (项目 行次 金额 | 项目 行次 合计 …)."""
    first = _squeezed(row[run[0]])
    pieces: list[list[int]] = []
    for index in run:
        if not pieces or (first and _squeezed(row[index]) == first):
            pieces.append([])
        pieces[-1].append(index)
    return pieces


def _even_groups(cells: int, count: int) -> list[list[int]]:
    """Returns `cells` neighbours in `count` groups of sizes as equal as possible, the larger groups last."""
    bounds = [cells * group // count for group in range(count + 1)]
    return [list(range(bounds[group], bounds[group + 1])) for group in range(count)]


def _column_kinds(rows: list[list[str]], width: int) -> list[int]:
    """Returns a number for each leaf column: positive if full rows hold amounts in it, negative if they hold words, or
    codes beside words, else 0."""
    kinds = [0] * width
    full = [[text.strip() for text in row] for row in rows if len(row) == width]
    for row in full:
        for col, text in enumerate(row):
            if text:
                kinds[col] += 1 if _NUMERIC.match(text) else -1
    for col in range(width - 1):
        if kinds[col + 1] < 0 and all(_CODE.match(row[col]) for row in full if row[col]):
            kinds[col] = -abs(kinds[col])
    return kinds


def _body_spans(row: list[str], width: int, kinds: list[int]) -> Spans:
    """Returns the spans of a body row that is shorter than the table: a number keeps one column, words take what is
    left.

    Weighs every way to share out the missing columns by how well numbers fall into columns of numbers. Uses dynamic
    programming over (cell, column); of equal ways, the first cell is narrower.
    """
    missing = width - len(row)
    if missing <= 0:
        return [1] * len(row)
    if width > _WIDEST:
        return [1] * (len(row) - 1) + [missing + 1]
    best: dict[int, tuple[float, Spans]] = {0: (0.0, [])}
    for text in row:
        best = _extend(best, text.strip(), width, kinds)
    if width in best:
        return best[width][1]
    return [1] * (len(row) - 1) + [missing + 1]


def _extend(
    best: dict[int, tuple[float, Spans]], text: str, width: int, kinds: list[int]
) -> dict[int, tuple[float, Spans]]:
    number = bool(_AMOUNT_LIKE.match(text))
    longest = 1 if number else width
    after: dict[int, tuple[float, Spans]] = {}
    for start, (cost, spans) in best.items():
        for span in range(1, min(longest, width - start) + 1):
            step = cost + _misfit(text, number, kinds[start]) + (0.1 * (span - 1) if not text else 0.0)
            if start + span not in after or step < after[start + span][0]:
                after[start + span] = (step, [*spans, span])
    return after


def _misfit(text: str, number: bool, kind: int) -> float:
    if not text or kind == 0:
        return 0.0
    return float(number != (kind > 0))


def _squeezed(text: str) -> str:
    return "".join(text.split())


def starts(spans: Spans) -> list[int]:
    """Returns the first leaf column of each cell."""
    return [0, *accumulate(spans)][:-1]

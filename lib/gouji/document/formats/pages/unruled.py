"""Finds tables without rules, or with level rules only: their columns are separated by gaps that run through all rows.

A row is a line with figures or codes. Words beside no figure are the rest of a name that takes several lines, or a row
whose amounts are blank. The head shows whether the columns are right: each has a label of its own, or several share one
that is as wide as they are. Otherwise there is a table, but it is not certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from gouji.document.formats.pages.grids import GridCell, PageGrid
from gouji.document.formats.pages.lines import Char, TextLine
from gouji.document.formats.pages.spread import covered, with_spread_heads
from gouji.document.headings import parse_number
from gouji.document.marks import CAPTION_END, FIGURE, TABLE_NUMBER
from gouji.document.word_lists import WORDS
from gouji.runtime.word_lists import any_of

#: The gap between parts of a line, in sizes of the text.
_APART = 0.6
#: The fewest parts of a table's row.
_PARTS = 3
#: So many amounts are a row without a label.
_AMOUNTS = 2
#: Rows of one table are at most so many sizes apart.
_NEXT = 4.0
#: The share of the usual distance between rows below which lines belong to one row.
_SAME_ROW = 0.8
#: The distance between lines in a table of one row, in sizes of the text.
_LINE = 1.7
#: The fewest consecutive numbers that number columns without a label.
_MANY = 5
#: The greatest distance (points) between the ends of figures of one column.
_ALIGNED = 0.5
#: The greatest length of a label.
_LABEL = 30
#: The most lines of a head.
_HEAD = 12
#: Labels of two characters that are set apart, and the greatest gap between these, in sizes of the text.
_SPREAD_LABELS = frozenset(WORDS.spread_labels)
_SPREAD = 6.0
_CODE = re.compile(r"^\d{2,7}$")
_AMOUNT = re.compile(r"^-?\d[\d,]*\.\d{2}$")
#: An amount and the words of the next cell, with no gap between them: 3289.15一、一般公共服务支出.
_GLUED = re.compile(rf"\d\.\d{{2}}(?!{any_of(WORDS.units)}|[年月日])[\u4e00-\u9fff]")
_ACCOUNT = re.compile(r"^\d{3}(?:\d{2}){0,2}$")
#: What also ends a table's head here, where lines set in a corner are cut: 单位：万元, 编制单位：.
_CORNER = re.compile(r"单位[:：]|[:：]$")


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a line and the width it covers."""

    line: TextLine
    x0: float
    x1: float


def unruled_grids(lines: Sequence[TextLine], usual: float = 0.0) -> tuple[list[TextLine], list[PageGrid]]:
    """Returns the lines that are in no table, and the tables.

    `usual` is the distance between rows, 0 if the page must show it. If it is known, any number of rows with only a
    label and a figure may stand inside a table.
    """
    parts = [_parts(line) for line in lines]
    rest: list[TextLine] = []
    grids: list[PageGrid] = []
    at = 0
    for first, last in _regions(lines, parts, usual > 0):
        rest += lines[at:first]
        grids.append(_grid(parts[first : last + 1], usual))
        at = last + 1
    return [*rest, *lines[at:]], grids


def _parts(line: TextLine) -> list[_Part]:
    """Returns a line cut where its characters stand apart. A label spread over its column (项　目) is one part."""
    groups = [[line.printed[0]]]
    for one in line.printed[1:]:
        gap = one.x0 - groups[-1][-1].x1
        if gap > _APART * line.size and not (_is_spread(groups[-1][-1], one) and gap < _SPREAD * line.size):
            groups.append([])
        groups[-1].append(one)
    return [_Part(TextLine(tuple(group)), group[0].x0, group[-1].x1) for group in groups]


def _is_spread(one: Char, other: Char) -> bool:
    return one.text + other.text in _SPREAD_LABELS


def _is_row(parts: Sequence[_Part]) -> bool:
    """True for a row of several parts, figures among them, and for one of two amounts beside empty cells."""
    if len(parts) == _AMOUNTS:
        return all(_AMOUNT.match(part.line.text) for part in parts)
    figures = any(FIGURE.match(part.line.text) for part in parts)
    return len(parts) >= _PARTS and figures and not _is_numbering(parts)


def _is_short_row(parts: Sequence[_Part]) -> bool:
    """True for a row that prints a label and a figure, a code and its name, or a numbered label alone, beside empty
    cells."""
    label, *others = (part.line.text for part in parts)
    if _ACCOUNT.match(label) and len(others) == 1 and not FIGURE.match(others[0]):
        return True
    numbered = parse_number(label)
    return any(map(FIGURE.match, others)) or (numbered is not None and numbered.level > 1 and len(label) <= _LABEL)


def _are_short_rows(parts: Sequence[Sequence[_Part]], between: range) -> bool:
    """True for lines each of which is a short row, or the rest of a name: words alone, right below another part."""
    return all(_is_short_row(parts[at]) or _is_rest_of_name(parts[at], parts[at - 1]) for at in between)


def _is_rest_of_name(parts: Sequence[_Part], above: Sequence[_Part]) -> bool:
    label, *others = parts
    near = label.line.box[1] - above[0].line.box[3] <= 0
    worded = not others and not FIGURE.match(label.line.text) and not parse_number(label.line.text)
    return near and worded and any(_stands_below(label, part) for part in above)


def _stands_below(label: _Part, part: _Part) -> bool:
    """True where a label begins where a part begins, or has the same middle."""
    middles = abs(label.x0 + label.x1 - part.x0 - part.x1) / 2
    return abs(label.x0 - part.x0) < _ALIGNED or middles <= label.line.size


def _is_numbering(parts: Sequence[_Part]) -> bool:
    """True for the numbers of columns under a head (栏次 1 2 3, or many without a label): labels, set otherwise than
    the figures below."""
    texts = [part.line.text for part in parts]
    numbers = [text for text in texts if text not in (*WORDS.line_number, *WORDS.levels)]
    labelled = len(numbers) < len(texts) or len(numbers) >= _MANY
    return bool(numbers) and labelled and numbers == [str(at) for at in range(1, len(numbers) + 1)]


def _regions(lines: Sequence[TextLine], parts: Sequence[Sequence[_Part]], joined: bool) -> list[tuple[int, int]]:
    """Returns the first and last line of each table: rows that are close enough to each other, with their head."""
    runs: list[list[int]] = []
    for at in (at for at, one in enumerate(parts) if _is_row(one)):
        between = range(runs[-1][-1] + 1 if runs else at, at)
        goes_on = joined and _are_short_rows(parts, between)
        near = runs and (goes_on or lines[at].box[1] - lines[runs[-1][-1]].box[3] <= _NEXT * lines[at].size)
        if near and not any(_is_above(lines[one].text) for one in between):
            runs[-1].append(at)
        else:
            runs.append([at])
    regions: list[tuple[int, int]] = []
    for run in runs:
        above = regions[-1][1] + 1 if regions else 0
        last = _last_row(lines, parts, run) if joined else run[-1]
        regions.append((_head(lines, above, run[0]), _tail(lines, parts, last)))
    return regions


def _last_row(lines: Sequence[TextLine], parts: Sequence[Sequence[_Part]], run: Sequence[int]) -> int:
    """Returns the last row of a table. Below its full rows, a label with one figure is a row if the figure ends where
    others of the table do."""
    ends = [part.x1 for at in run for part in parts[at] if FIGURE.match(part.line.text)]
    last = run[-1]
    for at in range(run[-1] + 1, len(lines)):
        label, *others = parts[at]
        far = lines[at].box[1] - lines[last].box[3] > _NEXT * lines[at].size
        if far or len(others) != 1 or FIGURE.match(label.line.text) or _is_above(lines[at].text):
            break
        aligned = any(abs(others[0].x1 - end) < _ALIGNED for end in ends)
        if not FIGURE.match(others[0].line.text) or not aligned:
            break
        last = at
    return last


def _is_above(text: str) -> bool:
    """True for what stands above a table."""
    return any(mark.search(text) for mark in (_CORNER, TABLE_NUMBER, CAPTION_END))


def _head(lines: Sequence[TextLine], above: int, first: int) -> int:
    """Returns the first line of a table's head. The head lies above the first row, below the caption and below the line
    `above`."""
    top = first
    for at in range(first - 1, max(above - 1, first - 1 - _HEAD), -1):
        if _is_above(lines[at].text) or lines[top].box[1] - lines[at].box[3] > _NEXT * lines[at].size:
            break
        if len(lines[at].printed) > 60:
            break
        top = at
    return top


def _tail(lines: Sequence[TextLine], parts: Sequence[Sequence[_Part]], last: int) -> int:
    """Returns the last line of a table. Behind the last row come the rest of its name and rows of names without
    amounts."""
    left = min(part.x0 for part in parts[last])
    end = last
    for at in range(last + 1, len(lines)):
        near = lines[at].box[1] - lines[end].box[3] <= 0.5 * lines[at].size
        if not near or len(parts[at]) > 1 or lines[at].text.startswith(("注", "说明")) or lines[at].box[0] < left - 1:
            break
        end = at
    return end


def _grid(lines: Sequence[Sequence[_Part]], usual: float) -> PageGrid:
    columns = _columns(_unmerged([line for line in lines if _is_row(line)]))
    columns = _numbered(columns, lines) or _with_empty_ones(columns, lines)
    rows = _rows(lines, usual)
    first = next((at for at, row in enumerate(rows) if any(map(_is_row, row))), 0)
    return with_spread_heads(_fitted(rows, _rules(_with_labels(columns, lines), lines)), first)


def refitted(grid: PageGrid, rules: Sequence[float]) -> PageGrid:
    """Returns the rows of a table that continues from another page, in the columns found there."""
    rows: dict[int, list[_Part]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).extend(part for line in cell.lines for part in _parts(line))
    printed = [[sorted(row, key=lambda part: part.x0)] for _, row in sorted(rows.items()) if row]
    again = _fitted(printed, rules)
    return replace(again, certain=not _collided(again))


def _fitted(rows: Sequence[Sequence[Sequence[_Part]]], rules: Sequence[float]) -> PageGrid:
    cells = []
    for number, row in enumerate(rows):
        inside: dict[tuple[int, int], list[TextLine]] = {}
        for part in (part for line in row for part in line):
            inside.setdefault(_covered(part, rules), []).append(part.line)
        cells += _cells(number, inside, rules, _band(row))
    outer = (rules[0], _band(rows[0])[0], rules[-1], _band(rows[-1])[1])
    grid = PageGrid(tuple(cells), tuple(rules), len(rows), outer, ruled=False)
    return replace(grid, certain=_is_certain(grid, rows))


def _is_certain(grid: PageGrid, rows: Sequence[Sequence[Sequence[_Part]]]) -> bool:
    """True if the columns are beyond doubt: above the first row of figures, each column of amounts has a label of its
    own, and no two parts of a line share a cell."""
    first = next((at for at, row in enumerate(rows) if any(map(_is_row, row))), 0)
    labels = [0] * grid.width
    for cell in grid.cells:
        if cell.row < first and cell.lines and cell.cols == 1 and not FIGURE.match(cell.text):
            labels[cell.col] += 1
    figures = [cell.col for cell in grid.cells if cell.row >= first and FIGURE.match(cell.text) and "." in cell.text]
    amounts = range(min(figures, default=0), grid.width)
    return first > 0 and all(labels[col] for col in amounts) and not _collided(grid)


def _collided(grid: PageGrid) -> bool:
    """True if two parts of one line, or an amount and words, stand in one cell, or a figure covers several columns."""
    return any(
        (cell.cols > 1 and FIGURE.match(cell.text))
        or any(_GLUED.search(line.text) for line in cell.lines)
        or len({bool(_AMOUNT.match(line.text)) for line in cell.lines}) > 1
        or any(abs(one.box[1] - other.box[1]) < 0.5 * one.size for one, other in pairwise(_beside(cell)))
        for cell in grid.cells
    )


def _beside(cell: GridCell) -> list[TextLine]:
    """The lines of a cell, but for the names of levels (类, 款, 项), which may share the column of their codes."""
    return [line for line in cell.lines if line.text not in WORDS.levels]


def _unmerged(rows: Sequence[Sequence[_Part]]) -> list[_Part]:
    """Returns the parts of rows without merged labels: labels over several columns of the fullest rows, and totals that
    reach out of one of these (人员经费合计)."""
    most = max(map(len, rows))
    full = _columns([part for row in rows if len(row) == most for part in row])
    return [
        part
        for row in rows
        for part in row
        if FIGURE.match(part.line.text) or len(row) == most or not _is_merged(part, full)
    ]


def _is_merged(part: _Part, columns: Sequence[tuple[float, float]]) -> bool:
    over = [column for column in columns if _over(part, column)]
    total = part.line.text.endswith(tuple(WORDS.totals))
    return len(over) > 1 or (total and any(part.x0 < left or right < part.x1 for left, right in over))


def _columns(parts: Iterable[_Part]) -> list[tuple[float, float]]:
    """Returns the widths in which rows print, with those that touch joined."""
    columns: list[tuple[float, float]] = []
    for part in sorted(parts, key=lambda one: one.x0):
        if columns and part.x0 <= columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], part.x1))
        else:
            columns.append((part.x0, part.x1))
    return columns


def _numbered(columns: Sequence[tuple[float, float]], lines: Sequence[Sequence[_Part]]) -> list[tuple[float, float]]:
    """The columns of a table that numbers them: one for each number, as wide as what stands above or below that number
    and no other, and those of names, which have none. Of a table of figures alone without numbers those of its lowest
    labels, where these stand over all that is below. Empty where neither holds, or columns would lie on each other."""
    head = lines[: next(at for at, line in enumerate(lines) if _is_row(line))]
    at = next((at for at, line in enumerate(head) if _is_numbering(line)), len(head))
    numbers = head[at] if at < len(head) else []
    if not numbers and not all(FIGURE.match(part.line.text) for line in lines if _is_row(line) for part in line):
        return []
    found = [(part.x0, part.x1) for part in numbers if FIGURE.match(part.line.text)]
    for part in (part for line in reversed(head[:at]) for part in line):
        over = [col for col, column in enumerate(found) if _over(part, column)]
        if len(over) == 1:
            found[over[0]] = _both(found[over[0]], (part.x0, part.x1))
        elif not over and not numbers:
            found.append((part.x0, part.x1))
    names: list[tuple[float, float]] = []
    for left, right in columns:
        over = [col for col, (x0, x1) in enumerate(found) if left < x1 and x0 < right]
        if len(over) == 1:
            found[over[0]] = _both(found[over[0]], (left, right))
        elif over or not numbers:
            return []
        else:
            names.append((left, right))
    placed = sorted([*found, *names])
    return placed if all(one[1] < other[0] for one, other in pairwise(placed)) else []


def _both(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    return min(one[0], other[0]), max(one[1], other[1])


def _with_empty_ones(columns: list[tuple[float, float]], lines: Sequence[Sequence[_Part]]) -> list[tuple[float, float]]:
    """Returns the columns and those in which only the head prints: labels that stand over no other column. A label
    beside a column without a label is that column's, set further left or right than its figures."""
    head = [part for line in lines[: next(at for at, line in enumerate(lines) if _is_row(line))] for part in line]
    over = [part for part in head if any(_over(part, column) for column in columns)]
    free = [part for part in head if part not in over and not any(_over(part, (one.x0, one.x1)) for one in over)]
    alone = _columns([*free, *_again(lines, over)])
    bare = [column for column in columns if not any(_over(part, column) for part in head)]
    found = sorted([*columns, *alone])
    for column in bare:
        at = found.index(column)
        beside = [other for other in (at - 1, at + 1) if 0 <= other < len(found) and found[other] in alone]
        if beside:
            both = (column, found[min(beside, key=lambda other: abs(found[other][0] - column[0]))])
            alone.remove(both[1])
            found = sorted([*(one for one in found if one not in both), (min(both)[0], max(both)[1])])
    return found


def _again(lines: Sequence[Sequence[_Part]], over: Sequence[_Part]) -> list[_Part]:
    """Returns labels of the head's lowest line that stand over no column although the same label does, on a line that
    repeats all its labels (预算数, 决算数 of each item, of which one is blank)."""
    head = lines[: next(at for at, line in enumerate(lines) if _is_row(line))]
    lowest = next((line for line in reversed(head) if not _is_numbering(line)), [])
    named = {part.line.text for part in lowest if part in over}
    texts = [part.line.text for part in lowest]
    if any(texts.count(text) == 1 for text in texts):
        return []
    return [part for part in lowest if part not in over and part.line.text in named]


def _with_labels(columns: Sequence[tuple[float, float]], lines: Sequence[Sequence[_Part]]) -> list[tuple[float, float]]:
    """Returns the columns, widened to the labels of the head that stand over one column alone, if a gap to the next
    column remains."""
    widened = list(columns)
    for part in (part for line in lines[: next(at for at, line in enumerate(lines) if _is_row(line))] for part in line):
        over = [at for at, column in enumerate(columns) if _over(part, column)]
        if len(over) == 1:
            left, right = widened[over[0]]
            widened[over[0]] = (min(left, part.x0), max(right, part.x1))
    apart = [one[1] < other[0] for one, other in pairwise(widened)]
    return [column if all(apart[max(at - 1, 0) : at + 1]) else columns[at] for at, column in enumerate(widened)]


def _over(part: _Part, column: tuple[float, float]) -> bool:
    return part.x0 < column[1] and column[0] < part.x1


def _rules(columns: Sequence[tuple[float, float]], lines: Sequence[Sequence[_Part]]) -> list[float]:
    """Returns the positions of rules: in the middle of the gaps between columns, and around everything."""
    parts = [part for line in lines for part in line]
    left = min(part.x0 for part in parts)
    right = max(part.x1 for part in parts)
    between = [_rule(one[1], other[0], parts) for one, other in pairwise(columns)]
    return [min(left, columns[0][0]) - 1, *between, max(right, columns[-1][1]) + 1]


def _rule(left: float, right: float, parts: Iterable[_Part]) -> float:
    """Returns the position of a rule in a gap: its middle, or the part of it that labels reaching into it leave
    free."""
    middle = (left + right) / 2
    from_left = max((part.x1 for part in parts if part.x0 < left and left < part.x1 < right), default=left)
    from_right = min((part.x0 for part in parts if left < part.x0 < right and part.x1 > right), default=right)
    return middle if not from_left < from_right else min(max(middle, from_left), from_right)


def _covered(part: _Part, rules: Sequence[float]) -> tuple[int, int]:
    """Returns the first column of a part, and how many columns it covers."""
    first, last = covered(part.x0, part.x1, part.line.size, rules)
    return first, last - first + 1


def _rows(lines: Sequence[Sequence[_Part]], usual: float) -> list[list[Sequence[_Part]]]:
    """Returns the lines by row. The rest of a name joins the row above or below to which it is nearest."""
    rows = [at for at, line in enumerate(lines) if _is_row(line)]
    usual = usual or _usual(lines, rows)
    edge = min(lines[at][0].x0 for at in rows) + lines[rows[0]][0].line.size
    coded = sum(bool(_CODE.match(lines[at][0].line.text)) for at in rows) > len(rows) / 2
    homes = list(range(len(lines)))
    for at in range(1, rows[0]):
        # A label of the head that takes several lines is one label; the numbers of columns are a row of the head.
        if not _is_numbering(lines[at]) and _distance(lines[at], lines[at - 1]) < _SAME_ROW * usual:
            homes[at] = homes[at - 1]
    for at in range(rows[0] + 1, len(lines)):
        line = lines[at]
        if len(line) > 2 or any(FIGURE.match(part.line.text) or parse_number(part.line.text) for part in line):
            continue
        near = [other for other in (at - 1, at + 1) if 0 <= other < len(lines)]
        home = min(near, key=lambda other: (_distance(line, lines[other]), other))
        if _distance(line, lines[home]) < _SAME_ROW * usual or (coded and line[0].x0 > edge):
            homes[at] = homes[home] if home < at else home
    joined: dict[int, list[Sequence[_Part]]] = {}
    for at, home in enumerate(homes):
        joined.setdefault(home, []).append(lines[at])
    return [joined[home] for home in sorted(joined)]


def _usual(lines: Sequence[Sequence[_Part]], rows: Sequence[int]) -> float:
    """Returns the median distance between rows."""
    steps = sorted(_distance(lines[one], lines[other]) for one, other in pairwise(rows))
    return steps[len(steps) // 2] if steps else _LINE * lines[rows[0]][0].line.size


def _distance(one: Sequence[_Part], other: Sequence[_Part]) -> float:
    """Returns the distance between the middles of two lines."""
    middles = [sum(part.line.box[1] + part.line.box[3] for part in line) / (2 * len(line)) for line in (one, other)]
    return abs(middles[0] - middles[1])


def _band(row: Sequence[Sequence[_Part]]) -> tuple[float, float]:
    boxes = [part.line.box for line in row for part in line]
    return min(box[1] for box in boxes), max(box[3] for box in boxes)


def _cells(
    number: int, inside: dict[tuple[int, int], list[TextLine]], rules: Sequence[float], band: tuple[float, float]
) -> list[GridCell]:
    """Returns the cells of a row: those with text, and empty ones in the columns between."""
    cells: list[GridCell] = []
    col = 0
    for (first, count), lines in sorted(inside.items()):
        if first < col:
            cells[-1].lines = sorted([*cells[-1].lines, *lines], key=lambda line: line.box[1])
            continue
        spans = [(empty, 1) for empty in range(col, first)] + [(first, count)]
        for start, width in spans:
            box = (rules[start], band[0], rules[start + width], band[1])
            cells.append(GridCell(number, start, 1, width, box))
        cells[-1].lines = sorted(lines, key=lambda line: line.box[1])
        col = first + count
    for empty in range(col, len(rules) - 1):
        cells.append(GridCell(number, empty, 1, 1, (rules[empty], band[0], rules[empty + 1], band[1])))
    return cells

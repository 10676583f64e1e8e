"""Gives each body cell its meaning, a row and a column, for each of the four shapes of table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from gouji.document.model import Cell, Grid
from gouji.facts.figure import is_blank, parse_figure
from gouji.facts.headers import CODE, LINE_NUMBER, Header, halves, is_row_numbers, read_header
from gouji.facts.word_lists import WORDS
from gouji.labels import is_part, normalise, ordinal, row_label
from gouji.layouts import Coded, Layout, Path, Side
from gouji.runtime.immutable import immutable

#: A label holds a word; a dash, a star or what cannot be read is none.
_WORDS = re.compile("[\u4e00-\u9fff]{2}")
#: So many characters say which name a label is the beginning of, if only one begins so.
_BEGUN = 5
#: A code in brackets before or behind its name: (205)教育支出, 教育支出(205).
_CODE_IN_BRACKETS = r"[(\[【〔](?P<code>\d{3}(?:\d{2}){0,2})[)\]】〕]"
_BEFORE_NAME = re.compile(rf"^{_CODE_IN_BRACKETS}(?P<name>.*)$")
_BEHIND_NAME = re.compile(rf"^(?P<name>.*[\u4e00-\u9fff)]){_CODE_IN_BRACKETS}$")
#: A code that a number's format shows as an amount: 2,080,505.00.
_FORMATTED_CODE = re.compile(r"^(?:\d{3}|\d{2},\d{3}|\d,\d{3},\d{3}|\d{5}|\d{7})\.0+$|^(?:\d{2},\d{3}|\d,\d{3},\d{3})$")
#: A code whose levels are parted: 208-05-01, 208.05.01. (208.05 is an amount.)
_PARTED_CODE = re.compile(r"^\d{3}(?:[-－]\d{2}){1,2}$|^\d{3}(?:\.\d{2}){2}$")
_DIGITS = re.compile(r"^\d{3}(?:\d{2}){0,2}$")
_CHECKING = frozenset(WORDS.checking_heads)
#: So many digits has each level of a code below the first.
_LEVEL = 2


@immutable()
class Meaning:
    """A body cell with the row and column that it belongs to. A row or column "?…" is unknown to every layout."""

    cell: Cell
    row: str
    column: str
    row_name: str
    column_name: str


def meanings(grid: Grid, header: Header, layout: Layout, coded: Coded) -> Iterator[Meaning]:
    """Returns the meaning of each body cell that a layout knows, and of each other cell that holds a number."""
    reader = {"coded": _coded, "sided": _sided, "blocks": _blocks, "single": _single}[layout.shape]
    yield from reader(grid, header, layout, coded)


def known_columns(grid: Grid, header: Header, layout: Layout, coded: Coded) -> set[str]:
    """Returns the column concepts of `layout` that a grid holds. In a `single` table, row labels complete them."""
    if layout.shape == "single":
        return {one.column for one in _single(grid, header, layout, coded) if not one.column.startswith("?")}
    if layout.shape != "sided":
        return {concept for path in header.paths if (concept := layout.column(path))}
    return {
        concept
        for name, one in _sides(grid, header, layout, coded).items()
        for path in one.paths
        if _on_side(path, layout.sides[name]) and (concept := layout.sides[name].column(path))
    }


@immutable()
class _SideOfTable:
    """Where a side of a two-sided table stands: its rows `first` to `last` (exclusive), and what heads its columns."""

    first: int
    last: int
    paths: tuple[Path, ...]


def _sides(grid: Grid, header: Header, layout: Layout, coded: Coded) -> dict[str, _SideOfTable]:
    """Returns where each side stands: beside the other, or below it, from a row on that prints nothing but its name."""
    whole = _SideOfTable(header.body, len(grid.rows), header.paths)
    names = list(layout.sides)
    upper, lower = (layout.sides[name] for name in names)
    begins = [at for at in range(header.body + 1, len(grid.rows)) if _names_only(grid.rows[at], lower)]
    if len(begins) != 1 or any(path[:1] and path[0] in lower.header for path in header.paths):
        return dict.fromkeys(names, whole)
    at = begins[0]
    rows = tuple(tuple(replace(cell, row=cell.row - at) for cell in row) for row in grid.rows[at:])
    own = read_header(replace(grid, rows=rows), coded)
    if not any(map(lower.column, own.paths)):  # under the head of the side above, which is not printed again
        paths = [tuple(label for label in path if label not in upper.header) for path in header.paths]
        own = replace(own, paths=tuple((lower.header[0], *path) if path else () for path in paths))
    below = _SideOfTable(at + own.body, len(grid.rows), own.paths)
    return dict(zip(names, (replace(whole, last=at), below), strict=True))


def _names_only(row: Sequence[Cell], side: Side) -> bool:
    """True for a row that prints the name of a side alone."""
    printed = False
    for cell in row:
        if label := normalise(cell.text):
            if label not in side.header:
                return False
            printed = True
    return printed


def _on_side(path: Path, side: Side) -> bool:
    """True for a column under a side's header; a table without such a header row lets its columns decide."""
    return bool(path) and (path[0] in side.header or not any(word in path[0] for word in ("收入", "支出")))


def _label(path: Path) -> str:
    return "·".join(path)


def _is_figure(cell: Cell) -> bool:
    return parse_figure(cell.text, "").printed


def _coded(grid: Grid, header: Header, layout: Layout, coded: Coded) -> Iterator[Meaning]:
    columns = {col: layout.column(path) for col, path in enumerate(header.paths)}
    first_value, end = _first_value_column(header, columns, coded), _end_of_form(header, columns)
    upper: dict[int, str] = {}
    body = []
    for row in grid.rows[header.body :]:
        leading = [cell for cell in row if cell.col < first_value and not is_row_numbers(header.paths[cell.col])]
        body.append((row, *_code_and_name(_with_upper_levels(leading, header, coded, upper), coded)))
    named_only = not any(code and code != "total" for _, code, _ in body)
    for row, code, name in body:
        whole = bool(code) or (named_only and bool(name) and any(map(_is_figure, row)))
        for cell in row:
            if not first_value <= cell.col < end or is_row_numbers(header.paths[cell.col]):
                continue
            concept = columns.get(cell.col)
            if (whole and concept) or _is_figure(cell):
                path = header.paths[cell.col]
                yield Meaning(cell, code or f"?{name}", concept or f"?{_label(path)}", name, path[-1] if path else "")


def _first_value_column(header: Header, columns: dict[int, str | None], coded: Coded) -> int:
    """The column after those headed as code or name; where none is so headed, the first one a layout knows."""
    first_known = min((col for col, concept in columns.items() if concept), default=0)
    labels = [
        col
        for col, path in enumerate(header.paths[:first_known])
        if path and path[-1] in (*coded.code, *coded.levels, *coded.name)
    ]
    return max(labels) + 1 if labels else first_known


def names_rows_again(grid: Grid, header: Header, layout: Layout, coded: Coded) -> bool:
    """True for a table of codes that behind amounts names rows again: another table stands beside it. The same codes
    again, behind amounts that are its own, part nothing."""
    if layout.shape != "coded":
        return False
    columns = {col: layout.column(path) for col, path in enumerate(header.paths)}
    first_value = _first_value_column(header, columns, coded)
    naming = [col for col, path in enumerate(header.paths) if path and path[-1] in (*coded.code, *coded.name)]
    again = [
        (one, other)
        for at, other in enumerate(naming)
        for one in naming[:at]
        if header.paths[one][-1] == header.paths[other][-1] and _holds_amounts(grid, header.body, one, other)
    ]
    return any(other < first_value or _differ(grid, header.body, one, other) for one, other in again)


def _holds_amounts(grid: Grid, body: int, one: int, other: int) -> bool:
    """True where amounts stand between two columns."""
    between = (cell for row in grid.rows[body:] for cell in row if one < cell.col < other)
    return any(parse_figure(cell.text, "").decimals for cell in between)


def _differ(grid: Grid, body: int, one: int, other: int) -> bool:
    """True where some row prints one thing in a column and something else in another."""
    pairs = ((grid.cell_at(row, one), grid.cell_at(row, other)) for row in range(body, len(grid.rows)))
    texts = ((normalise(left.text), normalise(right.text)) for left, right in pairs if left and right)
    return any(left != right for left, right in texts if right)


def _end_of_form(header: Header, columns: dict[int, str | None]) -> int:
    """The column where a form ends: behind it stand those in which its maker checked it, and nothing of the form."""
    last = max((col for col, concept in columns.items() if concept), default=-1)
    checking = (col for col, path in enumerate(header.paths) if col > last and path and path[-1] in _CHECKING)
    return next(checking, len(header.paths))


def _with_upper_levels(cells: list[Cell], header: Header, coded: Coded, upper: dict[int, str]) -> list[Cell]:
    """A row's leading cells, those of the levels above its own as the rows before print them, where they are merged
    downwards: 208 | 05 | 01 below 208 | 05. `upper` holds what each level's column printed last."""
    levels = [cell for cell in cells if header.paths[cell.col][-1:] and header.paths[cell.col][-1] in coded.levels]
    printed = [cell for cell in levels if normalise(cell.text).isdigit()]
    if len(levels) < _LEVEL or not printed:
        return cells
    first = printed[0]
    above = [cell for cell in levels if cell.col < first.col]
    if len(normalise(first.text)) <= _LEVEL and all(cell.col in upper for cell in above):
        cells = [replace(cell, text=upper[cell.col]) if cell in above else cell for cell in cells]
    for cell in levels:
        if cell.col >= first.col:
            upper.pop(cell.col, None)
    upper.update((cell.col, cell.text) for cell in printed)
    return cells


def _code_and_name(cells: list[Cell], coded: Coded) -> tuple[str, str]:
    """Returns the classification code (or `total`) and the name that a row's leading cells print; "" for none."""
    labels = [label for cell in cells if (label := normalise(cell.text)) and label not in coded.levels]
    if not labels:
        return "", ""
    if _FORMATTED_CODE.match(labels[0]):
        labels[0] = labels[0].replace(",", "").partition(".")[0]
    labels = [re.sub(r"\D", "", label) if _PARTED_CODE.match(label) else label for label in labels]
    if len(labels) > 1 and _DIGITS.match(labels[-1]) and not any(map(_DIGITS.match, labels[:-1])):
        labels.insert(0, labels.pop())  # the column of codes stands behind that of names
    digits = ""
    while labels and labels[0].isdigit() and len(digits) < 7:
        part = labels.pop(0)
        digits += part.zfill(_LEVEL) if digits else part  # a number's cell shows no zero before it: 208, 5, 5
    if digits:
        return (digits if CODE.match(digits) else f"?{digits}"), "".join(labels)
    if match := CODE.match(labels[0]):
        return match.group(1), (match.group(2) or "") + "".join(labels[1:])
    joined = labels[0] if len(set(labels)) == 1 else "".join(labels)  # 合计 | 合计: a merged cell, printed in each
    if match := _BEFORE_NAME.match(joined) or _BEHIND_NAME.match(joined):
        return match["code"], match["name"]
    return ("total" if joined in coded.total else ""), joined


def _sided(grid: Grid, header: Header, layout: Layout, coded: Coded) -> Iterator[Meaning]:
    for position, (name, own) in enumerate(_sides(grid, header, layout, coded).items()):
        side = layout.sides[name]
        label_col, values = _side_columns(own.paths, side, position)
        labelled = [(row, cell) for row in grid.rows[own.first : own.last] for cell in row if cell.col == label_col]
        keys = _side_keys([cell.text for _, cell in labelled], side)
        for (row, label), key in zip(labelled, keys, strict=True):
            for cell in row:
                concept = values.get(cell.col)
                if concept and (key or _is_figure(cell)):
                    printed = row_label(label.text)
                    column = f"{side.header[0]}{own.paths[cell.col][-1]}"
                    yield Meaning(cell, key or f"?{printed}", concept, printed, column)


def _side_keys(labels: Sequence[str], side: Side) -> list[str]:
    """Returns the row concept of each label of a side, in printed order; "" for none."""
    keys: list[str] = []
    for at, label in enumerate(labels):
        below = labels[at + 1] if at + 1 < len(labels) else ""
        keys.append(_whole(label, below, side) or _side_row(label, side, "opening" in keys))
    printed = frozenset(keys)
    for at in range(keys.index("total") + 1 if "total" in printed else len(keys), len(keys)):
        label = row_label(labels[at])
        keys[at] = keys[at] or next(
            (one for one, own in side.after_total.items() if label in own and one not in printed), ""
        )
    return keys


def _whole(text: str, below: str, side: Side) -> str:
    """Returns the concept of a row whose part stands in the row below, if that changes its concept; else ""."""
    if not side.with_part or not is_part(below):
        return ""
    label = row_label(text)
    return next((concept for concept, labels in side.with_part.items() if label in labels), "")


def _side_columns(paths: Sequence[Path], side: Side, position: int) -> tuple[int, dict[int, str]]:
    """The label column of a side and its value columns; without an 收入/支出 header, sides follow label columns."""
    labels = [col for col, path in enumerate(paths) if path and path[-1].startswith("项目")]
    named = [col for col in labels if paths[col][0] in side.header]
    label_col = named[0] if named else (labels[position] if position < len(labels) else 0)
    end = next((col for col in labels if col > label_col), len(paths))
    values = {
        col: concept
        for col in range(label_col + 1, end)
        if (concept := side.column(paths[col])) and not is_row_numbers(paths[col])
    }
    return label_col, values


def _side_row(text: str, side: Side, after_opening: bool) -> str:
    """Returns the row concept of a label: that of the layout, a class code, or `line:九` for a numbered line that no
    list knows; "" for none of these."""
    label = row_label(text)
    if not label:
        return ""
    known = side.labels_after_opening if after_opening else side.labels
    concept = known.get(label) or _cut_short(label, known)
    if is_part(text):
        return f"part:{concept or label}"
    return concept or (f"line:{ordinal(text)}" if ordinal(text) else "")


def _cut_short(label: str, known: Mapping[str, str]) -> str:
    """Returns the concept of a label that is cut off by its cell: the only one whose name begins with it."""
    if len(label) < _BEGUN:
        return ""
    begun = {concept for name, concept in known.items() if name.startswith(label)}
    return begun.pop() if len(begun) == 1 else ""


def _blocks(grid: Grid, header: Header, layout: Layout, coded: Coded) -> Iterator[Meaning]:
    columns = {col: layout.column(path) for col, path in enumerate(header.paths)}
    for row in grid.rows[header.body :]:
        label: list[Cell] = []
        total: Meaning | None = None
        for cell in row:
            concept = columns.get(cell.col) or _unknown_of_block(cell, label, header, coded)
            if total and concept not in (None, total.column):
                yield total
                total = None
            if total and not is_blank(cell.text):
                # A total is printed as far right of its label as its cell reaches, before the next label.
                figure = _is_figure(cell)
                yield replace(total, cell=cell) if figure else total
                total, label = None, []
                if figure:
                    continue
            if concept is None:
                label = label if _continues(label, cell, columns) else []
                if not is_blank(cell.text):
                    label.append(cell)
                continue
            label = label if _beside(label, cell, columns) else []
            one = _of_block(cell, label, concept, header, layout, coded)
            if one and is_blank(cell.text) and one.row in layout.rows:
                total = one
            elif one:
                yield one
        if total:
            yield total


def _unknown_of_block(cell: Cell, label: list[Cell], header: Header, coded: Coded) -> str | None:
    """The column, as one that no layout knows, of an amount behind a label; None for what may be a label itself."""
    path = header.paths[cell.col]
    if not label or not path or path[-1] in (*coded.code, *coded.levels, *coded.name, *LINE_NUMBER, *WORDS.row_numbers):
        return None
    figure = parse_figure(cell.text, "")
    return f"?{_label(path)}" if figure.printed and figure.decimals else None


def _of_block(
    cell: Cell, label: list[Cell], concept: str, header: Header, layout: Layout, coded: Coded
) -> Meaning | None:
    """Returns the meaning of a value cell beside its label; None if neither says anything."""
    code, name = _code_and_name(label, coded)
    key = code if code and code != "total" else _named_row(name, layout) or code
    if not key and not _is_figure(cell):
        return None
    path = header.paths[cell.col]
    row, column = layout.cell(key or f"?{name}", concept)
    return Meaning(cell, row, column, name, path[-1] if path else "")


def _beside(label: list[Cell], cell: Cell, columns: dict[int, str | None]) -> bool:
    """True while a label also belongs to `cell`: only values stand between them."""
    behind = range(label[-1].col + label[-1].colspan, cell.col) if label else ()
    values = [columns.get(col) is not None for col in behind]
    return values == sorted(values)


def _continues(label: list[Cell], cell: Cell, columns: dict[int, str | None]) -> bool:
    """True while no value column lies between the label so far and `cell`."""
    return bool(label) and all(columns.get(col) is None for col in range(label[0].col + 1, cell.col))


def _named_row(name: str, layout: Layout) -> str:
    label = row_label(name)
    return next((concept for concept, labels in layout.rows.items() if label in labels), "")


def _single(grid: Grid, header: Header, layout: Layout, coded: Coded) -> Iterator[Meaning]:
    """Yields the meanings of a `single` table. A group of columns that stands alone counts as the one it replaces."""
    found = list(_in_single(grid, header, layout))
    groups = {one.column.partition(".")[0] for one in found}
    replaced = {group: other for group, other in layout.alone.items() if group in groups and other not in groups}
    for one in found:
        group, _, item = one.column.partition(".")
        yield replace(one, column=f"{replaced[group]}.{item}") if group in replaced else one


def _in_single(grid: Grid, header: Header, layout: Layout) -> Iterator[Meaning]:
    """Yields the meanings of a `single` table as its columns are printed. Leaves out rows from one that opens
    another subject (机关运行经费) up to one that opens the table's own again."""
    seen: set[str] = set()
    for left, right in halves(header, grid.width):
        outside = False
        for row in grid.rows[header.body :]:
            half = [cell for cell in row if left <= cell.col < right]
            worded = [cell for cell in half if _WORDS.search(normalise(cell.text)) and not _is_figure(cell)]
            labels = tuple(row_label(cell.text) for cell in worded)
            outside = _opens(labels, layout.beyond) or (outside and not _opens(labels, layout.since))
            if not outside:
                yield from _of_single_row(half, header, labels, layout, seen)


def _opens(labels: Path, opening: tuple[str, ...]) -> bool:
    return any(label in opening for label in labels)


def _of_single_row(
    row: Sequence[Cell], header: Header, labels: Path, layout: Layout, seen: set[str]
) -> Iterator[Meaning]:
    for cell in row:
        path = (*header.paths[cell.col], *(label for label in labels if label not in header.paths[cell.col]))
        concept = layout.column(path)
        usable = is_blank(cell.text) or not normalise(cell.text).isalpha() or normalise(cell.text) == "无"
        if concept and concept not in seen and usable and not is_row_numbers(header.paths[cell.col]):
            seen.add(concept)
            yield Meaning(cell, "", concept, "", _label(path))
        elif _is_figure(cell) and not is_row_numbers(header.paths[cell.col]):
            yield Meaning(cell, "", f"?{_label(path)}:{cell.row}", "", _label(path))

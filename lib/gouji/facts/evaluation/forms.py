"""Which grids of a document are self-evaluation forms: one form to a grid, several, or one over several pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gouji.document.model import Block, Cell, Document, Grid
from gouji.facts.evaluation.rows import Row, fund_columns, indicator_columns, opens_form, sums_up
from gouji.immutable import immutable
from gouji.layouts.evaluation import EvaluationLayout

#: A form says what it is of in its first rows; a page's further rows do not.
_OPENING = 5
#: A line longer than a running head or page number ends a form.
_FURNITURE_LENGTH = 20


@immutable()
class Form:
    """One form: the block it begins in, and its rows as a grid of their own."""

    block: Block
    grid: Grid


def evaluation_forms(document: Document, layout: EvaluationLayout, others: frozenset[int]) -> Iterator[Form]:
    """The forms of a document, in printed order, but for the blocks that are `others`. A form whose further rows cannot
    be told is `cut`."""
    for block, grid in _joined(document, layout, others):
        starts = _starts(grid, layout)
        for start, end in zip(starts, [*starts[1:], len(grid.rows)], strict=True):
            yield Form(block, _slice(grid, start, end))


def _joined(document: Document, layout: EvaluationLayout, others: frozenset[int]) -> Iterator[tuple[Block, Grid]]:
    """The grids that hold forms, those that go on on the next page with their further rows. A form's rows have cells
    of all widths: without rules nobody can tell what stands where."""
    held: tuple[Block, Grid] | None = None
    since: list[str] = []
    for block in document.blocks:
        if block.grid is None or not block.grid.ruled or block.index in others:
            since.append(block.text)
            continue
        if held and not _opens(block.grid, layout) and _is_open(held[1], layout) and not _ended(since):
            held = (held[0], _extended(held[1], block.grid, layout))
        else:
            if held:
                yield held
            held = (block, block.grid) if _starts(block.grid, layout) else None
        since = []
    if held:
        yield held


def _opens(grid: Grid, layout: EvaluationLayout) -> bool:
    return any(opens_form(row, layout) or fund_columns(row, layout) is not None for row in grid.rows[:_OPENING])


def _is_open(grid: Grid, layout: EvaluationLayout) -> bool:
    """True for a grid whose last form has no row of all scores yet."""
    return not any(sums_up(row, layout) for row in grid.rows[_starts(grid, layout)[-1] :])


def _ended(texts: Sequence[str]) -> bool:
    return any(text.rstrip("）)").endswith("表") or len(text) > _FURNITURE_LENGTH for text in texts)


def _extended(grid: Grid, further: Grid, layout: EvaluationLayout) -> Grid:
    """A grid with the rows of the next page; where their columns cannot be told, it is cut."""
    own_head = bool(further.rows) and indicator_columns(further.rows[0], layout) is not None
    rows = further.rows if own_head or further.width == grid.width else _aligned(grid, further, layout)
    if rows is None or grid.cut:
        return replace(grid, cut=True)
    width = max(grid.width, further.width)
    return replace(grid, rows=(*grid.rows, *_numbered(rows, len(grid.rows))), width=width, cut=further.cut)


def _aligned(grid: Grid, further: Grid, layout: EvaluationLayout) -> list[Row] | None:
    """The rows of a page on which fewer columns are ruled, under those of the indicators' head: cell by cell, or, of
    the row of all scores, counted from its end. None where there is no such head, or a row has another number."""
    head = next((row for row in reversed(grid.rows) if indicator_columns(row, layout) is not None), None)
    if head is None:
        return None
    rows: list[Row] = []
    for row in further.rows:
        if len(row) == len(head):
            rows.append(
                tuple(replace(cell, col=at.col, colspan=at.colspan) for cell, at in zip(row, head, strict=True))
            )
        elif sums_up(row, layout) and len(row) < len(head):
            ends = head[len(head) - len(row) + 1 :]
            last = (replace(cell, col=at.col, colspan=at.colspan) for cell, at in zip(row[1:], ends, strict=True))
            rows.append((replace(row[0], col=0, colspan=ends[0].col if ends else grid.width), *last))
        else:
            return None
    return rows


def _slice(grid: Grid, start: int, end: int) -> Grid:
    if start == 0 and end == len(grid.rows):
        return grid
    return replace(grid, rows=_numbered(grid.rows[start:end], 0), cut=grid.cut and end == len(grid.rows))


def _numbered(rows: Sequence[tuple[Cell, ...]], first: int) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(replace(cell, row=number) for cell in row) for number, row in enumerate(rows, first))


def _starts(grid: Grid, layout: EvaluationLayout) -> list[int]:
    """The rows at which forms begin; none where the grid holds no head of one."""
    starts = [0]
    funds = indicators = closed = False
    for number, row in enumerate(grid.rows):
        of_funds, of_indicators = fund_columns(row, layout) is not None, indicator_columns(row, layout) is not None
        begins = (opens_form(row, layout) or of_funds or (of_indicators and closed)) and (funds or indicators)
        if begins:
            starts.append(number)
            funds = indicators = closed = False
        funds, indicators = funds or of_funds, indicators or of_indicators
        closed = closed or (indicators and sums_up(row, layout))
    if not funds and not indicators:
        starts.pop()
    return starts

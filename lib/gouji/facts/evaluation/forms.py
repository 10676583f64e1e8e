"""Finds the grids that are self-evaluation forms: one form to a grid, several, or one over several pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gouji.document.model import Block, Document, Grid
from gouji.facts.evaluation.rows import Row, fund_columns, indicator_columns, is_form, opens_form, sums_up
from gouji.layouts.evaluation import EvaluationLayout
from gouji.runtime.immutable import immutable

#: A line longer than a running head or page number ends a form.
_FURNITURE_LENGTH = 20


@immutable()
class Form:
    """One form: the block in which it begins, and its rows as a grid of their own."""

    block: Block
    grid: Grid


class _Heads:
    """Notes where forms begin among rows read one after the other, and whether the last form is still open."""

    def __init__(self, layout: EvaluationLayout) -> None:
        self._layout = layout
        self._starts = [0]
        self._count = 0
        self._funds = self._indicators = self._closed = False
        self._summed = self._summed_before = False
        #: The last head of indicators.
        self.head: Row | None = None

    @property
    def starts(self) -> list[int]:
        """Returns the rows at which forms begin; none if no head of a form was read."""
        return self._starts if self._held else self._starts[:-1]

    @property
    def is_open(self) -> bool:
        """True as long as the last form has no row of all scores."""
        return not (self._summed or (self._summed_before and not self._held))

    @property
    def _held(self) -> bool:
        """True if the rows since the last beginning show a form."""
        return self._funds or self._indicators

    def read(self, rows: Sequence[Row]) -> None:
        """Takes further rows."""
        for row in rows:
            self._read(row)
            self._count += 1

    def _read(self, row: Row) -> None:
        of_funds = fund_columns(row, self._layout) is not None
        of_indicators = indicator_columns(row, self._layout) is not None
        if self._held and (opens_form(row, self._layout) or of_funds or (of_indicators and self._closed)):
            self._begin()
        self._funds, self._indicators = self._funds or of_funds, self._indicators or of_indicators
        sums = sums_up(row, self._layout)
        self._summed = self._summed or sums
        self._closed = self._closed or (self._indicators and sums)
        self.head = row if of_indicators else self.head

    def _begin(self) -> None:
        self._starts.append(self._count)
        self._funds = self._indicators = self._closed = False
        self._summed_before, self._summed = self._summed, False


class _Pages:
    """A grid that may hold forms, with the rows that continue it on the next pages."""

    def __init__(self, block: Block, grid: Grid, layout: EvaluationLayout) -> None:
        self.block = block
        self._first = grid
        self._layout = layout
        self._rows = list(grid.rows)
        self._width, self._cut = grid.width, grid.cut
        self.heads = _Heads(layout)
        self.heads.read(grid.rows)

    def joined(self) -> Grid:
        """Returns all pages as one grid."""
        return replace(self._first, rows=tuple(self._rows), width=self._width, cut=self._cut)

    def extend(self, further: Grid) -> None:
        """Adds the rows of the next page. If their columns are uncertain, marks the grid as cut."""
        rows = None if self._cut else self._further_rows(further)
        if rows is None:
            self._cut = True
            return
        self._rows.extend(_numbered(rows, len(self._rows)))
        self.heads.read(rows)
        self._width, self._cut = max(self._width, further.width), further.cut

    def _further_rows(self, further: Grid) -> Sequence[Row] | None:
        own_head = bool(further.rows) and indicator_columns(further.rows[0], self._layout) is not None
        if own_head or further.width == self._width:
            return further.rows
        return _align(self.heads.head, self._width, further, self._layout)


def evaluation_forms(document: Document, layout: EvaluationLayout, others: frozenset[int]) -> Iterator[Form]:
    """Yields the forms of a document, in printed order, without the blocks in `others`. A form whose further rows are
    uncertain is `cut`."""
    for pages in _joined(document, layout, others):
        grid, starts = pages.joined(), pages.heads.starts
        for start, end in zip(starts, [*starts[1:], len(grid.rows)], strict=True):
            yield Form(pages.block, _slice(grid, start, end))


def _joined(document: Document, layout: EvaluationLayout, others: frozenset[int]) -> Iterator[_Pages]:
    """Yields the grids that hold forms; those that continue on the next page have their further rows. A form's rows
    have cells of all widths, so without rules nobody can tell what stands where."""
    held: _Pages | None = None
    since: list[str] = []
    for block in document.blocks:
        if block.grid is None or not block.grid.ruled or block.index in others:
            since.append(block.text)
            continue
        if held and not is_form(block.grid, layout) and held.heads.is_open and not _ended(since):
            held.extend(block.grid)
        else:
            if held:
                yield held
            pages = _Pages(block, block.grid, layout)
            held = pages if pages.heads.starts else None
        since = []
    if held:
        yield held


def _ended(texts: Sequence[str]) -> bool:
    return any(text.rstrip("）)").endswith("表") or len(text) > _FURNITURE_LENGTH for text in texts)


def _align(head: Row | None, width: int, further: Grid, layout: EvaluationLayout) -> list[Row] | None:
    """Returns the rows of a page with fewer ruled columns, aligned with the head of the indicators: cell by cell, and
    for the row of all scores counted from its end. Returns None if there is no such head, or a row has another number
    of cells."""
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
            rows.append((replace(row[0], col=0, colspan=ends[0].col if ends else width), *last))
        else:
            return None
    return rows


def _slice(grid: Grid, start: int, end: int) -> Grid:
    if start == 0 and end == len(grid.rows):
        return grid
    return replace(grid, rows=_numbered(grid.rows[start:end], 0), cut=grid.cut and end == len(grid.rows))


def _numbered(rows: Sequence[Row], first: int) -> tuple[Row, ...]:
    return tuple(tuple(replace(cell, row=number) for cell in row) for number, row in enumerate(rows, first))

"""Where a cell of a table stands."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from gouji.document.model import Cell, Grid, Place


def grid_of(row: list[tuple[int, int]]) -> Grid:
    """A grid of one row, of cells by gap before and width."""
    cells, at = [], 0
    for gap, width in row:
        cells.append(Cell(0, at + gap, width, "", Place(1)))
        at += gap + width
    return Grid((tuple(cells),), at)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 3)), max_size=6))
def test_each_column_is_in_the_cell_that_covers_it(row: list[tuple[int, int]]) -> None:
    grid = grid_of(row)
    for col in range(-1, grid.width + 2):
        covering = [cell for cell in grid.rows[0] if cell.col <= col < cell.col + cell.colspan]
        assert grid.cell_at(0, col) == (covering[0] if covering else None)


def test_a_row_as_wide_as_a_sheet_can_be_takes_no_time() -> None:
    grid = grid_of([(0, 1)] * 16_384)
    began = time.process_time()
    assert all(grid.cell_at(0, col) is grid.rows[0][col] for col in range(grid.width))
    assert time.process_time() - began < 2

"""Reads a picture of a page, in the same terms as a page of a PDF."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gouji.document.formats.pages.grids import PageGrid, fill, grid_of
from gouji.document.formats.pages.lines import lines_of
from gouji.document.formats.pages.page import Page, in_order
from gouji.document.formats.scan.engine import recognised
from gouji.document.formats.scan.picture import grey, straightened
from gouji.document.formats.scan.rules import tables_of

#: Dots per point at which pages are recognised: 200 to the inch.
SCALE = 200 / 72


def scanned_page(pixels: NDArray[np.uint8], number: int, scale: float = SCALE) -> Page:
    """Returns the page with its lines and ruled tables. Places are those on the straightened picture, within a line's
    height of those on the page."""
    picture, _ = straightened(grey(pixels))
    rest = recognised(picture, scale)
    grids: list[PageGrid] = []
    for cells in tables_of(picture, scale):
        grid = grid_of(cells)
        if grid is not None:
            rest = fill(grid, rest, estimated=True)
            grids.append(grid)
    height, width = picture.shape
    return Page(number, width / scale, height / scale, in_order(lines_of(rest), grids))

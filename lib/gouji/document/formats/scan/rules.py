"""Finds the ruled tables of a picture: long dark lines, and the cells that they separate."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from gouji.document.formats.scan.engine import Picture
from gouji.document.origin import Box

Mask = NDArray[np.uint8]

#: A rule is at least so many points long, and rules closer than so many are one.
_SHORTEST, _ONE_RULE = 14.0, 4.0
#: A wall stands between two cells where a rule covers so much of their border.
_WALL = 0.6


def tables_of(picture: Picture, scale: float) -> list[list[Box]]:
    """Returns the boxes, in points, of the cells of each ruled table of a picture."""
    across, down = _rules(picture, scale)
    both = cv2.dilate(cv2.bitwise_or(across, down), np.ones((3, 3), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(both, connectivity=8)
    tables = []
    for left, top, width, height, _ in stats[1:].tolist():
        if width > 4 * _SHORTEST * scale and height > 2 * _SHORTEST * scale / 2:
            region = (slice(top, top + height), slice(left, left + width))
            cells = _cells(across[region], down[region], scale)
            tables.append([_placed(cell, left, top, scale) for cell in cells])
    return [cells for cells in tables if len(cells) > 1]


def _rules(picture: Picture, scale: float) -> tuple[Mask, Mask]:
    """Returns the masks of level and of upright rules."""
    ink = cv2.adaptiveThreshold(picture, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15)
    long = int(_SHORTEST * scale)
    across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, 2 * long), np.uint8))
    down = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((long, 1), np.uint8))
    return np.asarray(across, np.uint8), np.asarray(down, np.uint8)


def _cells(across: Mask, down: Mask, scale: float) -> list[tuple[int, int, int, int]]:
    """Returns (left, top, right, bottom) of the cells in a table's part of the picture, in pixels: the smallest fields
    between all rules, joined where no wall separates them."""
    xs, ys = _positions(down, 0, scale), _positions(across, 1, scale)
    if len(xs) < 2 or len(ys) < 2:
        return []
    reach = max(2, int(scale))
    columns, rows = list(pairwise(xs)), list(pairwise(ys))
    home = {(row, col): (row, col) for row in range(len(rows)) for col in range(len(columns))}

    def root(field: tuple[int, int]) -> tuple[int, int]:
        while home[field] != field:
            field = home[field]
        return field

    for row, (top, bottom) in enumerate(rows):
        for col, (left, right) in enumerate(columns):
            if col and not _walled(down[top:bottom, max(0, left - reach) : left + reach + 1], 1):
                home[root((row, col))] = root((row, col - 1))
            if row and not _walled(across[max(0, top - reach) : top + reach + 1, left:right], 0):
                home[root((row, col))] = root((row - 1, col))
    groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for field in home:
        groups.setdefault(root(field), []).append(field)
    return [_around(fields, columns, rows) for fields in groups.values()]


def _around(
    fields: Sequence[tuple[int, int]], columns: Sequence[tuple[int, int]], rows: Sequence[tuple[int, int]]
) -> tuple[int, int, int, int]:
    return (
        min(columns[col][0] for _, col in fields),
        min(rows[row][0] for row, _ in fields),
        max(columns[col][1] for _, col in fields),
        max(rows[row][1] for row, _ in fields),
    )


def _positions(mask: Mask, axis: int, scale: float) -> list[int]:
    """Returns the positions of rules: the middle of each run of columns (or rows) of pixels that hold one."""
    inked = np.flatnonzero((mask > 0).sum(axis=axis) >= _SHORTEST * scale)
    runs: list[list[int]] = []
    for at in inked.tolist():
        if runs and at - runs[-1][-1] <= _ONE_RULE * scale:
            runs[-1].append(at)
        else:
            runs.append([at])
    return [(run[0] + run[-1]) // 2 for run in runs]


def _walled(strip: Mask, along: int) -> bool:
    """True if a rule covers most of a strip's length."""
    covered = (strip > 0).any(axis=along)
    return covered.size > 0 and float(covered.mean()) >= _WALL


def _placed(cell: tuple[int, int, int, int], left: int, top: int, scale: float) -> Box:
    return (left + cell[0]) / scale, (top + cell[1]) / scale, (left + cell[2]) / scale, (top + cell[3]) / scale

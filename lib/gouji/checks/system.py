"""Builds the linear system: every check is a row, every fact a column, and all residuals are one exact sparse product.

Documents with one template share the system. The product then checks all of them at once, with one column for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from gouji.checks.check import Check, Terms
from gouji.facts.fact import Fact, Part
from gouji.intervals import Amounts

#: Beyond this, a row's sum could leave 64 bits and is added up in Python's integers instead.
_INT64_SAFE = 2**62


@dataclass(frozen=True)
class Columns:
    """Of facts, one place each: `line` is the same for cells of one column of one table (−1 for what is no cell),
    `unit` for figures of one unit; `said` marks those of sentences."""

    line: NDArray[np.int64]
    unit: NDArray[np.int64]
    said: NDArray[np.bool_]


@dataclass(frozen=True)
class System:
    """A·x with integer A (rows: checks, columns: facts), and what else of both no amount can change.

    `left` and `right` count how often a fact stands on each side. Of checks: `plain` where figures alone are judged, no
    words; `at_most` where left must not exceed right; `pair` the two facts of one with a single figure on each side,
    else −1, shape (checks, 2).
    """

    matrix: csr_array
    left: csr_array
    right: csr_array
    plain: NDArray[np.bool_]
    at_most: NDArray[np.bool_]
    pair: NDArray[np.int64]
    columns: Columns

    def residuals(self, amounts: Amounts) -> Amounts:
        """Returns A·x, exactly, by check and document. `amounts` has a row per fact and a column per document."""
        return product(self.matrix, amounts, self._heaviest)

    def tolerances(self, radii: Amounts) -> Amounts:
        """Returns |A|·r by check and document: what the rounding of the printed figures allows."""
        return product(self._absolute, radii, self._heaviest)

    @cached_property
    def _absolute(self) -> csr_array:
        return abs(self.matrix)

    @cached_property
    def _heaviest(self) -> int:
        return heaviest(self._absolute)


def build_system(checks: Sequence[Check], facts: Sequence[Fact]) -> System:
    """Returns the system of `checks` on facts whose ids are their positions in `facts`. The row of a quotient is
    empty."""
    lefts: list[Terms] = [() if check.per else check.left for check in checks]
    rights: list[Terms] = [() if check.per else check.right for check in checks]
    pairs = [
        (left[0][1], right[0][1]) if len(left) == len(right) == 1 else (-1, -1)
        for left, right in zip(lefts, rights, strict=True)
    ]
    left, right = matrix_of(lefts, len(facts)), matrix_of(rights, len(facts))
    return System(
        matrix=left - right,
        left=_counted(left),
        right=_counted(right),
        plain=np.array([not (check.per or check.claims or check.constant) for check in checks], dtype=bool),
        at_most=np.array([check.operator == "<=" for check in checks], dtype=bool),
        pair=np.array(pairs, dtype=np.int64).reshape(-1, 2),
        columns=_columns(facts),
    )


def _counted(side: csr_array) -> csr_array:
    """Returns how often each fact stands on a side, whatever its sign."""
    return csr_array((np.ones_like(side.data), side.indices, side.indptr), shape=side.shape)


def _columns(facts: Sequence[Fact]) -> Columns:
    lines: dict[tuple[str, str], int] = {}
    units: dict[str, int] = {}
    concepts = [(fact.concept, fact.cell) for fact in facts]
    line = [lines.setdefault((one.table, one.column), len(lines)) if cell else -1 for one, cell in concepts]
    unit = [units.setdefault(fact.figure.unit, len(units)) for fact in facts]
    said = [fact.part is Part.NARRATIVE for fact in facts]
    return Columns(np.array(line, np.int64), np.array(unit, np.int64), np.array(said, bool))


def matrix_of(rows: Sequence[Sequence[tuple[int, int]]], width: int) -> csr_array:
    """Returns the integer matrix whose rows have these (coefficient, column) terms."""
    flat = np.fromiter(chain.from_iterable(chain.from_iterable(rows)), dtype=np.int64)
    starts = np.cumsum([0, *map(len, rows)])
    return csr_array((flat[::2], flat[1::2], starts), shape=(len(rows), width))


def heaviest(absolute: csr_array) -> int:
    """Returns the greatest sum of a row's weights."""
    return int(absolute.sum(axis=1).max(initial=0))


def product(matrix: csr_array, values: Amounts, weight: int) -> Amounts:
    """Returns matrix · values, one column per document, as int64, or as Python's integers (dtype object) if 64 bits
    could overflow. `weight` is the sum of the heaviest row."""
    if values.dtype != object:
        largest = max(int(values.max(initial=0)), -int(values.min(initial=0)))
        if largest * weight < _INT64_SAFE:
            return np.asarray(matrix @ values)
    exact = values.astype(object)
    rows = np.zeros((matrix.shape[0], values.shape[1]), dtype=object)
    for row, (start, end) in enumerate(zip(matrix.indptr[:-1], matrix.indptr[1:], strict=True)):
        for coefficient, column in zip(matrix.data[start:end], matrix.indices[start:end], strict=True):
            rows[row] += int(coefficient) * exact[column]
    return rows

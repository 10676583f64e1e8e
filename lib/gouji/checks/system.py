"""The linear system: every check a row, every fact a column, all residuals one exact sparse product.

Documents with one template share the matrix; then `x` may have one column per document and the product checks all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from gouji.checks.check import Check
from gouji.facts.fact import Facts

#: Beyond this, a row's sum could leave 64 bits and is added up in Python's integers instead.
_INT64_SAFE = 2**62

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class System:
    """A·x with integer A (rows: checks, columns: facts), the printed amounts x and their radii r, all scaled."""

    matrix: csr_array
    printed: Integers
    radii: Integers

    def residuals(self) -> list[int]:
        """A·x per check, exact."""
        largest = int(np.abs(self.printed).max(initial=0)) * int(abs(self.matrix).sum(axis=1).max(initial=0))
        if largest < _INT64_SAFE:
            return [int(value) for value in self.matrix @ self.printed]
        return [self._exact(row) for row in range(self.matrix.shape[0])]

    def _exact(self, row: int) -> int:
        span = slice(self.matrix.indptr[row], self.matrix.indptr[row + 1])
        columns, weights = self.matrix.indices[span], self.matrix.data[span]
        return sum(int(weight) * int(self.printed[column]) for column, weight in zip(columns, weights, strict=True))

    def tolerances(self) -> list[int]:
        """|A|·r per check: what the rounding of its printed figures allows."""
        return [int(value) for value in abs(self.matrix) @ self.radii]


def build_system(checks: Sequence[Check], facts: Facts) -> System:
    """The system of `checks` (those that were bound) on `facts`. Blank counts as an exact zero."""
    rows = [row for row, check in enumerate(checks) for _ in check.terms]
    terms = [term for check in checks for term in check.terms]
    matrix = csr_array(
        (
            np.array([weight for weight, _ in terms], dtype=np.int64),
            (np.array(rows, dtype=np.int64), np.array([fact for _, fact in terms], dtype=np.int64)),
        ),
        shape=(len(checks), len(facts)),
    )
    printed = np.array([fact.amount or 0 for fact in facts], dtype=np.int64)
    radii = np.array([fact.radius for fact in facts], dtype=np.int64)
    return System(matrix, printed, radii)

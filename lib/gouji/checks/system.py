"""The linear system: every check a row, every fact a column, all residuals one exact sparse product.

Documents with one template share the matrix; then `x` may have one column per document and the product checks all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from gouji.checks.check import Check
from gouji.facts.fact import Facts

#: Beyond this, a row's sum could leave 64 bits and is added up in Python's integers instead.
_INT64_SAFE = 2**62


@dataclass(frozen=True)
class System:
    """A·x with integer A (rows: checks, columns: facts), the printed amounts x and their radii r, all scaled."""

    matrix: csr_array
    printed: tuple[int, ...]
    radii: tuple[int, ...]

    def residuals(self) -> list[int]:
        """A·x per check, exact."""
        return self._product(self.matrix, self.printed)

    def tolerances(self) -> list[int]:
        """|A|·r per check: what the rounding of its printed figures allows."""
        return self._product(abs(self.matrix), self.radii)

    def _product(self, matrix: csr_array, values: tuple[int, ...]) -> list[int]:
        """One sparse product in 64 bits; in Python's integers where those could overflow."""
        largest = max(map(abs, values), default=0) * int(abs(self.matrix).sum(axis=1).max(initial=0))
        if largest < _INT64_SAFE:
            return [int(value) for value in matrix @ np.array(values, dtype=np.int64)]
        spans = zip(matrix.indptr[:-1], matrix.indptr[1:], strict=True)
        return [
            sum(
                int(weight) * values[column]
                for weight, column in zip(matrix.data[start:end], matrix.indices[start:end], strict=True)
            )
            for start, end in spans
        ]


def build_system(checks: Sequence[Check], facts: Facts) -> System:
    """The system of `checks` (those that were bound) on `facts`. Blank counts as an exact zero."""
    rows = [row for row, check in enumerate(checks) for _ in check.linear]
    terms = [term for check in checks for term in check.linear]
    matrix = csr_array(
        (
            np.array([weight for weight, _ in terms], dtype=np.int64),
            (np.array(rows, dtype=np.int64), np.array([fact for _, fact in terms], dtype=np.int64)),
        ),
        shape=(len(checks), len(facts)),
    )
    return System(matrix, tuple(fact.amount or 0 for fact in facts), tuple(fact.radius for fact in facts))

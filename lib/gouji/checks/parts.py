"""Counts the printed parts that each figure is the sum of. The count decides whether two prints of it may differ by
尾差."""

from __future__ import annotations

from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gouji.checks.check import Check
from gouji.facts.fact import Facts

#: Fact id to the parts of each sum it is the total of.
_Sums = dict[int, list[tuple[int, ...]]]


def count_parts(checks: Sequence[Check], facts: Facts) -> dict[int, int]:
    """Returns, by fact id, the number of non-zero leaf figures that a figure is the sum of, by its most detailed sum.
    Leaves have no entry."""
    sums: _Sums = {}
    nonzero = facts.nonzero
    for check in checks:
        if check.defines and check.left:
            parts = tuple([fact for _, fact in check.right if fact in nonzero])
            sums.setdefault(check.left[0][1], []).append(parts)
    return _count_sums(sums)


def count_parts_of_each(
    checks: Sequence[Check], bound: NDArray[np.bool_], nonzero: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Returns `count_parts` for many documents, shape (facts, documents); 1 for leaves. `bound` marks the `checks` that
    each document has, shape (checks, documents); `nonzero` marks the figures that are not zero."""
    definitions = _definitions(checks)
    try:
        order = list(TopologicalSorter(_parts_by_total(definitions)).static_order())
    except CycleError:
        return _count_circular(definitions, bound, nonzero)
    rows: dict[int, list[_Definition]] = {}
    for one in definitions:
        rows.setdefault(one.total, []).append(one)
    counted = np.ones(nonzero.shape, dtype=np.int64)
    for one in (one for total in order for one in rows.get(total, ())):
        parts = list(one.parts)
        added_up = (counted[parts] * nonzero[parts]).sum(axis=0) * bound[one.row]
        counted[one.total] = np.maximum(counted[one.total], added_up)
    return counted


class _Definition(NamedTuple):
    """A check (its place among the checks) by which one figure is the sum of others."""

    row: int
    total: int
    parts: tuple[int, ...]


def _definitions(checks: Sequence[Check]) -> list[_Definition]:
    return [
        _Definition(row, check.left[0][1], tuple([fact for _, fact in check.right]))
        for row, check in enumerate(checks)
        if check.defines and check.left
    ]


def _parts_by_total(definitions: Sequence[_Definition]) -> dict[int, set[int]]:
    parts: dict[int, set[int]] = {}
    for one in definitions:
        parts.setdefault(one.total, set()).update(one.parts)
    return parts


def _count_circular(
    definitions: Sequence[_Definition], bound: NDArray[np.bool_], nonzero: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Counts the parts of figures that are defined in a circle. The circle is cut where a document's zeros first allow
    it."""
    counted = np.ones(nonzero.shape, dtype=np.int64)
    for document in range(nonzero.shape[1]):
        sums: _Sums = {}
        for one in definitions:
            if bound[one.row, document]:
                parts = tuple(part for part in one.parts if nonzero[part, document])
                sums.setdefault(one.total, []).append(parts)
        for fact, count in _count_sums(sums).items():
            counted[fact, document] = count
    return counted


def _count_sums(sums: _Sums) -> dict[int, int]:
    counted: dict[int, int] = {}
    for fact in sums:
        _count(fact, sums, counted, set())
    return counted


def _count(fact: int, sums: _Sums, counted: dict[int, int], open_: set[int]) -> int:
    if fact in counted:
        return counted[fact]
    if fact not in sums or fact in open_:
        return 1
    open_.add(fact)
    most = max(
        sum([_count(part, sums, counted, open_) if part in sums else 1 for part in parts]) for parts in sums[fact]
    )
    open_.discard(fact)
    counted[fact] = max(1, most)
    return counted[fact]

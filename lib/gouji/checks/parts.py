"""How many printed parts a figure is the sum of: what decides whether two prints of it may differ by 尾差."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.checks.check import Check
from gouji.facts.fact import Facts


def count_parts(checks: Sequence[Check], facts: Facts) -> dict[int, int]:
    """Fact id to the number of non-zero leaf figures it is the sum of, by its most detailed sum; absent for leaves."""
    sums: dict[int, list[tuple[int, ...]]] = {}
    for check in checks:
        if check.defines and check.left:
            parts = tuple(fact for _, fact in check.right if facts.facts[fact].amount)
            sums.setdefault(check.left[0][1], []).append(parts)
    counted: dict[int, int] = {}
    for fact in sums:
        _count(fact, sums, counted, set())
    return counted


def _count(fact: int, sums: dict[int, list[tuple[int, ...]]], counted: dict[int, int], open_: set[int]) -> int:
    if fact in counted:
        return counted[fact]
    if fact not in sums or fact in open_:
        return 1
    open_.add(fact)
    most = max((sum(_count(part, sums, counted, open_) for part in parts) for parts in sums[fact]), default=0)
    open_.discard(fact)
    counted[fact] = max(1, most)
    return counted[fact]

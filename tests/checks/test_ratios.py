"""What a printed quotient allows: against every corner of the intervals of its figures, one by one."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.intervals import QuotientTerm, ratio_extremes, ratio_gap

WEIGHT = st.integers(-2, 2)
PARTS = st.lists(
    st.builds(QuotientTerm, WEIGHT, WEIGHT, st.integers(-40, 40), st.integers(0, 4)), min_size=1, max_size=4
)


def corners(parts: list[QuotientTerm]) -> Iterator[tuple[int, int]]:
    """Numerator and denominator at each corner of what the parts may be."""
    for ends in itertools.product((-1, 1), repeat=len(parts)):
        moved = [part.amount + end * part.radius for part, end in zip(parts, ends, strict=True)]
        yield (
            sum(part.top * amount for part, amount in zip(parts, moved, strict=True)),
            sum(part.bottom * amount for part, amount in zip(parts, moved, strict=True)),
        )


@settings(max_examples=150, deadline=None)
@given(PARTS, st.integers(-300, 300), st.integers(0, 9), st.sampled_from([1, 100, 1000]))
def test_the_gap_lies_at_a_corner(parts: list[QuotientTerm], p: int, radius: int, factor: int) -> None:
    every = [factor * top - end * bottom for top, bottom in corners(parts) for end in (p - radius, p + radius)]
    assert ratio_gap(p, radius, parts, factor) == (min(every), max(every))


@settings(max_examples=150, deadline=None)
@given(PARTS, st.sampled_from([1, 100]))
def test_the_extremes_lie_at_corners(parts: list[QuotientTerm], factor: int) -> None:
    every = list(corners(parts))
    found = ratio_extremes(parts, factor)
    bottoms = [bottom for _, bottom in every]
    assert (found is None) == (min(bottoms) <= 0 <= max(bottoms))
    if found is not None:
        quotients = [Fraction(factor * top, bottom) for top, bottom in every]
        assert found == (min(quotients), max(quotients))


@pytest.mark.parametrize(
    ("parts", "extremes"),
    [
        # 50 % of 100: 49.5/100.5 to 50.5/99.5.
        ([QuotientTerm(1, 0, 500, 5), QuotientTerm(0, 1, 1000, 5)], (Fraction(49500, 1005), Fraction(50500, 995))),
        # A part of its own whole moves both.
        ([QuotientTerm(1, 1, 500, 5), QuotientTerm(0, 1, 500, 5)], (Fraction(49500, 1000), Fraction(50500, 1000))),
        ([QuotientTerm(1, 0, 500, 5), QuotientTerm(0, 1, -1000, 5)], (Fraction(-50500, 995), Fraction(-49500, 1005))),
        ([QuotientTerm(1, 0, 500, 5), QuotientTerm(0, 1, 5, 5)], None),
        ([QuotientTerm(1, 0, 500, 5), QuotientTerm(0, 1, 6, 5)], (Fraction(49500, 11), Fraction(50500, 1))),
    ],
)
def test_extremes_are_exact(parts: list[QuotientTerm], extremes: tuple[Fraction, Fraction] | None) -> None:
    assert ratio_extremes(parts, 100) == extremes

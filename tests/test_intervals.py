"""What printed figures may stand for: the one module that knows a tolerance."""

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.intervals import (
    MONEY_UNITS,
    VERDICTS,
    Verdict,
    codes_at_most,
    codes_equal,
    judge_at_most,
    judge_equal,
    radius,
    scaled,
    tie_agreement,
    tie_tolerance,
    unscaled,
)

CENTS = st.integers(min_value=0, max_value=10**10)


def printed(cents: int) -> Decimal:
    """True 分 as 万元 with two decimals, rounded half up."""
    return (Decimal(cents) / 1_000_000).quantize(Decimal("0.01"), ROUND_HALF_UP)


@pytest.mark.parametrize("unit", list(MONEY_UNITS))
@given(value=st.decimals(min_value=-(10**6), max_value=10**6, places=4))
def test_scaling_is_exact_both_ways(unit: str, value: Decimal) -> None:
    assert unscaled(scaled(value, unit), unit) == value


def test_more_digits_than_are_kept_is_refused() -> None:
    with pytest.raises(ValueError, match="more decimals"):
        scaled(Decimal("0.0000001"), "元")


@pytest.mark.parametrize(
    ("decimals", "unit", "half"), [(2, "万元", "0.005"), (0, "万元", "0.5"), (2, "元", "0.005"), (2, "亿元", "0.005")]
)
def test_radius_is_half_the_last_place(decimals: int, unit: str, half: str) -> None:
    assert unscaled(radius(decimals, unit), unit) == Decimal(half)


@given(st.lists(CENTS, min_size=1, max_size=30))
def test_rounded_parts_never_conflict_with_their_rounded_sum(parts: list[int]) -> None:
    half = radius(2, "万元")
    residual = sum(scaled(printed(part), "万元") for part in parts) - scaled(printed(sum(parts)), "万元")
    tolerance = (len(parts) + 1) * half
    assert judge_equal(residual, tolerance) is not Verdict.CONFLICT


def test_the_interval_is_closed() -> None:
    half = radius(2, "万元")
    tolerance = 4 * half
    within = scaled(Decimal("99.98"), "万元") - scaled(Decimal("100.00"), "万元")
    beyond = scaled(Decimal("99.97"), "万元") - scaled(Decimal("100.00"), "万元")
    assert judge_equal(within, tolerance) is Verdict.ROUNDING
    assert judge_equal(beyond, tolerance) is Verdict.CONFLICT


def test_same_precision_is_equal_to_the_digit_even_far_inside_the_intervals() -> None:
    """100 and 200 printed at one precision must not be merged (a known mistake of another implementation)."""
    half = radius(0, "万元")
    assert tie_tolerance(half, half, 1) == 0
    assert judge_equal(scaled(Decimal(100), "万元") - scaled(Decimal(200), "万元"), 0) is Verdict.CONFLICT


def test_two_precisions_agree_where_their_intervals_meet() -> None:
    coarse, fine = radius(2, "亿元"), radius(2, "万元")
    allowed = int(tie_tolerance(coarse, fine, 1))
    agreement = int(tie_agreement(coarse, fine))
    residual = scaled(Decimal("1.23"), "亿元") - scaled(Decimal("12345.67"), "万元")
    assert judge_equal(residual, allowed, agreement) is Verdict.CONSISTENT
    residual = scaled(Decimal("1.23"), "亿元") - scaled(Decimal("12350.01"), "万元")
    assert judge_equal(residual, allowed, agreement) is Verdict.CONFLICT


@pytest.mark.parametrize(("parts", "allowed"), [(0, "0"), (1, "0"), (2, "0.01"), (5, "0.025")])
def test_a_subtotal_printed_twice_may_differ_by_its_parts_rounding(parts: int, allowed: str) -> None:
    half = radius(2, "万元")
    assert unscaled(int(tie_tolerance(half, half, parts)), "万元") == Decimal(allowed)


@given(st.integers(-100, 100), st.integers(0, 50))
def test_verdicts_partition_the_residuals(residual: int, tolerance: int) -> None:
    equal = judge_equal(residual, tolerance)
    assert (equal is Verdict.CONFLICT) == (abs(residual) > tolerance)
    assert (equal is Verdict.CONSISTENT) == (residual == 0)
    most = judge_at_most(residual, tolerance)
    assert (most is Verdict.CONFLICT) == (residual > tolerance)
    assert (most is Verdict.CONSISTENT) == (residual <= 0)


#: Residual, tolerance, agreement: beyond 64 bits too.
_JUDGED = st.tuples(st.integers(-(2**70), 2**70) | st.integers(-9, 9), st.integers(0, 9), st.integers(0, 9))


@pytest.mark.parametrize("dtype", [np.int64, object])
@given(st.lists(_JUDGED, min_size=1, max_size=20))
def test_many_are_judged_as_one_by_one(dtype: type, judged: list[tuple[int, int, int]]) -> None:
    judged = [one for one in judged if dtype is object or abs(one[0]) < 2**62]
    residuals, tolerances, agreements = (np.array([one[at] for one in judged], dtype=dtype) for at in range(3))
    equal = [VERDICTS[code] for code in codes_equal(residuals, tolerances, agreements)]
    assert equal == [judge_equal(*one) for one in judged]
    most = [VERDICTS[code] for code in codes_at_most(residuals, tolerances)]
    assert most == [judge_at_most(residual, tolerance) for residual, tolerance, _ in judged]

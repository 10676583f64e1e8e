"""What printed figures may stand for: the one module that knows a tolerance."""

# mypy: disable-error-code="arg-type"

from decimal import ROUND_HALF_UP, Decimal
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.intervals import (
    CONFLICT,
    CONSISTENT,
    MONEY_UNITS,
    NOT_CHECKED,
    RATE_UNITS,
    ROUNDING,
    SCALE,
    UNBOUND,
    VERDICTS,
    Verdict,
    allowed_gaps,
    codes_at_most,
    codes_equal,
    judge_at_most,
    judge_equal,
    judge_less,
    judge_relation,
    places_of,
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


@pytest.mark.parametrize(
    ("value", "unit", "amount"),
    [
        ("1", "元", 10**6),
        ("1", "千元", 10**9),
        ("1", "万元", 10**10),
        ("1", "百万元", 10**12),
        ("-2.5", "亿元", -25 * 10**13),
        ("1", "万元/人", 10**10),
        ("61", "%", 61 * 10**6),
        ("3.2", "‰", 320_000),
        ("7", "辆", 7 * 10**6),
        ("0.000001", "元", 1),
        ("9" * 20, "亿元", int("9" * 20) * 10**14),
    ],
)
def test_amounts_are_yuan_percent_or_counts(value: str, unit: str, amount: int) -> None:
    assert scaled(Decimal(value), unit) == amount
    assert unscaled(amount, unit) == Decimal(value)


@pytest.mark.parametrize(
    "value", ["0.0000001", "0.0000009", "-0.0000009", "1.00000000001", f"0.{'3' * 60}", f"{'9' * 19}.{'3' * 60}"]
)
def test_more_decimals_than_are_kept_are_refused(value: str) -> None:
    with pytest.raises(ValueError, match="more decimals"):
        scaled(Decimal(value), "元")


@pytest.mark.parametrize("digits", [21, 22, 5000])
def test_figures_too_long_to_be_amounts_are_refused(digits: int) -> None:
    for value in ("9" * digits, f"-1{'0' * (digits - 1)}"):
        with pytest.raises(ValueError, match=f"a figure of {digits} digits is more"):
            scaled(Decimal(value), "元")


def test_the_scale_is_one_yuan() -> None:
    assert scaled(Decimal(1), "元") == SCALE


def test_sums_of_the_longest_amounts_are_exact() -> None:
    amount = int("9" * 20) * 10**14 + 1
    assert unscaled(amount, "亿元") == Decimal(f"{'9' * 20}.{'0' * 13}1")


@pytest.mark.parametrize("unit", [*MONEY_UNITS, *RATE_UNITS, "辆", "元/人"])
def test_the_radius_tells_the_decimals(unit: str) -> None:
    most = 5 + MONEY_UNITS.get(unit.partition("/")[0], RATE_UNITS.get(unit, 0))
    for decimals in range(most + 1):
        half = radius(decimals, unit)
        assert 2 * half == scaled(Decimal(1).scaleb(-decimals), unit)
        assert places_of(half, unit) == decimals
    with pytest.raises(ValueError, match="more than amounts are kept with"):
        radius(most + 1, unit)


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
    columns: list[np.ndarray] = [np.array([one[at] for one in judged], dtype=dtype) for at in range(3)]
    residuals, tolerances, agreements = columns
    equal = [VERDICTS[code] for code in codes_equal(residuals, tolerances, agreements)]
    assert equal == [judge_equal(*one) for one in judged]
    most = [VERDICTS[code] for code in codes_at_most(residuals, tolerances)]
    assert most == [judge_at_most(residual, tolerance) for residual, tolerance, _ in judged]


def test_codes_are_places_among_the_verdicts() -> None:
    codes = (CONSISTENT, ROUNDING, CONFLICT, UNBOUND, NOT_CHECKED)
    named = ("consistent", "rounding", "conflict", "unbound", "not_checked")
    assert tuple(VERDICTS[code].value for code in codes) == named


@pytest.mark.parametrize(
    ("residual", "tolerance", "verdict"),
    [
        *((-5, 2, "consistent"), (-1, 2, "consistent"), (0, 2, "conflict"), (1, 2, "rounding"), (2, 2, "conflict")),
        *((1, 3, "rounding"), (2, 3, "rounding"), (3, 2, "conflict"), (1, 1, "conflict"), (0, 0, "conflict")),
    ],
)
def test_what_is_called_less_is_printed_less(residual: int, tolerance: int, verdict: str) -> None:
    assert judge_less(residual, tolerance) == verdict
    assert judge_relation("<", residual, tolerance) == verdict


SMALL = list(product(range(-6, 7), range(5)))


@pytest.mark.parametrize(("residual", "tolerance"), SMALL)
def test_relations_are_judged_by_their_sign(residual: int, tolerance: int) -> None:
    assert judge_relation("=", residual, tolerance) == judge_equal(residual, tolerance)
    assert judge_relation("<=", residual, tolerance) == judge_at_most(residual, tolerance)


@pytest.mark.parametrize(("residual", "tolerance"), SMALL)
def test_limits_are_where_conflict_begins(residual: int, tolerance: int) -> None:
    for operator in ("=", "<="):
        low, high = allowed_gaps(operator, tolerance)
        inside = (low is None or low <= residual) and residual <= high
        assert inside == (judge_relation(operator, residual, tolerance) is not Verdict.CONFLICT)
    assert allowed_gaps("<", tolerance) == (None, -1)


@pytest.mark.parametrize(("one", "other", "parts"), list(product((1, 5, 50), (1, 5, 50), range(4))))
def test_two_prints_of_one_quantity(one: int, other: int, parts: int) -> None:
    agreement = 0 if one == other else one + other
    assert int(tie_agreement(np.array(one), np.array(other))) == agreement
    allowed = max(agreement, parts * max(one, other)) if parts > 1 else agreement
    assert int(tie_tolerance(np.array(one), np.array(other), np.array(parts))) == allowed

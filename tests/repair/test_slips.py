"""Slips of the pen: what a printed figure may have been meant to be."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gouji.slips import ALL, Slip, SlipKind, slip_between, slips

UNITS = st.sampled_from([1, 5, 100, 10**8])
#: A figure in units of its last place.
COUNTS = st.integers(min_value=1, max_value=10**7)
SIGNED = COUNTS.flatmap(lambda count: st.sampled_from([count, -count]))

#: The kind by which what was meant is a slip of what is printed.
BACK = {kind: kind for kind in SlipKind} | {
    SlipKind.DROPPED: SlipKind.DOUBLED,
    SlipKind.DOUBLED: SlipKind.DROPPED,
}
#: Kinds that change digits, the decimal point and the sign aside.
OF_DIGITS = (SlipKind.TRANSPOSED, SlipKind.EXCHANGED, SlipKind.DROPPED, SlipKind.DOUBLED, SlipKind.DIGIT)


def reached(printed: int, kind: SlipKind, unit: int = 1) -> set[int]:
    """The values that slips of one kind reach."""
    return {one.value for one in slips(printed, unit, frozenset({kind}))}


@pytest.mark.parametrize(
    ("kind", "printed", "meant"),
    [
        (SlipKind.SIGN, 210, {-210}),
        (SlipKind.SHIFTED, 210, {2_100, 21_000, 210_000, 21}),
        (SlipKind.UNIT, 210, {2_100_000}),
        (SlipKind.UNIT, 2_100_000, {210, 21_000_000_000}),
        (SlipKind.TRANSPOSED, 484, {844, 448}),
        (SlipKind.TRANSPOSED, 120, {210, 102}),
        (SlipKind.TRANSPOSED, 100, set()),  # 010 is not printed so, and 00 is the same
        (SlipKind.TRANSPOSED, 7, set()),
        (SlipKind.EXCHANGED, 1234, {3214, 4231, 1432}),
        (SlipKind.EXCHANGED, 120, set()),  # 021 is not printed so
        (SlipKind.EXCHANGED, 112, {211}),
        (SlipKind.DOUBLED, 1224, {224, 124, 122}),
        (SlipKind.DOUBLED, 105, {15, 10}),  # 05 is not printed so
        (SlipKind.DOUBLED, 7, set()),
        (SlipKind.DROPPED, 7, {*range(17, 98, 10), *range(70, 80)}),
        (SlipKind.DIGIT, 40, {*range(41, 50), 10, 20, 30, 50, 60, 70, 80, 90}),
        (SlipKind.DIGIT, 4, {0, 1, 2, 3, 5, 6, 7, 8, 9}),
    ],
)
def test_what_each_kind_reaches(kind: SlipKind, printed: int, meant: set[int]) -> None:
    assert reached(printed, kind) == meant


def test_digits_are_those_that_are_printed() -> None:
    """12.50 to two decimals has four digits, 12.5 to one decimal three."""
    assert reached(1250, SlipKind.TRANSPOSED, 1) == {2150, 1520, 1205}
    assert reached(1250, SlipKind.TRANSPOSED, 10) == {2150, 1520}


def test_a_value_between_two_printed_units_has_no_digits() -> None:
    assert {one.kind for one in slips(1255, 10)} == {SlipKind.SIGN, SlipKind.SHIFTED, SlipKind.UNIT}


@given(unit=UNITS)
def test_zero_has_no_slips(unit: int) -> None:
    assert list(slips(0, unit)) == []
    assert slip_between(0, unit, -(10**20), 10**20) is None


@given(count=SIGNED, unit=UNITS)
def test_each_slip_is_reached_back(count: int, unit: int) -> None:
    printed = count * unit
    for one in slips(printed, unit):
        if one.value:  # of zero, what was meant, nothing can be read
            assert printed in reached(one.value, BACK[one.kind], unit), one


@given(count=SIGNED)
def test_transposing_twice_gives_the_same_again(count: int) -> None:
    once = reached(count, SlipKind.TRANSPOSED)
    assert all(count in reached(one, SlipKind.TRANSPOSED) for one in once)
    assert count not in once


@given(count=COUNTS)
def test_what_is_transposed_or_exchanged_has_the_same_digits(count: int) -> None:
    transposed, exchanged = reached(count, SlipKind.TRANSPOSED), reached(count, SlipKind.EXCHANGED)
    assert {tuple(sorted(str(one))) for one in transposed | exchanged} <= {tuple(sorted(str(count)))}
    assert all((one - count) % 9 == 0 for one in transposed | exchanged)
    assert not transposed & exchanged


@given(count=SIGNED, unit=UNITS)
def test_a_shifted_point_multiplies_by_a_power_of_ten(count: int, unit: int) -> None:
    printed = count * unit
    for kind, powers in ((SlipKind.SHIFTED, (1, 2, 3)), (SlipKind.UNIT, (4,))):
        moved = {printed * Fraction(10) ** power for each in powers for power in (each, -each)}
        assert reached(printed, kind, unit) == {value for value in moved if value.denominator == 1}


@given(count=COUNTS, unit=UNITS)
def test_a_negative_figure_has_the_slips_of_the_positive_one(count: int, unit: int) -> None:
    plus, minus = list(slips(count * unit, unit)), list(slips(-count * unit, unit))
    assert [(one.kind, -one.value, one.reach) for one in plus] == [(one.kind, one.value, one.reach) for one in minus]


@given(count=SIGNED, unit=UNITS)
def test_only_a_slip_of_the_sign_changes_it(count: int, unit: int) -> None:
    for one in slips(count * unit, unit):
        assert (one.value * count < 0) == (one.kind is SlipKind.SIGN)


@given(count=SIGNED, unit=UNITS)
def test_a_slip_is_another_figure_in_printed_digits(count: int, unit: int) -> None:
    found = list(slips(count * unit, unit))
    assert all(one.value != count * unit for one in found)
    assert all(one.value % unit == 0 for one in found if one.kind in OF_DIGITS)


@given(count=SIGNED, unit=UNITS)
def test_reach_is_how_many_values_a_kind_reaches(count: int, unit: int) -> None:
    for kind in SlipKind:
        found = list(slips(count * unit, unit, frozenset({kind})))
        assert len({one.value for one in found}) == len(found)
        assert all(one.reach == len(found) if kind in OF_DIGITS else one.reach >= len(found) for one in found)


@given(count=SIGNED, unit=UNITS, among=st.frozensets(st.sampled_from(SlipKind)))
def test_kinds_come_in_order_and_only_those_asked_for(count: int, unit: int, among: frozenset[SlipKind]) -> None:
    kinds = [one.kind for one in slips(count * unit, unit, among)]
    assert set(kinds) <= among
    assert kinds == sorted(kinds, key=list(SlipKind).index)
    assert list(slips(count * unit, unit, among)) == [one for one in slips(count * unit, unit) if one.kind in among]


@pytest.mark.parametrize(
    ("printed", "low", "high", "found"),
    [
        (6_710, 6_169, 6_171, Slip(SlipKind.TRANSPOSED, 6_170, 3)),
        (6_710, 6_170, 6_170, Slip(SlipKind.TRANSPOSED, 6_170, 3)),  # both ends belong to the range
        (6_710, 6_171, 6_171, None),
        (6_710, 6_399, 6_401, None),
        (6_710, -6_710, -6_710, Slip(SlipKind.SIGN, -6_710, 1)),
        (6_710, 671, 671, Slip(SlipKind.SHIFTED, 671, 6)),  # before 多写一位, which reaches it too
        (6_710, 6_171, 6_169, None),  # an empty range
    ],
)
def test_slip_between(printed: int, low: int, high: int, found: Slip | None) -> None:
    among = ALL - {SlipKind.DIGIT}
    assert slip_between(printed, 1, low, high, among) == found


@given(count=SIGNED, unit=UNITS, low=st.integers(-(10**9), 10**9), wide=st.integers(0, 10**6))
def test_slip_between_is_the_first_in_the_range(count: int, unit: int, low: int, wide: int) -> None:
    inside = [one for one in slips(count * unit, unit) if low <= one.value <= low + wide]
    assert slip_between(count * unit, unit, low, low + wide) == (inside[0] if inside else None)


@given(count=SIGNED, unit=UNITS, data=st.data())
def test_slip_between_finds_what_was_meant(count: int, unit: int, data: st.DataObject) -> None:
    meant = data.draw(st.sampled_from(list(slips(count * unit, unit))))
    found = slip_between(count * unit, unit, meant.value, meant.value)
    assert found is not None
    assert found.value == meant.value
    assert list(SlipKind).index(found.kind) <= list(SlipKind).index(meant.kind)


@given(count=SIGNED, unit=UNITS, low=st.integers(-(10**9), 10**9), wide=st.integers(0, 10**9))
def test_no_slip_where_the_range_holds_none(count: int, unit: int, low: int, wide: int) -> None:
    assume(not any(low <= one.value <= low + wide for one in slips(count * unit, unit)))
    assert slip_between(count * unit, unit, low, low + wide) is None

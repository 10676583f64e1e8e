"""Stored values and number formats to what a spreadsheet shows."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.document.formats.number_format import Value, shown

ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '
#: By format: stored values and what is shown of them, padding at the ends aside.
SHOWN: dict[str, list[tuple[Value, str]]] = {
    "General": [(162.0, "162"), (0.1 + 0.2, "0.3"), (385.28, "385.28"), (-3.5, "-3.5"), (0, "0")],
    "general": [(1 / 3, "0.333333333"), (12345678.125, "12345678.13"), (12345678901, "12345678901")],
    "GENERAL": [(123456789012, "1.23457E+11"), (0.00001, "0.00001"), (2 / 3e6, "6.66667E-07")],
    "G/通用格式": [(2080106, "2080106"), ("文字", "文字"), (None, ""), (True, "TRUE")],
    "0": [(385.5, "386"), (-0.4, "-0")],
    "0.00": [(270.9000001, "270.90"), (162, "162.00"), (1.005, "1.01"), (-1.005, "-1.01"), (99.995, "100.00")],
    "0.00;-0.00": [(270.905 - 2**-44, "270.91"), ("162", "162")],
    "#,##0": [(1234.5, "1,235"), (999, "999")],
    "#,##0.00": [(1234567.891, "1,234,567.89"), (-12.5, "-12.50"), (0.5, "0.50")],
    "0.00%": [(0.2479, "24.79%"), (1, "100.00%"), (0.00005, "0.01%")],
    "@": [(5, "5"), ("005", "005")],
    "0.00_ ": [(12.5, "12.50")],
    ACCOUNTING: [(1234.5, "1,234.50"), (-1234.5, "-1,234.50"), (0, "-"), (0.001, "0.00"), ("甲", "甲")],
    "#,##0.00;[Red]-#,##0.00": [(-3, "-3.00"), (0, "0.00")],
    "0.00_);[红色](0.00)": [(-3, "(3.00)"), (3, "3.00")],
    ";;;": [(3, ""), (-3, ""), (0, ""), ("甲", "")],
    "0.00;-0.00;;@": [(0, ""), (-1, "-1.00"), ("甲", "甲")],
    "0.00;": [(-1, ""), (1, "1.00")],
    '0.00"万元"': [(3, "3.00万元"), (-3, "-3.00万元")],
    '"共"0"个"': [(12, "共12个")],
    "¥#,##0.00": [(7, "¥7.00"), (-7, "-¥7.00")],
    "[$¥-804]#,##0.00": [(7, "¥7.00")],
    "#,##0.00,": [(1234567, "1,234.57")],
    '0\\.0,"万"': [(1234567, "123.5万")],
    "0!.0000": [(12345, "1.2345")],
    "[>=10000]0\\.0,;0": [(1234567, "123.5"), (9999, "9999"), (-5, "-5")],
    "[<0]-0.00;0.00": [(-1.5, "-1.50"), (1.5, "1.50")],
    '[=0]"-";0.00': [(0, "-"), (2, "2.00")],
    "[>100]0;[>10]0.0": [(200, "200"), (20, "20.0"), (2, "########")],
    "0.##": [(5.5, "5.5"), (5, "5.")],
    "#": [(0, ""), (5, "5")],
    "000": [(7, "007")],
    "0000-00-00": [(20231231, "2023-12-31")],
    "0.00E+00": [(12345.678, "1.23E+04"), (99999, "1.00E+05"), (0.00012, "1.20E-04"), (0, "0.00E+00")],
    "# ?/?": [(0.5, "0.5")],
    'yyyy"年"m"月"d"日"': [(datetime(2023, 12, 31), "2023年12月31日"), (45291, "2023年12月31日")],
    "yyyy-mm-dd hh:mm:ss": [(datetime(2024, 3, 5, 7, 8, 9), "2024-03-05 07:08:09")],
    "yy/m/d": [(date(2024, 3, 5), "24/3/5")],
    "h:mm AM/PM": [(time(15, 5), "3:05 PM"), (0.5, "12:00 PM")],
    "[h]:mm": [(timedelta(hours=30), "30:00")],
    "aaaa": [(date(2024, 3, 5), "星期二")],
    "yyyy": [(1e12, "########")],
}


@pytest.mark.parametrize(("code", "value", "text"), [(code, *pair) for code, pairs in SHOWN.items() for pair in pairs])
def test_shown(code: str, value: Value, text: str) -> None:
    assert shown(value, code).strip() == text


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("0.00;[Red]0.00", "-10.00"),
        ("0.00;[红色]0.00", "-10.00"),
        ("0.00;[Red]-0.00", "-10.00"),
        ("0.00;[Red](0.00)", "(10.00)"),
        ('0.00;[Red]"△"0.00', "△10.00"),
        ("0.00;[Red]", ""),
        ("0.00;[Blue]0.00", "10.00"),
        ("0.00;0.00", "10.00"),
    ],
)
def test_a_negative_amount_in_red_is_one(code: str, text: str) -> None:
    """Accountants write it in red, without a sign; in black nothing tells that it is negative."""
    assert shown(-10, code).strip() == text
    assert shown(10, code).strip() == "10.00"


def test_no_format_is_general() -> None:
    assert shown(1.5, None) == shown(1.5, "") == "1.5"


#: Amounts as accounts hold them: what a float of 15 digits keeps.
AMOUNTS = st.decimals(min_value=-(10**11), max_value=10**11, places=2)


@given(AMOUNTS)
def test_amounts_in_cents_are_shown_to_the_cent(amount: Decimal) -> None:
    assert shown(float(amount), "#,##0.00") == f"{amount + 0:,.2f}"
    assert shown(float(amount), "0.00") == f"{amount + 0:.2f}"


@given(st.decimals(min_value=-(10**6), max_value=10**6, places=4))
def test_general_shows_what_is_stored_where_it_has_room(amount: Decimal) -> None:
    assert Decimal(shown(float(amount), "General")) == amount


@given(st.integers(-(10**9), 10**9))
def test_a_half_goes_away_from_zero(number: int) -> None:
    half = number + (0.5 if number >= 0 else -0.5)
    assert int(shown(half, "0")) == number + (1 if number >= 0 else -1)


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from(sorted(SHOWN)))
def test_every_number_is_shown_in_every_format(number: float, code: str) -> None:
    assert isinstance(shown(number, code), str)


@given(st.text(max_size=20), st.floats(-1e12, 1e12))
def test_every_format_is_read(code: str, number: float) -> None:
    assert isinstance(shown(number, code), str)

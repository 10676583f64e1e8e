"""Printed text to exact figures."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.facts.figure import State, parse_figure

FULL_WIDTH = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")


@pytest.mark.parametrize("text", ["'310.20", "310.20'", "‘310.20", "310.20’", " '３１０．２０ "])
def test_an_apostrophe_that_marks_a_number_kept_as_text(text: str) -> None:
    assert parse_figure(text, "万元").value == Decimal("310.20")
    assert parse_figure("'", "万元").state is parse_figure("'甲", "万元").state is State.UNREADABLE


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [
        ("270.90", "270.90", 2),
        ("\u30000.8", "0.8", 1),
        ("162\u3000", "162", 0),
        ("４，７３３.１４", "4733.14", 2),
        ("4,733.14", "4733.14", 2),
        ("（12.5）", "-12.5", 1),
        ("(1,012.50)", "-1012.50", 2),
        ("−3.10", "-3.10", 2),
        ("-3.10", "-3.10", 2),
        ("负10.00", "-10.00", 2),
        ("-12345678901234567890123456.25", "-12345678901234567890123456.25", 2),
    ],
)
def test_numbers(text: str, value: str, decimals: int) -> None:
    figure = parse_figure(text, "万元")
    assert (figure.value, figure.decimals, figure.state, figure.unit) == (
        Decimal(value),
        decimals,
        State.NUMBER,
        "万元",
    )


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("", State.BLANK),
        ("\u3000", State.BLANK),
        ("\t ", State.BLANK),
        ("—", State.DASH),
        ("-", State.DASH),
        ("－－", State.DASH),
        ("0", State.ZERO),
        ("0.00", State.ZERO),
        ("\u30000", State.ZERO),
        ("无", State.ZERO),
        ("1.2.3", State.UNREADABLE),
        ("-1234567890123456789012345678901.25", State.UNREADABLE),
        ("12,34", State.UNREADABLE),
        ("(12", State.UNREADABLE),
        ("1 2 a", State.UNREADABLE),
        ("12\n34", State.UNREADABLE),
        ("社会保障", State.UNREADABLE),
    ],
)
def test_blank_zero_dash_and_unreadable_are_different(text: str, state: State) -> None:
    assert parse_figure(text, "万元").state is state


def test_unit_in_the_cell_overrides_the_tables() -> None:
    figure = parse_figure("2.3 万元", "元")
    assert (figure.value, figure.unit) == (Decimal("2.3"), "万元")
    assert parse_figure("61%", "万元").unit == "%"


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2), st.booleans(), st.booleans())
def test_any_printed_amount_reads_back(value: Decimal, separators: bool, wide: bool) -> None:
    text = f"{value:,.2f}" if separators else f"{value:.2f}"
    figure = parse_figure(text.translate(FULL_WIDTH) if wide else text, "元")
    assert figure.value == value
    assert figure.decimals == 2
    assert figure.text in (text, text.translate(FULL_WIDTH))

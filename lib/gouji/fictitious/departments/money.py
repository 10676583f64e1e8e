"""Exact amounts: integers in 分 (a hundredth of a yuan), rounded half up when printed, never float."""

from __future__ import annotations

CENTS_PER_PRINTED_DIGIT = {"万元": 10_000, "元": 1}
"""How many 分 make one last digit (0.01) of an amount printed in that unit with two decimals."""


def half_up(numerator: int, denominator: int) -> int:
    """Returns the quotient rounded to the nearest integer, a half away from zero."""
    sign = -1 if (numerator < 0) != (denominator < 0) else 1
    top, bottom = abs(numerator), abs(denominator)
    return sign * ((2 * top + bottom) // (2 * bottom))


def two_decimals(hundredths: int, thousands: bool = False) -> str:
    """Returns an integer number of hundredths as text: 38528 -> '385.28'."""
    whole, rest = divmod(abs(hundredths), 100)
    digits = f"{whole:,}" if thousands else str(whole)
    return f"{'-' if hundredths < 0 else ''}{digits}.{rest:02d}"


def amount_text(cents: int, unit: str, thousands: bool = False) -> str:
    """Returns a true amount as printed in `unit`, with two decimals."""
    return two_decimals(half_up(cents, CENTS_PER_PRINTED_DIGIT[unit]), thousands)


def percent_text(part: int, base: int) -> str:
    """Returns `part` as a percentage of `base`, rounded half up to two decimals: '42.05%'."""
    return two_decimals(half_up(part * 10_000, base)) + "%"

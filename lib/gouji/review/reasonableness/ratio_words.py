"""Words a ratio."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

_PLACES = Decimal("0.01")
#: Above so many 元 an amount per head is told in 万元.
_LARGE = 10_000


def ratio_in_words(value: Fraction, unit: str, exact: bool = False) -> str:
    """Returns a ratio with its unit. It has two places; with `exact`, only as many as it needs, for a stated line."""
    if unit == "元" and value >= _LARGE:
        return f"{_decimal(value / _LARGE)}万元"
    number = _decimal(value)
    shown = f"{number.normalize():f}" if exact else f"{number}"
    return f"{shown}{unit or '倍'}"


def _decimal(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(_PLACES)

"""Text sizes, the width a text takes, and how amounts are written."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

TEXT, SMALL, TITLE = 8.0, 7.0, 10.0

_NARROW = {**dict.fromkeys(" .,:'|", 0.26), **dict.fromkeys("()[]", 0.34), **dict.fromkeys("%", 0.9)}


def text_width(text: str, size: float) -> float:
    """Width of `text` in inches at `size` points: wide characters are square, digits a little over half of that."""
    wide = (1.0 if unicodedata.east_asian_width(sign) in "WFA" else _NARROW.get(sign, 0.56) for sign in text)
    return sum(wide) * size / 72


def shorten(text: str, size: float, limit: float) -> str:
    """`text` cut with … where it is wider than `limit` inches."""
    if text_width(text, size) <= limit:
        return text
    while text and text_width(text + "…", size) > limit:
        text = text[:-1]
    return text + "…"


def money(value: Decimal) -> str:
    """An amount with thousands separators and at least two decimals."""
    places = max(2, -int(value.normalize().as_tuple().exponent))
    return f"{value:,.{places}f}"

"""Chooses number formats, so that a figure stored as a number looks as printed."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

from gouji.facts.figure import Figure


def printed_format(figure: Figure) -> str:
    """Returns the number format that shows a printed figure's value as its text.

    `4,733.14` → `#,##0.00`, `162` → `0`, `（12.5）` → `0.0;(0.0)`, `3万元` → `0"万元"`, `无` → `"无"`.
    """
    plain = "".join(unicodedata.normalize("NFKC", figure.text).split())
    if not any(character.isdigit() for character in plain):
        return f'"{plain}"'
    number = digits(figure.decimals, grouped="," in plain)
    if figure.unit and plain.endswith(figure.unit):
        number += f'"{figure.unit}"'
    if plain.startswith("("):
        return f"{number};({number})"
    return f"+{number};-{number}" if plain.startswith("+") else number


def digits(decimals: int, grouped: bool = True) -> str:
    """Returns the format of a number of decimals: `#,##0.00` for two."""
    return ("#,##0" if grouped else "0") + ("." + "0" * decimals if decimals else "")


def decimals_of(value: Decimal) -> int:
    """Returns the number of decimals an exact value needs."""
    return max(0, -int(value.normalize().as_tuple().exponent))

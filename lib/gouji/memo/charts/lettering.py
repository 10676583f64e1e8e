"""Text sizes, the width a text takes, and how amounts are written."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

TEXT, SMALL, TITLE = 8.0, 7.0, 10.0

#: Pieces that are never broken across lines: a sign with its number, a Latin word, a short remark in brackets.
#: Closing punctuation stays with what it closes.
_UNIT = re.compile(r"(?:[+−≠=≤>÷] ?[!-~]+ ?|[!-~]+ ?|（[^（）]{1,8}）|.)[，。；：、）》】”]*")
#: Between the parts of a place.
_JOINT = " · "
_NARROW = {**dict.fromkeys(" .,:'|", 0.26), **dict.fromkeys("()[]", 0.34), **dict.fromkeys("%", 0.9)}


def text_width(text: str, size: float) -> float:
    """Returns the width of `text` in inches at `size` points: wide characters are square, digits a little over half of
    that."""
    wide = (1.0 if unicodedata.east_asian_width(sign) in "WFA" else _NARROW.get(sign, 0.56) for sign in text)
    return sum(wide) * size / 72


def shorten(text: str, size: float, limit: float) -> str:
    """Returns `text`, cut with … if it is wider than `limit` inches."""
    if text_width(text, size) <= limit:
        return text
    while text and text_width(text + "…", size) > limit:
        text = text[:-1]
    return text + "…"


def wrap(text: str, size: float, limit: float, most: int) -> list[str]:
    """Returns `text` in at most `most` lines of `limit` inches; the last is cut with … where it does not fit."""
    lines = [""]
    for unit in _UNIT.findall(text):
        if lines[-1] and text_width((lines[-1] + unit).rstrip(), size) > limit:
            lines.append("")
        lines[-1] += unit if lines[-1] else unit.lstrip()
    return _cut(lines, size, limit, most)


def wrap_place(place: str, size: float, limit: float, most: int) -> list[str]:
    """Returns a place (`公开03表 · 合计 · 基本支出`) in lines, broken between its parts where they fit."""
    lines: list[str] = []
    for part in place.split(_JOINT):
        joined = f"{lines[-1]}{_JOINT}{part}" if lines else part
        if lines and text_width(joined, size) <= limit:
            lines[-1] = joined
        else:
            lines.extend(wrap(part, size, limit, most))
    return _cut(lines, size, limit, most)


def _cut(lines: list[str], size: float, limit: float, most: int) -> list[str]:
    kept = [*lines[: most - 1], "".join(lines[most - 1 :])]
    return [shorten(line.strip(), size, limit) for line in kept if line.strip()]


def money(value: Decimal) -> str:
    """Returns an amount with thousands separators and at least two decimals."""
    places = max(2, -int(value.normalize().as_tuple().exponent))
    return f"{value:,.{places}f}"

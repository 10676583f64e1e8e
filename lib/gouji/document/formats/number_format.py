"""Writes a stored value as a spreadsheet shows it, by its number format.

What was published is audited, and that is what the cell shows: 270.9 in the format `0.00` is "270.90".
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

from gouji.document.formats.date_format import shown_date
from gouji.document.formats.format_code import Kind, Section, Token, sections_of

#: What a cell can hold.
Value = str | bool | int | float | datetime | date | time | timedelta | None


#: A spreadsheet keeps and shows no more than 15 significant digits; a half in the last place shown goes away from zero.
_FIFTEEN = Context(prec=15, rounding=ROUND_HALF_UP)
_WIDE = Context(prec=700, rounding=ROUND_HALF_UP)
#: How many characters General takes for a number.
_GENERAL_WIDTH = 11
_SECTIONS_WITH_TEXT = 4


def shown(value: Value, code: str | None) -> str:
    """Returns what a cell shows, with padding; "" for an empty cell and for a format that shows nothing."""
    sections = sections_of(code or "General")
    if value is None:
        return ""
    if isinstance(value, str):
        return _shown_text(value, sections)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _shown_number(_exact(value), sections)
    return shown_date(value, [(token.kind is Kind.DATE, token.text) for token in sections[0].shown])


def general(number: Decimal) -> str:
    """Returns a number in the format General: at most eleven characters, without zeros at the end of its decimals."""
    magnitude = abs(number)
    sign = "-" if number < 0 else ""
    if not magnitude:
        return "0"
    plain = f"{magnitude:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    whole = len(str(int(magnitude)))
    if len(plain) > _GENERAL_WIDTH:
        if whole > _GENERAL_WIDTH or magnitude < Decimal("0.0001"):
            return sign + _scientific(magnitude, 1, 5, strip=True)
        places = max(0, _GENERAL_WIDTH - 1 - whole)
        plain = f"{_rounded(magnitude, places):f}"
        plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return sign + plain


def _exact(value: int | float) -> Decimal:
    return _FIFTEEN.plus(Decimal(repr(value)))


#: What tells that an amount is negative.
_SIGN = re.compile("[-−–—(（△▲负]")


def _rounded(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), context=_WIDE)


def _shown_text(text: str, sections: tuple[Section, ...]) -> str:
    """Returns a text, in the format's section for texts if it has one."""
    own = sections[-1] if len(sections) >= _SECTIONS_WITH_TEXT or sections[-1].has(Kind.TEXT) else None
    if own is None:
        return text
    return "".join(text if token.kind is Kind.TEXT else token.text for token in own.shown)


def _shown_number(number: Decimal, sections: tuple[Section, ...]) -> str:
    section, signed = _chosen(number, sections)
    if section is None:
        return "#" * 8
    if section.has(Kind.DATE) and not section.has(Kind.EXPONENT):
        return _as_date(number, section)
    text = _body(abs(number), section.shown)
    if number < 0 and not signed and section.is_red and text.strip() and not _SIGN.search(text):
        return f"-{text}"  # accountants write a negative amount in red
    return f"-{text}" if signed and number < 0 and section.tokens else text


def _chosen(number: Decimal, sections: tuple[Section, ...]) -> tuple[Section | None, bool]:
    """Returns the section for a number (None if no condition holds), and whether a minus is written before it."""
    numeric = sections[: _SECTIONS_WITH_TEXT - 1]
    if any(section.condition for section in numeric):
        return _by_condition(number, numeric)
    if len(numeric) > 1 and number < 0:
        return numeric[1], False
    if len(numeric) > 2 and not number:
        return numeric[2], False
    return numeric[0], True


def _by_condition(number: Decimal, sections: tuple[Section, ...]) -> tuple[Section | None, bool]:
    for position, section in enumerate(sections):
        condition = section.condition
        if condition is None and position == 1 and len(sections) > 2:
            condition = ("<", Decimal(0))
        if condition is None or _holds(number, *condition):
            negative_only = condition is not None and condition[0] in ("<", "<=") and condition[1] <= 0
            return section, not negative_only
    return None, False


def _holds(number: Decimal, operator: str, limit: Decimal) -> bool:
    return {
        "<": number < limit,
        "<=": number <= limit,
        ">": number > limit,
        ">=": number >= limit,
        "=": number == limit,
        "<>": number != limit,
    }[operator]


def _as_date(number: Decimal, section: Section) -> str:
    """Returns a day number in a date format. A day that does not exist shows as hashes."""
    try:
        moment = datetime(1899, 12, 30) + timedelta(days=float(number))
    except OverflowError:
        return "#" * 8
    return shown_date(moment, [(token.kind is Kind.DATE, token.text) for token in section.shown])


def _body(magnitude: Decimal, tokens: list[Token]) -> str:
    """Returns a number without its sign, in the tokens of its section."""
    kinds = [token.kind for token in tokens]
    if Kind.GENERAL in kinds or (Kind.TEXT in kinds and Kind.DIGIT not in kinds):
        whole = {Kind.GENERAL, Kind.TEXT}
        return "".join(general(magnitude) if token.kind in whole else token.text for token in tokens)
    if Kind.DIGIT not in kinds:
        return "".join(token.text for token in tokens)
    if any(token == Token(Kind.LITERAL, "/") for token in tokens):
        return general(magnitude)  # a fraction (# ?/?)
    magnitude = magnitude.scaleb(2 * kinds.count(Kind.PERCENT), context=_WIDE)
    if Kind.EXPONENT in kinds:
        return _in_exponent(magnitude, tokens)
    magnitude, tokens = _scaled(magnitude, tokens)
    point = next((index for index, token in enumerate(tokens) if token.kind is Kind.POINT), len(tokens))
    after = tokens[point:]
    places = sum(token.kind is Kind.DIGIT for token in after)
    whole_digits, _, decimals = f"{_rounded(magnitude, places):f}".partition(".")
    return _whole(whole_digits.lstrip("0"), tokens[:point]) + _decimals(decimals, after)


def _scaled(magnitude: Decimal, tokens: list[Token]) -> tuple[Decimal, list[Token]]:
    """Returns the number divided by a thousand for each comma behind the last digit, and the tokens without these
    commas."""
    last = max(index for index, token in enumerate(tokens) if token.kind is Kind.DIGIT)
    commas = 0
    while last + 1 + commas < len(tokens) and tokens[last + 1 + commas].kind is Kind.COMMA:
        commas += 1
    return magnitude.scaleb(-3 * commas, context=_WIDE), tokens[: last + 1] + tokens[last + 1 + commas :]


def _whole(digits: str, tokens: list[Token]) -> str:
    """Returns the digits before the point in their places, filled from the right. Digits that are left over go into the
    first place."""
    places = [index for index, token in enumerate(tokens) if token.kind is Kind.DIGIT]
    grouped = any(token.kind is Kind.COMMA for token in tokens)
    left, written, count = list(digits), [], 0
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        if token.kind is not Kind.DIGIT:
            written.append("" if token.kind is Kind.COMMA else token.text)
            continue
        taken = left[::-1] if index == places[0] else left[-1:]
        del left[len(left) - len(taken) :]
        for digit in taken or [_PAD[token.text]]:
            if grouped and count and count % 3 == 0 and digit.isdigit():
                written.append(",")
            written.append(digit)
            count += 1
    if not places:
        written.append(digits)
    return "".join(reversed(written))


_PAD = {"0": "0", "#": "", "?": " "}


def _decimals(digits: str, tokens: list[Token]) -> str:
    """Returns the point and the digits behind it. Zeros at the end are written only if the format asks for them."""
    written, position = [], 0
    for token in tokens:
        if token.kind is not Kind.DIGIT:
            written.append("" if token.kind is Kind.COMMA else token.text)
            continue
        written.append(digits[position] if digits[position:].strip("0") else _PAD[token.text])
        position += 1
    return "".join(written)


def _in_exponent(magnitude: Decimal, tokens: list[Token]) -> str:
    """Returns a number in a scientific format (0.00E+00)."""
    kinds = [token.kind for token in tokens]
    mantissa = tokens[: kinds.index(Kind.EXPONENT)]
    point = next((index for index, token in enumerate(mantissa) if token.kind is Kind.POINT), len(mantissa))
    before, after = ([one for one in part if one.kind is Kind.DIGIT] for part in (mantissa[:point], mantissa[point:]))
    width = sum(kind is Kind.DIGIT for kind in kinds[kinds.index(Kind.EXPONENT) :])
    return _scientific(magnitude, max(1, len(before)), len(after), width=width)


def _scientific(magnitude: Decimal, whole: int, places: int, *, width: int = 2, strip: bool = False) -> str:
    exponent = (magnitude.adjusted() // whole) * whole if magnitude else 0
    mantissa = _rounded(magnitude.scaleb(-exponent, context=_WIDE), places)
    if len(str(int(mantissa))) > whole:
        exponent += whole
        mantissa = _rounded(magnitude.scaleb(-exponent, context=_WIDE), places)
    text = f"{mantissa:f}"
    if strip and "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{text}E{'-' if exponent < 0 else '+'}{abs(exponent):0{width}d}"

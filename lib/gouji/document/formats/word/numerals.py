"""Writes numbers as Word prints them in automatic numbering."""

from __future__ import annotations

from collections.abc import Callable

#: Word counts no further.
_LARGEST = 32_767
_DIGITS = "〇一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_LEGAL = str.maketrans("〇零一二三四五六七八九十百千", "零零壹贰叁肆伍陆柒捌玖拾佰仟")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = {
    "M": 1000,
    "CM": 900,
    "D": 500,
    "CD": 400,
    "C": 100,
    "XC": 90,
    "L": 50,
    "XL": 40,
    "X": 10,
    "IX": 9,
    "V": 5,
    "IV": 4,
    "I": 1,
}


def numeral(count: int, style: str) -> str:
    """Returns a number in one of Word's styles (`w:numFmt`): "" for none and for bullets, plain digits for unknown
    styles."""
    return _STYLES.get(style, str)(count) if 0 <= count <= _LARGEST else str(count)


def _by_digit(count: int) -> str:
    """Returns the digits one by one: 12 → 一二."""
    return "".join(_DIGITS[int(digit)] for digit in str(count))


def _counted(count: int) -> str:
    """Returns a Chinese numeral: 12 → 十二, 105 → 一百零五."""
    if not 0 < count < 10_000:
        return _by_digit(count)
    text, gap = "", False
    for place in range(3, -1, -1):
        digit = count // 10**place % 10
        if digit:
            text += ("零" if gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = bool(text) and not digit
    return text.removeprefix("一") if 10 <= count < 20 else text


def _counted_below_hundred(count: int) -> str:
    """Returns a Chinese numeral below a hundred, else digits: 12 → 十二, 105 → 一〇五."""
    return _counted(count) if count < 100 else _by_digit(count)


def _from(first: str, last: int, beyond: Callable[[int], str] = str) -> Callable[[int], str]:
    """Returns a function that numbers 1 to `last` with consecutive Unicode characters from `first`."""
    return lambda count: chr(ord(first) + count - 1) if 1 <= count <= last else beyond(count)


def _cycle(characters: str) -> Callable[[int], str]:
    return lambda count: characters[(count - 1) % len(characters)]


def _letters(count: int) -> str:
    """Returns letters: 1 → A, 27 → AA, 28 → BB."""
    return chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1) if count > 0 else ""


def _roman(count: int) -> str:
    text = ""
    for sign, worth in _ROMAN.items():
        text, count = text + sign * (count // worth), count % worth
    return text


def _full_width(count: int) -> str:
    return "".join(chr(ord("０") + int(digit)) for digit in str(count))


_STYLES: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "bullet": lambda _: "",
    "decimalZero": lambda count: f"{count:02d}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _from("①", 20),
    "decimalEnclosedCircleChinese": _from("①", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "ideographEnclosedCircle": _from("㊀", 10),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographDigital": _by_digit,
    "japaneseDigitalTenThousand": _by_digit,
    "taiwaneseDigital": _by_digit,
    "koreanDigital2": _by_digit,
    "chineseCounting": _counted_below_hundred,
    "taiwaneseCounting": _counted_below_hundred,
    "chineseCountingThousand": _counted,
    "taiwaneseCountingThousand": _counted,
    "japaneseCounting": _counted,
    "chineseLegalSimplified": lambda count: _counted(count).translate(_LEGAL),
    "ideographLegalTraditional": lambda count: _counted(count).translate(_LEGAL),
    "upperLetter": _letters,
    "lowerLetter": lambda count: _letters(count).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda count: _roman(count).lower(),
}

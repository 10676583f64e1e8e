"""Defines one number as printed: its text, exact value, unit, decimals and state."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from gouji.document.word_lists import WORDS as PRINTED
from gouji.facts.word_lists import WORDS
from gouji.intervals import MONEY_UNIT, MONEY_UNITS
from gouji.runtime.immutable import immutable


def dimension_of(unit: str) -> str:
    """Returns what amounts in a unit can be added to: "money" for all money units, else the unit itself (个, 项)."""
    return "money" if unit in MONEY_UNITS else WORDS.same_count.get(unit, unit)


class State(StrEnum):
    """The state of a cell. Blank, zero and dash are three different statements. A doubtful figure was recognised by OCR
    with little confidence and is never used as evidence."""

    __hash__ = str.__hash__  # an Enum's own is a call into Python

    NUMBER = "number"
    ZERO = "zero"
    BLANK = "blank"
    DASH = "dash"
    UNREADABLE = "unreadable"
    DOUBTFUL = "doubtful"
    WORD = "word"


_PRINTED = frozenset({State.NUMBER, State.ZERO})


@immutable()
class Figure:
    """A printed number. `text` and `decimals` are as printed; `value` is None unless it is a number or zero.

    `readings` are the values that a malformed figure of a sentence may stand for, the likeliest first.
    """

    text: str
    value: Decimal | None
    unit: str
    decimals: int
    state: State
    readings: tuple[Decimal, ...] = ()

    @property
    def dimension(self) -> str:
        """Returns the kind of the unit: figures of one kind can be added up and compared."""
        return dimension_of(self.unit)

    @property
    def printed(self) -> bool:
        """True where a number, zero included, is printed."""
        return self.state in _PRINTED


_DASHES = {"-", "--", "—", "——", "–", "−", "/", "\\", "一", "…", "―", "──", "─", "――", "·", "··"}
_NOTHING = frozenset(PRINTED.nothing)
_NUMBER = re.compile(
    r"^(?P<open>\()?(?P<sign>[-+−–—△▲负])?(?P<body>\d{1,3}(?:,\d{3})+|\d+)(?P<point>\.\d+)?(?P<close>\))?$"
)
#: No amount has as many digits (the country's has fourteen in 元), nor as many with commas, sign and brackets: such a
#: number is none, and what is reckoned with it would not be exact.
_MOST_DIGITS, _MOST_PRINTED = 20, 30
#: How most figures are printed.
_USUAL = re.compile(r"[0-9]+(?:\.([0-9]+))?")
#: Marks of footnotes: raised digits, digits in circles or brackets of their own, stars.
_MARK = re.compile("(?<=[0-9０-９%％)）])[\\s\u00b9\u00b2\u00b3\u2070-\u2079\u2080-\u2089①-⑳⑴-⒇⒈-⒛*＊※#†‡]+$")
_TWO_NUMBERS = re.compile(r"\d[ \t\u3000]*\n\s*\d|\.\d+\s+\d|[\u00b9\u00b2\u00b3\u2070-\u2079\u2080-\u2089①-⑳⑴-⒇⒈-⒛].")
#: The sign of the currency before a number, in brackets or behind a minus too.
_CURRENCY = re.compile(r"^(\(?[-+−–—△▲]?)¥(?=.)")
#: What spreadsheets set before a number that is kept as text, and people behind it.
_APOSTROPHE = re.compile(r"^['‘’`´]+(?=[-+−(¥△▲\d])|(?<=[\d)%])['‘’`´]+$")
_UNIT = re.compile(rf"({MONEY_UNIT}|%|‰)$")


@lru_cache(maxsize=4096)
def parse_figure(text: str, unit: str) -> Figure:
    """Reads a cell's text as a figure in `unit` (a unit printed in the cell itself overrides it).

    Full-width digits, thousands separators, currency signs, glued ideographic spaces and accountants' brackets for
    minus are read;
    "无" is a printed zero. Anything else that is not blank or a dash is unreadable, never guessed at: two numbers one
    below the other are not one.
    """
    if len(text) <= _MOST_DIGITS and (match := _USUAL.fullmatch(text)):
        value = Decimal(text)
        return Figure(text, value, unit, len(match[1]) if match[1] else 0, State.NUMBER if value else State.ZERO)
    plain = _CURRENCY.sub(r"\1", _APOSTROPHE.sub("", _plain_text(text)))
    if not plain:
        return Figure(text, None, unit, 0, State.BLANK)
    if plain in _DASHES:
        return Figure(text, None, unit, 0, State.DASH)
    if plain in _NOTHING:
        return Figure(text, Decimal(0), unit, 0, State.ZERO)
    if match := _UNIT.search(plain):
        unit, plain = match.group(1), plain[: match.start()]
    number = None if _TWO_NUMBERS.search(text) else _NUMBER.match(plain)
    if number is None or bool(number["open"]) != bool(number["close"]) or len(plain) > _MOST_PRINTED:
        return Figure(text, None, unit, 0, State.UNREADABLE)
    value = Decimal(number["body"].replace(",", "") + (number["point"] or ""))
    if number["open"] or (number["sign"] or "+") != "+":
        value = value.copy_negate()  # a minus rounds to the digits of decimal's context
    decimals = len(number["point"]) - 1 if number["point"] else 0
    return Figure(text, value, unit, decimals, State.NUMBER if value else State.ZERO)


def _plain_text(text: str) -> str:
    """Returns the text of a cell, normalised, without spaces, invisible characters, and the mark of a footnote behind
    it (normalised, a mark would be one more digit)."""
    seen = "".join(one for one in text if unicodedata.category(one) != "Cf").strip()
    return "".join(unicodedata.normalize("NFKC", _MARK.sub("", seen)).split())


def is_blank(text: str) -> bool:
    """True where nothing is printed; U+3000 and tabs are nothing."""
    return not text.strip()

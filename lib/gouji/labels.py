"""Makes printed labels comparable: one spelling for what departments print differently."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from gouji.radicals import ordinary

#: The digits of a year that a document is of or compares with, and a year that 年 stands behind.
YEAR_DIGITS = r"20[0-3]\d"
YEAR = re.compile(rf"{YEAR_DIGITS}(?=年)")
#: A year in wide digits or Chinese numerals (２０２２年, 二〇二二年, 二零二二年), and the digits they stand for. Among
#: numerals the letter O is typed for 〇 (二O二二年).
_ODD_YEAR = re.compile(
    "(?:[２2二][０0〇零○][０-３0-3〇零○一二三][０-９0-9〇零○一二三四五六七八九]"
    "|二[OoＯｏОо〇零○][OoＯｏОо〇零○一二三][OoＯｏОо〇零○一二三四五六七八九])(?=\\s*年)"
)
_PLAIN_DIGITS = str.maketrans("OoＯｏОо〇零○一二三四五六七八九０１２３４５６７８９", "0000000001234567890123456789")
_QUOTES = re.compile("[“”\"'‘’「」『』《》〈〉]")
#: What is spelled so already: characters that nothing here changes.
_EVEN = re.compile(r"[\u4e00-\u9fff!#-&(-~]*")
#: Texts up to this length are remembered: labels recur, within a document and from one to the next.
_LABEL = 40
#: Controls, formats and characters of a font's own: indents of printed pages, bullets, soft hyphens.
_UNSEEN = ("Cc", "Cf", "Co")
#: Controls that part words, and what shows that a text was decoded wrongly.
_KEPT = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\0"
_SPACE = re.compile(r"\s+")
_ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、．](?!\d))")
_PART_OF = re.compile(r"^(?:其中|其他中)[:：]")


def normalise(text: str) -> str:
    """Returns a label in one spelling, with ASCII brackets.

    Evens out width, spaces, quotes, look-alike radicals and the numerals of years, and leaves out invisible characters.
    """
    if _EVEN.fullmatch(text) and "二零" not in text and "二O" not in text and "二o" not in text:
        return text
    return _evened(text) if len(text) <= _LABEL else _evened.__wrapped__(text)


@lru_cache(maxsize=8192)
def _evened(text: str) -> str:
    seen = ordinary(text)
    if not seen.replace("\u3000", "").isprintable():  # nothing is unseen in what is printable, and most texts are
        seen = "".join(char for char in seen if char in _KEPT or unicodedata.category(char) not in _UNSEEN)
    return years_in_digits(_QUOTES.sub("", _SPACE.sub("", unicodedata.normalize("NFKC", seen))))


def years_in_digits(text: str) -> str:
    """Returns a text of the same length with its years in plain digits (二〇二二年 as 2022年)."""
    return _ODD_YEAR.sub(lambda match: match.group().translate(_PLAIN_DIGITS), text)


@lru_cache(maxsize=8192)
def row_label(text: str) -> str:
    """Returns a row's label without its ordinal (一、, (二), 3.) and without words that make it a part (其中：)."""
    label = _PART_OF.sub("", normalise(text))
    return _PART_OF.sub("", _ORDINAL.sub("", label))


def ordinal(text: str) -> str:
    """Returns the ordinal at the beginning of a label; "" if it has none: 二十一、国有资本经营预算支出 → 二十一."""
    match = re.match(r"^([一二三四五六七八九十]{1,3})、", normalise(text))
    return match.group(1) if match else ""


def is_part(text: str) -> bool:
    """True for a row that repeats a part of the row above (其中：…), and so is no term of its sum."""
    return bool(_PART_OF.match(normalise(text)))


@lru_cache(maxsize=8192)
def shown(label: str) -> str:
    """Returns a normalised label as auditors write it, with full-width brackets."""
    return label.replace("(", "（").replace(")", "）").replace(":", "：")

"""Characters that look like others: what programs print into PDF and copies for the ordinary character.

Unicode has the radicals of dictionaries a second time (⼀ beside 一, ⻋ beside 车) and some ideographs for the sake of
old encodings. Each becomes the one ordinary character, so that no place in a text moves.
"""

from __future__ import annotations

import re
import unicodedata

_ODD = re.compile("[\u2e80-\u2fd5\uf900-\ufad9]")
#: Radicals of simplified characters, which no normal form of Unicode replaces.
_SIMPLIFIED = dict(
    zip(
        "⺠⺮⺟⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "民竹母虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)
#: Radicals whose normal form is the character of traditional print.
_TRADITIONAL = {"⼾": "户", "⾭": "青", "⿈": "黄"}


def _ordinary(char: str) -> str:
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char


_ORDINARY = str.maketrans(
    {chr(code): _ordinary(chr(code)) for span in ((0x2E80, 0x2FD6), (0xF900, 0xFADA)) for code in range(*span)}
    | _SIMPLIFIED
    | _TRADITIONAL
)


def ordinary(text: str) -> str:
    """The text with the ordinary character in place of each that looks like one; as long as before."""
    return text.translate(_ORDINARY) if _ODD.search(text) else text

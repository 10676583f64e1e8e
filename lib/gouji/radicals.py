"""Characters that look like others: ⻝ for 食, ⼈ for 人.

Fonts draw both with one glyph, and a program that writes a PDF may name either of the two. Of U+2F00 to U+2FD5, and of
the ideographs that old encodings had twice (U+F900 on), the ordinary character is the compatibility decomposition. Of
U+2E80 to U+2EFF hardly any has one: radicals.csv gives theirs, from Unicode's EquivalentUnifiedIdeograph.txt (version
14.0; two of the block stand for no character). Each becomes one character, so that no place in a text moves.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from importlib.resources import files

_ODD = re.compile("[\u2e80-\u2fd5\uf900-\ufad9]")
#: Radicals whose decomposition is the character of traditional print.
_SIMPLIFIED = {"⼾": "户", "⾭": "青", "⿈": "黄"}


def ordinary(text: str) -> str:
    """Returns the text with the ordinary character in place of each that looks like one; it is as long as before."""
    return text if text.isascii() or not _ODD.search(text) else text.translate(_ORDINARY)


def _pairs() -> Iterator[tuple[str, str]]:
    rows = files("gouji").joinpath("radicals.csv").read_text(encoding="utf-8").splitlines()
    for row in csv.DictReader(rows):
        yield row["radical"], row["ideograph"]
    for char in map(chr, (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFADA))):
        plain = unicodedata.normalize("NFKC", char)
        yield char, plain if len(plain) == 1 else char


_ORDINARY = str.maketrans({**dict(_pairs()), **_SIMPLIFIED})

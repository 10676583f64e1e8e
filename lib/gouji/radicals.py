"""Radicals that files print for ordinary characters: ⻝ for 食, ⼈ for 人.

Fonts draw both with one glyph, and a program that writes a PDF may name either of the two. Of U+2F00 to U+2FD5 the
character is the compatibility decomposition. Of U+2E80 to U+2EFF hardly any has one: radicals.csv gives theirs, from
Unicode's EquivalentUnifiedIdeograph.txt (version 14.0; two of the block stand for no character).
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator
from importlib.resources import files

__all__ = ["RADICALS"]


def _pairs() -> Iterator[tuple[str, str]]:
    rows = files("gouji").joinpath("radicals.csv").read_text(encoding="utf-8").splitlines()
    for row in csv.DictReader(rows):
        yield row["radical"], row["ideograph"]
    for radical in map(chr, range(0x2F00, 0x2FD6)):
        yield radical, unicodedata.normalize("NFKC", radical)


#: For `str.translate`: each radical to the one character that it stands for.
RADICALS = str.maketrans(dict(_pairs()))

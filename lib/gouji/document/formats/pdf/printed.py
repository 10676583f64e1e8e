"""Leaves out what a reader of a page does not take for its text: slanted watermarks, characters as white as the paper,
and text beside the paper."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from gouji.document.formats.pages.grids import words_of
from gouji.document.formats.pages.lines import Char

#: The share of a matrix's larger part up to which the smaller one counts as zero: the text is level or upright.
_SLANT = 0.05
#: A colour is white if every part of it is at least this light.
_WHITE = 0.97
#: The least lightness of a watermark, and the least size (points) of its characters.
_PALE, _LARGE = 0.6, 24.0
#: How far beside the paper (points) a word may begin.
_EDGE = 2.0
#: What stands for a glyph whose character its font does not say: its number, a private character, the sign for none.
_UNMAPPED = re.compile("\\(cid:\\d+\\)|[\ue000-\uf8ff\ufffd]")
#: Of a page's characters: signs and bullets are fewer, the words of a page of figures are more.
_MOST_UNMAPPED = 0.2


def is_unmapped(chars: Sequence[Mapping[str, Any]]) -> bool:
    """True for a page whose fonts do not say which characters so many of its glyphs are that nothing can be read."""
    printed = [text for one in chars if (text := one["text"].strip())]
    return sum(bool(_UNMAPPED.fullmatch(text)) for text in printed) > _MOST_UNMAPPED * len(printed)


def is_printed(char: Mapping[str, Any], rects: Sequence[Mapping[str, Any]]) -> bool:
    """False for a slanted character, and for a white one or a large pale one where nothing darker lies under it."""
    if _is_slanted(char):
        return False
    least = _PALE if char["size"] >= _LARGE else _WHITE
    return not is_light(char.get("non_stroking_color"), least) or any(_is_under(rect, char) for rect in rects)


def on_paper(chars: Sequence[Char], width: float, height: float) -> list[Char]:
    """Characters without the words that begin outside the paper: a sheet wider than it is printed again on the next
    page, shifted to the left. Words that only end outside are kept whole."""
    if all(one.x0 >= 0 and one.x0 < width and one.bottom > 0 and one.top < height for one in chars):
        return list(chars)
    words = words_of(chars)
    seen = (word for word in words if word[0].x1 > 0 and word[0].x0 >= -_EDGE and word[0].x0 < width)
    return [one for word in seen for one in word if one.bottom > 0 and one.top < height]


def _is_slanted(char: Mapping[str, Any]) -> bool:
    across, up, *_ = char["matrix"]
    smaller, larger = sorted((abs(across), abs(up)))
    return bool(smaller > _SLANT * larger)


def _is_under(rect: Mapping[str, Any], char: Mapping[str, Any]) -> bool:
    """True for a filled rectangle, not white itself, around the middle of a character."""
    across, down = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    inside = rect["x0"] <= across <= rect["x1"] and rect["top"] <= down <= rect["bottom"]
    return bool(inside and rect.get("fill") and not is_light(rect.get("non_stroking_color")))


def is_light(colour: object, least: float = _WHITE) -> bool:
    """True for white in grey or RGB (all parts full) and in CMYK (none), and for what is lighter than `least`."""
    if isinstance(colour, int | float):
        return colour >= least
    if not isinstance(colour, tuple | list) or not all(isinstance(part, int | float) for part in colour):
        return False
    if len(colour) == 4:
        return all(part <= 1 - least for part in colour)
    return len(colour) in (1, 3) and all(part >= least for part in colour)

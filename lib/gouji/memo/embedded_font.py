"""Embeds the glyphs a page needs in the page, so that its text can be read on a machine without a Chinese font.

A page names the reader's own fonts first. The browser takes from this font only the glyphs that none of those has.
"""

from __future__ import annotations

import base64
import re

import uharfbuzz as harfbuzz

from gouji.memo.fonts import packaged_file

#: The family's name in a page's style sheets.
FAMILY = "Gouji"
_TAG = re.compile(r"<style.*?</style>|<[^>]+>", re.DOTALL)
#: Typographic tables that a memo does not need.
_DROPPED = ("GSUB", "GPOS", "BASE", "VORG", "vhea", "vmtx", "DSIG")


def font_face(page: str) -> str:
    """Returns an @font-face rule with the glyphs of a page's text (about 140 KB for a memo).

    The same text gives the same bytes: the font is not compressed, because compressors differ. Returns "" where the
    font's package (mplfonts) is not installed.
    """
    source = embedded(_TAG.sub("", page))
    return f'@font-face {{ font-family: "{FAMILY}"; src: {source}; }}' if source else ""


def embedded(text: str) -> str:
    """Returns a font with a text's glyphs as a source of an @font-face rule: `url("data:…") format("opentype")`.

    Returns "" where the font's package (mplfonts) is not installed.
    """
    file = packaged_file()
    if file is None:
        return ""
    wanted = harfbuzz.SubsetInput()
    wanted.unicode_set.set(set(map(ord, text)))
    wanted.drop_table_tag_set.update({int.from_bytes(tag.encode(), "big") for tag in _DROPPED})
    wanted.name_id_set.clear()
    wanted.flags |= harfbuzz.SubsetFlags.NO_HINTING
    font = harfbuzz.subset(harfbuzz.Face(harfbuzz.Blob.from_file_path(file)), wanted)
    encoded = base64.b64encode(font.blob.data).decode("ascii")
    return f'url("data:font/otf;base64,{encoded}") format("opentype")'

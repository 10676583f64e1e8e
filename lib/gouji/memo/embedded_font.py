"""Embeds the glyphs a page needs in the page, so that its text can be read on a machine without a Chinese font.

A page names the reader's own fonts first. The browser takes from this font only the glyphs that none of those has.
"""

from __future__ import annotations

import base64
import io
import re

from fontTools import subset

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
    file = packaged_file()
    if file is None:
        return ""
    options = subset.Options()
    options.layout_features = []
    options.hinting = options.glyph_names = options.recalc_timestamp = False
    options.name_IDs = []
    options.drop_tables = [*options.drop_tables, *_DROPPED]
    packed = io.BytesIO()
    with subset.load_font(str(file), options, lazy=True) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=sorted({ord(char) for char in _TAG.sub("", page)}))
        subsetter.subset(font)
        subset.save_font(font, packed, options)
    encoded = base64.b64encode(packed.getvalue()).decode("ascii")
    return f'@font-face {{ font-family: "{FAMILY}"; src: url("data:font/otf;base64,{encoded}") format("opentype"); }}'

"""Recognises what a site prints below its pages: whose it is, how it is registered, whom to call."""

from __future__ import annotations

import re

from lxml import etree

from gouji.document.word_lists import WORDS
from gouji.runtime.word_lists import any_of

_WORDS = re.compile(any_of(WORDS.site_furniture), re.IGNORECASE)
_FOOTER = re.compile(r"(?:^|[\s_-])(?:page)?(?:footer?|copyright|bottom)(?:$|[\s_-])", re.IGNORECASE)
#: The greatest length of such a line, and of a footer's text.
_LONGEST, _MOST = 300, 1500


def is_site_furniture(text: str) -> bool:
    """True for a line that says how a site is registered or whose it is."""
    return len(text) <= _LONGEST and bool(_WORDS.search(text))


def hide_footers(root: etree._Element) -> None:
    """Hides the elements that are called footers and say what footers say."""
    for element in root.iter("div", "table", "ul", "p", "section"):
        if _FOOTER.search(f"{element.get('class', '')} {element.get('id', '')}"):
            text = "".join(map(str, element.itertext()))
            if len(text) <= _MOST and _WORDS.search(text):
                element.set("hidden", "hidden")

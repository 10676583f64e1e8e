"""How wide a line of text is where a Chinese sign takes two columns."""

from __future__ import annotations

import unicodedata


def text_width(text: str) -> int:
    """The width of a line of text in half-width characters."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)

"""Measures the width of a line of text, in which a Chinese character takes two columns."""

from __future__ import annotations

import unicodedata


def text_width(text: str) -> int:
    """Returns the width of a line in half-width characters."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)

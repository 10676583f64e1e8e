"""Shared parts of notes in every format: their author, and the characters they may hold."""

from __future__ import annotations

import re

AUTHOR = "Gouji 勾稽"

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def legal(text: str) -> str:
    """Returns a text without the characters that XML cannot hold."""
    return _ILLEGAL.sub("", text)

"""Writes raised digits (the mark of a footnote, a square metre) as characters of their own. As ordinary digits, they
would be part of the figure before them."""

from __future__ import annotations

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(text: str) -> str:
    """Returns a text with its digits raised. Its length stays the same."""
    return text.translate(_RAISED)

"""Raised digits (the mark of a footnote, a square metre) as characters of their own: set on the line, a mark would be
one more digit of the figure before it."""

from __future__ import annotations

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(text: str) -> str:
    """Text with its digits raised; as many characters as before."""
    return text.translate(_RAISED)

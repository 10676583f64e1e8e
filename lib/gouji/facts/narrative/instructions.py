"""Blanks the form's own instructions that were left in the text: they explain how to fill it in and state nothing."""

from __future__ import annotations

import re

from gouji.facts.narrative.word_lists import WORDS

_INSTRUCTION = re.compile("|".join(f"(?:{one})" for one in WORDS.instructions))
_OPENING, _CLOSING, _ENDS = "（(【", "）)】", "。；;！？\n"


def without_instructions(text: str) -> str:
    """Returns a text with blanks for instructions: each with its brackets, else its sentence. The other characters keep
    their places."""
    for match in reversed(list(_INSTRUCTION.finditer(text))):
        start, end = _extent(text, match.start(), match.end())
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _extent(text: str, start: int, end: int) -> tuple[int, int]:
    """Returns where the instruction around the found words begins and ends."""
    opened = max(text.rfind(mark, 0, start + 1) for mark in _OPENING)
    if opened >= 0 and not any(mark in text[opened:start] for mark in _CLOSING):
        closed = min((at for mark in _CLOSING if (at := text.find(mark, end - 1)) >= 0), default=len(text) - 1)
        return opened, closed + 1
    begins = max(text.rfind(mark, 0, start) for mark in _ENDS) + 1
    ends = min((at for mark in _ENDS if (at := text.find(mark, end)) >= 0), default=len(text) - 1)
    return begins, ends + 1

"""The form's own instructions that were left in the text: they tell how to fill it in and state nothing."""

from __future__ import annotations

import re

from gouji.facts.narrative.word_lists import WORDS

_INSTRUCTION = re.compile("|".join(f"(?:{one})" for one in WORDS.instructions))
_OPENING, _CLOSING, _ENDS = "（(【", "）)】", "。；;！？\n"


def without_instructions(text: str) -> str:
    """A text in which instructions are blanks: each with its brackets, else its sentence. All else stays in its
    place."""
    for match in reversed(list(_INSTRUCTION.finditer(text))):
        start, end = _whole(text, match.start(), match.end())
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the instruction that words were found in begins and ends."""
    opened = max(text.rfind(mark, 0, start + 1) for mark in _OPENING)
    if opened >= 0 and not any(mark in text[opened:start] for mark in _CLOSING):
        closed = min((at for mark in _CLOSING if (at := text.find(mark, end - 1)) >= 0), default=len(text) - 1)
        return opened, closed + 1
    begins = max(text.rfind(mark, 0, start) for mark in _ENDS) + 1
    ends = min((at for mark in _ENDS if (at := text.find(mark, end)) >= 0), default=len(text) - 1)
    return begins, ends + 1

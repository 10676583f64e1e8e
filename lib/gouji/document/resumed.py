"""Plain text in which a sentence goes on in another paragraph, or on the next page behind its number and head.

Two paragraphs are one only where the first cannot end so, or the second cannot begin so: with a figure and its unit, or
with what stands behind one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from gouji.document.broken import ENDS, is_prose
from gouji.document.formats.pages.furniture import PAGE_NUMBER
from gouji.document.headings import parse_annex, parse_number
from gouji.document.marks import SENTENCE, is_caption
from gouji.document.pieces import Line
from gouji.document.word_lists import WORDS
from gouji.runtime.word_lists import any_of

#: A running head is repeated so often, and no longer than this; between two halves stand so many lines at most.
_REPEATED, _LONGEST, _MOST_BETWEEN = 3, 40, 4
_DIGITS = re.compile(r"\d+")
_UNIT = rf"(?:{any_of(WORDS.units)})"
#: What nothing begins with: a mark, a unit, an amount, the decimals of one.
_NO_BEGINNING = re.compile(rf"[，,、；;：:）)”》]|{_UNIT}[，。；、（）)]|[\d,，]*\.?\d+\s*{_UNIT}")
#: What stands behind a figure only: 2023|年度.
_OPEN_FIGURE = re.compile(r"\d[.．,，]?$")
_OF_DATE = re.compile(r"[年月日]")
#: What nothing ends with: an open mark, or a word that something must follow.
_NO_END = re.compile(rf"(?:[，,、（(“《]|{any_of(WORDS.unfinished)})$")


def resumed(lines: Sequence[Line]) -> list[Line]:
    """The lines, those of a sentence as one: it keeps the number of its first, and what stood between stands behind."""
    heads = _running_heads(lines)
    found: list[Line] = []
    at = 0
    while at < len(lines):
        line, between = lines[at], list[Line]()
        at += 1
        while (end := _second_half(line, lines, at, heads)) is not None:
            between += [one for one in lines[at:end] if one.text.strip()]
            line = Line(line.number, line.text.rstrip() + lines[end].text.strip())
            at = end + 1
        found += [line, *between]
    return found


def _second_half(line: Line, lines: Sequence[Line], at: int, heads: frozenset[str]) -> int | None:
    """Where the sentence goes on that a line leaves open, None where it does not."""
    text = line.text.strip()
    if _is_between(text, heads) or not _is_open(line.text):
        return None
    end = at
    while end < len(lines) and end - at < _MOST_BETWEEN and _is_between(lines[end].text, heads):
        end += 1
    if end >= len(lines) or not _is_rest(lines[end].text.strip()):
        return None
    paged = any(lines[one].text.strip() for one in range(at, end))
    return end if is_broken(text, lines[end].text.strip(), paged) else None


def is_broken(text: str, below: str, paged: bool) -> bool:
    """True where a sentence cannot end with the first line, or none can begin with the second. Where no page's end is
    between them (not `paged`) only the second counts. A numbered line without a comma is a title, and never open."""
    if parse_number(text) is not None and not SENTENCE.search(text):
        return False
    if _NO_BEGINNING.match(below) or (_OPEN_FIGURE.search(text) and _OF_DATE.match(below)):
        return True
    return paged and bool(SENTENCE.search(text) and _NO_END.search(text))


def _is_open(line: str) -> bool:
    """True for a line of text without the end of its sentence."""
    text = line.strip()
    return is_prose(line) and not text.endswith(ENDS) and not is_caption(text)


def _is_rest(text: str) -> bool:
    """True for a line of sentences that is neither numbered nor a title."""
    prose = bool(SENTENCE.search(text)) and is_prose(text) and not is_caption(text)
    return prose and parse_number(text) is None and parse_annex(text, ()) is None


def _is_between(text: str, heads: frozenset[str]) -> bool:
    """True for a blank line, a page's number, a running head."""
    text = text.strip()
    return not text or bool(PAGE_NUMBER.match(text)) or _key(text) in heads


def _running_heads(lines: Sequence[Line]) -> frozenset[str]:
    seen = Counter(_key(line.text.strip()) for line in lines if 0 < len(line.text) <= _LONGEST)
    return frozenset(
        text for text, count in seen.items() if count >= _REPEATED and text and not re.search("[，。；：、\t]", text)
    )


def _key(text: str) -> str:
    return _DIGITS.sub("#", text)

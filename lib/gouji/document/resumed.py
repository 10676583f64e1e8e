"""Joins sentences in plain text that continue in another paragraph, or on the next page behind its number and head.

Two paragraphs are joined only if the first cannot end as it does, or the second cannot begin as it does: with a figure
and its unit, or with what follows a figure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from gouji.document.broken import ENDS, is_prose
from gouji.document.formats.pages.furniture import PAGE_NUMBER
from gouji.document.headings import parse_annex, parse_number
from gouji.document.marks import SENTENCE, is_caption
from gouji.document.pieces import Line
from gouji.document.word_lists import WORDS
from gouji.runtime.word_lists import any_of

#: How often a running head is repeated, its greatest length, and the most lines between two halves of a sentence.
_REPEATED, _LONGEST, _MOST_BETWEEN = 3, 40, 4
_OPENS = re.compile("[：:、\t]")
_UNIT = rf"(?:{any_of(WORDS.units)})"
#: What no sentence begins with: a mark, a unit, an amount, the decimals of one.
_NO_BEGINNING = re.compile(rf"[，,、；;：:）)”》]|{_UNIT}[，。；、（）)]|[\d,，]*\.?\d+\s*{_UNIT}")
#: A figure at the end of a line, behind which a part of a date may follow: 2023|年度.
_OPEN_FIGURE = re.compile(r"\d[.．,，]?$")
_OF_DATE = re.compile(r"[年月日]")
#: What no sentence ends with: an open mark, or a word that something must follow.
_LONGEST_END = max(map(len, WORDS.unfinished))
_NO_END = re.compile(rf"(?:[，,、（(“《]|{any_of(WORDS.unfinished)})$")


def resumed(lines: Sequence[Line]) -> list[Line]:
    """Returns the lines, with the parts of each sentence joined. The joined line has the number of the first; lines
    that stood in between follow it."""
    texts = [line.text.strip() for line in lines]
    halves = [at for at, text in enumerate(texts) if ("，" in text or "。" in text or "；" in text) and _is_half(text)]
    if not halves:
        return list(lines)
    # Only a half, or a line shortly before one, is the first part of a sentence.
    first = {one for at in halves for one in range(at - _MOST_BETWEEN - 1, at + 1)}
    aside = {text for text, count in Counter(texts).items() if _is_aside(text, count)}
    found: list[Line] = []
    at = 0
    while at < len(lines):
        line, text, between = lines[at], texts[at], list[Line]()
        at += 1
        if at - 1 not in first:
            found.append(line)
            continue
        while (end := _second_half(text, texts, at, aside)) is not None and is_prose(line.text):
            between += [one for one in lines[at:end] if one.text.strip()]
            line = Line(line.number, line.text.rstrip() + texts[end])
            text, at = line.text.strip(), end + 1
        found.append(line)
        found += between
    return found


def _is_half(text: str) -> bool:
    """True for a line that cannot end, or cannot begin, as it does. Few lines are such, and texts without any need no
    closer look."""
    return bool(_NO_END.search(text, len(text) - _LONGEST_END) or _NO_BEGINNING.match(text) or _OF_DATE.match(text))


def _second_half(text: str, texts: Sequence[str], at: int, aside: Collection[str]) -> int | None:
    """Returns the index of the line that continues an open sentence; None if none does."""
    if not text or text[-1] in ENDS or "\t" in text:
        return None
    end = at
    while end < len(texts) and end - at < _MOST_BETWEEN and texts[end] in aside:
        end += 1
    if end >= len(texts) or not SENTENCE.search(texts[end]):
        return None
    paged = any(texts[at:end])
    if not is_broken(text, texts[end], paged) or is_caption(text) or text in aside:
        return None
    return end if is_rest(texts[end]) else None


def is_rest(text: str, numbered: bool = False) -> bool:
    """True for a line of text that is neither numbered (unless `numbered`) nor a title."""
    plain = is_prose(text) and not is_caption(text) and parse_annex(text, ()) is None
    return plain and (numbered or parse_number(text) is None)


def _is_aside(text: str, count: int) -> bool:
    """True for a blank line, a page number, or a running head (a short line that is printed `count` times)."""
    if not text:
        return True
    if len(text) > _LONGEST or SENTENCE.search(text):
        return False
    return (count >= _REPEATED and not _OPENS.search(text)) or bool(PAGE_NUMBER.match(text))


def is_open(text: str) -> bool:
    """True for a line that is a sentence's beginning: it has a mark of a sentence, or ends with a word that something
    must follow. A numbered line without a mark is a title."""
    if SENTENCE.search(text):
        return True
    return parse_number(text) is None and bool(_NO_END.search(text.rstrip()))


def is_broken(text: str, below: str, paged: bool) -> bool:
    """True if no sentence can end with the first line, or none can begin with the second.

    Unless a page ends between them (`paged`), only the second counts. A numbered line without a comma is a title, and
    never open.
    """
    if parse_number(text) is not None and not SENTENCE.search(text):
        return False
    if _NO_BEGINNING.match(below) or (_OPEN_FIGURE.search(text) and _OF_DATE.match(below)):
        return True
    return paged and bool(SENTENCE.search(text) and _NO_END.search(text))

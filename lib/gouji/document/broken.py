"""Joins the lines of paragraphs in plain text that are broken at the width of a page.

This is done only if most long lines of the file stop in the middle of a sentence at about one width. A text with one
paragraph on each line stays as it is. A sentence may end where its line ends: the indentation of the next line, or the
room that the line leaves, then shows whether the paragraph continues.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from gouji.document.headings import parse_number
from gouji.document.marks import is_row_of_figures
from gouji.document.pieces import Line
from gouji.document.word_lists import WORDS
from gouji.runtime.word_lists import any_of

#: Columns by which full lines differ: words and figures are not broken, a paragraph's first line is set in.
_ABOUT = 8
#: By so many columns more the first line of a numbered item falls short, where its list is set in.
_HUNG = 4
_ACCOUNT = re.compile("[（(][类款][)）]")
#: The least and greatest width of a page, in columns.
_NARROWEST, _WIDEST = 40, 130
#: The fewest full lines of a broken text, and the least share of them that stop in the middle of a sentence.
_FULL_LINES = 4
_MOST = 0.6
#: The share of lines of a broken text that may be longer than a page.
_LONGER = 0.05
#: A line that ends with its sentence is the last of a paragraph where it leaves more room than this, or where the next
#: one leaves room for a first line's blanks.
_ROOM = 3
#: What a sentence or a part of one ends with.
ENDS = tuple("。；：！？;:!?")
_MARKS = re.compile("[，、。；]")
_FIGURE = re.compile(r"[\d.,]+%?")
#: Within these nothing ends; a line that ends so goes on, however long it is.
_BRACKETS = (("“", "”"), ("（", "）"), ("(", ")"))
_UNFINISHED = tuple("，、,")
#: What stands before what an account was spent on, and what begins a sentence on that account's budget and result.
_BEFORE_PURPOSE = tuple(f"{word}{mark}" for word in WORDS.spent_on for mark in "：:")
_OF_ACCOUNT = tuple(WORDS.of_account)
_OPEN_FIGURE = re.compile(r"\d\s*[万亿]?\s*$")
_UNIT = re.compile(rf"(?:{any_of(WORDS.units)})(?![\u4e00-\u9fff])")
_SET_IN = re.compile(r"[\u3000\u00a0 ]{2}")
#: Rows of tables, bare numbers, captions, notes.
_NO_PROSE = re.compile(
    r"\t|\S[ \u3000\u00a0]{2,}\S|^[-(（]?[\d.,]+[)）%]?$|表$"
    rf"|(?:{any_of(WORDS.table_series)})\s*\d+\s*表|(?:{any_of(WORDS.owners)})[:：]|^[（(]?(?:{any_of(WORDS.notes)})\s*\d?[:：]"
)


def unbroken(lines: Sequence[Line]) -> list[Line]:
    """Returns the lines, with the lines of each paragraph joined. The joined line has the number of the first."""
    full = _width_of_page(lines)
    if not full:
        return list(lines)
    shown = _shows_first_lines(lines, full)
    paragraphs: list[list[Line]] = []
    for at, line in enumerate(lines):
        if at and ((_continues(line.text) and _goes_on(lines, at, full, shown)) or _goes_over_page(lines, at, full)):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return [_joined(paragraph) for paragraph in paragraphs]


def _goes_on(lines: Sequence[Line], at: int, full: int, shown: bool) -> bool:
    """True if the line before `at` does not end its paragraph. `shown`: the first lines of paragraphs are indented."""
    before, text = lines[at - 1].text, lines[at].text
    if _stops(before, text, full - (_HUNG if _begins_item(before) else 0)):
        return True
    if not is_prose(before):
        return False
    if before.rstrip().endswith(_BEFORE_PURPOSE) or _is_inside(before, text):
        return True
    if not before.rstrip().endswith(ENDS):
        return 2 * _width(before) >= full and _is_unfinished(before, text)
    if shown:
        return not _SET_IN.match(text) and _reaches(before, text, full - _ABOUT)
    below = lines[at + 1].text if at + 1 < len(lines) else ""
    return _reaches(before, text, full - _ROOM) and not _is_first(text, below, full)


def _goes_over_page(lines: Sequence[Line], at: int, full: int) -> bool:
    """True if a page begins at the line, and a full line right before it ends inside a sentence. A page's head does not
    go on: it has no comma."""
    text = lines[at].text.lstrip("\f")
    begins = text != lines[at].text and bool(_MARKS.search(text)) and _continues(text)
    return begins and _stops(lines[at - 1].text, text, full)


def _is_inside(text: str, below: str) -> bool:
    """True for a sentence on budget or result behind another one: its subject stands before it."""
    return text.rstrip().endswith("。") and below.lstrip().startswith(_OF_ACCOUNT)


def _begins_item(text: str) -> bool:
    """True for the first line of a numbered item that names an account by its levels; a heading is none."""
    return parse_number(text) is not None and bool(_ACCOUNT.search(text))


def _is_unfinished(text: str, below: str) -> bool:
    """True for a line that ends in an open bracket which the next one closes, before the unit of its figure, or at a
    comma."""
    if text.rstrip().endswith(_UNFINISHED) or (_OPEN_FIGURE.search(text) and _UNIT.match(below.strip())):
        return True
    return any(
        text.rfind(left) > text.rfind(right) and 0 <= below.find(right) < (below + left).find(left)
        for left, right in _BRACKETS
    )


def _is_first(text: str, below: str, full: int) -> bool:
    """True for a line that leaves just the room of a first line's indentation, although the next line continues it."""
    return _stops(text, below, full) and not _reaches(text, below, full - _ROOM)


def _shows_first_lines(lines: Sequence[Line], full: int) -> bool:
    """True if most lines behind the last line of a paragraph are indented, and most lines behind a broken line
    are not."""
    first: list[bool] = []
    other: list[bool] = []
    for before, line in pairwise(lines):
        if _continues(before.text) and _continues(line.text):
            if _stops(before.text, line.text, full):
                other.append(bool(_SET_IN.match(line.text)))
            elif before.text.rstrip().endswith(ENDS) and _width(before.text) < full - _ABOUT:
                first.append(bool(_SET_IN.match(line.text)))
    return sum(first) > len(first) / 2 and sum(other) < len(other) / 2


def _joined(paragraph: Sequence[Line]) -> Line:
    first, *others = paragraph
    if not others:
        return first
    return Line(first.number, first.text.rstrip() + "".join(line.text.strip() for line in others))


def _width_of_page(lines: Sequence[Line]) -> int:
    """Returns the width at which lines are broken; 0 if they are not broken."""
    prose = [at for at, line in enumerate(lines) if is_prose(line.text)]
    width_at = {at: _width(lines[at].text) for at in prose}
    widths = sorted(width_at.values(), reverse=True)
    widest = [one for one in widths[: int(_LONGER * len(widths)) + 1] if _NARROWEST <= one <= _WIDEST]
    count = Counter(widths)
    width = max(
        dict.fromkeys(widest),
        key=lambda most: sum(count[one] for one in range(most - _ABOUT, most + 1)),
        default=0,
    )
    full = [at for at in prose if width - _ABOUT <= width_at[at] <= width]
    stopped = sum(
        not lines[at].text.rstrip().endswith(ENDS) and at + 1 < len(lines) and _continues(lines[at + 1].text)
        for at in full
    )
    return width if len(full) >= _FULL_LINES and stopped >= _MOST * len(full) else 0


def _stops(text: str, below: str, full: int) -> bool:
    """True for a full line that ends inside a sentence."""
    return is_prose(text) and not text.rstrip().endswith(ENDS) and _reaches(text, below, full - _ABOUT)


def _reaches(text: str, below: str, width: int) -> bool:
    """True for a line that is at least this wide, or would be with the figure that begins the next line, and no wider
    than a page."""
    figure = _FIGURE.match(below.strip())
    return width - (len(figure.group()) if figure else 0) <= _width(text) <= width + 2 * _ABOUT


def _continues(text: str) -> bool:
    """True for a line that may continue the one before."""
    return is_prose(text) and parse_number(text) is None


def is_prose(text: str) -> bool:
    """True for a line of text: no row of a table, no bare number, no caption or note, and not the first line of a
    page."""
    inner = text.strip("\r\n ")
    if not inner or "\t" in inner or text.startswith("\f"):  # most lines of a file with tables
        return False
    return not is_row_of_figures(text) and not _NO_PROSE.search(inner)


def _width(text: str) -> int:
    return sum(map(_width_of, text.strip()))


@lru_cache(maxsize=8192)
def _width_of(char: str) -> int:
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1

"""Plain text whose paragraphs are broken at the width of a page: the lines of a paragraph are put together again.

Only where most long lines of the file stop in the middle of a sentence at about one width; a text with a paragraph on
each line stays as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from gouji.document.headings import parse_number
from gouji.document.pieces import Line
from gouji.document.word_lists import WORDS
from gouji.word_lists import any_of

#: Columns by which full lines differ: words and figures are not broken, a paragraph's first line is set in.
_ABOUT = 8
#: A page is so many columns wide.
_NARROWEST, _WIDEST = 40, 130
#: A broken text has so many full lines, and most of them stop in the middle of a sentence.
_FULL_LINES = 4
_MOST = 0.6
#: So few lines of a broken text may be longer than a page.
_LONGER = 0.05
_ENDS = tuple("。；：！？;:!?")
_FIGURE = re.compile(r"[\d.,]+%?")
#: Rows of tables, bare numbers, captions, notes.
_NO_PROSE = re.compile(
    r"\t|\S[ \u3000\u00a0]{2,}\S|^[-(（]?[\d.,]+[)）%]?$|表$|公开\s*\d+\s*表"
    rf"|(?:{any_of(WORDS.owners)})[:：]|^[（(]?(?:{any_of(WORDS.notes)})\s*\d?[:：]"
)


def unbroken(lines: Sequence[Line]) -> list[Line]:
    """The lines, those of a paragraph as one: it keeps the number of the first."""
    full = _width_of_page(lines)
    if not full:
        return list(lines)
    paragraphs: list[list[Line]] = []
    last: Line | None = None
    for line in lines:
        if last and _stops(last.text, line.text, full) and _continues(line.text):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
        last = line
    return [_joined(paragraph) for paragraph in paragraphs]


def _joined(paragraph: Sequence[Line]) -> Line:
    first, *others = paragraph
    if not others:
        return first
    return Line(first.number, first.text.rstrip() + "".join(line.text.strip() for line in others))


def _width_of_page(lines: Sequence[Line]) -> int:
    """The width at which lines are broken, 0 where they are not."""
    prose = [at for at, line in enumerate(lines) if _is_prose(line.text)]
    widths = sorted((_width(lines[at].text) for at in prose), reverse=True)
    widest = [one for one in widths[: int(_LONGER * len(widths)) + 1] if _NARROWEST <= one <= _WIDEST]
    count = Counter(widths)
    width = max(
        dict.fromkeys(widest),
        key=lambda most: sum(count[one] for one in range(most - _ABOUT, most + 1)),
        default=0,
    )
    full = [at for at in prose if width - _ABOUT <= _width(lines[at].text) <= width]
    stopped = sum(
        not lines[at].text.rstrip().endswith(_ENDS) and at + 1 < len(lines) and _continues(lines[at + 1].text)
        for at in full
    )
    return width if len(full) >= _FULL_LINES and stopped >= _MOST * len(full) else 0


def _stops(text: str, below: str, full: int) -> bool:
    """True for a full line that ends within a sentence; one is full where the next figure found no room in it."""
    figure = _FIGURE.match(below.strip())
    room = full - _ABOUT - (len(figure.group()) if figure else 0)
    return _is_prose(text) and room <= _width(text) <= full + _ABOUT and not text.rstrip().endswith(_ENDS)


def _continues(text: str) -> bool:
    """True for a line that may go on with the one before."""
    return _is_prose(text) and parse_number(text) is None


def _is_prose(text: str) -> bool:
    return bool(text.strip()) and not text.startswith("\f") and not _NO_PROSE.search(text.strip("\r\n "))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text.strip())

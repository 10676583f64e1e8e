"""Makes paragraphs of lines of text. A line that begins at the margin continues the one above, also over pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gouji.document.formats.pages.lines import TextLine
from gouji.document.formats.pages.page import Page
from gouji.document.headings import parse_number
from gouji.document.marks import is_caption
from gouji.document.resumed import is_broken
from gouji.document.word_lists import WORDS
from gouji.runtime.word_lists import any_of

#: In sizes of the text: what counts as indented, as the end of a full line, and as a line that was broken off.
_INDENT, _FULL, _SHORT = 1.0, 1.7, 6.0
#: The greatest indentation of a first line. What begins further right is centred or set to the right.
_FIRST_LINE = 5.0
#: The share of the usual distance beyond which lines do not belong together.
_APART = 1.4
#: The share by which the sizes of lines of one paragraph may differ.
_OTHER_SIZE = 0.15
#: What stands around a table is no part of a paragraph: beside its caption its number, unit and notes. Of notes only
#: those that are called so: paragraphs begin with 说明： too.
_ALONE = re.compile(
    rf"^(?:{any_of(WORDS.table_series)}|附?表)\s*\d+\s*表?$|单位\s*[:：]\s*(?:人民币)?(?:亿|百万|万|千)?元$|^注\s*[:：]"
)
_STOPS = ("。", "；", ";", "：", ":", "！", "？")


@dataclass(frozen=True, slots=True)
class Margins:
    """The left and right edge of the text on pages of one size, and the usual distance between its lines, in points."""

    left: float
    right: float
    pitch: float


def margins_of(pages: Iterable[Page]) -> dict[tuple[int, int], Margins]:
    """Returns the margins of pages, by size of page."""
    by_size: dict[tuple[int, int], list[Page]] = {}
    for page in pages:
        by_size.setdefault(size_of(page), []).append(page)
    return {size: _margins(same) for size, same in by_size.items()}


def size_of(page: Page) -> tuple[int, int]:
    """Returns the size of a page in whole points. Pages of one size have the same margins."""
    return round(page.width), round(page.height)


def _margins(pages: Sequence[Page]) -> Margins:
    lines = [line for page in pages for line in page.lines if len(line.chars) > 4]
    if not lines:
        return Margins(0, pages[0].width, 0)
    begins = Counter(round(line.box[0] / 2) * 2 for line in lines)
    most = max(begins.values())
    left = min(begin for begin, count in begins.items() if 3 * count >= most)
    ends = sorted(line.box[2] for line in lines)
    steps = sorted(
        lower.box[1] - upper.box[1]
        for page in pages
        for upper, lower in pairwise(page.lines)
        if 0 < lower.box[1] - upper.box[1] < 4 * upper.size and lower.box[0] < left + _INDENT * lower.size
    )
    # Pages of tables have few lines of text, none of them full: what is left free at the left is at the right as well.
    right = max(ends[int(0.95 * (len(ends) - 1))], pages[0].width - left - lines[0].size)
    return Margins(left, right, steps[len(steps) // 2] if steps else 0)


def _is_alone(text: str) -> bool:
    return bool(_ALONE.search(text)) or is_caption(text)


def goes_on(above: TextLine, line: TextLine, margins: Margins, next_page: bool) -> bool:
    """True if a line belongs to the paragraph of the line above it. `next_page`: it is the first line of another
    page."""
    size = above.size
    if abs(line.size - size) > _OTHER_SIZE * size:
        return False
    if above.box[0] > margins.left + _FIRST_LINE * size or line.box[0] > margins.left + _INDENT * size:
        return False
    step = line.box[1] - above.box[1]
    if not next_page and margins.pitch and step > max(_APART * margins.pitch, 1.2 * size):
        return False
    missing = margins.right - above.box[2]
    if missing <= _FULL * size:
        return not (above.text.endswith(_STOPS) and _opens(line))
    if _is_alone(line.text) or (_is_alone(above.text) and not above.text.startswith("注")):
        return False
    if next_page and not _opens(line) and not above.text.endswith(_STOPS) and is_broken(above.text, line.text, True):
        return True
    ended = above.text.endswith(_STOPS) or (_opens(above) and len(above.chars) < 30) or _opens(line)
    return missing <= (_SHORT if not ended else _FULL) * size or (not ended and above.box[2] > _middle(margins))


def _middle(margins: Margins) -> float:
    return (margins.left + margins.right) / 2


def _opens(line: TextLine) -> bool:
    """True for a line that begins with the number of a heading or item."""
    return parse_number(line.text) is not None

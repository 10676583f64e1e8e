"""Removes page numbers and running heads, which stand on pages but are no part of the account."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from gouji.document.formats.pages.lines import TextLine
from gouji.document.formats.pages.page import Page

PAGE_NUMBER = re.compile(r"^[\s\-—–―·•~～_第/共页of]*\d{1,4}[\s\-—–―·•~～_第/共页of\d]*$|^[ivxIVX]{1,6}$")
_DIGITS = re.compile(r"\d+")
#: The share of the page's height above and below which such lines stand.
_MARGIN = 0.1
#: The fewest pages on which a running head stands.
_PAGES = 3


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    """Returns the pages without page numbers, and without lines that stand with the same words at the same end of at
    least three pages."""
    seen = Counter(key for page in pages for key in {_key(line, page) for line in page.lines} if key)
    return [_cleared(page, {key for key, count in seen.items() if count >= _PAGES}) for page in pages]


def _cleared(page: Page, repeated: set[tuple[str, bool]]) -> Page:
    kept = tuple(
        item
        for item in page.items
        if not isinstance(item, TextLine) or not ((key := _key(item, page)) and (key in repeated or _is_number(item)))
    )
    return replace(page, items=kept)


def _is_number(line: TextLine) -> bool:
    return bool(PAGE_NUMBER.match(line.text))


def _key(line: TextLine, page: Page) -> tuple[str, bool] | None:
    """Returns a line's words without its numbers, and True for the upper margin; None for a line that is in no
    margin."""
    _, top, _, bottom = line.box
    upper, lower = bottom <= _MARGIN * page.height, top >= (1 - _MARGIN) * page.height
    return (_DIGITS.sub("#", line.text), upper) if upper or lower else None

"""Draws boxes close around the characters they hold.

Fonts state how far they reach above and below the line, and some state it wrongly: a reader's box may then reach into
the next line. The area that the glyphs cover on the page is certain.
"""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2

from gouji.annotate.pdf_page import PageSpace
from gouji.document.origin import Box


class Glyphs:
    """The areas that the glyphs of a document's pages cover, in each page's own coordinates."""

    def __init__(self, data: bytes) -> None:
        self._pages: dict[int, list[Box]] = {}
        try:
            self._document: pypdfium2.PdfDocument | None = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError:
            self._document = None

    def tightened(self, boxes: Sequence[Box], number: int, space: PageSpace) -> list[Box]:
        """Returns the boxes on a page (numbered from 1) as high and wide as the glyphs in them; boxes without glyphs
        stay."""
        glyphs = [space.box(one) for one in self._boxes_on_page(number)]
        return [_bounding_box([one for one in glyphs if _holds(box, one)]) or box for box in boxes]

    def _boxes_on_page(self, number: int) -> list[Box]:
        if self._document is None:
            return []
        if number not in self._pages:
            try:
                text = self._document[number - 1].get_textpage()
                self._pages[number] = [text.get_charbox(at) for at in range(text.count_chars())]
            except pypdfium2.PdfiumError:
                self._pages[number] = []
        return self._pages[number]


def _holds(box: Box, glyph: Box) -> bool:
    """True where the middle of a glyph lies in a box."""
    left, top, right, bottom = glyph
    inked = right - left > 0 and bottom - top > 0
    return inked and box[0] <= (left + right) / 2 <= box[2] and box[1] <= (top + bottom) / 2 <= box[3]


def _bounding_box(boxes: Sequence[Box]) -> Box | None:
    if not boxes:
        return None
    return (
        min(one[0] for one in boxes),
        min(one[1] for one in boxes),
        max(one[2] for one in boxes),
        max(one[3] for one in boxes),
    )

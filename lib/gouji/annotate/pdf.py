"""Adds highlights with notes to the figures of a PDF, and a page that lists their numbers, behind the original's
bytes."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import NameObject

from gouji.annotate.errors import NotAnnotatableError
from gouji.annotate.note import Note
from gouji.annotate.pdf_annotation import Mark, annotation, popup
from gouji.annotate.pdf_glyphs import Glyphs
from gouji.annotate.pdf_legend import legend
from gouji.annotate.pdf_page import PageSpace
from gouji.annotate.pdf_update import Appended, Rewritten, is_sound
from gouji.annotate.pins import Pin
from gouji.document.origin import Box, InPages

_ENCRYPTED = "PDF 设有权限密码，不能写入批注；请解除密码后重新审核"
_BROKEN = "PDF 结构有缺陷，不能写入批注；请重新生成（如打印为 PDF）后重新审核"
#: Errors that pypdf raises on files that other readers accept: its own, and those of code that expected something
#: else.
_DAMAGE = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)


def annotate(data: bytes, pins: Sequence[Pin]) -> bytes:
    """Returns the PDF with a highlight at each pin, a frame around each empty cell, and a last page that lists the
    findings by number.

    Raises NotAnnotatableError.
    """
    try:
        if PdfReader(BytesIO(data)).is_encrypted:
            raise NotAnnotatableError(_ENCRYPTED)
        if is_sound(data):
            return _annotated(Appended(data), pins, Glyphs(data))
        return _annotated(Rewritten(data), pins, Glyphs(data))
    except _DAMAGE as error:
        raise NotAnnotatableError(_BROKEN) from error


def _annotated(update: Appended | Rewritten, pins: Sequence[Pin], glyphs: Glyphs) -> bytes:
    spaces: dict[int, PageSpace] = {}
    marked: list[tuple[int, Note]] = []
    for pin in pins:
        for number, boxes in _by_page(pin).items():
            page = update.page(number)
            space = spaces.setdefault(number, PageSpace.of(page))
            mark = Mark.of(pin, glyphs.tightened(boxes, number, space) if pin.start < pin.end else boxes)
            note = annotation(mark, space, page.indirect_reference, update.add)
            shown = update.add(note)
            window = update.add(popup(mark, space, shown, page.indirect_reference))
            note[NameObject("/Popup")] = window
            update.annotate(number, (shown, window))
            marked += [(number, one) for one in pin.notes]
    for added in legend(marked, update.add):
        update.append(added)
    return update.written()


def _by_page(pin: Pin) -> dict[int, list[Box]]:
    """Returns the boxes of a pin on each page; for an empty cell, its own box."""
    if not isinstance(pin.origin, InPages):
        return {}
    boxes = pin.origin.boxes(pin.start, pin.end) or [(run.page, run.box) for run in pin.origin.runs[:1]]
    pages: dict[int, list[Box]] = {}
    for number, box in boxes:
        pages.setdefault(number, []).append(box)
    return pages

"""Puts Word comments on the very characters of a figure. Taking all comments out again leaves the original."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.annotate.errors import NotAnnotatableError
from gouji.annotate.package import Package, changed
from gouji.annotate.pins import Pin
from gouji.annotate.word_comments import Comments
from gouji.annotate.word_spans import Spans
from gouji.document.formats.word.names import child
from gouji.document.origin import InWord

_BROKEN = "Word 文件的结构不完整，不能写入批注"


def annotate(data: bytes, pins: Sequence[Pin]) -> bytes:
    """Returns the Word file with a comment at each pin. Raises NotAnnotatableError."""
    return changed(data, lambda package: _annotate(package, pins), _BROKEN)


def _annotate(package: Package, pins: Sequence[Pin]) -> None:
    main = package.part("", "officeDocument") or "word/document.xml"
    body = child(package.xml(main), "body")
    if body is None:
        raise NotAnnotatableError(_BROKEN)
    styles = package.part(main, "styles")
    spans = Spans(body, package.xml(styles) if styles else None)
    comments = Comments(package, main)
    for pin in pins:
        if isinstance(pin.origin, InWord):
            spans.enclose(*_ends(pin, pin.origin), comments.add(pin))


def _ends(pin: Pin, origin: InWord) -> tuple[tuple[int, int], tuple[int, int | None]]:
    """Returns where a pin begins and ends, each as paragraph and character (None: the paragraph's end). For an empty
    cell this is its paragraph."""
    parts = origin.spans(pin.start, pin.end)
    if not parts:
        return (origin.paragraphs[0], 0), (origin.paragraphs[0], None)
    (first, start, _), (last, _, end) = parts[0], parts[-1]
    return (first, start), (last, end)

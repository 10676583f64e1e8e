"""Builds annotations of a PDF: a highlight or frame that is recognisable in black and white, and its note."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

from gouji.annotate.note import Role
from gouji.annotate.pdf_drawing import Look, Side, drawn
from gouji.annotate.pdf_page import PageSpace, Point
from gouji.annotate.pins import Pin
from gouji.annotate.text import AUTHOR
from gouji.document.origin import Box

#: The time written in every note.
_WHEN = "D:20000101000000Z"
_PRINTED = 4
#: Annotation flags: printed, and kept at its size and upright whatever the page's zoom and rotation.
_UPRIGHT = 28
_WINDOW = (240.0, 160.0)


@dataclass(frozen=True, slots=True)
class Mark:
    """A pin on one page: its boxes as they are read, whether they belong to an empty cell, and how they are drawn."""

    pin: Pin
    boxes: tuple[Box, ...]
    empty: bool
    look: Look

    @classmethod
    def of(cls, pin: Pin, boxes: Sequence[Box]) -> Mark:
        """Returns the mark of a pin with these boxes on a page."""
        leading = pin.leading
        kind = leading.severity if leading.role is Role.SUSPECT else "opposed"
        empty = pin.start >= pin.end
        beside: Side = "inside" if empty else "left" if pin.cell else "above"
        return cls(pin, tuple(boxes), empty, Look.of(kind, pin.label, beside))


def annotation(
    mark: Mark, space: PageSpace, page: IndirectObject | None, add: Callable[[PdfObject], IndirectObject]
) -> DictionaryObject:
    """Returns the annotation with its appearance, which `add` takes."""
    leading = mark.pin.leading
    quads = [space.corners(box) for box in mark.boxes]
    drawing, around = drawn(mark.boxes, mark.look, space)
    made = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Square" if mark.empty else "/Highlight"),
            NameObject("/Rect"): _numbers(around),
            NameObject("/C"): _numbers(mark.look.stroke if mark.empty else mark.look.fill),
            NameObject("/T"): TextStringObject(f"{AUTHOR}·{leading.level}"),
            NameObject("/Subj"): TextStringObject(f"{mark.look.label} {leading.level} {leading.finding}"),
            NameObject("/Contents"): TextStringObject(mark.pin.text),
            NameObject("/NM"): TextStringObject(_name(mark)),
            NameObject("/M"): TextStringObject(_WHEN),
            NameObject("/F"): NumberObject(_PRINTED),
            NameObject("/AP"): DictionaryObject({NameObject("/N"): add(drawing)}),
        }
    )
    if page is not None:
        made[NameObject("/P")] = page
    if not mark.empty:
        made[NameObject("/QuadPoints")] = _numbers([side for quad in quads for corner in quad for side in corner])
    return made


def popup(mark: Mark, space: PageSpace, note: IndirectObject, page: IndirectObject | None) -> DictionaryObject:
    """Returns the closed window that shows an annotation's note, beside the mark."""
    _, top, right, _ = mark.boxes[-1]
    corners = [space.point(right + 8, top), space.point(right + 8 + _WINDOW[0], top + _WINDOW[1])]
    made = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Popup"),
            NameObject("/Rect"): _numbers(_bounding_box(corners)),
            NameObject("/Parent"): note,
            NameObject("/F"): NumberObject(_UPRIGHT),
        }
    )
    if page is not None:
        made[NameObject("/P")] = page
    return made


def _name(mark: Mark) -> str:
    """Returns a name that no other annotation of the page has, made of the findings and the place."""
    findings = "+".join(dict.fromkeys(one.finding for one in mark.pin.notes))
    place = mark.pin.notes[0].place
    return f"gouji-{findings}-{place.line}-{place.start}"


def _bounding_box(points: Sequence[Point]) -> Box:
    across, down = [x for x, _ in points], [y for _, y in points]
    return min(across), min(down), max(across), max(down)


def _numbers(values: Sequence[float]) -> ArrayObject:
    return ArrayObject(FloatObject(round(value, 3)) for value in values)

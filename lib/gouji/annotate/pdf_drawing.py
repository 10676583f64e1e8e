"""Draws marks: colour by severity, a line style that is recognisable in black and white, and the finding's number
above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    StreamObject,
)

from gouji.annotate.pdf_page import PageSpace, Point
from gouji.document.origin import Box

Colour = tuple[float, float, float]
Side = Literal["above", "left", "inside"]

#: Fill, line, dashes. Errors are framed, questions framed with dashes; notes and contradicting figures are
#: underlined.
_LOOKS: dict[str, tuple[Colour, Colour, str, bool]] = {
    "error": ((1.0, 0.74, 0.70), (0.75, 0.10, 0.10), "", True),
    "question": ((1.0, 0.87, 0.55), (0.70, 0.42, 0.0), "2.2 1.4", True),
    "note": ((0.80, 0.87, 0.95), (0.20, 0.35, 0.60), "", False),
    "opposed": ((0.87, 0.93, 0.85), (0.25, 0.45, 0.25), "0.8 1.2", False),
}
_LINE, _MARGIN = 0.7, 1.4
#: Size of the number, and the widths of its digits and of its other characters.
_SIZE, _DIGIT, _SIGN = 6.0, 3.4, 2.0


@dataclass(frozen=True, slots=True)
class Look:
    """How a mark is drawn: its colours, the dashes of its line, whether the line frames it, and its number.

    `side` is where the number stands: `above`, `left` (in tables, where rows are close), or `inside` an empty cell's
    frame.
    """

    fill: Colour
    stroke: Colour
    dashes: str
    framed: bool
    label: str
    side: Side

    @classmethod
    def of(cls, kind: str, label: str, side: Side) -> Look:
        """Returns the look of a severity, or of a contradicting figure (`opposed`)."""
        return cls(*_LOOKS[kind], label, side)


def drawn(boxes: Sequence[Box], look: Look, space: PageSpace) -> tuple[StreamObject, Box]:
    """Returns the drawing of boxes, and the rectangle that it fills in the page's own coordinates."""
    grown = [(left - _MARGIN, top - _MARGIN, right + _MARGIN, bottom + _MARGIN) for left, top, right, bottom in boxes]
    if look.side == "inside":
        grown = [(left + 2, top + 2, right - 2, bottom - 2) for left, top, right, bottom in boxes]
    label = _label_box(grown[0], look)
    points = [corner for box in (*grown, label) for corner in space.corners(box)]
    across, up = [x for x, _ in points], [y for _, y in points]
    around = min(across) - 1, min(up) - 1, max(across) + 1, max(up) + 1
    made = StreamObject()
    made.set_data("\n".join([*_boxes(grown, look, space), *_label(label, look, space)]).encode("ascii"))
    made.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject(FloatObject(round(side, 3)) for side in around),
            NameObject("/Resources"): _resources(),
            NameObject("/Group"): DictionaryObject(
                {NameObject("/S"): NameObject("/Transparency"), NameObject("/Type"): NameObject("/Group")}
            ),
        }
    )
    return made, around


def _boxes(boxes: Sequence[Box], look: Look, space: PageSpace) -> list[str]:
    empty = look.side == "inside"
    operators = ["q /Gouji gs", f"{_values(look.fill)} rg {_values(look.stroke)} RG {_LINE} w [{look.dashes}] 0 d"]
    for box in boxes:
        top_left, top_right, bottom_left, bottom_right = space.corners(box)
        frame = _path(top_left, top_right, bottom_right, bottom_left)
        operators += [] if empty else [f"{frame} h f"]
        operators.append(f"{frame} h S" if look.framed or empty else f"{_path(bottom_left, bottom_right)} S")
    return [*operators, "Q"]


def _label_box(box: Box, look: Look) -> Box:
    """Returns the box of the number, at the first box's upper left corner."""
    left, top, _, _ = box
    width = sum(_SIGN if one in "()," else _DIGIT for one in look.label)
    if look.side == "inside":
        return left + 1.5, top + 1, left + 1.5 + width, top + 1 + _SIZE
    if look.side == "left":
        return left - width - 0.6, top, left - 0.6, top + _SIZE
    return left, top - _SIZE + 0.8, left + width, top + 0.2


def _label(box: Box, look: Look, space: PageSpace) -> list[str]:
    """Returns the number's drawing, upright as the page is read."""
    left, _, _, bottom = box
    origin, right, up = (
        space.point(left, bottom - 0.8),
        space.point(left + 1, bottom - 0.8),
        space.point(left, bottom - 1.8),
    )
    turned = (right[0] - origin[0], right[1] - origin[1], up[0] - origin[0], up[1] - origin[1])
    matrix = _values((*turned, *origin))
    return [f"BT {_values(look.stroke)} rg /GoujiFont {_SIZE} Tf {matrix} Tm ({_escaped(look.label)}) Tj ET"]


def _resources() -> DictionaryObject:
    state = DictionaryObject({NameObject("/BM"): NameObject("/Multiply"), NameObject("/AIS"): BooleanObject(False)})
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica-Bold"),
        }
    )
    return DictionaryObject(
        {
            NameObject("/ExtGState"): DictionaryObject({NameObject("/Gouji"): state}),
            NameObject("/Font"): DictionaryObject({NameObject("/GoujiFont"): font}),
        }
    )


def _path(*points: Point) -> str:
    return " ".join(f"{_values(point)} {'l' if at else 'm'}" for at, point in enumerate(points))


def _values(values: Sequence[float]) -> str:
    return " ".join(f"{value:.3f}".rstrip("0").rstrip(".") for value in values)


def _escaped(text: str) -> str:
    return text.replace("(", "\\(").replace(")", "\\)")

"""Writes the boxes that show a sheet's comments, in the format of Excel (VML)."""

from __future__ import annotations

import re
import unicodedata
from math import ceil
from typing import ClassVar

from lxml import etree
from openpyxl.utils.cell import coordinate_to_tuple

from gouji.annotate.package import Element

_V = "urn:schemas-microsoft-com:vml"
_O = "urn:schemas-microsoft-com:office:office"
_X = "urn:schemas-microsoft-com:office:excel"
_FIRST = 1025
_TYPE = "_x0000_t202"
_NUMBER = re.compile(r"_s(\d+)$")
#: Width of a box in pixels and in half-width characters; height of a line and of a box without text.
_PIXELS, _COLUMNS, _LINE, _MARGINS = 380, 58, 16, 16


class Shapes:
    """The drawing of one sheet's comments. Excel shows a box when the mouse is over its cell."""

    EMPTY: ClassVar[bytes] = (
        f'<xml xmlns:v="{_V}" xmlns:o="{_O}" xmlns:x="{_X}">'
        '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
    ).encode()

    def __init__(self, root: Element) -> None:
        self._root = root
        numbers = (_NUMBER.search(one.get("id", "")) for one in root.iter(f"{{{_V}}}shape"))
        self._next = max((int(found[1]) + 1 for found in numbers if found), default=_FIRST)
        if not any(one.get("id") == _TYPE for one in root.iter(f"{{{_V}}}shapetype")):
            root.append(_shape_type())

    def add(self, cell: str, text: str) -> None:
        """Adds the box of a cell's comment, as high as its text."""
        row, column = coordinate_to_tuple(cell)
        self._root.append(_shape(f"_x0000_s{self._next}", row - 1, column - 1, _height(text)))
        self._next += 1


def _shape_type() -> Element:
    made = etree.Element(f"{{{_V}}}shapetype", id=_TYPE, coordsize="21600,21600", path="m,l,21600r21600,l21600,xe")
    made.set(f"{{{_O}}}spt", "202")
    etree.SubElement(made, f"{{{_V}}}stroke", joinstyle="miter")
    etree.SubElement(made, f"{{{_V}}}path", {"gradientshapeok": "t", f"{{{_O}}}connecttype": "rect"})
    return made


def _shape(name: str, row: int, column: int, height: int) -> Element:
    style = (
        "position:absolute;margin-left:59.25pt;margin-top:1.5pt;"
        f"width:{_PIXELS}px;height:{height}px;z-index:1;visibility:hidden"
    )
    made = etree.Element(f"{{{_V}}}shape", id=name, type=f"#{_TYPE}", style=style, fillcolor="#ffffe1")
    made.set(f"{{{_O}}}insetmode", "auto")
    etree.SubElement(made, f"{{{_V}}}fill", color2="#ffffe1")
    etree.SubElement(made, f"{{{_V}}}shadow", color="black", obscured="t")
    etree.SubElement(made, f"{{{_V}}}path", {f"{{{_O}}}connecttype": "none"})
    box = etree.SubElement(made, f"{{{_V}}}textbox", style="mso-direction-alt:auto")
    etree.SubElement(box, "div", style="text-align:left")
    data = etree.SubElement(made, f"{{{_X}}}ClientData", ObjectType="Note")
    for tag in ("MoveWithCells", "SizeWithCells"):
        etree.SubElement(data, f"{{{_X}}}{tag}")
    for tag, value in (("AutoFill", "False"), ("Row", str(row)), ("Column", str(column))):
        etree.SubElement(data, f"{{{_X}}}{tag}").text = value
    return made


def _height(text: str) -> int:
    """Returns the height in pixels that a text needs."""
    widths = (sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in line) for line in text.split("\n"))
    return _MARGINS + _LINE * sum(max(1, ceil(width / _COLUMNS)) for width in widths)

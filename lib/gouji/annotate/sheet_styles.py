"""Puts a light fill under cells and keeps the rest of each cell's style."""

from __future__ import annotations

from collections.abc import Set
from copy import deepcopy

from lxml import etree

from gouji.annotate.package import Element, Package
from gouji.annotate.sheet_names import x
from gouji.document.formats.word.names import number

_COLOUR = "FFFBD5CF"


class Fills:
    """The styles of a workbook; filled ones are added as they are needed."""

    def __init__(self, package: Package, main: str) -> None:
        name = package.part(main, "styles")
        self._styles = package.xml(name) if name else None
        self._fill: str | None = None
        self._filled: dict[int, str] = {}

    def mark(self, sheet: Element, cells: Set[str]) -> None:
        """Fills cells of a sheet; cells that the file does not store stay as they are."""
        for cell in sheet.iter(x("c")) if cells else ():
            if cell.get("r") in cells and (style := self._style(number(cell.get("s")))):
                cell.set("s", style)

    def _style(self, own: int) -> str | None:
        """Returns the number of a style like `own`, but filled; None where the workbook has no such styles."""
        formats = self._styles.find(x("cellXfs")) if self._styles is not None else None
        if formats is None or own >= len(formats):
            return None
        if own not in self._filled:
            made = deepcopy(formats[own])
            made.set("fillId", self._light())
            made.set("applyFill", "1")
            self._filled[own] = _appended(formats, made)
        return self._filled[own]

    def _light(self) -> str:
        """Returns the number of the light fill."""
        if self._fill is None:
            assert self._styles is not None
            fills = self._styles.find(x("fills"))
            assert fills is not None
            made = etree.Element(x("fill"))
            pattern = etree.SubElement(made, x("patternFill"), patternType="solid")
            etree.SubElement(pattern, x("fgColor"), rgb=_COLOUR)
            etree.SubElement(pattern, x("bgColor"), indexed="64")
            self._fill = _appended(fills, made)
        return self._fill


def _appended(list_of: Element, made: Element) -> str:
    """Appends to a counted list; returns the place."""
    list_of.append(made)
    list_of.set("count", str(len(list_of)))
    return str(len(list_of) - 1)

"""Adds comments to the cells of a workbook and a light fill under errors; everything else stays as it is.

The parts are changed one by one: a library that reads a workbook and writes it again loses what it does not know
(charts, shapes, results of formulas).
"""

from __future__ import annotations

from collections.abc import Sequence

from gouji.annotate.note import Note, Role
from gouji.annotate.package import Package, changed
from gouji.annotate.pins import Pin
from gouji.annotate.sheet_comments import SheetComments
from gouji.annotate.sheet_names import RELATION, x
from gouji.annotate.sheet_styles import Fills
from gouji.document.origin import InSheet

_BROKEN = "工作簿的结构不完整，不能写入批注"


def annotate(data: bytes, pins: Sequence[Pin]) -> bytes:
    """Returns the workbook with a comment at each pin. Raises NotAnnotatableError."""
    return changed(data, lambda package: _annotate(package, pins), _BROKEN)


def _annotate(package: Package, pins: Sequence[Pin]) -> None:
    main = package.part("", "officeDocument") or "xl/workbook.xml"
    by_sheet: dict[str, dict[str, list[Pin]]] = {}
    for pin in pins:
        if isinstance(pin.origin, InSheet):
            by_sheet.setdefault(pin.origin.sheet, {}).setdefault(pin.origin.cell, []).append(pin)
    fills = Fills(package, main)
    for title, sheet in _sheets(package, main).items():
        cells = by_sheet.get(title, {})
        if cells:
            comments = SheetComments(package, sheet)
            for cell, some in cells.items():
                comments.add(cell, _sort_notes(some))
            fills.mark(package.xml(sheet), {cell for cell, some in cells.items() if any(map(_is_error, some))})


def _sheets(package: Package, main: str) -> dict[str, str]:
    """Returns the part of each worksheet by its title."""
    parts = dict(package.related(main, "worksheet"))
    listed = ((one.get("name", ""), parts.get(one.get(RELATION, ""))) for one in package.xml(main).iter(x("sheet")))
    return {title: part for title, part in listed if part is not None}


def _is_error(pin: Pin) -> bool:
    return any(note.role is Role.SUSPECT and note.severity == "error" for note in pin.notes)


def _sort_notes(pins: Sequence[Pin]) -> list[Note]:
    """Sorts the notes of one cell: suspects first, then contradictions of something elsewhere."""
    notes = [note for pin in pins for note in pin.notes]
    suspected = {note.finding for note in notes if note.role is Role.SUSPECT}
    shown = [note for note in notes if note.role is Role.SUSPECT or note.finding not in suspected]
    return sorted(shown, key=lambda note: (note.role is not Role.SUSPECT, note.number))

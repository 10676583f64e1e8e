"""Names of SpreadsheetML, and the elements that follow the link from a sheet to the shapes of its comments."""

from __future__ import annotations

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
#: The elements that follow that link in a sheet.
AFTER_LINK = (
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)


def x(name: str) -> str:
    """Returns the full name of a tag of the main namespace."""
    return f"{{{_MAIN}}}{name}"

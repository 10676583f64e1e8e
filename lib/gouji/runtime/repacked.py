"""Office files (zip archives) to bytes that depend on nothing but their content."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from gouji.runtime.archive import archive

#: The time that stands in every office file's properties.
WHEN = datetime(2000, 1, 1)
_FIRST = "[Content_Types].xml"


_PROPERTIES = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def undated(name: str, content: bytes) -> bytes:
    """An entry whose properties, if it holds them, name WHEN as the time of their last change."""
    return _MODIFIED.sub(rb"\g<1>" + f"{WHEN.isoformat()}Z".encode(), content) if name == _PROPERTIES else content


def repacked(
    stamped: BytesIO,
    change: Callable[[str, bytes], bytes] = lambda _, content: content,
    method: int = ZIP_DEFLATED,
) -> bytes:
    """An archive with its entries in one order and of one time, each changed by `change` (name, content)."""
    with ZipFile(stamped) as source:
        names = sorted(source.namelist(), key=lambda one: (one != _FIRST, one))
        return archive(((name, change(name, source.read(name))) for name in names), method)

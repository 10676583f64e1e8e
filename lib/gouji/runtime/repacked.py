"""Repacks office files (zip archives) as bytes that depend only on their content."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from gouji.runtime.archive import archive

#: The time written in every office file's properties.
WHEN = datetime(2000, 1, 1)
_FIRST = "[Content_Types].xml"


_PROPERTIES = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def undated(name: str, content: bytes) -> bytes:
    """Returns an entry of the archive. In properties, the time of the last change becomes WHEN."""
    return _MODIFIED.sub(rb"\g<1>" + f"{WHEN.isoformat()}Z".encode(), content) if name == _PROPERTIES else content


def repacked(
    stamped: BytesIO,
    change: Callable[[str, bytes], bytes] = lambda _, content: content,
    method: int = ZIP_DEFLATED,
) -> bytes:
    """Returns an archive with entries in a fixed order and with a fixed time, each changed by `change` (name,
    content)."""
    with ZipFile(stamped) as source:
        names = sorted(source.namelist(), key=lambda one: (one != _FIRST, one))
        return archive(((name, change(name, source.read(name))) for name in names), method)

"""Office files (zip archives) to bytes that depend on nothing but their content."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

#: The time that stands in every office file's properties.
WHEN = datetime(2000, 1, 1)
_ZIP_WHEN = (2000, 1, 1, 0, 0, 0)
_COMPRESSION = 6
_FIRST = "[Content_Types].xml"


def repacked(stamped: BytesIO, change: Callable[[str, bytes], bytes] = lambda _, content: content) -> bytes:
    """An archive with its entries in one order and of one time, each changed by `change` (name, content)."""
    written = BytesIO()
    with ZipFile(stamped) as source, ZipFile(written, "w") as target:
        for name in sorted(source.namelist(), key=lambda one: (one != _FIRST, one)):
            entry = ZipInfo(name, _ZIP_WHEN)
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 3
            target.writestr(entry, change(name, source.read(name)), compresslevel=_COMPRESSION)
    return written.getvalue()

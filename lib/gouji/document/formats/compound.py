"""Checks whether a compound file (.doc, .xls, .wps, .et) is complete."""

from __future__ import annotations

import struct

_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512
#: Where the header holds the power of the sectors' size, the first sector of the directory, and where the table of the
#: sectors stands.
_SIZE_AT, _DIRECTORY_AT, _TABLE_AT, _TABLE_LENGTH = 30, 48, 76, 109
#: Numbers from here on are marks of what a sector is, not sectors.
_MARKS_FROM = 0xFFFFFFFA
_POWERS = (9, 12)


def is_cut(data: bytes) -> bool:
    """True for a compound file that ends before its directory or its table of sectors: a download that broke off.

    LibreOffice converts what is left of it, often to nothing, and does not tell. False for all other data.
    """
    if not data.startswith(_MARK) or len(data) < _HEADER:
        return False
    (power,) = struct.unpack_from("<H", data, _SIZE_AT)
    if power not in _POWERS:
        return False
    size = 1 << power
    (directory,) = struct.unpack_from("<I", data, _DIRECTORY_AT)
    table = struct.unpack_from(f"<{_TABLE_LENGTH}I", data, _TABLE_AT)
    needed = (one for one in (directory, *table) if one < _MARKS_FROM)
    return any((sector + 1) * size >= len(data) for sector in needed)

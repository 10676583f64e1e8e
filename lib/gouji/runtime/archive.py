"""Zip archives whose bytes depend on nothing but their entries.

Python compresses with the zlib that it was built with, and builds differ (some have zlib-ng, which packs otherwise);
pyarrow brings its own along, the same wherever its version is the same. The layout is that of Python's zipfile.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from functools import cache
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED

import pyarrow as pa

_LEVEL = 6
#: What stands around the packed bytes in a gzip stream.
_GZIP_HEAD, _GZIP_TAIL = 10, 8
#: 2000-01-01, 00:00, as MS-DOS says it.
_DATE, _TIME = (2000 - 1980) << 9 | 1 << 5 | 1, 0
_VERSION, _UNIX, _UTF8, _ATTRIBUTES = 20, 3, 0x800, 0o600 << 16
_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s4B4H3L5H2L"), struct.Struct("<4s4H2LH")


def archive(entries: Iterable[tuple[str, bytes]], method: int = ZIP_DEFLATED) -> bytes:
    """Returns the bytes of an archive of entries (name, content) in their order, deflated or (ZIP_STORED) as they are.

    Raises struct.error for 4 GB or more.
    """
    parts: list[bytes] = []
    central: list[bytes] = []
    at = 0
    for name, content in entries:
        path = name.encode("utf-8")
        flags = 0 if name.isascii() else _UTF8
        data = content if method == ZIP_STORED else _deflated(content)
        told = (flags, method, _TIME, _DATE, zlib.crc32(content), len(data), len(content), len(path), 0)
        parts += [_LOCAL.pack(b"PK\3\4", _VERSION, *told), path, data]
        head = (_VERSION, _UNIX, _VERSION, 0)
        central += [_CENTRAL.pack(b"PK\1\2", *head, *told, 0, 0, 0, _ATTRIBUTES, at), path]
        at += _LOCAL.size + len(path) + len(data)
    listed = b"".join(central)
    number = len(central) // 2
    return b"".join([*parts, listed, _END.pack(b"PK\5\6", 0, 0, number, number, len(listed), at, 0)])


def _deflated(content: bytes) -> bytes:
    packed: bytes = _codec().compress(content, asbytes=True)
    return packed[_GZIP_HEAD:-_GZIP_TAIL]


@cache
def _codec() -> Any:
    return pa.Codec("gzip", compression_level=_LEVEL)

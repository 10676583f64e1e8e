"""Compares Office files by their unpacked entries."""

from __future__ import annotations

import zlib
from pathlib import Path
from zipfile import BadZipFile, ZipFile, is_zipfile

#: Limit on the bytes that are unpacked for a comparison.
_MOST_BYTES = 200_000_000


def same_entries(one: Path, other: Path) -> bool:
    """True where two archives hold the same entries in the same order, however they are compressed."""
    try:
        if not (is_zipfile(one) and is_zipfile(other)):
            return False
        with ZipFile(one) as first, ZipFile(other) as second:
            entries = [
                [(entry.filename, entry.file_size) for entry in archive.infolist()] for archive in (first, second)
            ]
            if entries[0] != entries[1] or sum(size for _, size in entries[0]) > _MOST_BYTES:
                return False
            return all(first.read(name) == second.read(name) for name, _ in entries[0])
    except (BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, zlib.error):
        return False

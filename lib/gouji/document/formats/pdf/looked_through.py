"""Looks through a PDF before it is read: what its streams unpack to, how many objects it has, what in it is active.

pdfminer unpacks a stream in one go, whatever its size. So every stream is unpacked here first, piece by piece, and
nothing is kept.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from gouji.document.formats.archive import unpacked
from gouji.errors import UnusableInputError
from gouji.runtime.limits import MEGABYTE, Limits

_STREAM = re.compile(rb"stream\r?\n")
_OBJECT = re.compile(rb"\d\s+obj\b")
#: An object that is nothing but another's name.
_ALIAS = re.compile(rb"(?<!\d)(\d{1,9})\s+\d+\s+obj\s+(\d{1,9})\s+\d+\s+R\b")
#: Objects in an object stream; as far back the dictionary of a stream is looked for.
_PACKED_OBJECTS = re.compile(rb"/N\s+(\d{1,9})")
_DICTIONARY = 1024
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")
_MOST_FILTERS = 2
#: What a viewer would run or open by itself, by the names of the format.
ATTACHED = "附件"
_ACTIVE = {"脚本": rb"/(?:JavaScript|JS)\b", "启动程序的动作": rb"/Launch\b", ATTACHED: rb"/EmbeddedFiles?\b"}
_NAMES = {told: re.compile(name) for told, name in _ACTIVE.items()}
#: Pictures hold no names; text of pages is no place for them either, but it costs nothing to look.
_OVERLAP = 32


def look_through(data: bytes, path: Path, limits: Limits) -> list[str]:
    """Returns lines for people on what is active in a PDF.

    Raises LimitExceededError for a PDF that unpacks to more than is allowed, and UnusableInputError for streams that
    are packed several times and for objects that refer to each other in a circle.
    """
    limits.check("objects", sum(1 for _ in _OBJECT.finditer(data)), path)
    _not_in_circles(data, path)
    size = packed_objects = 0
    found = {told for told, name in _NAMES.items() if name.search(data)}
    for start in (match.end() for match in _STREAM.finditer(data)):
        dictionary = data[max(0, start - _DICTIONARY) : start].rpartition(b" obj")[2]
        filters = len(_FLATE.findall(dictionary))
        if filters > _MOST_FILTERS:
            raise UnusableInputError(str(path), f"PDF 的数据流重复压缩 {filters} 次", "请重新取得文件，或另存后重试")
        if b"/ObjStm" in dictionary and (number := _PACKED_OBJECTS.search(dictionary)):
            packed_objects += int(number[1])
            limits.check("objects", packed_objects, path)
        tail = b""
        for piece in _pieces(memoryview(data)[start:], filters):
            size += len(piece)
            limits.check("unpacked_mb", size / MEGABYTE, path)
            if b"/ObjStm" in dictionary:
                found |= {told for told, name in _NAMES.items() if name.search(tail + piece)}
                tail = piece[-_OVERLAP:]
    return [f"PDF 含{told}，未执行" for told in _NAMES if told in found]


def _not_in_circles(data: bytes, path: Path) -> None:
    """Raises UnusableInputError for objects that are each other's name: pdfminer would follow them for ever."""
    other = {int(one): int(next_one) for one, next_one in _ALIAS.findall(data)}
    while other:
        seen, at = set(), next(iter(other))
        while at in other:
            seen.add(at)
            at = other.pop(at)
        if at in seen:
            raise UnusableInputError(str(path), f"PDF 的对象 {at} 指向自己", "请重新取得文件，或另存后重试")


def _pieces(packed: memoryview, filters: int) -> Iterator[bytes]:
    """Yields what a stream unpacks to after its filters; nothing if it has no filter that this follows."""
    inner = zlib.decompressobj()
    for piece in unpacked(packed, zlib.decompressobj()) if filters else ():
        yield from unpacked(memoryview(piece), inner) if filters > 1 else (piece,)

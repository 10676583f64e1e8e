"""Looks through packages (docx, xlsx, odt) before anything is read from them: no part may be larger than it says.

`zipfile` trusts the sizes that a package states, and unpacks a part in one go. So every part is unpacked here first,
piece by piece, and nothing is kept. Damaged parts are left to the readers, which report them.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

from gouji.errors import UnusableInputError
from gouji.runtime.limits import MEGABYTE, Limits

#: What `zipfile` raises for a part that is damaged, encrypted, or packed by a method it does not know.
DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError, ValueError)
#: Bytes that are looked at at a time, packed and unpacked.
_PACKED, _PIECE = 1 << 16, 1 << 20
#: Only parts larger than this are held to the ratio: small ones harm nobody.
_LARGE = 50 * MEGABYTE
_LOCAL_HEADER = 30
_ENCRYPTED = 0x1
_AGAIN = "请重新取得文件，或用 Word、Excel 打开后另存"
_XML = (".xml", ".rels", ".vml")
#: A document type declaration, which no Office program writes: entities that multiply, files that are drawn in.
_DECLARATION = re.compile(rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E|E\x00?N\x00?T\x00?I\x00?T\x00?Y)")
_ENCODING = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*encoding\s*=\s*[\"']([^\"']*)[\"']")
#: Encodings in which a declaration cannot be written so that it is overlooked.
_ENCODINGS = {b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252", b"gb2312", b"gbk"}
_ENCODINGS |= {b"gb18030"}
_OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)")
#: The bytes of a part that hold its first line, and the bytes over which a declaration may extend.
_HEAD, _OVERLAP = 512, 32


def check_archive(data: bytes, path: Path, limits: Limits) -> None:
    """Looks through a zip package.

    Raises UnusableInputError for a package that is encrypted, or deceives about its content: names that occur twice or
    lie outside of it, parts that overlap or are larger than stated, declarations of document types. Raises
    LimitExceededError for one that is larger than the limits.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise UnusableInputError(str(path), "压缩包结构不完整，文件可能没有下载完", "请重新取得文件") from error
    limits.check("parts", len(entries), path)
    _names(entries, path)
    _places(entries, data, path)
    limits.check("unpacked_mb", sum(one.file_size for one in entries) / MEGABYTE, path)
    for entry in entries:
        _part(entry, data, path, limits)


def _names(entries: Sequence[zipfile.ZipInfo], path: Path) -> None:
    seen: set[str] = set()
    for one in entries:
        if one.flag_bits & _ENCRYPTED:
            raise UnusableInputError(str(path), "文件已加密", "请解除密码后重试")
        name = one.orig_filename.replace("\\", "/")
        if _OUTSIDE.search(one.orig_filename) or "\x00" in name:
            raise UnusableInputError(str(path), f"压缩包中有指向包外的部件 {one.orig_filename!r}", _AGAIN)
        if name.lower() in seen:
            problem = f"压缩包中有两个名为 {one.filename} 的部件，各程序读出的内容会不同"
            raise UnusableInputError(str(path), problem, _AGAIN)
        seen.add(name.lower())


def _places(entries: Sequence[zipfile.ZipInfo], data: bytes, path: Path) -> None:
    """Raises UnusableInputError for parts that share bytes (a bomb unpacks one kilobyte a thousand times), and for
    methods of compression that Office does not use."""
    ordered = sorted(entries, key=lambda one: one.header_offset)
    for one, after in pairwise(ordered):
        if one.header_offset + _LOCAL_HEADER + one.compress_size > after.header_offset:
            raise UnusableInputError(str(path), f"压缩包中 {one.filename} 与 {after.filename} 重叠", _AGAIN)
    for one in ordered:
        if one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnusableInputError(str(path), f"压缩包中 {one.filename} 的压缩方法不是 Office 文件所用的", _AGAIN)


def _part(entry: zipfile.ZipInfo, data: bytes, path: Path, limits: Limits) -> None:
    """Raises an error for a part that is larger than it says, has too high a ratio or too many elements, or declares a
    document type."""
    markup = entry.filename.lower().endswith(_XML)
    size = elements = 0
    tail = b""
    for piece in _pieces(entry, data):
        size += len(piece)
        if size > entry.file_size:
            raise UnusableInputError(str(path), f"压缩包中 {entry.filename} 的实际大小与所记大小不符", _AGAIN)
        if markup:
            if size == len(piece):
                _encoding(entry.filename, piece[:_HEAD], path)
            if _DECLARATION.search(tail + piece):
                problem = f"压缩包中 {entry.filename} 含有文档类型声明（DTD），可能引用外部文件"
                raise UnusableInputError(str(path), problem, _AGAIN)
            elements += piece.count(b"<") - piece.count(b"</")
            limits.check("elements", elements, path, f"{entry.filename} ")
            tail = piece[-_OVERLAP:]
    if size > _LARGE:
        limits.check("ratio", size / max(1, entry.compress_size), path, f"{entry.filename} ")


def _encoding(name: str, head: bytes, path: Path) -> None:
    if (declared := _ENCODING.match(head)) and declared[1].lower() not in _ENCODINGS:
        told = declared[1].decode("ascii", "replace")
        raise UnusableInputError(str(path), f"压缩包中 {name} 的编码 {told} 不是 Office 文件所用的", _AGAIN)


def _pieces(entry: zipfile.ZipInfo, data: bytes) -> Iterator[bytes]:
    """Yields the bytes of a part, a megabyte at a time. They end early if the part is damaged."""
    start = entry.header_offset
    head = data[start : start + _LOCAL_HEADER]
    if len(head) < _LOCAL_HEADER:
        return
    start += _LOCAL_HEADER + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    packed = memoryview(data)[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        yield from (bytes(packed[at : at + _PIECE]) for at in range(0, len(packed), _PIECE))
        return
    yield from unpacked(packed, zlib.decompressobj(-zlib.MAX_WBITS))


def unpacked(packed: memoryview, unpack: Any) -> Iterator[bytes]:
    """Yields what a `zlib.decompressobj` unpacks, a megabyte at a time, up to the end or the first damage."""
    for at in range(0, len(packed), _PACKED):
        waiting: bytes | memoryview = packed[at : at + _PACKED]
        while len(waiting):
            try:
                piece = unpack.decompress(waiting, _PIECE)
            except zlib.error:
                return
            if piece:
                yield piece
            if unpack.eof:
                return
            waiting = unpack.unconsumed_tail

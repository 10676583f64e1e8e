"""Recognises the kind of a file by its first bytes: its name says little about its content."""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum
from io import BytesIO
from pathlib import Path

from gouji.errors import UnusableInputError


class Kind(StrEnum):
    """The kinds of file that have a reader."""

    TEXT = "text"
    WORD = "docx"
    SHEET = "xlsx"
    WEB = "html"
    PDF = "pdf"
    OFFICE = "office"
    PICTURE = "picture"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM")
_WEB = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta|div)[\s>]", re.IGNORECASE)
_ARCHIVE = re.compile(rb"^MIME-Version:\s*1", re.IGNORECASE | re.MULTILINE)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
#: How far into a file the first tag of a page stands.
_HEAD = 2048
_PACKAGES = {"word/": Kind.WORD, "xl/": Kind.SHEET}


def kind_of(data: bytes, path: Path) -> Kind:
    """Returns the kind of a file. Raises UnusableInputError if it is empty, encrypted, or another kind of package."""
    if not data.strip(b"\x00\r\n\t "):
        raise UnusableInputError(str(path), "文件是空的", "请提供部门决算公开文件")
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    if data.startswith(b"PK"):
        return _package(data, path)
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise UnusableInputError(str(path), "文件已加密", "请解除密码后重试")
        return Kind.OFFICE
    if data.startswith(_PICTURES):
        return Kind.PICTURE
    if _WEB.search(head.replace(b"\x00", b"")) or _ARCHIVE.search(head):
        return Kind.WEB
    if data.startswith(b"{\\rtf"):
        return Kind.OFFICE
    return Kind.TEXT


def _package(data: bytes, path: Path) -> Kind:
    """The kind of a zip package, by the folders in it."""
    try:
        names = zipfile.ZipFile(BytesIO(data)).namelist()
    except zipfile.BadZipFile as error:
        raise UnusableInputError(str(path), "压缩包结构不完整，文件可能没有下载完", "请重新取得文件") from error
    for folder, kind in _PACKAGES.items():
        if any(name.startswith(folder) for name in names):
            return kind
    if "mimetype" in names or "content.xml" in names:
        return Kind.OFFICE
    raise UnusableInputError(str(path), "是压缩包，但不是 Word 或 Excel 文件", "请解压后给出其中的决算公开文件")

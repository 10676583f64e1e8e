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
_WEB = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|table|meta|div)[\s>]|</(?:p|span|strong|font|section|article)>", re.IGNORECASE
)
#: What stands before the first element of a page.
_BEFORE = rb"^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?(?:\s|<\?[^>]{0,500}>|<!--(?:(?!-->).){0,500}-->)*"
#: The first element of a part of a page: what an editor of a site keeps, without the page around it.
_FRAGMENT = re.compile(
    _BEFORE
    + rb"<(?:p|span|h[1-6]|section|article|main|title|style|script|link|base|center|font|strong|b|em|u|br|hr|img"
    rb"|ul|ol|a|form|colgroup|thead|tbody|tr)(?:\s|/?>)",
    re.IGNORECASE | re.DOTALL,
)
#: Files that hold other files.
_PACKED = {
    b"Rar!\x1a\x07": "RAR",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ\x00": "xz",
}
#: The first element of formats that are one XML file each: what they are, and what to save them as.
_XML = (
    (rb"(?:\w+:)?wordDocument", "是 Word 2003 XML 文档", "请用 Word 打开后另存为 .docx"),
    (rb"pkg:package", "是单个文件的 Word XML 文档", "请用 Word 打开后另存为 .docx"),
    (rb"(?:\w+:)?Workbook", "是 XML 表格（Excel 2003 XML）", "请用 Excel 打开后另存为 .xlsx"),
    (rb"office:document", "是单个文件的 OpenDocument", "请用 LibreOffice 打开后另存为 .docx 或 .xlsx"),
)
_ARCHIVE = re.compile(rb"^MIME-Version:\s*1", re.IGNORECASE | re.MULTILINE)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
#: How far into a file the first tag of a page stands.
_HEAD = 2048
_UNPACK = "请先解压，再给出其中的决算公开文件"
_PACKAGES = {"word/": Kind.WORD, "xl/": Kind.SHEET}


def kind_of(data: bytes, path: Path) -> Kind:
    """Returns the kind of a file. Raises UnusableInputError if it is empty, encrypted, packed or has no reader."""
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
    _not_packed(data, path)
    plain = head.replace(b"\x00", b"")
    _not_xml(plain, path)
    fragment = path.suffix.lower() != ".txt" and _FRAGMENT.match(plain)  # a text may begin with what looks like a tag
    if _WEB.search(plain) or fragment or _ARCHIVE.search(head):
        return Kind.WEB
    if data.startswith(b"{\\rtf"):
        return Kind.OFFICE
    return Kind.TEXT


def _not_packed(data: bytes, path: Path) -> None:
    for mark, name in _PACKED.items():
        if data.startswith(mark):
            raise UnusableInputError(str(path), f"是 {name} 压缩文件", _UNPACK)


def _not_xml(head: bytes, path: Path) -> None:
    for name, problem, remedy in _XML:
        if re.match(_BEFORE + b"<" + name + rb"[\s>]", head, re.DOTALL):
            raise UnusableInputError(str(path), problem, remedy)


def _package(data: bytes, path: Path) -> Kind:
    """Returns the kind of a zip package by the folders in it. Raises UnusableInputError for a package without a
    reader."""
    try:
        names = zipfile.ZipFile(BytesIO(data)).namelist()
    except zipfile.BadZipFile as error:
        raise UnusableInputError(str(path), "压缩包结构不完整，文件可能没有下载完", "请重新取得文件") from error
    for folder, kind in _PACKAGES.items():
        if any(name.startswith(folder) for name in names):
            return kind
    if "mimetype" in names or "content.xml" in names:
        return Kind.OFFICE
    if "OFD.xml" in names:
        raise UnusableInputError(str(path), "是 OFD 版式文件", "请在 OFD 阅读器中导出为带文字的 PDF 后重试")
    raise UnusableInputError(str(path), "是压缩包，但不是 Word 或 Excel 文件", _UNPACK)

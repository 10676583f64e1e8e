"""Reads files into a Document: one function for every format and any number of files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from gouji.document.assemble import assemble
from gouji.document.commas import is_parted_by_commas
from gouji.document.content import Content
from gouji.document.encoding import decode
from gouji.document.kind import Kind, kind_of
from gouji.document.model import BlockKind, Document
from gouji.document.several import joined
from gouji.document.size import check_size
from gouji.document.text import read_pieces
from gouji.errors import UnusableInputError, reason_of
from gouji.runtime.limits import LIMITS, MEGABYTE, Limits

#: A reader makes the content of a file from its bytes. It raises UnusableInputError for what it cannot read, and for
#: what exceeds the limits.
Reader = Callable[[bytes, Path, Limits], Content]


def _read_text(data: bytes, path: Path, limits: Limits) -> Content:
    text, encoding = decode(data, path)
    if is_parted_by_commas(text):
        raise UnusableInputError(str(path), "是以逗号分隔的文本（CSV）", "请用 Excel 打开后另存为 .xlsx 后重试")
    return Content(list(read_pieces(text)), encoding)


def _later(module: str) -> Reader:
    """Returns the `read_content` of a module of `formats`. The module is imported at the first file of its kind,
    because its libraries are large."""

    def read_content(data: bytes, path: Path, limits: Limits) -> Content:
        reader: Reader = import_module(f"gouji.document.formats.{module}").read_content
        return reader(data, path, limits)

    return read_content


#: The reader of each kind; a new format is one entry here, one in `kind`, and one module in `formats`.
READERS: dict[Kind, Reader] = {
    Kind.TEXT: _read_text,
    Kind.WORD: _later("word"),
    Kind.SHEET: _later("sheet"),
    Kind.WEB: _later("web"),
    Kind.PDF: _later("pdf"),
    Kind.OFFICE: _later("office"),
    Kind.PICTURE: _later("scan"),
}


def read(source: Path | str | Sequence[Path | str], limits: Limits = LIMITS) -> Document:
    """Reads a published account from one file, or from several that make one account, in the given order.

    Raises UnusableInputError if a file is missing, empty, encrypted, damaged, or of a kind without a reader, and
    LimitExceededError if it exceeds the limits.
    """
    paths = [Path(source)] if isinstance(source, str | Path) else [Path(one) for one in source]
    return joined([_read(path, limits) for path in paths])


def _read(path: Path, limits: Limits) -> Document:
    data = _bytes(path, limits)
    try:
        content = READERS[kind_of(data, path)](data, path, limits)
    except RecursionError as error:
        raise UnusableInputError(str(path), "表格或元素层层相套，无法读取", "请另存后重试，或重新取得文件") from error
    except MemoryError as error:
        raise limits.exceeded("memory_mb", path) from error
    check_size(content.pieces, path, limits)
    blocks = assemble(content.pieces)
    if not any(block.kind is BlockKind.TABLE or re.search(r"\d", block.text) for block in blocks):
        raise UnusableInputError(
            str(path),
            "文本中没有任何表格，也没有任何数字",
            "请确认文件含有部门决算表（纯文本中一行一个以制表符开头的单元格，或单元格之间以制表符分隔）或决算情况说明",
        )
    return Document(
        path.name,
        hashlib.sha256(data).hexdigest(),
        content.format,
        blocks,
        content.anomalies,
        content.origins,
        content.doubtful,
    )


def _bytes(path: Path, limits: Limits) -> bytes:
    if not path.exists():
        raise UnusableInputError(str(path), "文件不存在", "请检查路径")
    if path.is_dir():
        raise UnusableInputError(str(path), "这是一个文件夹", "请给出部门决算公开文件")
    if not path.is_file():
        raise UnusableInputError(str(path), "不是普通文件（是管道或设备）", "请给出部门决算公开文件")
    try:
        limits.check("file_mb", path.stat().st_size / MEGABYTE, path)
        return path.read_bytes()
    except OSError as error:
        raise UnusableInputError(str(path), f"无法读取（{reason_of(error)}）", "请检查权限") from error

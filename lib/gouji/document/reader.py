"""File to Document: one function, whatever the format."""

from __future__ import annotations

import hashlib
from pathlib import Path

from gouji.document.encoding import decode
from gouji.document.model import BlockKind, Document
from gouji.document.text import read_blocks
from gouji.errors import UnusableInputError

#: Formats that are text whatever their name says; others need a reader of their own.
_TEXT_SUFFIXES = {".txt", ".text", ".md", ""}


def read(source: Path | str) -> Document:
    """Reads a published account.

    Raises UnusableInputError for a file that is missing, empty, binary, or in a format no reader exists for.
    """
    path = Path(source)
    data = _bytes(path)
    if path.suffix.lower() not in _TEXT_SUFFIXES:
        raise UnusableInputError(str(path), f"尚不能读取 {path.suffix} 文件", "请另存为纯文本（.txt）后重试")
    text, encoding = decode(data, path)
    blocks = read_blocks(text)
    if not any(block.kind is BlockKind.TABLE for block in blocks):
        raise UnusableInputError(str(path), "文本中没有任何表格", "请确认文件含有部门决算表，且表格单元格以制表符分隔")
    return Document(path.name, hashlib.sha256(data).hexdigest(), encoding, blocks)


def _bytes(path: Path) -> bytes:
    if not path.exists():
        raise UnusableInputError(str(path), "文件不存在", "请检查路径")
    if path.is_dir():
        raise UnusableInputError(str(path), "这是一个文件夹", "请给出部门决算公开文件")
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnusableInputError(str(path), f"无法读取（{error.strerror}）", "请检查权限") from error

"""File to Document: one function, whatever the format."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

from gouji.document.encoding import decode
from gouji.document.model import Block, BlockKind, Document
from gouji.document.text import read_blocks
from gouji.errors import UnusableInputError

#: A reader makes the blocks of a file from its bytes, and names the encoding or format it found.
Reader = Callable[[bytes, Path], tuple[tuple[Block, ...], str]]


def _read_text(data: bytes, path: Path) -> tuple[tuple[Block, ...], str]:
    text, encoding = decode(data, path)
    return read_blocks(text), encoding


#: The reader of each suffix; a new format is one entry here and one module beside `text.py`.
READERS: dict[str, Reader] = {".txt": _read_text, ".text": _read_text, ".md": _read_text, "": _read_text}


def read(source: Path | str) -> Document:
    """Reads a published account.

    Raises UnusableInputError for a file that is missing, empty, binary, or in a format no reader exists for.
    """
    path = Path(source)
    data = _bytes(path)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnusableInputError(str(path), f"尚不能读取 {path.suffix} 文件", "请另存为纯文本（.txt）后重试")
    blocks, encoding = reader(data, path)
    if not any(block.kind is BlockKind.TABLE or re.search(r"\d", block.text) for block in blocks):
        raise UnusableInputError(
            str(path),
            "文本中没有任何表格，也没有任何数字",
            "请确认文件含有部门决算表（一行一个以制表符开头的单元格，或单元格之间以制表符分隔）或决算情况说明",
        )
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

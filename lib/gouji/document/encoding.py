"""Decodes text files: UTF-8, UTF-16 with a byte order mark, and GB18030. Anything else is refused."""

from __future__ import annotations

import codecs
import re
import unicodedata
from pathlib import Path

from gouji.errors import UnusableInputError

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
#: Characters that nearly all of a text is made of, none of which is strange.
_ORDINARY = re.compile("[\t\r\n\f -~\u3000-\u3020\u4e00-\u9fa5\uff01-\uff5e]+")


def decode(data: bytes, source: Path) -> tuple[str, str]:
    """Returns the text of `data` and the name of its encoding.

    GB18030 can decode almost any bytes, so it is accepted only if the result reads like text. Raises UnusableInputError
    for an empty or binary file, and for other encodings.
    """
    if not data.strip():
        raise UnusableInputError(str(source), "文件是空的", "请提供部门决算公开文本")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding, source), encoding
    if b"\x00" not in data:
        for encoding in ("utf-8", "gb18030"):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if _reads_like_text(text):
                return text, encoding
    if (kind := source.suffix.lower()) not in ("", ".txt", ".text", ".md", ".csv"):
        remedy = "请确认能用相应的软件打开，不能的请重新取得文件"
        raise UnusableInputError(str(source), f"文件损坏，或内容不是扩展名 {kind} 所指的格式", remedy)
    raise UnusableInputError(str(source), "不是可识别的文本文件（UTF-8 或 GB18030）", "请另存为纯文本（.txt）后重试")


def _decoded(data: bytes, encoding: str, source: Path) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnusableInputError(
            str(source), f"第 {error.start} 字节处编码损坏（{encoding}）", "请重新导出文本"
        ) from error


def _reads_like_text(text: str) -> bool:
    """True unless more than one character in a hundred is unassigned, private or a control character."""
    sample = text[:20_000]
    strange = sum(unicodedata.category(char) in {"Cn", "Co", "Cc"} for char in _ORDINARY.sub("", sample))
    return strange * 100 <= len(sample)

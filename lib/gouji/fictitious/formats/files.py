"""Writes a department's account as a file of each kind, with the same bytes on every machine."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from gouji.document.model import Document
from gouji.document.text import read_blocks
from gouji.fictitious.departments import FictitiousDepartment, to_text
from gouji.fictitious.formats.as_docx import to_docx
from gouji.fictitious.formats.as_html import to_html
from gouji.fictitious.formats.as_pdf import to_pdf
from gouji.fictitious.formats.as_xlsx import to_xlsx

_HEAD = "虚构文件，仅供演示与测试"


def write_text(department: FictitiousDepartment, path: Path) -> None:
    """The account as plain text."""
    path.write_bytes(to_text(department).encode("utf-8"))


def _by_way_of_document(write: Callable[[Document, Path], None], department: FictitiousDepartment, path: Path) -> None:
    write(Document(path.name, "", "utf-8", read_blocks(to_text(department))), path)


WRITERS: dict[str, Callable[[FictitiousDepartment, Path], None]] = {
    "txt": write_text,
    "docx": partial(_by_way_of_document, to_docx),
    "xlsx": partial(_by_way_of_document, to_xlsx),
    "html": partial(_by_way_of_document, to_html),
    "pdf": partial(_by_way_of_document, partial(to_pdf, head=_HEAD)),
}
"""How to write a department's account, by the file's suffix."""

"""Reads the files of an audit again to mark them up, only where they are still as audited."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gouji.auditing import Audit
from gouji.errors import reason_of


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the document: its name, its lines in the document, and its bytes. `problem` says why there are none."""

    name: str
    path: Path
    first: int
    last: int
    data: bytes = b""
    problem: str = ""


def sources_of(audit: Audit) -> Iterator[Source]:
    """Yields the files of an audit in order; none where it was not made from files."""
    document = audit.document
    parts = [(one.name, one.sha256, one.before) for one in document.parts] or [(document.name, document.sha256, 0)]
    ends = [*(before for _, _, before in parts[1:]), _last_line(audit)]
    for (name, sha256, before), last, path in zip(parts, ends, audit.sources, strict=False):
        data, problem = _bytes(path, sha256)
        yield Source(name, path, before + 1, last, data, problem)


def _bytes(path: Path, sha256: str) -> tuple[bytes, str]:
    try:
        data = path.read_bytes()
    except OSError as error:
        return b"", f"无法再次读取（{reason_of(error)}）"
    if hashlib.sha256(data).hexdigest() != sha256:
        return b"", "读取之后文件已有改动，与所审核的不是同一个文件"
    return data, ""


def _last_line(audit: Audit) -> int:
    blocks = audit.document.blocks
    cells = (cell.place.line for block in blocks if block.grid for row in block.grid.rows for cell in row)
    return max([*(block.place.line for block in blocks), *cells, *audit.document.origins], default=0)

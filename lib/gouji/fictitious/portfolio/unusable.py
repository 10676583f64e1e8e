"""Makes sources that nobody can audit, as large collections contain them: truncated files, or other files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from gouji.fictitious.departments import FictitiousDepartment
from gouji.fictitious.formats.files import WRITERS

_ERROR_PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>404 Not Found</title></head>
<body><h1>404 Not Found</h1><p>您访问的页面不存在或已被删除（虚构）。</p><hr><p>nginx</p></body></html>
"""


def _cut_off(department: FictitiousDepartment, folder: Path, key: str) -> Path:
    """Returns a Word file without its second half, as after a broken download."""
    path = folder / f"{key}.docx"
    WRITERS["docx"](department, path)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    return path


def _error_page(department: FictitiousDepartment, folder: Path, key: str) -> Path:
    """Returns a server's error page, saved as the Word file that was asked for."""
    path = folder / f"{key}.doc"
    path.write_bytes(_ERROR_PAGE.encode("utf-8"))
    return path


UNUSABLE: dict[str, Callable[[FictitiousDepartment, Path, str], Path]] = {
    "下载不完整的 docx": _cut_off,
    "存为 doc 的网页错误页": _error_page,
}
"""How to write a source that cannot be used, by what is wrong with it."""

"""Recognises the files that this program wrote: they repeat an account's tables, but are none."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

from gouji.document.formats.archive import DAMAGED
from gouji.errors import UnusableInputError

#: Who made an Office file stands in this part. The memo, the working papers and the follow-up list name this author.
_PROPERTIES = "docProps/core.xml"
_AUTHOR = re.compile(rb"<dc:creator\b[^>]*>gouji</dc:creator>")


def refuse_own(data: bytes, path: Path) -> None:
    """Raises UnusableInputError for a package (one that was looked through) that this program wrote.

    Copies of originals with notes in them keep their author and are accounts.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            properties = archive.read(_PROPERTIES)
    except (KeyError, *DAMAGED):
        return  # without them, nothing says whose it is
    if _AUTHOR.search(properties):
        raise UnusableInputError(
            str(path), "这是勾稽写出的备忘录、底稿或台账，不是部门决算公开文件", "请给出被审核的原文件"
        )

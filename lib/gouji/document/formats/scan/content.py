"""The content of picture files: one page for each picture (a TIFF may hold several)."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageSequence, UnidentifiedImageError

from gouji.document.content import Content
from gouji.document.formats.pages.beside import put_beside
from gouji.document.formats.pages.build import Builder
from gouji.document.formats.pages.furniture import without_furniture
from gouji.document.formats.scan.engine import available
from gouji.document.formats.scan.remark import remark
from gouji.errors import UnusableInputError

#: A page of A4 is so many points high; pictures do not say how large their page was.
_A4 = 842


def read_content(data: bytes, path: Path) -> Content:
    """Reads pictures of pages. Raises UnusableInputError where the extra is not installed or the picture is damaged."""
    if not available():
        raise UnusableInputError(
            str(path), "这是图片，读取它需要文字识别", "请加装文字识别（make ocr），或提供带文字的文件"
        )
    from gouji.document.formats.scan.page import scanned_page

    try:
        pictures = [np.asarray(one.convert("RGB")) for one in ImageSequence.Iterator(Image.open(BytesIO(data)))]
    except (UnidentifiedImageError, OSError, ValueError) as error:
        raise UnusableInputError(str(path), "图片损坏，不能打开", "请重新扫描或取得文件") from error
    pages = [scanned_page(one, number, max(one.shape[:2]) / _A4) for number, one in enumerate(pictures, start=1)]
    builder = Builder(put_beside(without_furniture(pages)))
    return Content(
        builder.pieces,
        "图片（文字识别）",
        (remark([page.number for page in pages], builder.doubtful), *builder.remarks()),
        builder.origins,
        builder.doubtful,
    )

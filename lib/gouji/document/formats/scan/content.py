"""Reads picture files, with one page for each picture (a TIFF may hold several)."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageSequence, UnidentifiedImageError

from gouji.document.content import Content
from gouji.document.formats.pages.beside import put_beside
from gouji.document.formats.pages.build import Builder
from gouji.document.formats.pages.furniture import without_furniture
from gouji.document.formats.scan.engine import available
from gouji.document.formats.scan.remark import remark
from gouji.errors import UnusableInputError
from gouji.runtime.limits import LIMITS, MEGABYTE, Limits

#: A page of A4 is so many points high; pictures do not say how large their page was.
_A4 = 842


def read_content(data: bytes, path: Path, limits: Limits = LIMITS) -> Content:
    """Reads pictures of pages. Raises UnusableInputError where the extra is not installed, the picture is damaged or
    exceeds the limits."""
    if not available():
        raise UnusableInputError(
            str(path), "这是图片，读取它需要文字识别", "请加装文字识别（make ocr），或提供带文字的文件"
        )
    from gouji.document.formats.scan.page import scanned_page

    try:
        pictures = list(_pictures(data, path, limits))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise UnusableInputError(str(path), "图片损坏，不能打开", "请重新扫描或取得文件") from error
    except Image.DecompressionBombError as error:
        raise limits.exceeded("page_megapixels", path) from error
    pages = [scanned_page(one, number, max(one.shape[:2]) / _A4) for number, one in enumerate(pictures, start=1)]
    builder = Builder(put_beside(without_furniture(pages)))
    return Content(
        builder.pieces,
        "图片（文字识别）",
        (remark([page.number for page in pages], builder.doubtful), *builder.remarks()),
        builder.origins,
        builder.doubtful,
    )


def _pictures(data: bytes, path: Path, limits: Limits) -> Iterator[NDArray[np.uint8]]:
    """Yields the pictures of a file in colour. Each is checked against the limits before it is unpacked."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit is ours
        pixels = 0.0
        for number, one in enumerate(ImageSequence.Iterator(Image.open(BytesIO(data))), start=1):
            limits.check("pages", number, path)
            limits.check("page_megapixels", one.width * one.height / MEGABYTE, path, f"第 {number} 幅：")
            pixels += 3 * one.width * one.height / MEGABYTE
            limits.check("unpacked_mb", pixels, path)
            yield np.asarray(one.convert("RGB"))

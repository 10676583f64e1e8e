"""Reads the content of a PDF: its pages, without furniture, with lines and tables put together in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path

import pypdf
import pypdfium2
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfplumber.page import Page as PlumbedPage
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException
from pypdf.errors import PyPdfError

from gouji.document.content import Content
from gouji.document.formats.pages.beside import put_beside
from gouji.document.formats.pages.build import Builder
from gouji.document.formats.pages.furniture import without_furniture
from gouji.document.formats.pages.page import Page
from gouji.document.formats.pdf.guard import PageGuard
from gouji.document.formats.pdf.looked_through import look_through
from gouji.document.formats.pdf.opened import opened
from gouji.document.formats.pdf.page import read_page
from gouji.document.formats.pdf.printed import is_unmapped
from gouji.document.formats.pdf.turned import turn_of, turned
from gouji.document.formats.scan.engine import available
from gouji.document.formats.scan.remark import remark
from gouji.errors import UnusableInputError
from gouji.runtime.limits import LIMITS, Limits

#: What pdfminer raises on damaged files: its own errors, and those of code that expected something else.
_DAMAGE = (
    PDFException,
    PdfminerException,
    PDFPasswordIncorrect,
    MalformedPDFException,
    PyPdfError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
)
#: What is wrong with a page whose glyphs are known by their numbers only.
_UNMAPPED = "文字层不能对应到汉字（字体没有字符编码对照表）"
#: A page with fewer characters than this and a picture over most of it is a scan.
_FEWEST_CHARACTERS = 10


def read_content(data: bytes, path: Path, limits: Limits = LIMITS) -> Content:
    """Reads a PDF that has text. The anomalies name single pages that cannot be read.

    Raises UnusableInputError for a PDF that is encrypted, damaged, without pages, or made of pictures only, and
    LimitExceededError for one that exceeds the limits.
    """
    active = look_through(data, path, limits)
    guard = PageGuard(path, limits)
    try:
        found = _read(data, guard)
        if turns := {number: turn for number, turn in found.turns.items() if turn}:
            again = _read(turned(data, turns), guard, dict(enumerate(sorted(turns.items()), start=1)))
            found.pages.update(again.pages)
    except _DAMAGE as error:
        raise _unusable(error, path) from error
    found.scanned = _recognise(data, found, guard)
    if not any(page.items for page in found.pages.values()):
        raise _without_text(found, path)
    builder = Builder(put_beside(without_furniture([page for _, page in sorted(found.pages.items())])))
    remarks = [remark(found.scanned, builder.doubtful)] if found.scanned else _overflown(builder)
    anomalies = (*active, *found.anomalies(), *remarks, *builder.remarks())
    return Content(builder.pieces, "pdf", anomalies, builder.origins, builder.doubtful)


def _overflown(builder: Builder) -> list[str]:
    """Returns a remark on figures that are wider than their cells; none if there are no such figures."""
    count = len(builder.doubtful)
    return [f"{count}个数字超出所在单元格，与相邻内容不能分清，不作勾稽"] if count else []


def _recognise(data: bytes, found: _Read, guard: PageGuard) -> list[int]:
    """Puts the pages that are pictures in as OCR recognises them, if it is installed. Returns their numbers, without
    those that cannot be drawn: a file may be too damaged for the library that draws and not for the one that reads.
    """
    pages = sorted({*found.pictures, *found.unmapped})
    if not pages or not available():
        return []
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return []
    with pdf:
        return [number for number in pages if _recognise_page(pdf, number, found, guard)]


def _recognise_page(pdf: pypdfium2.PdfDocument, number: int, found: _Read, guard: PageGuard) -> bool:
    """Puts a page in as OCR recognises it. Returns whether it can be drawn."""
    from gouji.document.formats.scan.page import SCALE, scanned_page

    try:
        page = pdf[number - 1]
        guard.picture(number, page.get_width() * SCALE, page.get_height() * SCALE)
        pixels = page.render(scale=SCALE).to_numpy()
    except (pypdfium2.PdfiumError, IndexError):
        return False
    found.pages[number] = scanned_page(pixels, number)
    return True


@dataclass(slots=True)
class _Read:
    """Pages by number, those that cannot be read, those that are pictures, those whose font does not say which
    characters its glyphs are, those of these that were recognised, and by how much each must be turned."""

    pages: dict[int, Page] = field(default_factory=dict)
    broken: list[int] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    unmapped: list[int] = field(default_factory=list)
    scanned: list[int] = field(default_factory=list)
    turns: dict[int, int] = field(default_factory=dict)

    def anomalies(self) -> Iterator[str]:
        """Yields a line for people on each page that was not read."""
        for number in sorted({*self.broken, *self.pictures} - {*self.scanned}):
            problem = "无法读取" if number in self.broken else "是图片"
            yield f"第{number}页{problem}，其中内容未纳入审核"
        for number in sorted(self.unmapped):
            done = "改由图片识别文字" if number in self.scanned else "其中内容未纳入审核"
            yield f"第{number}页{_UNMAPPED}，{done}"


def _read(data: bytes, guard: PageGuard, numbers: Mapping[int, tuple[int, int]] | None = None) -> _Read:
    """Returns the pages of a PDF. For pages that were turned, `numbers` gives their number before and the degrees."""
    found = _Read()
    try:
        with opened(data) as pdf:
            guard.pages(len(pdf.pages))
            for at, page in enumerate(pdf.pages, start=1):
                _take(page, at, guard, numbers, found)
    except IndexError:
        # One page without a size keeps pdfplumber from listing any: each by itself, then.
        number = len(pypdf.PdfReader(BytesIO(data)).pages)
        guard.pages(number)
        for at in range(1, number + 1):
            if at not in found.pages:
                _take_alone(data, at, guard, numbers, found)
    return found


def _take_alone(
    data: bytes, at: int, guard: PageGuard, numbers: Mapping[int, tuple[int, int]] | None, found: _Read
) -> None:
    try:
        with opened(data, [at]) as pdf:
            _take(pdf.pages[0], at, guard, numbers, found)
    except IndexError:
        found.broken.append(at)


def _take(
    page: PlumbedPage, at: int, guard: PageGuard, numbers: Mapping[int, tuple[int, int]] | None, found: _Read
) -> None:
    number, turn = numbers[at] if numbers else (at, 0)
    try:
        guard.page(number, len(page.chars), len(page.lines) + len(page.rects) + len(page.curves))
        found.turns[number] = 0 if numbers else turn_of(page.chars)
        found.pages[number] = read_page(page, number, turn)
    except _DAMAGE:
        found.broken.append(number)
        return
    if is_unmapped(page.chars):
        found.unmapped.append(number)
        found.pages[number] = replace(found.pages[number], items=())
    if len(page.chars) < _FEWEST_CHARACTERS and page.images:
        found.pictures.append(number)
    page.close()


def _without_text(found: _Read, path: Path) -> UnusableInputError:
    # One who has text recognition is not told to install it.
    instead = "" if available() else "，或加装文字识别（make ocr）后重试"
    if found.pictures:
        problem = f"{len(found.pictures)}页都是图片，没有" + ("能识别的文字" if available() else "文字")
        return UnusableInputError(str(path), problem, f"请提供带文字的 PDF{instead}")
    if found.unmapped:
        problem = f"{len(found.unmapped)}页的{_UNMAPPED}"
        return UnusableInputError(str(path), problem, f"请提供文字可以复制的 PDF{instead}")
    problem = "各页都没有文字" if found.pages else "PDF 中没有页"
    return UnusableInputError(str(path), problem, "请提供带文字的 PDF")


def _unusable(error: BaseException, path: Path) -> UnusableInputError:
    causes: Sequence[object] = (error, *error.args)
    if any(isinstance(cause, PDFPasswordIncorrect) for cause in causes):
        return UnusableInputError(str(path), "PDF 已加密，需要密码才能打开", "请解除密码后重试")
    return UnusableInputError(str(path), "PDF 结构损坏，文件可能没有下载完", "请重新取得文件")

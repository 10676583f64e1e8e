"""PDFs whose fonts do not say which characters their glyphs are."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pypdf
import pypdfium2
import pytest
from pypdf.generic import StreamObject

from conftest import SAMPLE
from fuzz.target import CORPUS
from gouji import UnusableInputError, read
from gouji.document.formats.pages.page import Page
from gouji.document.model import Document
from gouji.document.text import read_blocks
from gouji.fictitious.formats.as_pdf import to_pdf

_GLYPH = re.compile(rb"<([0-9A-Fa-f]+)> <[0-9A-Fa-f]+>(?=\s)")


def _private(found: re.Match[bytes]) -> bytes:
    return b"<%s> <E%03X>" % (found[1], int(found[1], 16) % 0x800)


def _unmapped(path: Path, pages: int) -> Path:
    """The sample as a PDF of which the first pages' fonts map each glyph to a private character."""
    to_pdf(Document("account", "", "", read_blocks(SAMPLE.read_text(encoding="utf-8"))), path)
    writer = pypdf.PdfWriter(clone_from=path)
    for page in writer.pages[:pages]:
        for font in cast("dict[str, Any]", page["/Resources"])["/Font"].values():
            stream = font.get_object()["/ToUnicode"].get_object()
            assert isinstance(stream, StreamObject)
            private, count = _GLYPH.subn(_private, stream.get_data())
            assert count
            stream.set_data(private)
    writer.write(path)
    return path


def test_a_pdf_without_characters_is_refused_for_that_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gouji.document.formats.pdf.content.available", lambda: False)
    path = _unmapped(tmp_path / "private.pdf", 100)
    with pytest.raises(UnusableInputError, match=r"不能对应到汉字.*文字识别") as refused:
        read(path)
    assert "\n" not in str(refused.value)


def _recognising(monkeypatch: pytest.MonkeyPatch, scanned: Callable[[object, int], Page]) -> None:
    """Text recognition is installed and reads a page so."""
    monkeypatch.setattr("gouji.document.formats.pdf.content.available", lambda: True)
    monkeypatch.setitem(
        sys.modules, "gouji.document.formats.scan.page", SimpleNamespace(SCALE=1.0, scanned_page=scanned)
    )


def test_its_pages_are_recognised_as_pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _unmapped(tmp_path / "private.pdf", 100)
    asked: list[int] = []

    def scanned(_: object, number: int) -> Page:
        asked.append(number)
        return Page(number, 600, 800, ())

    _recognising(monkeypatch, scanned)
    with pytest.raises(UnusableInputError):
        read(path)
    assert asked == list(range(1, len(pypdf.PdfReader(path).pages) + 1))


def test_a_file_too_damaged_to_be_drawn_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    _recognising(monkeypatch, lambda _, number: Page(number, 600, 800, ()))
    with pytest.raises(UnusableInputError) as refused:
        read(CORPUS / "pdf" / "cell-under-a-merged-cell.pdf")
    assert "\n" not in str(refused.value)


def test_pages_that_cannot_be_drawn_are_not_recognised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _unmapped(tmp_path / "private.pdf", 100)
    monkeypatch.setattr("pypdfium2.PdfPage.render", _undrawable)
    _recognising(monkeypatch, lambda _, number: Page(number, 600, 800, ()))
    with pytest.raises(UnusableInputError, match="不能对应到汉字") as refused:
        read(path)
    assert "make ocr" not in str(refused.value)


def _undrawable(*_: object, **__: object) -> None:
    raise pypdfium2.PdfiumError("Failed to render")

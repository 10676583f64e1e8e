"""What reading a PDF costs beside the libraries it rests on: pdfplumber finding the same pages' tables and words, and
pdfium giving their bare text."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pypdfium2

from gouji import read
from gouji.document.model import Document
from gouji.document.text import read_blocks
from gouji.fictitious.departments import make_department, to_text
from gouji.fictitious.formats.as_pdf import to_pdf

#: The document of GOUJI_CORPUS that is timed as well, where it is set.
_REAL = Path("corpus") / "2024-putuo-finance.pdf"


def reading(median: Callable[[Callable[[], object], int], float]) -> None:
    """Prints, for a generated PDF and a real one, the time to read it and its ratios to both libraries."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "department.pdf"
        to_pdf(Document("department", "", "", read_blocks(to_text(make_department(1, "shanghai2024")))), made, size=10)
        corpus = os.environ.get("GOUJI_CORPUS")
        for path in [made, *([Path(corpus) / _REAL] if corpus else [])]:
            _one(path, median)


def _one(path: Path, median: Callable[[Callable[[], object], int], float]) -> None:
    with pypdfium2.PdfDocument(path) as pdf:
        pages = len(pdf)
    own, plumber, pdfium = (median(lambda work=work: work(path), 3) for work in (read, _plumber, _pdfium))  # type: ignore[misc]
    print(f"读取 PDF（{path.name}，{pages} 页）")
    print(f"  读成文档　{own * 1000:8.0f} ms　为 pdfplumber 取同样各页表格与文字的 {own / plumber:5.2f} 倍")
    print(f"  pdfplumber{plumber * 1000:8.0f} ms　为 pypdfium2 取文字（下限）的 {plumber / pdfium:6.0f} 倍")


def _plumber(path: Path) -> None:
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_tables()
            page.extract_words()


def _pdfium(path: Path) -> None:
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            page.get_textpage().get_text_range()

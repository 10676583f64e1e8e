"""The readers: a file is read, the same twice, or refused in one line; what is read can be recognised."""

from __future__ import annotations

import tempfile
import warnings
import zlib
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

from fuzz import seeds
from fuzz.mutate.package import mutated_package, smaller_package
from fuzz.mutate.page import mutated_page
from fuzz.mutate.pdf import mutated_pdf, smaller_pdf
from fuzz.mutate.text import mutated_bytes
from fuzz.mutate.text import smaller as smaller_text
from fuzz.target import Target, refusal
from gouji.document.kind import Kind, kind_of
from gouji.document.model import Block, Document
from gouji.document.reader import read
from gouji.errors import UnusableInputError
from gouji.facts.fact import Status
from gouji.facts.recognise import recognise

#: Read by other programs (LibreOffice, text recognition), which are not what is fuzzed.
_ELSEWHERE = (Kind.OFFICE, Kind.PICTURE)
#: Says whether text recognition, which takes seconds a page, is installed.
_RECOGNITION = "gouji.document.formats.pdf.content.available"
#: One of so many inputs is read twice.
_TWICE = 8


def read_bytes(data: bytes, suffix: str) -> Document | None:
    """The document of a file with these bytes, None of a kind that other programs read."""
    if kind_of(data, Path(f"account.{suffix}")) in _ELSEWHERE:
        return None
    with tempfile.TemporaryDirectory(prefix="gouji-fuzz-") as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path = Path(folder) / f"account.{suffix}"
        path.write_bytes(data)
        with patch(_RECOGNITION, return_value=False):
            return read(path)


def _run(data: bytes, suffix: str) -> str:
    try:
        document = read_bytes(data, suffix)
        if document is None:
            return "read by another program"
        check_document(document)
        if zlib.crc32(data) % _TWICE == 0:
            assert read_bytes(data, suffix) == document, "read twice, two documents"
        facts = recognise(document)
    except UnusableInputError as error:
        return refusal(error)
    lines = {line for block in document.blocks for line in lines_of(block)}
    assert all(fact.place.line in lines for fact in facts), "a fact that stands nowhere"
    found = sum(table.status is Status.FOUND for table in facts.tables.values())
    return f"read: {found} tables, {min(len(document.anomalies), 3)} anomalies"


def check_document(document: Document) -> None:
    """Blocks are numbered, cells lie in their grids and do not overlap, and what is told is said in one line."""
    assert [block.index for block in document.blocks] == list(range(len(document.blocks))), "blocks out of order"
    for block in document.blocks:
        if block.grid is None:
            continue
        for row, cells in enumerate(block.grid.rows):
            ends = 0
            for cell in cells:
                assert cell.row == row, "a cell of another row"
                assert ends <= cell.col < cell.col + cell.colspan <= block.grid.width, "a cell outside its place"
                ends = cell.col + cell.colspan
    for told in document.anomalies:
        assert len(told.splitlines()) == 1, "an anomaly that is not one line"


def lines_of(block: Block) -> set[int]:
    """The lines of a block and its cells."""
    cells = block.grid.rows if block.grid is not None else ()
    return {block.place.line, *(cell.place.line for row in cells for cell in row)}


def _reader(suffix: str) -> Callable[[bytes], str]:
    return lambda data: _run(data, suffix)


def _texts() -> list[bytes]:
    return [*seeds.short_texts(), *seeds.full_texts()[:1]]


READERS = (
    Target("text", "txt", _reader("txt"), _texts, mutated_bytes, smaller_text),
    Target("word", "docx", _reader("docx"), seeds.docx, mutated_package, smaller_package),
    Target("sheet", "xlsx", _reader("xlsx"), seeds.xlsx, mutated_package, smaller_package),
    Target("web", "html", _reader("html"), seeds.html, mutated_page, smaller_text),
    Target("pdf", "pdf", _reader("pdf"), seeds.pdf, mutated_pdf, smaller_pdf),
)

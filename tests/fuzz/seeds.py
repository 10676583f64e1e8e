"""Undamaged inputs: short accounts of fictitious departments, written as the files that are published."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

from lxml import etree

from fuzz.mutate.package import packed, parts_of
from fuzz.tiny_pdf import to_tiny_pdf
from gouji.document.model import Block, BlockKind, Document
from gouji.document.text import read_blocks
from gouji.fictitious.departments import TEMPLATES, make_department, to_text
from gouji.fictitious.formats.as_docx import to_docx
from gouji.fictitious.formats.as_html import to_html
from gouji.fictitious.formats.as_xlsx import to_xlsx
from gouji.fictitious.misprints.planting import draw, print_all

#: What a reader never opens and only makes files long.
_STYLES = 14
_UNREAD = ("docProps/", "word/theme/", "xl/theme/", "customXml/", "word/fontTable.xml", "word/stylesWithEffects.xml")


def full_texts(errors: int = 2) -> list[bytes]:
    """A whole account of each template, with errors planted."""
    found = []
    for number, template in enumerate(TEMPLATES):
        rng = Random(f"{number}/{template}")
        clean = make_department(number, template)
        printed, _ = print_all(clean, draw(clean, errors, rng))
        found.append(to_text(printed).encode("utf-8"))
    return found


def narratives() -> list[str]:
    """The paragraphs of whole accounts that state figures."""
    blocks = [block for text in full_texts() for block in read_blocks(text.decode("utf-8"))]
    told = (block.text for block in blocks if block.kind is BlockKind.PARAGRAPH)
    return [text for text in told if any(char.isdigit() for char in text)]


@cache
def short_documents() -> tuple[Document, ...]:
    """Two or three tables, shortened, and a few paragraphs of an account of each template."""
    return tuple(
        Document("account", "", "utf-8", _short(read_blocks(text.decode("utf-8")), number))
        for number, text in enumerate(full_texts())
    )


def _short(blocks: tuple[Block, ...], number: int) -> tuple[Block, ...]:
    tables = [block for block in blocks if block.kind is BlockKind.TABLE]
    kept = {tables[(number * 2 + at) % len(tables)].index for at in range(2)}
    found: list[Block] = []
    told = 0
    for block in blocks:
        if block.grid is None:
            told += block.kind is BlockKind.PARAGRAPH
            if told < 12 or block.kind is BlockKind.HEADING:
                found.append(block)
        elif block.index in kept:
            found.append(block)
    return tuple(replace(block, index=at) for at, block in enumerate(found))


def short_texts() -> list[bytes]:
    """Short accounts as plain text, a cell a line in every other, a row a line in the others."""
    return [_text(document, number % 2 == 0).encode("utf-8") for number, document in enumerate(short_documents())]


def _text(document: Document, cell_a_line: bool) -> str:
    lines: list[str] = []
    for block in document.blocks:
        if block.grid is None:
            lines.append(block.text)
            continue
        for row in block.grid.rows:
            texts = [" ".join(cell.text.split()) for cell in row]
            lines += [*(f"\t{text}" for text in texts), ""] if cell_a_line else ["\t".join(texts)]
    return "\n".join(lines)


def _written(write: Callable[[Document, Path], object]) -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "account"
        found = []
        for document in short_documents():
            write(document, path)
            found.append(path.read_bytes())
        return found


def _without_unread(data: bytes) -> bytes:
    parts = {name: part for name, part in parts_of(data).items() if not name.startswith(_UNREAD)}
    return packed({name: _few_styles(part) if name == "word/styles.xml" else part for name, part in parts.items()})


def _few_styles(part: bytes) -> bytes:
    """The first styles alone, of the hundreds that a template brings."""
    root = etree.fromstring(part)
    for style in list(root)[_STYLES:]:
        root.remove(style)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def docx() -> list[bytes]:
    """Short accounts as Word files."""
    return [_without_unread(data) for data in _written(to_docx)]


def xlsx() -> list[bytes]:
    """Short accounts as workbooks."""
    return [_without_unread(data) for data in _written(to_xlsx)]


def html() -> list[bytes]:
    """Short accounts as web pages."""
    return _written(lambda document, path: to_html(document, path, encoding="utf-8"))


def pdf() -> list[bytes]:
    """Short accounts as PDF, with rules around the cells of every other and none of the others."""
    return [to_tiny_pdf(document, ruled=number % 2 == 0) for number, document in enumerate(short_documents())]

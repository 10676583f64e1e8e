"""A paper's blocks in Word."""

from __future__ import annotations

from docx.document import Document
from docx.oxml.xmlchemy import BaseOxmlElement

from gouji.memo.paper import Block, Heading, Paragraph, Span
from gouji.memo.word.elements import element, line
from gouji.memo.word.styles import set_up_cells, style_name
from gouji.memo.word.tables import table


def add_block(document: Document, block: Block) -> None:
    """Adds a block at the document's end."""
    if isinstance(block, Heading):
        heading = line(f"Heading {block.level}", [Span(block.text)])
        if block.new_page:
            heading[0].append(element("pageBreakBefore"))
        add(document, heading)
    elif isinstance(block, Paragraph):
        add(document, line(style_name(block.style), block.spans, kept=block.kept))
    else:
        set_up_cells(document, block.size)
        add(document, table(block))


def add(document: Document, element: BaseOxmlElement) -> None:
    """Adds an element at the document's end, before the section's settings."""
    body = document.element.body
    body.insert(len(body) - 1, element)

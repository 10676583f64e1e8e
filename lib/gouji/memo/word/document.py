"""Makes an empty A4 document with the papers' styles, and saves documents with constant bytes."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from docx import Document as open_document
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Cm

from gouji.memo.paper import printable
from gouji.memo.word.styles import set_up_styles
from gouji.runtime.repacked import WHEN, repacked

_AUTHOR = "gouji"


def new_document(title: str) -> Document:
    """Returns an empty document: A4, text 16 cm wide, styles set up, constant properties."""
    document = open_document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.6), Cm(2.4)
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2.2)
    section.header_distance, section.footer_distance = Cm(1.4), Cm(1.2)
    set_up_styles(document)
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = printable(title)[:255], _AUTHOR, _AUTHOR
    properties.created = properties.modified = WHEN
    properties.comments, properties.language, properties.revision = "", "zh-CN", 1
    _drop_thumbnail(document)
    return document


def save(document: Document, path: Path) -> None:
    """Writes a document. The times in the zip file are constant."""
    stamped = BytesIO()
    document.save(stamped)
    path.write_bytes(repacked(stamped))


def _drop_thumbnail(document: Document) -> None:
    """Removes the picture of python-docx's own empty page."""
    relations = document.part.package.rels
    for name in [name for name, one in relations.items() if one.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[name]

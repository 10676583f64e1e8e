"""Reads PDF files with text: pages become lines and grids, and these become paragraphs and tables that may continue
over pages."""

import logging

from gouji.document.formats.pdf.content import read_content

__all__ = ["read_content"]

for _library in ("pdfminer", "pypdf"):  # what is odd in a file is told by its reader, not printed by libraries
    logging.getLogger(_library).addHandler(logging.NullHandler())

"""PDF with text to pieces: pages → lines and grids → paragraphs and tables that go on over pages."""

from gouji.document.formats.pdf.content import read_content

__all__ = ["read_content"]

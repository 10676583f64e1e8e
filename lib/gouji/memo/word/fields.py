"""Header and page numbers: fields that Word keeps up to date."""

from __future__ import annotations

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from gouji.memo.paper import printable

#: Letter size below the page numbers, in points.
_SMALL = 7


def number_pages(document: Document, title: str, foot: str) -> None:
    """Puts `第 X 页 共 Y 页` and `foot` at the foot of every page, and the paper's subject at its head."""
    section = document.sections[0]
    section.header.paragraphs[0].add_run(printable(title))
    line = section.footer.paragraphs[0]
    line.add_run("第 ")
    add_field(line, "PAGE")
    line.add_run(" 页　共 ")
    add_field(line, "NUMPAGES")
    line.add_run(" 页")
    run = section.footer.add_paragraph(style="Footer").add_run(printable(foot))
    run.font.size = Pt(_SMALL)


def add_field(line: Paragraph, instruction: str) -> None:
    """Adds a field at the end of a paragraph; it reads `1` until Word computes it."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    line._p.append(field)
    shown = Paragraph(line._p, line._parent).add_run("1")
    field.append(shown._r)

"""Writes the part of a Word file that holds its comments: the file's own, then the added ones."""

from __future__ import annotations

from lxml import etree

from gouji.annotate.package import Element, Package
from gouji.annotate.pins import Pin
from gouji.annotate.text import AUTHOR, legal
from gouji.document.formats.word.names import number, w

_NAME = "word/comments.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
#: Font size in half points.
_SIZE = "18"


class Comments:
    """Comments by several authors, one for each severity: Word gives each author a colour, and can show one author
    alone."""

    def __init__(self, package: Package, main: str) -> None:
        name = package.part(main, "comments")
        if name is None:
            name = package.free_name("word/comments{}.xml") if _NAME in package else _NAME
            package.add(name, etree.tostring(etree.Element(w("comments"), nsmap={"w": w("")[1:-1]})), _TYPE)
            package.relate(main, "comments", name)
        self._root = package.xml(name)
        self._next = 1 + max((number(one.get(w("id")), -1) for one in self._root), default=-1)

    def add(self, pin: Pin) -> str:
        """Adds the notes of a pin as a comment; returns its id."""
        made = etree.SubElement(self._root, w("comment"))
        leading = pin.leading
        author = f"{AUTHOR}·{leading.level}"
        for name, value in (("id", str(self._next)), ("author", author), ("initials", leading.level[0])):
            made.set(w(name), value)
        for at, paragraphs in enumerate(pin.paragraphs):
            for line, text in enumerate(paragraphs):
                made.append(_paragraph(text, bold=line == 0, apart=at > 0 and line == 0))
        _refer(made[0])
        self._next += 1
        return made.get(w("id"), "")


def _paragraph(text: str, bold: bool, apart: bool) -> Element:
    """Returns a paragraph in a small size, independent of the document's own styles."""
    made = etree.Element(w("p"))
    properties = etree.SubElement(made, w("pPr"))
    spacing = {"before": "120" if apart else "0", "after": "0", "line": "240", "lineRule": "auto"}
    etree.SubElement(properties, w("spacing"), {w(name): one for name, one in spacing.items()})
    indent = ("left", "leftChars", "firstLine", "firstLineChars")
    etree.SubElement(properties, w("ind"), {w(name): "0" for name in indent})
    etree.SubElement(properties, w("jc"), {w("val"): "left"})
    run = etree.SubElement(made, w("r"))
    style = etree.SubElement(run, w("rPr"))
    if bold:
        etree.SubElement(style, w("b"))
    etree.SubElement(style, w("sz"), {w("val"): _SIZE})
    etree.SubElement(style, w("szCs"), {w("val"): _SIZE})
    content = etree.SubElement(run, w("t"), {_SPACE: "preserve"})
    content.text = legal(text)
    return made


def _refer(paragraph: Element) -> None:
    """Puts the mark that refers to the comment into its first paragraph."""
    run = etree.Element(w("r"))
    etree.SubElement(run, w("annotationRef"))
    paragraph.insert(1, run)

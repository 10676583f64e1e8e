"""Writes the comments of a worksheet: their text in one part, the boxes that show it in another."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from gouji.annotate.note import Note
from gouji.annotate.package import Element, Package
from gouji.annotate.sheet_names import AFTER_LINK, RELATION, x
from gouji.annotate.sheet_shapes import Shapes
from gouji.annotate.text import AUTHOR, legal

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class SheetComments:
    """The comments of one sheet: the file's own, then the added ones."""

    def __init__(self, package: Package, sheet: str) -> None:
        name = package.part(sheet, "comments")
        if name is None:
            name = package.free_name("xl/comments{}.xml")
            root = etree.Element(x("comments"), nsmap={None: x("")[1:-1]})  # type: ignore[dict-item]
            etree.SubElement(root, x("authors"))
            etree.SubElement(root, x("commentList"))
            package.add(name, etree.tostring(root), _TYPE)
            package.relate(sheet, "comments", name)
        root = package.xml(name)
        self._authors, self._list = (_child(root, one) for one in ("authors", "commentList"))
        self._shapes = Shapes(package.xml(_drawing(package, sheet)))

    def add(self, cell: str, notes: Sequence[Note]) -> None:
        """Adds notes to a cell, behind the cell's own comment where it has one."""
        own = next((one for one in self._list if one.get("ref") == cell), None)
        comment = self._commented(cell, notes[0].level) if own is None else own
        text = _child(comment, "text")
        _as_runs(text)
        for at, note in enumerate(notes):
            apart = "\n\n" if at or own is not None else ""
            text.append(_run(f"{apart}{note.paragraphs[0]}", bold=True))
            text.append(_run("".join(f"\n{one}" for one in note.paragraphs[1:]), bold=False))
        if own is None:
            self._shapes.add(cell, "\n\n".join("\n".join(note.paragraphs) for note in notes))

    def _commented(self, cell: str, level: str) -> Element:
        comment = etree.SubElement(self._list, x("comment"), ref=cell, authorId=self._author(level))
        etree.SubElement(comment, x("text"))
        return comment

    def _author(self, level: str) -> str:
        """Returns the number of the author of added comments."""
        name = f"{AUTHOR}·{level}"
        known = [one.text for one in self._authors]
        if name not in known:
            etree.SubElement(self._authors, x("author")).text = name
            known.append(name)
        return str(known.index(name))


def _drawing(package: Package, sheet: str) -> str:
    """Returns the part with the boxes of a sheet's comments; adds it where there is none."""
    root = package.xml(sheet)
    link = root.find(x("legacyDrawing"))
    if link is not None:
        return dict(package.related(sheet, "vmlDrawing"))[link.get(RELATION, "")]
    name = package.free_name("xl/drawings/vmlDrawing{}.vml")
    package.add_default("vml", _VML)
    package.add_untyped(name, Shapes.EMPTY)
    link = etree.Element(x("legacyDrawing"), {RELATION: package.relate(sheet, "vmlDrawing", name)})
    following = next((one for one in root if one.tag in {x(later) for later in AFTER_LINK}), None)
    if following is None:
        root.append(link)
    else:
        following.addprevious(link)
    return name


def _child(element: Element, name: str) -> Element:
    found = element.find(x(name))
    return etree.SubElement(element, x(name)) if found is None else found


def _as_runs(text: Element) -> None:
    """Turns a plain text into a run, because a comment's text is either."""
    plain = text.find(x("t"))
    if plain is not None:
        run = etree.Element(x("r"))
        plain.addprevious(run)
        run.append(plain)


def _run(text: str, bold: bool) -> Element:
    run = etree.Element(x("r"))
    style = etree.SubElement(run, x("rPr"))
    if bold:
        etree.SubElement(style, x("b"))
    etree.SubElement(style, x("sz"), val="9")
    etree.SubElement(style, x("rFont"), val="宋体")
    content = etree.SubElement(run, x("t"), {_SPACE: "preserve"})
    content.text = legal(text)
    return run

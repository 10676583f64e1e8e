"""Reads a Word document as it is when all changes are accepted: paragraphs with their numbers, tables with their
columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from gouji.document.formats.word.columns import evened
from gouji.document.formats.word.names import Element, child, contents, number, switch, value, w
from gouji.document.formats.word.numbering import Numbering
from gouji.document.formats.word.package import Package
from gouji.document.formats.word.styles import Styles
from gouji.document.formats.word.text import text_of

_CONTENTS_GALLERY = "Table of Contents"


@dataclass(slots=True)
class Paragraph:
    """A paragraph: the number before it, and the place and text of each `w:p` that it is made of. There are several if
    the end of one was deleted. `boxes` are the text boxes anchored in it."""

    number: str
    parts: list[tuple[int, str]]
    boxes: list[list[Node]]

    @property
    def text(self) -> str:
        """Returns the whole paragraph as printed."""
        return self.number + "".join(text for _, text in self.parts)


@dataclass(slots=True)
class TableCell:
    """A cell: its first column, how many it covers, and its content. A cell that continues the one above has no
    text."""

    column: int
    span: int
    nodes: list[Node]


@dataclass(slots=True)
class Table:
    """A table without its deleted and hidden rows."""

    rows: list[list[TableCell]]
    width: int


Node: TypeAlias = Paragraph | Table


@dataclass(slots=True)
class Tree:
    """Turns elements into nodes. `hidden` counts places with hidden text and hidden rows; `faint` are the texts that
    are there but not seen."""

    styles: Styles
    numbering: Numbering
    places: dict[Element, int]
    hidden: int = 0
    faint: list[str] = field(default_factory=list)
    _open: Paragraph = field(default_factory=lambda: Paragraph("", [], []))

    @classmethod
    def of(cls, package: Package) -> Tree:
        """Returns the tree of a document. Paragraphs are counted over its whole body."""
        styles = Styles(package.styles)
        places = {one: place for place, one in enumerate(package.body.iter(w("p")))}
        return cls(styles, Numbering(package.numbering, styles), places)

    def nodes(self, container: Element) -> list[Node]:
        """Returns the paragraphs and tables of a body, cell or text box, without the table of contents."""
        nodes: list[Node] = []
        for one in contents(container, "p", "tbl"):
            if one.tag == w("tbl"):
                nodes += [*self._ended(), self._table(one)]
            elif not self._in_contents(one):
                nodes += self._paragraph(one)
        return [*nodes, *self._ended()]

    def _paragraph(self, element: Element) -> Iterable[Node]:
        """Returns the paragraph that an element ends; none if its end was deleted, so that the next element continues
        it."""
        text = text_of(element, self.styles)
        self.hidden += text.hidden
        self.faint += text.faint
        paragraph = self._open
        paragraph.parts.append((self.places[element], "".join(one.text for one in text.shown)))
        mark = child(element, "pPr", "rPr")
        goes_on = child(mark, "del") is not None or child(mark, "moveFrom") is not None
        if not goes_on:
            printed = self.numbering.printed(element)
            paragraph.number = printed if paragraph.text else printed.rstrip()
        for box in text.boxes:
            self._open = Paragraph("", [], [])
            paragraph.boxes.append(self.nodes(box))
        self._open = paragraph
        return [] if goes_on else self._ended()

    def _ended(self) -> list[Node]:
        done, self._open = self._open, Paragraph("", [], [])
        return [done] if done.parts else []

    def _in_contents(self, element: Element) -> bool:
        """True within the generated table of contents, whose page numbers are no figures."""
        if self.styles.is_contents(self.styles.of_paragraph(element)):
            return True
        controls = element.iterancestors(w("sdt"))
        return any(value(one, "sdtPr", "docPartObj", "docPartGallery") == _CONTENTS_GALLERY for one in controls)

    def _table(self, element: Element) -> Table:
        rows: list[list[TableCell]] = []
        hanging: set[int] = set()
        for row in contents(element, "tr"):
            properties = child(row, "trPr")
            if child(properties, "del") is not None:
                continue
            if switch(child(properties, "hidden")):
                self.hidden += 1
                continue
            cells, hanging = self._row(row, hanging)
            rows.append(cells)
        widths = [number(one.get(w("w"))) for one in element.iterfind(f"{w('tblGrid')}/{w('gridCol')}")]
        columns, width = evened([[(cell.column, cell.span) for cell in row] for row in rows], widths)
        for cells, spans in zip(rows, columns, strict=True):
            for cell, (first, span) in zip(cells, spans, strict=True):
                cell.column, cell.span = first, span
        return Table([row for row in rows if row], width)

    def _row(self, row: Element, hanging: set[int]) -> tuple[list[TableCell], set[int]]:
        """Returns the cells of a row, and the columns in which a cell may be continued below. `hanging` are these
        columns from the row above."""
        cells: list[TableCell] = []
        below: set[int] = set()
        column = max(0, number(value(row, "trPr", "gridBefore")))
        for one in contents(row, "tc"):
            properties = child(one, "tcPr")
            if child(properties, "cellDel") is not None:
                continue
            span = max(1, number(value(properties, "gridSpan"), 1))
            merged = child(properties, "vMerge")
            nodes = self.nodes(one)
            if value(properties, "hMerge") == "continue" and cells:
                cells[-1].span += span  # the older way to merge columns: cell for cell
            else:
                continued = merged is not None and merged.get(w("val")) != "restart" and column in hanging
                cells.append(TableCell(column, span, _blank(nodes) if continued else nodes))
                below |= {column} if merged is not None else set()
            column += span
        return cells, below


def _blank(nodes: list[Node]) -> list[Node]:
    """Returns an empty paragraph in place of a cell that continues the one above: Word shows nothing of what is left in
    it."""
    first = next((one for one in nodes if isinstance(one, Paragraph)), None)
    return [Paragraph("", [(first.parts[0][0], "")], [])] if first else []

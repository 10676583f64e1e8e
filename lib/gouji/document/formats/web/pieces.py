"""Makes pieces of a page's tree: paragraphs, and tables if they hold data and are not the page's layout."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, field

from lxml import etree

from gouji.document.formats.web.furniture import is_site_furniture
from gouji.document.formats.web.page import BLOCKS, evened, is_shown, text_of
from gouji.document.formats.web.tables import data_tables, laid_out
from gouji.document.pieces import Line, Piece, Row
from gouji.document.raised import raised


@dataclass
class Builder:
    """Collects the pieces of a page. Its lines are numbered through.

    `most` is called with the number of cells of each table, and raises an error if there are too many.
    """

    pieces: list[Piece] = field(default_factory=list)
    most: Callable[[int], None] = lambda cells: None
    _number: int = 0
    _text: list[str] = field(default_factory=list)

    def add(self, root: etree._Element) -> None:
        """Adds what an element shows, from its beginning to its end."""
        self._add(root, data_tables(root))

    def _add(self, root: etree._Element, tables: Set[etree._Element]) -> None:
        for step in _steps(root, tables):
            if isinstance(step, str):
                self._text.append(step)
                continue
            self._end_paragraph()
            if step is not None:
                self._table(step)
        self._end_paragraph()

    def _end_paragraph(self) -> None:
        text = evened("".join(self._text))
        self._text.clear()
        if text and not is_site_furniture(text):
            self.pieces.append(self._line(text))

    def _table(self, table: etree._Element) -> None:
        for caption in table.iterchildren("caption"):
            if text := text_of(caption):
                self.pieces.append(self._line(text))
        rows = []
        for cells in laid_out(table, self.most):
            row = Row(columns=[(cell.column, cell.span) for cell in cells])
            row.cells = [self._line("" if cell.element is None else _cell_text(cell.element)) for cell in cells]
            rows.append(row)
        self.pieces.append(rows)

    def _line(self, text: str) -> Line:
        self._number += 1
        return Line(self._number, text)


def _steps(root: etree._Element, tables: Set[etree._Element]) -> Iterator[str | etree._Element | None]:
    """Yields what an element shows, in order: texts, data tables, and None where a paragraph ends.

    Keeps its way down in a list, because pages may nest deeper than calls can.
    """
    open_elements: list[tuple[etree._Element, Iterator[etree._Element]]] = []
    step: etree._Element | None = root
    while step is not None or open_elements:
        if step is None:
            element, children = open_elements[-1]
            step = next(children, None)
            if step is None:
                open_elements.pop()
                yield from _end(element)
            continue
        if not is_shown(step):
            yield step.tail or ""
        elif step in tables:
            yield step
            yield step.tail or ""
        else:
            if step.tag in BLOCKS or step.tag == "br":
                yield None
            yield raised(step.text or "") if step.tag == "sup" else step.text or ""
            open_elements.append((step, iter(step)))
        step = None


def _end(element: etree._Element) -> Iterator[str | None]:
    if element.tag in BLOCKS:
        yield None
    yield element.tail or ""


def _cell_text(cell: etree._Element) -> str:
    """Returns the paragraphs of a cell, each on a line."""
    inner = Builder()
    inner._add(cell, frozenset())
    return "\n".join(piece.text for piece in inner.pieces if isinstance(piece, Line))

"""Makes pieces of the nodes of a Word document: lines with their places, tables as rows, layout tables as their
content."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from gouji.document.formats.word.nodes import Node, Paragraph, Table, TableCell
from gouji.document.formats.word.parts import is_figure, rows_going_on
from gouji.document.origin import InWord
from gouji.document.pieces import Line, Piece, Row

#: A number that a line break cuts: read without the break it may be another one.
_CUT = re.compile(r"\d[,.]?\s*\n\s*[,.]?\d")


class Layout:
    """Lays out nodes. `pieces` and `origins` are the result; `cut` are the texts of cells whose figure is written on
    two lines."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.origins: dict[int, InWord] = {}
        self.cut: list[str] = []

    def add(self, nodes: Iterable[Node]) -> None:
        """Adds what nodes print, in their order."""
        for node in nodes:
            if isinstance(node, Paragraph):
                self.pieces += [self._line(text, origin) for text, origin in _lines(node) if text.strip()]
                for box in node.boxes:
                    self.add(box)
            elif _is_frame(node):
                for cell in _cells(node):
                    self.add(cell.nodes)
            else:
                self._table(node)

    def _table(self, table: Table) -> None:
        """Adds a table, then the text boxes and tables inside its cells. A table that continues the one before is
        joined to it."""
        rows = [self._row(row) for row in table.rows]
        before = self.pieces[-1] if self.pieces else None
        if isinstance(before, list) and (going_on := rows_going_on(before, rows)):
            before += going_on
        elif rows:
            self.pieces.append(rows)
        for cell in _cells(table):
            for node in cell.nodes:
                self.add([node] if isinstance(node, Table) else (one for box in node.boxes for one in box))

    def _row(self, cells: list[TableCell]) -> Row:
        lines = [self._line(*_joined(cell.nodes)) for cell in cells]
        self.cut += [line.text for line in lines if _is_cut(line.text)]
        return Row(lines, [(cell.column, cell.span) for cell in cells])

    def _line(self, text: str, origin: InWord) -> Line:
        number = len(self.origins) + 1
        self.origins[number] = origin
        return Line(number, text)


def _lines(paragraph: Paragraph) -> Iterator[tuple[str, InWord]]:
    """Yields the lines of a paragraph with line breaks: each reads as a paragraph of its own, as in plain text."""
    text, (places, begins) = paragraph.text, _begins(paragraph, 0)
    if not paragraph.parts or text == paragraph.number:
        return
    start = 0
    for one in text.split("\n"):
        end = start + len(one)
        behind = [*begins[1:], len(text) + 1]
        touched = [at for at in range(len(places)) if begins[at] <= end and start < behind[at]]
        prefix = len(paragraph.number) if start == 0 else 0
        yield one, InWord(tuple(places[at] for at in touched), prefix, tuple(begins[at] - start for at in touched))
        start = end + 1


def _joined(nodes: list[Node]) -> tuple[str, InWord]:
    """Returns the text of a cell and its place. Each paragraph that is not empty stands on a line; of empty ones only
    the first counts."""
    paragraphs = [node for node in nodes if isinstance(node, Paragraph)]
    printed = [one for one in paragraphs if one.text.strip()] or paragraphs[:1]
    text = ""
    places: list[int] = []
    begins: list[int] = []
    for at, one in enumerate(printed):
        text += "\n" if at else ""
        more, starts = _begins(one, len(text))
        text, places, begins = text + one.text, places + more, begins + starts
    prefix = len(printed[0].number) if printed else 0
    return text.rstrip("\n"), InWord(tuple(places), prefix, tuple(begins))


def _begins(paragraph: Paragraph, offset: int) -> tuple[list[int], list[int]]:
    """Returns the places of a paragraph's parts, and where their texts begin if the paragraph begins at `offset`."""
    places: list[int] = []
    begins: list[int] = []
    offset += len(paragraph.number)
    for place, text in paragraph.parts:
        places.append(place)
        begins.append(offset)
        offset += len(text)
    return places, begins


def _is_frame(table: Table) -> bool:
    """True for a table that only arranges things: it has one column, or it holds tables and no figures."""
    if table.width <= 1:
        return True
    around = any(isinstance(node, Table) for cell in _cells(table) for node in cell.nodes)
    return around and not any(is_figure(_joined(cell.nodes)[0]) for cell in _cells(table))


def _cells(table: Table) -> Iterator[TableCell]:
    return (cell for row in table.rows for cell in row)


def _is_cut(text: str) -> bool:
    return is_figure(text) and bool(_CUT.search(unicodedata.normalize("NFKC", text)))

"""Saves the workbook as bytes that depend only on its content."""

from __future__ import annotations

import re
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from gouji.memo.workbook.book import Book
from gouji.runtime.atomic import temporary_files_known
from gouji.runtime.repacked import WHEN, repacked, undated

_FORMULA = re.compile(r'<c r="(?P<cell>[A-Z]+\d+)"(?P<style>[^>]*)>(?P<formula><f>[^<]*</f>)<v\s*(?:/>|></v>)</c>')
_TAIL = re.compile(r"<legacyDrawing|</worksheet>")


def save(book: Book, path: Path) -> None:
    """Writes the workbook.

    openpyxl stamps the time into the properties and every zip entry; both are set to one date. Results of formulas
    are added, so that previews and Excel's protected view show them. Excel's marks "number stored as text" are turned
    off, because codes are text on purpose.
    """
    workbook = book.workbook
    workbook.properties.creator = "gouji"
    workbook.properties.title = f"{book.audit.title}勾稽审计工作底稿"
    workbook.properties.created = WHEN
    workbook.calculation.fullCalcOnLoad = True
    stamped = BytesIO()
    with temporary_files_known():
        workbook.save(stamped)
    path.write_bytes(_rewritten(stamped, book))


def _rewritten(stamped: BytesIO, book: Book) -> bytes:
    titles = {f"xl/worksheets/sheet{number}.xml": title for number, title in enumerate(book.workbook.sheetnames, 1)}

    def changed(name: str, content: bytes) -> bytes:
        if name in titles:
            return _sheet(content.decode("utf-8"), titles[name], book).encode("utf-8")
        return undated(name, content)

    return repacked(stamped, changed)


def _sheet(xml: str, title: str, book: Book) -> str:
    """Returns a sheet with its formulas' results and without marks on numbers stored as text."""

    def with_value(match: re.Match[str]) -> str:
        value = book.values.get((title, match["cell"]))
        if value is None:
            return match[0]
        kind = ' t="str"' if isinstance(value, str) else ""
        text = escape(value) if isinstance(value, str) else f"{Decimal(value):f}"
        return f'<c r="{match["cell"]}"{match["style"]}{kind}>{match["formula"]}<v>{text}</v></c>'

    area = book.workbook[title].dimensions
    ignored = f'<ignoredErrors><ignoredError sqref="{area}" numberStoredAsText="1"/></ignoredErrors>'
    return _TAIL.sub(lambda match: ignored + match[0], _FORMULA.sub(with_value, xml), count=1)

"""Writes the hidden sheet 认定记录: what each finding said in these papers and what was decided, for the next run to
read back."""

from __future__ import annotations

import json

from gouji.dispositions.layout import ID, RECORDS
from gouji.dispositions.record import records
from gouji.memo.workbook.book import Book
from gouji.memo.workbook.hashed import Alignment
from gouji.memo.workbook.styles import at, put_text

_SENTENCE = "本表由程序写入，供再次运行时核对审计认定，请勿改动"

_UNWRAPPED = Alignment(vertical="top")


def write_records(book: Book) -> None:
    """Writes the hidden sheet 认定记录."""
    sheet = book.add(RECORDS)
    sheet.sheet_state = "hidden"
    put_text(at(sheet, 1, 1), ID)
    put_text(at(sheet, 1, 2), _SENTENCE)
    for row, record in enumerate(records(book.audit.findings, book.audit.dispositions), start=2):
        put_text(at(sheet, row, 1), record.finding)
        put_text(at(sheet, row, 2), json.dumps(record.to_json(), ensure_ascii=True), alignment=_UNWRAPPED)

"""The Excel working papers (DESIGN §8): tables as printed, findings, and every check as a live formula over them."""

from __future__ import annotations

from pathlib import Path

from gouji.auditing import Audit
from gouji.memo.workbook.book import Book
from gouji.memo.workbook.check_sheets import write_checks, write_rounding
from gouji.memo.workbook.cover import write_cover
from gouji.memo.workbook.earlier_sheet import write_earlier
from gouji.memo.workbook.finding_sheet import write_findings
from gouji.memo.workbook.index_sheet import write_index
from gouji.memo.workbook.location_sheet import write_locations
from gouji.memo.workbook.narrative_sheet import write_narrative
from gouji.memo.workbook.ratio_sheet import write_ratios
from gouji.memo.workbook.record_sheet import write_records
from gouji.memo.workbook.review_sheet import write_review
from gouji.memo.workbook.save import save
from gouji.memo.workbook.table_sheet import write_table

__all__ = ["write_workbook"]


def write_workbook(audit: Audit, path: Path) -> None:
    """Writes the working papers of `audit` to `path`. The same audit gives the same bytes."""
    book = Book.of(audit)
    write_cover(book)
    write_index(book)
    write_findings(book)
    write_locations(book)
    for key in book.plan.tables:
        write_table(book, key)
    write_narrative(book)
    write_checks(book)
    write_ratios(book)
    write_rounding(book)
    write_review(book)
    write_earlier(book)
    write_records(book)
    save(book, path)

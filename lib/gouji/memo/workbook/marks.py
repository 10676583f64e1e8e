"""Marks figures: suspects with a colour by severity and a comment, other figures of a violated check with a tint."""

from __future__ import annotations

from openpyxl.cell import Cell
from openpyxl.comments import Comment

from gouji.facts.fact import Fact
from gouji.facts.shown import shown_text
from gouji.findings.finding import SEVERITY_NAMES, Finding
from gouji.memo.workbook.book import Book
from gouji.memo.workbook.styles import ILLEGAL, SEVERITY_FILLS, VIOLATED_FILL, height

_COMMENT_COLUMNS = 52
_COMMENT_PIXELS = 380


def mark(book: Book, cell: Cell, fact: Fact, commented: bool = True) -> None:
    """Colours the cell of a figure that a finding suspects or that takes part in a violated check."""
    findings = book.suspecting(fact)
    if not findings:
        if book.violated(fact):
            cell.fill = VIOLATED_FILL
        return
    cell.fill = SEVERITY_FILLS[findings[0].severity]
    if commented:
        text = ILLEGAL.sub("", "\n\n".join(_compose_comment(finding, fact) for finding in findings))
        pixels = int(height([(text, _COMMENT_COLUMNS)]) * 4 / 3) + 30
        cell.comment = Comment(text, "勾稽", height=pixels, width=_COMMENT_PIXELS)


def _compose_comment(finding: Finding, fact: Fact) -> str:
    lines = [f"{finding.id} {SEVERITY_NAMES[finding.severity]}：{finding.title}", finding.full]
    lines += [f"建议：{shown_text(fact)} → {one.to}" for one in finding.repairs if one.fact.id == fact.id]
    return "\n".join(lines)

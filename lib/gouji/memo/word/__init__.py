"""The papers that an audit office circulates, as Word files."""

from __future__ import annotations

from gouji.memo.word.evidence_sheets import write_evidence_sheets
from gouji.memo.word.memo import write_memo_docx

__all__ = ["write_evidence_sheets", "write_memo_docx"]

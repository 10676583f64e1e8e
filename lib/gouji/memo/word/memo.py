"""Writes memo.docx: the memo as a Word file."""

from __future__ import annotations

from pathlib import Path

from gouji.memo.content import MemoContent
from gouji.memo.memo_paper import TITLE, foot, memo_blocks
from gouji.memo.word.blocks import add_block
from gouji.memo.word.document import new_document, save
from gouji.memo.word.fields import number_pages


def write_memo_docx(memo: MemoContent, path: Path) -> None:
    """Writes the memo to `path`. The same content gives the same bytes."""
    document = new_document(f"{memo.title}　{TITLE}")
    number_pages(document, memo.title, foot(memo))
    for block in memo_blocks(memo):
        add_block(document, block)
    save(document, path)

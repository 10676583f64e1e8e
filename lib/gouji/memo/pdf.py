"""Writes memo.pdf with typst: fonts inside, text that can be copied, the same bytes for the same content."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

from gouji.memo.content import MemoContent
from gouji.memo.fonts import SYSTEM_FAMILIES, packaged_file
from gouji.memo.memo_paper import TITLE, foot, memo_blocks
from gouji.memo.paper import Block, Heading, Paragraph, printable

_SERIF, _SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"


def write_memo_pdf(memo: MemoContent, path: Path) -> None:
    """Writes the memo to `path`. The same content gives the same bytes."""
    path.write_bytes(typeset(f"{memo.title}　{TITLE}", memo.title, memo_blocks(memo), foot(memo)))


def typeset(title: str, subject: str, blocks: Sequence[Block], foot: str = "", numbered: bool = True) -> bytes:
    """Returns a paper as PDF. Pages have the subject at the head, and `foot` and, where `numbered`, page numbers at the
    foot."""
    data = {
        "title": title,
        "subject": subject,
        "foot": foot,
        "numbered": numbered,
        "fonts": {"serif": [_SERIF, *SYSTEM_FAMILIES], "sans": list(SYSTEM_FAMILIES)},
        "blocks": [_data(block) for block in blocks],
    }
    text = json.dumps(_printable(data), ensure_ascii=False)
    return typst.compile(_template(), font_paths=_fonts(), sys_inputs={"paper": text})


@cache
def _template() -> bytes:
    return files("gouji.memo").joinpath("templates/memo.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    """Uses only the packaged fonts, so that pages are alike on every machine; the system's where these are missing."""
    packaged = packaged_file()
    if packaged is None:
        return typst.Fonts()
    return typst.Fonts(include_system_fonts=False, font_paths=[packaged.parent])


def _data(block: Block) -> dict[str, Any]:
    """Returns a block as the template reads it."""
    if isinstance(block, Heading):
        return {"kind": "heading", **asdict(block)}
    return {"kind": "paragraph" if isinstance(block, Paragraph) else "table", **asdict(block)}


def _printable(value: Any) -> Any:
    """Returns the data with every text made printable."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _printable(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_printable(one) for one in value]
    return value

"""Writes text files with the same bytes on every system."""

from __future__ import annotations

from pathlib import Path


def write_text(path: Path, text: str) -> None:
    """Writes a text as UTF-8, its line ends as they are."""
    path.write_text(text, encoding="utf-8", newline="\n")

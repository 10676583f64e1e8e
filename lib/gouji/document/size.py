"""Limits how many lines and cells, and how long paragraphs, a reader may pass on to later stages."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from gouji.document.pieces import Line, Piece
from gouji.runtime.limits import Limits


def check_size(pieces: Iterable[Piece], path: Path, limits: Limits) -> None:
    """Raises LimitExceededError for too many lines or cells, or one that is too long."""
    lines = cells = 0
    for piece in pieces:
        own = [piece] if isinstance(piece, Line) else [cell for row in piece for cell in row.cells]
        lines += len(own)
        cells += 0 if isinstance(piece, Line) else sum(_covered(row.columns, len(row.cells)) for row in piece)
        longest = max(own, key=lambda line: len(line.text), default=None)
        if longest is not None:
            limits.check("line_characters", len(longest.text), path, f"第 {longest.number} 行：")
        limits.check("lines", lines, path)
        limits.check("cells", cells, path)


def _covered(columns: list[tuple[int, int]] | None, cells: int) -> int:
    """Returns the number of columns that the cells of a row cover. A table is shown with a place for each of them."""
    return max((first + span for first, span in columns), default=0) if columns else cells

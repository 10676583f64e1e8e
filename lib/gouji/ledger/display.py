"""Shows rows in a terminal, aligned although Chinese characters are two columns wide, and writes them as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import IO, Any

from gouji.runtime.visible import no_formula, visible
from gouji.runtime.width import text_width

_WIDEST = 48
_GAP = "  "


def as_text(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Returns a table with its column names above and the number of rows below. Numbers stand to the right, long texts
    are cut with …."""
    lines = [list(names), *([_show_value(value) for value in row] for row in rows)]
    cut = [[_cut(text) for text in line] for line in lines]
    widths = [max(text_width(line[column]) for line in cut) for column in range(len(names))]
    right = [all(isinstance(row[column], int | float | Decimal | None) for row in rows) for column in range(len(names))]
    aligned = [_GAP.join(map(_aligned, line, widths, right)).rstrip() for line in cut]
    rule = _GAP.join("-" * width for width in widths)
    return "\n".join([aligned[0], rule, *aligned[1:], f"（{len(rows)}行）"])


def write_csv(file: IO[str], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Writes the rows in full. Null is empty, and no text becomes a formula in a spreadsheet."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(["" if value is None else no_formula(_trim_decimals(value)) for value in row] for row in rows)


def _trim_decimals(value: Any) -> Any:
    """Returns a decimal with two places, and more only where they are not zero."""
    if not isinstance(value, Decimal):
        return value
    kept = value.normalize()
    return f"{kept:.{max(2, -int(kept.as_tuple().exponent))}f}"


def _show_value(value: Any) -> str:
    return "" if value is None else visible(" ".join(str(_trim_decimals(value)).split()))


def _cut(text: str) -> str:
    if text_width(text) <= _WIDEST:
        return text
    while text_width(text) > _WIDEST - 1:
        text = text[:-1]
    return f"{text}…"


def _aligned(text: str, width: int, right: bool) -> str:
    space = " " * (width - text_width(text))
    return space + text if right else text + space

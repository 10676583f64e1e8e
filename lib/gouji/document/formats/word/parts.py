"""Joins tables that an author continued in a second one, on the next page."""

from __future__ import annotations

import re
import unicodedata

from gouji.document.pieces import Row

_FIGURE = re.compile(r"^[-+−(]?¥?[-+−]?\d[\d,.]*(?:%|[万亿]?元)?\)?$")


def rows_going_on(before: list[Row], rows: list[Row]) -> list[Row]:
    """Returns the rows of a second table that continue the first, without a repeated header; none if it is another
    table.

    It continues the first if it has the same columns, and either begins with the first one's header or has no header.
    """
    if not rows or _width(before) != _width(rows):
        return []
    header, own = before[: _header_rows(before)], rows[: _header_rows(rows)]
    if len(own) == len(rows):
        return []  # it prints no figure: nothing tells its header from its body
    if not own:
        return rows if header else []
    repeated = bool(header) and any(_same(header[above:], own) for above in range(len(header)))
    return rows[len(own) :] if repeated else []


def _width(rows: list[Row]) -> int:
    return max((column + span for row in rows for column, span in row.columns or []), default=0)


def _header_rows(rows: list[Row]) -> int:
    """Counts the rows above the first one that prints a figure or a code. A row that numbers the columns is part of the
    header."""
    return next((at for at, row in enumerate(rows) if _is_body(row)), len(rows))


def _is_body(row: Row) -> bool:
    numbers = [_plain(one) for one in row.printed if is_figure(one)]
    return bool(numbers) and numbers != [str(at) for at in range(1, len(numbers) + 1)]


def _same(header: list[Row], own: list[Row]) -> bool:
    """True for the same words in the same columns, of which at least one row has two: a caption alone is no header."""
    return (
        len(header) == len(own)
        and all(one.columns == two.columns and _words(one) == _words(two) for one, two in zip(header, own, strict=True))
        and any(len(row.printed) > 1 for row in own)
    )


def _words(row: Row) -> list[str]:
    return [_plain(cell.text) for cell in row.cells]


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def is_figure(text: str) -> bool:
    """True for a number, whatever its width, signs and spaces."""
    return bool(_FIGURE.match(_plain(text)))

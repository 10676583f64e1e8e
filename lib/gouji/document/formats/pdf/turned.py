"""Turns pages whose text is set sideways: a wide table on an upright page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from itertools import pairwise
from typing import Any

import pypdf

#: The share of its characters above which a page is sideways.
_MOST = 0.6


def turn_of(chars: Sequence[Mapping[str, Any]]) -> int:
    """Returns the degrees, clockwise, by which a page must be turned for most of its text to be upright: 0, 90 or
    270."""
    sideways = [one for one in chars if side_of(one) and one["text"].strip()]
    if len(sideways) <= _MOST * len(chars) or not sideways:
        return 0
    down = sum(after["top"] > before["top"] for before, after in pairwise(sideways))
    return 270 if 2 * down > len(sideways) else 90


def side_of(char: Mapping[str, Any]) -> int:
    """Returns -1 for a character of text that goes up the page, 1 for one that goes down, 0 for an upright one."""
    across, up, *_ = char["matrix"]
    return 0 if abs(up) < abs(across) else (-1 if up > 0 else 1)


def turned(data: bytes, turns: Mapping[int, int]) -> bytes:
    """Returns the bytes of a PDF with the pages in `turns` (numbers from 1), in order, each turned by its degrees."""
    reader = pypdf.PdfReader(BytesIO(data))
    writer = pypdf.PdfWriter()
    for number, degrees in sorted(turns.items()):
        writer.add_page(reader.pages[number - 1]).rotate(degrees)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()

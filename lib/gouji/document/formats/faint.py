"""Recognises text that is there but not seen: as white as the paper, or too small to be read.

It is audited like any other text, and reported. It is not left out, because it may stand on a coloured ground that a
format's reader does not know of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

#: A part of a colour from which on it is white, of 255.
_WHITE = 247
#: Text of fewer points is not read; the smallest print of a form has five.
SMALLEST = 2.5
_HEX = re.compile(r"#?(?:[0-9a-f]{2})?(?P<rgb>[0-9a-f]{6})$|#(?P<short>[0-9a-f]{3})$", re.IGNORECASE)
_QUOTED = 3
_LONGEST = 20


def is_white(colour: str | None) -> bool:
    """True for a colour, in hexadecimal digits with or without its opacity first, that does not show on paper."""
    match = _HEX.match(colour.strip()) if colour else None
    if match is None:
        return False
    digits = match["rgb"] or "".join(digit * 2 for digit in match["short"])
    return all(int(digits[at : at + 2], 16) >= _WHITE for at in (0, 2, 4))


def faint_lines(texts: Sequence[str]) -> list[str]:
    """Returns a line for people on such texts; none if none of them prints anything."""
    seen = [one for text in texts if (one := " ".join(text.split()))]
    if not seen:
        return []
    quoted = "、".join(f"“{one[:_LONGEST]}{'…' if len(one) > _LONGEST else ''}”" for one in seen[:_QUOTED])
    more = "等" if len(seen) > _QUOTED else ""
    return [f"有{len(seen)}处文字为白色或极小，看上去没有（{quoted}{more}），已照常纳入审核，请核对是否应当公开"]

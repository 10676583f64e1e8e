"""Recognises text in a picture with RapidOCR, an optional extra whose models come inside its package."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gouji.document.formats.pages.lines import Char

Picture = NDArray[np.uint8]

#: A character recognised with less than this is not relied on.
_SURE = 0.9
#: The longest side, in pixels, that is recognised without being made smaller.
_LONGEST = 4000


def available() -> bool:
    """True if the extra is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


@cache
def _engine() -> Any:
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # it would leave a number of this machine in the user's folder
    from rapidocr import RapidOCR

    # Without the classifier of upside-down text: it takes 08 for 80 turned round.
    quiet = {"Global.log_level": "critical", "Global.use_cls": False}
    return RapidOCR(params={**quiet, "Global.max_side_len": _LONGEST})


def recognised(picture: Picture, scale: float) -> list[Char]:
    """Returns the characters of a grey picture, in order, with boxes in points. `scale` is the number of pixels in a
    point."""
    result = _engine()(np.stack([picture] * 3, axis=2), return_word_box=True, return_single_char_box=True)
    if result.txts is None:
        return []
    return [char for words in result.word_results for char in _ordered([_char(one, scale) for one in words])]


def _char(one: tuple[str, float, Sequence[Sequence[float]]], scale: float) -> Char:
    text, score, box = one
    across, down = [corner[0] / scale for corner in box], [corner[1] / scale for corner in box]
    return Char(text, min(across), min(down), max(across), max(down), sure=score >= _SURE)


def _ordered(chars: list[Char]) -> list[Char]:
    """Returns the characters of a line of text. If their boxes are out of order, they are spread evenly over the
    line."""
    if all(one.x0 <= other.x0 and one.middle < other.middle for one, other in pairwise(chars)):
        return [one for one in chars if one.text.strip()]
    left, right = min(one.x0 for one in chars), max(one.x1 for one in chars)
    each = (right - left) / len(chars)
    spread = (replace(one, x0=left + each * at, x1=left + each * (at + 1)) for at, one in enumerate(chars))
    return [one for one in spread if one.text.strip()]

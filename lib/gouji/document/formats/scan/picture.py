"""Prepares the picture of a scanned page: makes it grey without red seals, and straightens it by its own lines."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from gouji.document.formats.scan.engine import Picture

#: Lines count where they are so long a share of the page's width.
_LONG = 0.2
#: A page is turned where it is off by more than so many degrees, and not by more than is credible.
_LEAST, _MOST = 0.15, 8.0


def grey(pixels: NDArray[np.uint8]) -> Picture:
    """Returns a picture in grey. Of the colours it takes the lightest channel: red seals over figures disappear, black
    print stays."""
    if pixels.ndim == 2:
        return pixels
    return cast(Picture, pixels[:, :, :3].max(axis=2))


def straightened(picture: Picture) -> tuple[Picture, float]:
    """Returns the picture turned so that its long lines are level, and the degrees by which it was turned."""
    angle = _slope(picture)
    if not _LEAST < abs(angle) < _MOST:
        return picture, 0.0
    height, width = picture.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return cast(Picture, cv2.warpAffine(picture, turn, (width, height), borderValue=(255,))), angle


def _slope(picture: Picture) -> float:
    """Returns the slope, in degrees, of the long lines of a page: of rules, or else of lines of text."""
    ink = (picture < 160).astype(np.uint8) * 255
    smeared = cv2.dilate(ink, np.ones((1, max(3, picture.shape[1] // 60)), np.uint8))
    least = int(_LONG * picture.shape[1])
    found = cv2.HoughLinesP(cv2.Canny(smeared, 50, 150), 1, np.pi / 1800, 200, minLineLength=least, maxLineGap=20)
    if found is None:
        return 0.0
    slopes = [
        (float(np.degrees(np.arctan2(y2 - y1, x2 - x1))), float(np.hypot(x2 - x1, y2 - y1)))
        for x1, y1, x2, y2 in found.reshape(-1, 4)
        if abs(x2 - x1) > 4 * abs(y2 - y1)
    ]
    return _weighted_middle(slopes) if slopes else 0.0


def _weighted_middle(values: list[tuple[float, float]]) -> float:
    """Returns the weighted median of (value, weight) pairs."""
    ordered = sorted(values)
    half = sum(weight for _, weight in ordered) / 2
    for value, weight in ordered:
        half -= weight
        if half <= 0:
            return value
    return ordered[-1][0]

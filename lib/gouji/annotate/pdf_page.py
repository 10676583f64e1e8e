"""Converts between a page's own coordinates and its reader's: points from the top left corner as displayed."""

from __future__ import annotations

from dataclasses import dataclass

from pypdf import PageObject

from gouji.document.origin import Box

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class PageSpace:
    """The frame of a page, and its rotation.

    A reader's boxes are measured from the frame's top left corner as displayed. The frame is left, bottom, right, top
    in the page's own coordinates; the rotation is that of the display.
    """

    frame: Box
    turn: int

    @classmethod
    def of(cls, page: PageObject) -> PageSpace:
        """Returns the space of a page: the whole sheet. For a picture, which was recognised as displayed, it is the
        part that is not cropped."""
        media, crop = _sides(page.mediabox), _sides(page.cropbox)
        picture = media != crop and not page.extract_text().strip()
        return cls(_overlap(media, crop) if picture else media, page.rotation % 360)

    def point(self, x: float, y: float) -> Point:
        """Converts a displayed point to the page's own coordinates."""
        left, bottom, right, top = self.frame
        height = top - bottom if self.turn % 180 == 0 else right - left
        across, up = x, height - y
        if self.turn == 90:
            return right - up, bottom + across
        if self.turn == 180:
            return right - across, top - up
        return (left + up, top - across) if self.turn == 270 else (left + across, bottom + up)

    def box(self, sides: Box) -> Box:
        """Converts a rectangle of the page's own coordinates to displayed ones."""
        one, other = self._read(*sides[:2]), self._read(*sides[2:])
        return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])

    def _read(self, x: float, y: float) -> Point:
        left, bottom, right, top = self.frame
        height = top - bottom if self.turn % 180 == 0 else right - left
        across, up = {
            90: (y - bottom, right - x),
            180: (right - x, top - y),
            270: (top - y, x - left),
        }.get(self.turn, (x - left, y - bottom))
        return across, height - up

    def corners(self, box: Box) -> tuple[Point, Point, Point, Point]:
        """Returns the corners of a displayed box in the page's own coordinates: top left, top right, bottom left,
        bottom right."""
        left, top, right, bottom = box
        return self.point(left, top), self.point(right, top), self.point(left, bottom), self.point(right, bottom)


def _sides(box: object) -> Box:
    left, bottom, right, top = (float(side) for side in box)  # type: ignore[attr-defined]
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _overlap(one: Box, other: Box) -> Box:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])

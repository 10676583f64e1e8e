"""Finds the ruled tables of a page as a reader sees them, and corrects rules that programs draw in ways of their own.

Rules may be white, made of dots or dashes, end before they meet, or be missing where a table is cut: at the end of a
page, or at its sides. pdfplumber finds only tables whose rules are all drawn and meet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from itertools import pairwise
from typing import Any

from pdfplumber.page import Page as PlumbedPage
from pdfplumber.table import Table

from gouji.document.formats.pdf.printed import is_light
from gouji.document.origin import Box

#: A table is open at a side if its level rules reach more points than this beyond its last upright rule.
_OPEN = 6.0
#: It is open at the top or bottom if at least so many upright rules end at one height (within so many points), more
#: than so many points beyond its last level rule.
_UPRIGHTS, _LEVEL, _BEYOND = 3, 1.5, 4.0
#: The greatest height (points) of a row that is open on all sides.
_ROW = 60.0
#: The least width and height (points) of a ground on which white shows, and the most grounds of a page that are
#: looked at.
_GROUND = (20.0, 8.0)
_GROUNDS = 100
#: The greatest thickness (points) of a white rule; the places along it that are looked at, and how many of them must
#: lie on a ground for it to be seen.
_THIN = 3.0
_PLACES, _SEEN = 5, 2
#: Dots and dashes of a rule: their greatest length and distance (points), and the fewest of them.
_PIECE, _GAP, _PIECES = 12.0, 6.0, 8
#: How far they may be out of line (points), by what share their steps may differ, and by how much (points) width and
#: height may differ to count as equal.
_IN_LINE, _STEP, _EVEN = 0.7, 0.3, 0.5
#: The fewest frames beside each other that are the cells of a table.
_FRAMES = 6
#: The least distance of rules by which pdfplumber takes them for several.
_SNAP = 3.0

#: Anything pdfplumber lists: a line, rectangle, curve or edge.
_Drawn = dict[str, Any]
#: A piece of a rule, or a rule: its begin, its end, and where it stands across.
_Piece = tuple[float, float, float]


@dataclass(slots=True)
class _Settings:
    """Settings for pdfplumber: rules that are not drawn (`upright`, `level`), and the distances (points) at which rules
    are one (`snap`) or meet (`meet`)."""

    upright: list[_Drawn | float] = field(default_factory=list)
    level: list[_Drawn] = field(default_factory=list)
    snap: float = _SNAP
    meet: float = _SNAP

    def tables(self, page: PlumbedPage) -> list[Table]:
        """Returns the tables of a page."""
        found: list[Table] = page.find_tables(
            {
                "explicit_vertical_lines": self.upright,
                "explicit_horizontal_lines": self.level,
                "snap_tolerance": self.snap,
                "join_tolerance": self.snap,
                "intersection_tolerance": self.meet,
            }
        )
        return found


def tables_of(page: PlumbedPage) -> list[Table]:
    """Returns the ruled tables of a page. A table that is open at its sides is closed where its level rules end, one
    that is open at its top or bottom where its upright rules end."""
    page = _without_white(page)
    settings = _Settings()
    _join_pieces(page, settings)
    if gap := _gap_of_frames(page):
        settings.snap = settings.meet = gap + _EVEN
    tables = settings.tables(page)
    meet = settings.meet
    boxes = [table.bbox for table in tables] or _only_row(page, settings)
    closed = [_close(page, box, settings) for box in boxes]
    return settings.tables(page) if any(closed) or settings.meet != meet else tables


def _without_white(page: PlumbedPage) -> PlumbedPage:
    """Returns the page without rules and rectangles that are as white as the paper, unless they show on a darker
    ground."""
    white = [one for one in (*page.lines, *page.rects, *page.curves) if _is_white(one)]
    if not white:
        return page
    grounds = nlargest(_GROUNDS, filter(_is_ground, page.rects), key=lambda one: one["width"] * one["height"])
    unseen = {id(one) for one in white if not _is_seen(one, grounds)}
    return page.filter(lambda one: id(one) not in unseen) if unseen else page


def _is_white(one: _Drawn) -> bool:
    strokes, fills = one.get("stroke"), one.get("fill")
    return (
        bool(strokes or fills)
        and (not strokes or is_light(one.get("stroking_color")))
        and (not fills or is_light(one.get("non_stroking_color")))
    )


def _is_ground(rect: _Drawn) -> bool:
    wide = rect["width"] > _GROUND[0] and rect["height"] > _GROUND[1]
    return bool(wide and rect.get("fill") and not is_light(rect.get("non_stroking_color")))


def _is_seen(one: _Drawn, grounds: Sequence[_Drawn]) -> bool:
    """True for a white rectangle inside a darker one, and for a white rule that runs over one."""
    if min(one["width"], one["height"]) > _THIN:
        return any(_holds(ground, one["x0"], one["top"], one["x1"], one["bottom"]) for ground in grounds)
    seen = 0
    for at in range(_PLACES):
        part = (at + 0.5) / _PLACES
        x, y = one["x0"] + part * one["width"], one["top"] + part * one["height"]
        seen += any(_holds(ground, x, y, x, y) for ground in grounds)
    return seen >= _SEEN


def _holds(ground: _Drawn, x0: float, top: float, x1: float, bottom: float) -> bool:
    inside = ground["x0"] <= x0 and x1 <= ground["x1"] and ground["top"] <= top and bottom <= ground["bottom"]
    return bool(inside)


def _join_pieces(page: PlumbedPage, settings: _Settings) -> None:
    """Adds the rules that rows of dots and dashes make."""
    drawn = (*page.lines, *page.rects, *page.curves)
    pieces = [one for one in drawn if one["width"] <= _PIECE and one["height"] <= _PIECE]
    if len(pieces) < 4 * _PIECES:
        return
    level = _runs(
        [
            (one["x0"], one["x1"], (one["top"] + one["bottom"]) / 2)
            for one in pieces
            if one["width"] >= one["height"] - _EVEN
        ]
    )
    upright = _runs(
        [
            (one["top"], one["bottom"], (one["x0"] + one["x1"]) / 2)
            for one in pieces
            if one["height"] >= one["width"] - _EVEN
        ]
    )
    steps = sorted(map(_step, (run for run in (*level, *upright) if len(run) >= _PIECES)))
    if steps:
        usual = steps[len(steps) // 2]
        settings.level += [_line(x0, y, x1, y) for x0, x1, y in _rules(level, usual)]
        settings.upright += [_line(x, top, x, bottom) for top, bottom, x in _rules(upright, usual)]


def _runs(pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    """Returns groups of pieces that follow each other along a line in equal steps."""
    lines: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda one: one[2]):
        if lines and piece[2] - lines[-1][0][2] < _IN_LINE:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [run for line in lines for run in _in_steps(sorted(line)) if len(run) > 1]


def _step(run: Sequence[_Piece]) -> float:
    return run[1][0] - run[0][0]


def _rules(runs: Sequence[Sequence[_Piece]], usual: float) -> Iterator[_Piece]:
    """Yields the rules that runs of pieces make. They reach beyond the last pieces as far as pieces are apart. A run of
    few pieces is a rule if its step is that of the page's long ones."""
    for run in runs:
        if len(run) >= _PIECES or abs(_step(run) - usual) <= _STEP * usual:
            gap = max(0.0, run[1][0] - run[0][1])
            yield run[0][0] - gap, run[-1][1] + gap, run[0][2]


def _in_steps(line: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    """Yields the pieces of a line in groups, cut where a step is longer than those before. A piece that stands inside a
    step belongs to a line that crosses."""
    run = [line[0]]
    for piece in line[1:]:
        step, usual = piece[0] - run[-1][0], run[1][0] - run[0][0] if len(run) > 1 else 0.0
        if step < _EVEN or step < (1 - _STEP) * usual:
            continue
        if piece[0] - run[-1][1] <= _GAP and (not usual or step <= (1 + _STEP) * usual):
            run.append(piece)
        else:
            yield run
            run = [piece]
    yield run


def _line(x0: float, top: float, x1: float, bottom: float) -> _Drawn:
    return {
        "object_type": "line",
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
    }


def _gap_of_frames(page: PlumbedPage) -> float:
    """Returns how far cells with a frame each are apart; 0.0 if they touch, or if there are no such cells."""
    frames = [
        (rect["x0"], rect["top"], rect["x1"], rect["bottom"])
        for rect in page.rects
        if rect["width"] > _PIECE and rect["height"] > _GAP
    ]
    if len(frames) < _FRAMES:
        return 0.0
    across = (right[0] - left[2] for left, right in pairwise(sorted(frames, key=lambda box: (round(box[1]), box[0]))))
    down = (lower[1] - upper[3] for upper, lower in pairwise(sorted(frames, key=lambda box: (round(box[0]), box[1]))))
    gaps = sorted(gap for gap in (*across, *down) if 0 < gap <= _GAP)
    gap = gaps[len(gaps) // 2] if 2 * len(gaps) >= _FRAMES else 0.0
    return gap if gap > _SNAP else 0.0


def _close(page: PlumbedPage, box: Box, settings: _Settings) -> bool:
    """Adds the rules that a table lacks at its ends, or lets rules meet that almost do. Returns False if the table is
    closed already."""
    sides = list(_open_sides(page, box))
    levels = list(_open_levels(page, box))
    for end in sides:
        if any(_is_near(edge, edge["x0"] - end, box) for edge in page.vertical_edges):
            settings.meet = _OPEN
        else:
            settings.upright.append(end)
    for y, left, right in levels:
        if any(_is_near(edge, edge["top"] - y, box) for edge in page.horizontal_edges):
            settings.meet = _OPEN
        else:
            settings.level.append(_line(min([left, *sides]), y, max([right, *sides]), y))
    return bool(sides or levels)


def _is_near(edge: _Drawn, apart: float, box: Box) -> bool:
    """True for a long rule beside a table that stands where other rules end."""
    left, top, right, bottom = box
    beside = (edge["x0"] < right and edge["x1"] > left) or (edge["top"] < bottom and edge["bottom"] > top)
    return bool(abs(apart) < _OPEN and beside and max(edge["width"], edge["height"]) > _PIECE)


def _open_sides(page: PlumbedPage, box: Box) -> list[float]:
    """Returns the positions at which a table's level rules end beyond its outermost upright rules."""
    left, top, right, bottom = box
    rules = [
        (edge["x0"], edge["x1"])
        for edge in page.horizontal_edges
        if top - 1 <= edge["top"] <= bottom + 1 and edge["x0"] < right and edge["x1"] > left
    ]
    first, last = min((rule[0] for rule in rules), default=left), max((rule[1] for rule in rules), default=right)
    return [end for end, side in ((first, left), (last, right)) if abs(end - side) > _OPEN]


def _open_levels(page: PlumbedPage, box: Box) -> Iterator[tuple[float, float, float]]:
    """Yields (height, left, right) where a table's upright rules end beyond its outermost level rules."""
    left, top, right, bottom = box
    upper: list[tuple[float, float]] = []
    lower: list[tuple[float, float]] = []
    for edge in page.vertical_edges:
        if left - 1 <= edge["x0"] <= right + 1 and edge["top"] <= bottom + 1 and edge["bottom"] >= top - 1:
            if edge["top"] < top - _BEYOND:
                upper.append((edge["top"], edge["x0"]))
            if edge["bottom"] > bottom + _BEYOND:
                lower.append((edge["bottom"], edge["x0"]))
    for ends in (sorted(upper), sorted(lower, reverse=True)):
        for y, _ in ends:
            across = [x for other, x in ends if abs(other - y) < _LEVEL]
            if len({round(x) for x in across}) >= _UPRIGHTS:
                yield y, min(across), max(across)
                break


def _only_row(page: PlumbedPage, settings: _Settings) -> list[Box]:
    """Returns the box of what may be a single row on a page without a table: upright rules on a level rule, or by
    themselves. If there are several level rules, rules may end before they meet."""
    levels, uprights = page.horizontal_edges, page.vertical_edges
    if len(uprights) < _UPRIGHTS:
        return []
    left, right = min(edge["x0"] for edge in uprights), max(edge["x0"] for edge in uprights)
    if levels:
        top, bottom = min(edge["top"] for edge in levels), max(edge["top"] for edge in levels)
        settings.meet = _OPEN if bottom - top > _OPEN else settings.meet
        return [
            (min(left, *(edge["x0"] for edge in levels)), top, max(right, *(edge["x1"] for edge in levels)), bottom)
        ]
    middle = (uprights[0]["top"] + uprights[0]["bottom"]) / 2
    return [(left, middle, right, middle)] if uprights[0]["height"] < _ROW else []

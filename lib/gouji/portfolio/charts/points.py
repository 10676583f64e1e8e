"""Draws the first departments of the ranking, with their points by criterion."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from gouji.memo.charts.canvas import PALE_INK, BarPart, BarRow, Fill, bars, saying
from gouji.portfolio.ranking import Ranked, criteria

MOST = 25
_FILLS = (
    Fill("#35506b"),
    Fill("#b9cbdc", "////"),
    Fill("#d98c2b"),
    Fill("#ffffff", "xxxx"),
    Fill("#9a9a9a", "...."),
)
_TITLE = "得分构成"


def points_of_the_first(ranked: Sequence[Ranked]) -> Figure:
    """Draws a bar per department, at most `MOST`."""
    with_points = [one for one in ranked if one.score]
    if not with_points:
        return saying(_TITLE, "没有部门得分：没有发现，也没有异常值")
    fills = {one.title: fill for one, fill in zip(criteria(), _FILLS, strict=True)}
    drawn = with_points[:MOST]
    left, none = len(ranked) - len(drawn), len(ranked) - len(with_points)
    without = f"，其中{none}个没有得分" if 0 < none < left else "，它们没有得分" if none else ""
    notes = [(f"画出排在前面的{len(drawn)}个部门，其余{left}个未画出{without}。", PALE_INK)] if left else []
    return bars(_TITLE, "得分（满分100）", [_row(one) for one in drawn], fills, notes)


def _row(one: Ranked) -> BarRow:
    parts = tuple(BarPart(criterion.title, one.points[criterion.key]) for criterion in criteria())
    return BarRow(f"{one.rank} {one.department.name}", parts, f"{one.score:.1f}")

"""Draws a finding as a graph: the figures in question on the left, the rows that join them, the other figures on the
right.

The layout is in inches, without measuring on a renderer. Each row has a band of its own with the figures that it is
the first to name, so that boxes never meet. Only the lines to figures of other bands cross.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from gouji.auditing import Audit
from gouji.findings.finding import Finding
from gouji.memo.charts.canvas import INK, PALE_INK, SUSPECT, saying
from gouji.memo.charts.graph_boxes import COLOURS, OPEN, PAD, Box, line_box, other_box, questioned_box
from gouji.memo.charts.graph_model import Graph, Kind, graph_of
from gouji.memo.charts.lettering import SMALL, TITLE, shorten, text_width
from gouji.memo.fonts import chinese_style

WIDTH = 9.6
_MARGIN = 0.15
#: Left edge and width of the columns: figures in question, rows, other figures.
_LEFT, _MIDDLE, _RIGHT = (0.15, 2.5), (3.2, 3.05), (6.8, 2.65)
_TOP, _BOTTOM = 0.7, 0.2
_NOTE = 0.17
_APART, _BAND_APART = 0.06, 0.16
#: With more figures in question than this, each takes only two or three lines.
_FEW = 3
_PAPER = "#ffffff"
_FILLS = {Kind.CONFLICT: "#fbe3e1", Kind.ROUNDING: "#fff6cc", Kind.HOLDING: "#e4f3e6"}
_WIDTHS = {Kind.CONFLICT: 1.4, Kind.ROUNDING: 1.0, Kind.HOLDING: 0.8}
_DASHES: dict[Kind, Any] = {Kind.CONFLICT: "-", Kind.ROUNDING: (0, (4, 2)), Kind.HOLDING: "-"}
_MEANINGS = {Kind.CONFLICT: "不符", Kind.ROUNDING: "尾差", Kind.HOLDING: "成立"}


@dataclass(frozen=True)
class _Look:
    """How a box is drawn: the colours of its ground and its edge, the edge's width in points, and its dashes."""

    fill: str
    edge: str
    width: float
    dashes: Any = "-"


_LOOKS = {kind: _Look(_FILLS[kind], COLOURS[kind], _WIDTHS[kind], _DASHES[kind]) for kind in Kind}
_COMPARED = _Look(_PAPER, PALE_INK, 0.5)


@dataclass(frozen=True)
class _Placed:
    """A box and the distance in inches from the page's top to its own."""

    box: Box
    top: float

    @property
    def middle(self) -> float:
        """Returns the height at which lines meet the box."""
        return self.top + self.box.height / 2


def identity_graph(audit: Audit, finding: Finding) -> Figure:
    """Draws the identities around a finding's figures: what testifies against them, what holds, what they are compared
    with."""
    graph = graph_of(audit, finding)
    title = f"{finding.id}　{finding.title}"
    if not graph.lines:
        return saying(title, "此项发现不涉及数字之间的勾稽关系")
    small = len(graph.questioned) > _FEW
    left = [questioned_box(one, _LEFT[1], small, finding.located) for one in graph.questioned]
    rows, right = _place_rows(graph, _total(left))
    questioned = _place_centred(left, _TOP, max(_end(rows), _end(right)) - _TOP)
    with chinese_style():
        height = max(_end(questioned), _end(rows), _end(right)) + _BOTTOM + _NOTE * (1 + len(graph.remarks))
        figure, axes = _page(height)
        _write_heads(axes, title, finding)
        _draw_edges(axes, graph, questioned, rows, right)
        in_question = _Look(_PAPER, SUSPECT if finding.located else OPEN, 1.6)
        for one in questioned:
            _draw_box(axes, one, _LEFT, in_question)
        for line, one in zip(graph.lines, rows, strict=True):
            _draw_box(axes, one, _MIDDLE, _LOOKS[line.kind])
        for one in right:
            _draw_box(axes, one, _RIGHT, _COMPARED)
        _write_notes(axes, graph, height)
    return figure


def _place_rows(graph: Graph, least: float) -> tuple[list[_Placed], list[_Placed]]:
    """Places the rows from the top down, each beside the figures that it is the first to name. They fill at least
    `least` inches."""
    seen: set[int] = set()
    bands: list[tuple[Box, list[int], list[Box]]] = []
    for line in graph.lines:
        own = [at for at in line.others if at not in seen]
        seen.update(own)
        bands.append((line_box(line, _MIDDLE[1]), own, [other_box(graph.others[at], _RIGHT[1]) for at in own]))
    heights = [max(box.height, _total(figures)) for box, _, figures in bands]
    top = _TOP + max(0.0, (least - sum(heights) - _BAND_APART * (len(bands) - 1)) / 2)
    rows: list[_Placed] = []
    right: dict[int, _Placed] = {}
    for (box, own, figures), height in zip(bands, heights, strict=True):
        rows.append(_Placed(box, top + (height - box.height) / 2))
        right |= zip(own, _place_centred(figures, top, height), strict=True)
        top += height + _BAND_APART
    return rows, [right[at] for at in range(len(graph.others))]


def _place_centred(boxes: Sequence[Box], top: float, room: float) -> list[_Placed]:
    """Places boxes under each other in the middle of a stretch, or from its top where they need more room."""
    at = top + max(0.0, (room - _total(boxes)) / 2)
    placed = []
    for box in boxes:
        placed.append(_Placed(box, at))
        at += box.height + _APART
    return placed


def _total(boxes: Sequence[Box]) -> float:
    return sum(box.height for box in boxes) + _APART * max(0, len(boxes) - 1)


def _end(placed: Sequence[_Placed]) -> float:
    return max((one.top + one.box.height for one in placed), default=_TOP)


def _page(height: float) -> tuple[Figure, Axes]:
    """Returns a page whose axes cover it, in inches from its upper left corner."""
    figure = Figure(figsize=(WIDTH, height))
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    return figure, axes


def _write_heads(axes: Axes, title: str, finding: Finding) -> None:
    """Writes the title and the heading of each column."""
    axes.text(_MARGIN, 0.2, shorten(title, TITLE, WIDTH - 2 * _MARGIN), size=TITLE, color=INK, va="center")
    if finding.joint is not None:
        first = "各项共有的数字"
    elif finding.located:
        first = "存疑的数字（印数 → 推算应为）"
    else:
        first = "可能有误的数字（印数 → 若有误应为）"
    heads = ((_LEFT, first), (_MIDDLE, "勾稽关系（代入印数）"), (_RIGHT, "其他数字（印数）"))
    for (x, _), head in heads:
        axes.text(x, 0.53, head, size=SMALL, color=PALE_INK, va="center")


def _draw_edges(
    axes: Axes, graph: Graph, left: Sequence[_Placed], rows: Sequence[_Placed], right: Sequence[_Placed]
) -> None:
    """Draws lines from every row to its figures; lines of conflicts lie on top."""
    order = sorted(zip(graph.lines, rows, strict=True), key=lambda one: one[0].kind is Kind.CONFLICT)
    for line, row in order:
        for at in line.questioned:
            _draw_edge(axes, (_LEFT[0] + _LEFT[1], left[at].middle), (_MIDDLE[0], row.middle), line.kind)
        for at in line.others:
            _draw_edge(axes, (_MIDDLE[0] + _MIDDLE[1], row.middle), (_RIGHT[0], right[at].middle), line.kind)


def _draw_edge(axes: Axes, start: tuple[float, float], end: tuple[float, float], kind: Kind) -> None:
    """Draws a curve that leaves and arrives level."""
    half = (end[0] - start[0]) / 2
    points = [start, (start[0] + half, start[1]), (end[0] - half, end[1]), end]
    path = Path(points, [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4])
    style: dict[str, Any] = {"linewidth": _WIDTHS[kind], "linestyle": _DASHES[kind], "zorder": 1}
    axes.add_patch(PathPatch(path, fill=False, edgecolor=COLOURS[kind], **style))


def _draw_box(axes: Axes, placed: _Placed, column: tuple[float, float], look: _Look) -> None:
    """Draws a box and its lines of text. `column` is its left edge and its width in inches."""
    x, wide = column
    shape = (x, placed.top), wide, placed.box.height
    style: dict[str, Any] = {"linewidth": look.width, "linestyle": look.dashes, "zorder": 2}
    axes.add_patch(Rectangle(*shape, facecolor=look.fill, edgecolor=look.edge, **style))
    y = placed.top + PAD
    for line in placed.box.lines:
        middle = y + line.height / 2
        axes.text(x + PAD, middle, line.text, size=line.size, color=line.colour, va="center_baseline", zorder=3)
        if line.end:
            end: dict[str, Any] = {"va": "center_baseline", "ha": "right", "zorder": 3}
            axes.text(x + wide - PAD, middle, line.end, size=line.end_size, color=line.end_colour, **end)
        y += line.height


def _write_notes(axes: Axes, graph: Graph, height: float) -> None:
    """Writes the key of the rows' colours, and what is left out."""
    used = [kind for kind in Kind if any(line.kind is kind for line in graph.lines)]
    y = height - _NOTE * (len(graph.remarks) + 0.5) - 0.02
    x = _MARGIN
    for kind in used:
        box = (x, y - 0.05), 0.16, 0.1
        axes.add_patch(Rectangle(*box, facecolor=_FILLS[kind], edgecolor=COLOURS[kind], linestyle=_DASHES[kind]))
        axes.text(x + 0.22, y, _MEANINGS[kind], size=SMALL, color=INK, va="center")
        x += 0.22 + text_width(_MEANINGS[kind], SMALL) + 0.2
    vouched = any(one.vouchers for one in (*graph.questioned, *graph.others))
    if vouched:
        axes.text(x, y, "印证N：图外另有N项勾稽按此公布数成立", size=SMALL, color=COLOURS[Kind.HOLDING], va="center")
    for number, remark in enumerate(graph.remarks, 1):
        text = shorten(remark, SMALL, WIDTH - 2 * _MARGIN)
        axes.text(_MARGIN, y + _NOTE * number, text, size=SMALL, color=PALE_INK, va="center")

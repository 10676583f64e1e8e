"""Draws a page of horizontal stacked bars with values beside them, laid out in inches.

Widths are computed from the text, not measured on a renderer, so that a figure is the same on every machine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator

from gouji.memo.charts.lettering import SMALL, TEXT, TITLE, shorten, text_width
from gouji.memo.fonts import chinese_font, chinese_style

WIDTH, HEIGHT = 8.0, 3.6
INK, PALE_INK, RULE, SUSPECT = "#222222", "#555555", "#d0d0d0", "#c00000"

_MARGIN = 0.15
_LABELS_AT_MOST = 2.75
_ROW, _ROW_AT_MOST, _GAP, _BAR = 0.215, 0.34, 0.4, 0.66
_PLOT_AT_LEAST = 0.7
_VALUES_AT_MOST = 0.62


@dataclass(frozen=True)
class Fill:
    """The tone and hatch of a series. They differ together, so that series stay apart in black-and-white print."""

    colour: str
    hatch: str = ""


@dataclass(frozen=True)
class BarPart:
    """One piece of a stacked bar."""

    series: str
    value: Decimal
    suspect: bool = False


@dataclass(frozen=True)
class BarRow:
    """One bar: its label, its pieces, the text behind it, and a hollow bar around it where `outline` is given.

    `remark` is written in red behind the text. `suspect` draws a red edge around the stacked bar. `tag` follows the
    label and is never cut. `gap` adds space above the bar, and `indent` indents its label.
    """

    label: str
    parts: tuple[BarPart, ...]
    text: str
    remark: str = ""
    outline: Decimal | None = None
    suspect: bool = False
    gap: bool = False
    indent: int = 0
    tag: str = ""

    @property
    def stack(self) -> Decimal:
        """Returns how far right the pieces reach."""
        return sum((part.value for part in self.parts if part.value > 0), Decimal(0))

    @property
    def reach(self) -> Decimal:
        """Returns how far right the bar reaches."""
        return max(self.stack, self.length)

    @property
    def length(self) -> Decimal:
        """Returns the outline's length, 0 without one."""
        return self.outline or Decimal(0)

    @property
    def back(self) -> Decimal:
        """Returns how far left of zero the bar reaches (negative amounts)."""
        return min(Decimal(0), sum((part.value for part in self.parts if part.value < 0), Decimal(0)), self.length)


@dataclass(frozen=True)
class Page:
    """A figure with its axes and the measures, in inches, by which texts are placed."""

    figure: Figure
    axes: Axes
    width: float
    left: float


def room(notes: Sequence[tuple[str, str]], legend: int) -> tuple[float, float]:
    """Returns the inches above the axes (title, `legend` lines) and below them (scale, notes)."""
    return 0.42 + (0.05 + 0.17 * legend if legend else 0.0), 0.48 + 0.17 * len(notes)


def new_page(title: str, notes: Sequence[tuple[str, str]], left: float, plot: float, legend: int = 0) -> Page:
    """Returns a page: a title, axes `plot` inches high, `left` inches of labels, and (text, colour) notes below."""
    above, below = room(notes, legend)
    height = above + plot + below
    width = WIDTH - left - 0.3
    with chinese_style():
        figure = Figure(figsize=(WIDTH, height))
        FigureCanvasAgg(figure)
        axes = figure.add_axes((left / WIDTH, below / height, width / WIDTH, plot / height))
        shown = shorten(title, TITLE, WIDTH - 2 * _MARGIN)
        figure.text(_MARGIN / WIDTH, 1 - 0.12 / height, shown, size=TITLE, color=INK, va="top", ha="left")
        for number, (note, colour) in enumerate(reversed(notes)):
            text = shorten(note, SMALL, WIDTH - 2 * _MARGIN)
            figure.text(_MARGIN / WIDTH, (0.08 + 0.17 * number) / height, text, size=SMALL, color=colour, va="bottom")
    return Page(figure, axes, width, left)


def saying(title: str, message: str, notes: Sequence[tuple[str, str]] = ()) -> Figure:
    """Returns a figure that says why there is nothing to draw."""
    page = new_page(title, notes, _MARGIN, _PLOT_AT_LEAST)
    with chinese_style():
        page.axes.set_axis_off()
        page.axes.text(0.5, 0.3, message, size=12, color=PALE_INK, ha="center", va="center")
    return page.figure


def bars(
    title: str,
    axis: str,
    rows: Sequence[BarRow],
    fills: Mapping[str, Fill],
    notes: Sequence[tuple[str, str]] = (),
    *,
    outline: str = "",
    whole: bool = False,
    keyed: bool = True,
) -> Figure:
    """Draws horizontal stacked bars, one per row, from the top down.

    The legend names the series in use in the order of `fills`, and the hollow bar as `outline`; without `keyed` there
    is none. `whole` keeps the axis on whole numbers.
    """
    used = {part.series for row in rows for part in row.parts if part.value}
    entries = [(name, fill) for name, fill in fills.items() if name in used]
    keys = _keys(entries, outline, any(_edged(row) for row in rows))
    legend = _lines(keys) if keyed else 0
    widest = max(text_width(row.label + row.tag, TEXT) + 0.12 * row.indent for row in rows)
    left = min(_LABELS_AT_MOST, widest) + _MARGIN + 0.12
    heights = [1 + (_GAP if row.gap and number else 0.0) for number, row in enumerate(rows)]
    free = (HEIGHT - sum(room(notes, legend))) / sum(heights)
    row_height = min(_ROW_AT_MOST, max(_ROW, free))
    plot = max(_PLOT_AT_LEAST, row_height * (sum(heights) + 0.1))
    page = new_page(title, notes, left, plot, legend)
    with chinese_style():
        _scale(page, rows, axis, whole)
        page.axes.set_ylim(plot / row_height, 0)
        ends = [sum(heights[: number + 1]) - 0.5 for number in range(len(rows))]
        for row, y in zip(rows, ends, strict=True):
            _bar(page.axes, row, y, fills)
            _values(page, row, y)
        _labels(page, rows, ends)
        if legend:
            _legend(page, keys, legend)
    return page.figure


def _scale(page: Page, rows: Sequence[BarRow], axis: str, whole: bool) -> None:
    """Sets the x axis so that every bar's text fits to its right."""
    back = min(float(row.back) for row in rows) * 1.05
    right = 0.0
    for row in rows:
        taken = min(_values_width(row), _VALUES_AT_MOST * page.width) + 0.12
        right = max(right, back + (float(row.reach) - back) * page.width / (page.width - taken))
    page.axes.set_xlim(back, right or 1.0)
    page.axes.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=whole))
    page.axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}"))
    page.axes.tick_params(axis="x", labelsize=SMALL, labelcolor=PALE_INK, color=RULE, labelfontfamily=chinese_font())
    page.axes.set_xlabel(axis, size=SMALL, color=PALE_INK, labelpad=2)
    page.axes.grid(axis="x", color=RULE, linewidth=0.5)
    page.axes.set_axisbelow(True)
    for name, spine in page.axes.spines.items():
        spine.set_visible(name == "left")
        spine.set_color(PALE_INK)
    page.axes.set_yticks([])
    if back:
        page.axes.spines["left"].set_position(("data", 0.0))
    if not right:
        page.axes.set_xticks([0])


def _bar(axes: Axes, row: BarRow, y: float, fills: Mapping[str, Fill]) -> None:
    """Draws one row's pieces and its outline."""
    ahead, behind = Decimal(0), Decimal(0)
    for part in (part for part in row.parts if part.value):
        start = ahead if part.value >= 0 else behind
        fill = fills[part.series]
        edge, width, level = (SUSPECT, 1.8, 4) if part.suspect else (_edge(fill), 0.5, 3)
        axes.barh(
            y,
            float(part.value),
            _BAR,
            float(start),
            color=fill.colour,
            hatch=fill.hatch or None,
            edgecolor=edge,
            linewidth=width,
            zorder=level,
        )
        ahead, behind = ahead + max(part.value, Decimal(0)), behind + min(part.value, Decimal(0))
    if row.outline:
        _draw_outline(axes, float(row.outline), y, INK, 0.8)
    if row.suspect and row.reach:
        _draw_outline(axes, float(row.stack or row.reach), y, SUSPECT, 1.8)


def _edged(row: BarRow) -> bool:
    return (row.suspect and row.reach > 0) or any(part.suspect and part.value for part in row.parts)


def _edge(fill: Fill) -> str:
    return PALE_INK if fill.hatch or fill.colour == "#ffffff" else "white"


def _draw_outline(axes: Axes, length: float, y: float, colour: str, width: float) -> None:
    """Draws a hollow bar, a little thicker than the bar inside it."""
    box = (0.0, y - _BAR / 2 - 0.07), length, _BAR + 0.14
    axes.add_patch(Rectangle(*box, fill=False, edgecolor=colour, linewidth=width, zorder=5))


def _values_width(row: BarRow) -> float:
    return text_width(row.text, SMALL) + (text_width(row.remark, SMALL) + 0.08 if row.remark else 0)


def _values(page: Page, row: BarRow, y: float) -> None:
    """Writes the amounts behind the bar, then the remark in red, cut at the page's end."""
    ends: dict[str, Any] = {"textcoords": "offset points", "va": "center_baseline", "size": SMALL, "zorder": 6}
    at = (float(row.reach), y)
    page.axes.annotate(row.text, at, (4, 0), color=INK, **ends)
    if row.remark:
        shift = text_width(row.text, SMALL) + 0.06 if row.text else 0.0
        low, high = page.axes.get_xlim()
        free = page.width * (high - float(row.reach)) / (high - low) + 0.15 - shift
        page.axes.annotate(shorten(row.remark, SMALL, free), at, (4 + shift * 72, 0), color=SUSPECT, **ends)


def _labels(page: Page, rows: Sequence[BarRow], ends: Sequence[float]) -> None:
    """Writes the row labels: flush right beside the bars, or flush left and indented where rows have parts."""
    tree = any(row.indent for row in rows)
    for row, y in zip(rows, ends, strict=True):
        inset = 0.12 * row.indent
        label = shorten(row.label, TEXT, _LABELS_AT_MOST - inset - text_width(row.tag, TEXT)) + row.tag
        x = (_MARGIN + inset - page.left) / page.width if tree else -0.08 / page.width
        page.axes.text(
            x,
            y,
            label,
            transform=page.axes.get_yaxis_transform(),
            size=TEXT,
            color=INK if not row.indent else PALE_INK,
            ha="left" if tree else "right",
            va="center_baseline",
        )


def _keys(entries: Sequence[tuple[str, Fill]], outline: str, suspect: bool) -> list[Patch]:
    """Returns the legend's entries: the series, the hollow bar, and the red edge where one is drawn."""
    keys = [
        Patch(facecolor=fill.colour, hatch=fill.hatch or None, edgecolor=INK, linewidth=0.5, label=name)
        for name, fill in entries
    ]
    if outline:
        keys.append(Patch(facecolor="none", edgecolor=INK, linewidth=0.8, label=outline))
    if suspect:
        keys.append(Patch(facecolor="none", edgecolor=SUSPECT, linewidth=1.8, label="存疑"))
    return keys


def _lines(keys: Sequence[Patch]) -> int:
    """Returns the number of lines of the legend. All its columns are as wide as the widest."""
    if not keys:
        return 0
    widest = max(text_width(str(key.get_label()), SMALL) for key in keys) + 0.36
    total = sum(text_width(str(key.get_label()), SMALL) + 0.36 for key in keys)
    columns = len(keys) if total <= WIDTH - 2 * _MARGIN else max(1, int((WIDTH - 2 * _MARGIN) / widest))
    return -(-len(keys) // columns)


def _legend(page: Page, keys: Sequence[Patch], lines: int) -> None:
    page.figure.legend(
        handles=keys,
        loc="upper left",
        bbox_to_anchor=((_MARGIN - 0.04) / WIDTH, 1 - 0.33 / page.figure.get_figheight()),
        ncols=-(-len(keys) // lines),
        fontsize=SMALL,
        frameon=False,
        handlelength=1.6,
        columnspacing=1.4,
        borderpad=0,
        handletextpad=0.5,
    )

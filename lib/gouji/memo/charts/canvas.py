"""The drawing itself: a page of horizontal stacked bars with values beside them, laid out in inches.

Widths are computed from the text, not measured on a renderer, so that a figure is the same wherever it is made.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator

from gouji.memo.fonts import chinese_font, chinese_style

WIDTH, HEIGHT = 8.0, 3.6
INK, PALE_INK, RULE, SUSPECT = "#222222", "#555555", "#d0d0d0", "#c00000"
TEXT, SMALL, TITLE = 8.0, 7.0, 10.0

_MARGIN = 0.15
_LABELS_AT_MOST = 2.75
_ROW, _ROW_AT_MOST, _GAP = 0.215, 0.5, 0.4
_VALUES_AT_MOST = 0.62


@dataclass(frozen=True)
class Fill:
    """How a series is drawn: tone and hatch differ together, so that it survives black-and-white print."""

    colour: str
    hatch: str = ""


@dataclass(frozen=True)
class Part:
    """One piece of a stacked bar."""

    series: str
    value: Decimal
    suspect: bool = False


@dataclass(frozen=True)
class Row:
    """One bar: its label, its pieces, the text behind it, and a hollow bar around it where `outline` is given.

    `remark` is written in red behind the text. `gap` sets the row off from the one above, `indent` its label.
    """

    label: str
    parts: tuple[Part, ...]
    text: str
    remark: str = ""
    outline: Decimal | None = None
    suspect: bool = False
    gap: bool = False
    indent: int = 0

    @property
    def reach(self) -> Decimal:
        """How far right the bar goes."""
        return max(Decimal(0), sum((part.value for part in self.parts if part.value > 0), Decimal(0)), self.length)

    @property
    def length(self) -> Decimal:
        """The outline's length, 0 without one."""
        return self.outline or Decimal(0)

    @property
    def back(self) -> Decimal:
        """How far left of zero the bar goes (negative amounts)."""
        return min(Decimal(0), sum((part.value for part in self.parts if part.value < 0), Decimal(0)), self.length)


@dataclass(frozen=True)
class Page:
    """A figure with its axes and the measures its texts are placed by (inches)."""

    figure: Figure
    axes: Axes
    width: float
    left: float


def text_width(text: str, size: float) -> float:
    """Width of `text` in inches at `size` points: wide characters are square, others a little over half."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.57 for sign in text) * size / 72


def shorten(text: str, size: float, limit: float) -> str:
    """`text` cut with … where it is wider than `limit` inches."""
    if text_width(text, size) <= limit:
        return text
    while text and text_width(text + "…", size) > limit:
        text = text[:-1]
    return text + "…"


def money(value: Decimal) -> str:
    """An amount with thousands separators and at least two decimals."""
    places = max(2, -int(value.normalize().as_tuple().exponent))
    return f"{value:,.{places}f}"


def new_page(title: str, notes: Sequence[tuple[str, str]], left: float, plot: float, legend: int = 0) -> Page:
    """A figure with a title, `plot` inches of axes beside `left` inches of labels, and (text, colour) notes below."""
    above = 0.42 + 0.22 * legend
    below = 0.5 + 0.17 * len(notes)
    height = max(HEIGHT, above + plot + below)
    width = WIDTH - left - 0.3
    with chinese_style():
        figure = Figure(figsize=(WIDTH, height))
        FigureCanvasAgg(figure)
        axes = figure.add_axes((left / WIDTH, below / height, width / WIDTH, (height - above - below) / height))
        shown = shorten(title, TITLE, WIDTH - 2 * _MARGIN)
        figure.text(_MARGIN / WIDTH, 1 - 0.12 / height, shown, size=TITLE, color=INK, va="top", ha="left")
        for number, (note, colour) in enumerate(reversed(notes)):
            text = shorten(note, SMALL, WIDTH - 2 * _MARGIN)
            figure.text(_MARGIN / WIDTH, (0.08 + 0.17 * number) / height, text, size=SMALL, color=colour, va="bottom")
    return Page(figure, axes, width, left)


def saying(title: str, message: str, notes: Sequence[tuple[str, str]] = ()) -> Figure:
    """A figure that says why there is nothing to draw."""
    page = new_page(title, notes, _MARGIN, 0)
    with chinese_style():
        page.axes.set_axis_off()
        page.axes.text(0.5, 0.5, message, size=12, color=PALE_INK, ha="center", va="center")
    return page.figure


def bars(
    title: str,
    axis: str,
    rows: Sequence[Row],
    fills: Mapping[str, Fill],
    notes: Sequence[tuple[str, str]] = (),
    outline: str = "",
    whole: bool = False,
) -> Figure:
    """Horizontal stacked bars, one per row, from the top down.

    Only the series in use are in the legend, in the order of `fills`; `outline` names the hollow bar there. `whole`
    keeps the axis on whole numbers.
    """
    used = {part.series for row in rows for part in row.parts if part.value}
    entries = [(name, fill) for name, fill in fills.items() if name in used]
    legend = bool(outline) or len(entries) > 1
    left = min(_LABELS_AT_MOST, max(text_width(row.label, TEXT) + 0.12 * row.indent for row in rows)) + _MARGIN + 0.12
    heights = [1 + (_GAP if row.gap and number else 0.0) for number, row in enumerate(rows)]
    page = new_page(title, notes, left, sum(heights) * _ROW, int(legend))
    with chinese_style():
        _scale(page, rows, axis, whole)
        thick = _rows(page, heights)
        ends = [sum(heights[: number + 1]) - 0.5 for number in range(len(rows))]
        for row, y in zip(rows, ends, strict=True):
            _bar(page.axes, row, y, thick, fills)
        _labels(page, rows, ends)
        if legend:
            _legend(page, entries, outline, any(part.suspect for row in rows for part in row.parts))
    return page.figure


def _scale(page: Page, rows: Sequence[Row], axis: str, whole: bool) -> None:
    """Sets the x axis so that every bar's text fits to its right."""
    right = 0.0
    for row in rows:
        taken = min(_values_width(row), _VALUES_AT_MOST * page.width) + 0.12
        right = max(right, float(row.reach) * page.width / (page.width - taken))
    back = min(float(row.back) for row in rows)
    page.axes.set_xlim(back * 1.05, (right or 1.0) - back * 0.35)
    page.axes.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=whole))
    page.axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}"))
    page.axes.tick_params(axis="x", labelsize=SMALL, labelcolor=PALE_INK, color=RULE, labelfontfamily=chinese_font())
    page.axes.set_xlabel(axis, size=SMALL, color=PALE_INK, labelpad=2)
    page.axes.grid(axis="x", color=RULE, linewidth=0.5)
    page.axes.set_axisbelow(True)
    for name, spine in page.axes.spines.items():
        spine.set_visible(name == "left")
        spine.set_color(PALE_INK)
    if not right:
        page.axes.set_xticks([0])


def _rows(page: Page, heights: Sequence[float]) -> float:
    """Sets the y axis; returns the thickness of a bar in rows. A few rows do not fill the page: they stay bars."""
    inches = page.axes.get_position().height * page.figure.get_figheight()
    extent = max(sum(heights), inches / _ROW_AT_MOST)
    page.axes.set_ylim(extent + 0.1, -0.1)
    page.axes.set_yticks([])
    if back := page.axes.get_xlim()[0]:
        page.axes.spines["left"].set_position(("data", 0.0 if back < 0 else back))
    return 0.66


def _bar(axes: Axes, row: Row, y: float, thick: float, fills: Mapping[str, Fill]) -> None:
    """One row's pieces, its outline, and its text."""
    ahead, behind = Decimal(0), Decimal(0)
    for part in row.parts:
        start = ahead if part.value >= 0 else behind
        fill = fills[part.series]
        edge, width, level = (SUSPECT, 1.8, 4) if part.suspect else ("white" if not fill.hatch else INK, 0.5, 3)
        axes.barh(
            y,
            float(part.value),
            thick,
            float(start),
            color=fill.colour,
            hatch=fill.hatch or None,
            edgecolor=edge,
            linewidth=width,
            zorder=level,
        )
        ahead, behind = ahead + max(part.value, Decimal(0)), behind + min(part.value, Decimal(0))
    if row.outline is not None or row.suspect:
        length = float(row.reach if row.outline is None else row.outline)
        colour, width = (SUSPECT, 1.8) if row.suspect else (INK, 0.8)
        box = (0.0, y - thick / 2 - 0.07), length, thick + 0.14
        axes.add_patch(Rectangle(*box, fill=False, edgecolor=colour, linewidth=width, zorder=5))
    _values(axes, row, y)


def _values_width(row: Row) -> float:
    return text_width(row.text, SMALL) + (text_width(row.remark, SMALL) + 0.08 if row.remark else 0)


def _values(axes: Axes, row: Row, y: float) -> None:
    """The amounts behind the bar, then the remark in red."""
    ends = {"xycoords": "data", "textcoords": "offset points", "va": "center_baseline", "size": SMALL, "zorder": 6}
    at = (float(row.reach), y)
    axes.annotate(row.text, at, (4, 0), color=INK, **ends)
    if row.remark:
        shift = 4 + (text_width(row.text, SMALL) + 0.06) * 72 if row.text else 4
        axes.annotate(row.remark, at, (shift, 0), color=SUSPECT, **ends)


def _labels(page: Page, rows: Sequence[Row], ends: Sequence[float]) -> None:
    """Row labels: flush right beside the bars, or flush left and indented where rows have parts."""
    tree = any(row.indent for row in rows)
    for row, y in zip(rows, ends, strict=True):
        inset = 0.12 * row.indent
        label = shorten(row.label, TEXT, _LABELS_AT_MOST - inset)
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


def _legend(page: Page, entries: Sequence[tuple[str, Fill]], outline: str, suspect: bool) -> None:
    handles = [
        Patch(facecolor=fill.colour, hatch=fill.hatch or None, edgecolor=INK, linewidth=0.5, label=name)
        for name, fill in entries
    ]
    if outline:
        handles.append(Patch(facecolor="none", edgecolor=INK, linewidth=0.8, label=outline))
    if suspect:
        handles.append(Patch(facecolor="none", edgecolor=SUSPECT, linewidth=1.8, label="存疑"))
    page.figure.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=((_MARGIN - 0.04) / WIDTH, 1 - 0.33 / page.figure.get_figheight()),
        ncols=len(handles),
        fontsize=SMALL,
        frameon=False,
        handlelength=1.6,
        columnspacing=1.4,
        borderpad=0,
        handletextpad=0.5,
    )


def to_png(figure: Figure) -> bytes:
    """The figure as PNG; the same bytes for the same figure."""
    stream = BytesIO()
    with chinese_style():
        figure.savefig(stream, format="png", metadata={"Software": None})
    return stream.getvalue()


def to_svg(figure: Figure) -> str:
    """The figure as SVG with its text as paths; the same text for the same figure."""
    stream = BytesIO()
    with chinese_style():
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    return stream.getvalue().decode("utf-8")

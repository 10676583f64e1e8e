"""Draws a measure over departments: a line of dots per function, the median marked, outliers numbered."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from statistics import median
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from gouji.memo.charts.canvas import INK, PALE_INK, RULE, Page, new_page, saying
from gouji.memo.charts.lettering import SMALL, TEXT, shorten, text_width
from gouji.memo.fonts import chinese_font, chinese_style
from gouji.portfolio.model import Account
from gouji.portfolio.outliers import LEAST, Compared, ComparedMeasure

_DOT, _OUTLIER = "#5b7fa3", "#c0510b"
_ROW, _LABELS = 0.3, 2.4
#: Dots of one line are shifted by steps of the golden section: the same in every picture, and no two alike.
_STEP, _SPREAD = 0.618, 0.56
MOST_NUMBERED = 12
_MEDIAN_OF = 3
_UNNAMED = "未注明领域"


def spread(compared: Compared) -> Figure:
    """Draws one comparison."""
    measure = compared.measure
    title = f"{measure.title}：各领域的部门"
    if not compared.values:
        return saying(title, "没有可以比较的部门", _notes(compared))
    lines = _lines(compared.values)
    labels = [f"{name}（{len(values)}）" for name, values in lines.items()]
    left = min(_LABELS, max(text_width(label, TEXT) for label in labels)) + 0.3
    page = new_page(title, _notes(compared), left, _ROW * len(lines) + 0.1)
    with chinese_style():
        _axes(page, measure, labels)
        for row, values in enumerate(lines.values()):
            _line(page.axes, row, values, compared)
    return page.figure


def _lines(values: Sequence[tuple[Account, Decimal]]) -> dict[str, list[tuple[Account, Decimal]]]:
    """Returns the departments by function, functions with the highest median first."""
    lines: dict[str, list[tuple[Account, Decimal]]] = {}
    for account, value in values:
        lines.setdefault(account.function or _UNNAMED, []).append((account, value))
    return dict(sorted(lines.items(), key=lambda item: (-median(value for _, value in item[1]), item[0])))


def _axes(page: Page, measure: ComparedMeasure, labels: Sequence[str]) -> None:
    axes = page.axes
    axes.set_xscale("log")
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.set_yticks(range(len(labels)), [shorten(label, TEXT, _LABELS) for label in labels], size=TEXT, color=INK)
    axes.xaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}"))
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.tick_params(axis="x", labelsize=SMALL, labelcolor=PALE_INK, color=RULE, labelfontfamily=chinese_font())
    axes.tick_params(axis="x", which="minor", length=0)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(f"{measure.title}（{measure.unit}，对数刻度）", size=SMALL, color=PALE_INK, labelpad=2)
    axes.grid(axis="x", color=RULE, linewidth=0.5)
    axes.set_axisbelow(True)
    for name, spine in axes.spines.items():
        spine.set_visible(name == "left")
        spine.set_color(PALE_INK)


def _line(axes: Axes, row: int, values: Sequence[tuple[Account, Decimal]], compared: Compared) -> None:
    """Draws one function: its dots, the tick of its median, its outliers as squares with their numbers."""
    numbers = {one.account.id: number for number, one in enumerate(compared.outliers, start=1)}
    for at, (account, value) in enumerate(values):
        y = row + ((at * _STEP) % 1 - 0.5) * _SPREAD
        number = numbers.get(account.id)
        if number is None:
            axes.plot(float(value), y, "o", color=_DOT, alpha=0.6, markersize=3.2, markeredgewidth=0)
            continue
        axes.plot(float(value), y, "s", color=_OUTLIER, markersize=5.5, markeredgecolor=INK, markeredgewidth=0.6)
        if number <= MOST_NUMBERED:
            beside: dict[str, Any] = {"textcoords": "offset points", "va": "center_baseline", "size": SMALL}
            axes.annotate(str(number), (float(value), y), (5, 0), color=INK, **beside)
    if len(values) < _MEDIAN_OF:
        return
    middle = float(median(value for _, value in values))
    axes.plot([middle, middle], [row - 0.38, row + 0.38], color=INK, linewidth=1.4)


def _notes(compared: Compared) -> list[tuple[str, str]]:
    out = [
        *([f"{compared.unpublished}个没有公布或没有在职人数"] if compared.unpublished else []),
        *([f"{compared.doubtful}个数字存疑"] if compared.doubtful else []),
        *([f"{compared.zero}个为零"] if compared.zero else []),
    ]
    left = f"未画出：{'、'.join(out)}。" if out else ""
    called = f"方块为异常值（编号见下表），竖线为本领域中位数（三个部门起）；同领域不足{LEAST}个的，与全部部门比较。"
    return [(called, PALE_INK), *([(left, PALE_INK)] if left else [])]

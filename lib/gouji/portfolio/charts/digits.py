"""Draws digits as bars beside their expected shares."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from gouji.memo.charts.canvas import INK, PALE_INK, RULE, WIDTH, new_page, saying
from gouji.memo.charts.lettering import SMALL, TEXT
from gouji.memo.fonts import chinese_font, chinese_style
from gouji.portfolio.digits import LEAST, DigitTest

_TITLE = "表中金额的首位和末位数字"
_BAR, _PLOT, _GAP = "#b9cbdc", 1.9, 0.55


def digit_bars(tests: Sequence[DigitTest]) -> Figure:
    """Draws a panel per test: shares in percent, the expected ones as dots on a line."""
    if not all(test.enough for test in tests):
        fewest = min(test.number for test in tests)
        return saying(_TITLE, f"只有{fewest}个数字，不足{LEAST}个，不作检验")
    page = new_page(_TITLE, [("柱为实际所占百分比，圆点连线为期望值。", PALE_INK)], 0.5, _PLOT)
    with chinese_style():
        box = page.axes.get_position()
        page.axes.remove()
        width = (box.width - _GAP / WIDTH * (len(tests) - 1)) / len(tests)
        for number, test in enumerate(tests):
            left = box.x0 + number * (width + _GAP / WIDTH)
            _panel(page.figure.add_axes((left, box.y0, width, box.height - 0.08)), test)
    return page.figure


def _panel(axes: Axes, test: DigitTest) -> None:
    digits = [one.digit for one in test.digits]
    axes.bar(digits, [100 * one.number / test.number for one in test.digits], color=_BAR, edgecolor=INK, linewidth=0.5)
    expected = [float(100 * one.expected / test.number) for one in test.digits]
    axes.plot(digits, expected, "o-", color="#c0510b", markersize=3.5, linewidth=1.2)
    axes.set_title(f"{test.title}，{test.number:,}个数字", size=TEXT, color=INK, loc="left", pad=4)
    axes.set_xticks(digits)
    axes.tick_params(labelsize=SMALL, labelcolor=PALE_INK, color=RULE, labelfontfamily=chinese_font())
    axes.set_ylabel("%", size=SMALL, color=PALE_INK, rotation=0, labelpad=6)
    for name, spine in axes.spines.items():
        spine.set_visible(name in ("left", "bottom"))
        spine.set_color(PALE_INK)

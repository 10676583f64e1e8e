"""Draws rules by department as a map; by region where departments are too many, by family where rules are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import matplotlib
import numpy as np
from matplotlib.figure import Figure

from gouji.memo.charts.canvas import INK, PALE_INK, new_page, saying
from gouji.memo.charts.lettering import SMALL, TEXT, shorten, text_width
from gouji.memo.fonts import chinese_style
from gouji.portfolio.families import families, family
from gouji.portfolio.model import Account, Portfolio

_TITLE = "各部门最近一年的发现"
#: Readable number of columns. With more departments, regions are shown; with more regions, those with most findings.
MOST = 36
_ROW, _LABELS, _TALLEST_NAME = 0.26, 1.55, 1.7
#: One tone from light to dark, readable without colours too.
_TONES = "Blues"


@dataclass(frozen=True)
class Map:
    """Numbers by family (rows) and department or region (columns)."""

    columns: tuple[str, ...]
    rows: tuple[str, ...]
    numbers: tuple[tuple[int, ...], ...]
    percent: bool
    note: str


def heat_map(portfolio: Portfolio) -> Figure:
    """Draws the map, darker where there are more findings."""
    map_ = numbers(portfolio)
    if not map_.columns:
        return saying(_TITLE, "没有发现")
    names = max(text_width(name, SMALL) for name in map_.columns)
    deep = min(_TALLEST_NAME, names) + 0.05
    page = new_page(_TITLE, [(map_.note, PALE_INK)], _LABELS, _ROW * len(map_.rows) + deep)
    with chinese_style():
        share = _ROW * len(map_.rows) / (_ROW * len(map_.rows) + deep)
        box = page.axes.get_position()
        page.axes.set_position((box.x0, box.y0 + box.height * (1 - share), box.width, box.height * share))
        _draw(page.axes, map_, page.width)
    return page.figure


def numbers(portfolio: Portfolio) -> Map:
    """Returns the values of the map: findings of each department, or the percentage of a region's departments with a
    finding."""
    faulty = [account for account in portfolio.last if any(one.open for one in account.findings)]
    single = len(faulty) <= MOST
    groups = {_unique_name(one, portfolio.last): [one] for one in faulty} if single else _regions(portfolio.last)
    order = sorted(groups, key=lambda name: -_weight(groups[name], single))
    columns = order[:MOST]
    rows = [name for name in families() if any(_number(groups[column], name, single) for column in columns)]
    counted = tuple(tuple(_number(groups[column], name, single) for column in columns) for name in rows)
    return Map(tuple(columns), tuple(rows), counted, not single, _note(portfolio, faulty, order, single))


def _note(portfolio: Portfolio, faulty: Sequence[Account], order: Sequence[str], single: bool) -> str:
    if single:
        clean = len(portfolio.last) - len(faulty)
        return f"格中为发现的项数，按合计从多到少；没有发现的{clean}个部门未列。"
    more = f"；仅列{MOST}个地区，其余{len(order) - MOST}个未列" if len(order) > MOST else ""
    return f"{len(portfolio.last)}个部门按地区合并：格中为有此类发现的部门所占百分比，括号内为部门数{more}。"


def _regions(accounts: Sequence[Account]) -> dict[str, list[Account]]:
    groups: dict[str, list[Account]] = {}
    for account in accounts:
        groups.setdefault(account.region or account.region_code or "未注明地区", []).append(account)
    return {f"{name}（{len(group)}）": group for name, group in groups.items()}


def _unique_name(account: Account, among: Sequence[Account]) -> str:
    """Returns a department's name, with its region where another has the same name."""
    alike = Counter(one.department for one in among)[account.department] > 1
    return f"{account.department}（{account.region or account.region_code}）" if alike else account.department


def _weight(group: Sequence[Account], single: bool) -> float:
    found = sum(one.open for account in group for one in account.findings)
    return found if single else found / len(group)


def _number(group: Sequence[Account], name: str, single: bool) -> int:
    counted = [sum(one.open and family(one.rule) == name for one in account.findings) for account in group]
    return sum(counted) if single else round(100 * sum(map(bool, counted)) / len(group))


def _draw(axes: matplotlib.axes.Axes, map_: Map, width: float) -> None:
    values = np.array(map_.numbers)
    axes.imshow(values, cmap=_TONES, aspect="auto", vmin=0, vmax=max(1, int(values.max())), interpolation="nearest")
    axes.set_yticks(range(len(map_.rows)), map_.rows, size=TEXT, color=INK)
    columns = [shorten(name, SMALL, _TALLEST_NAME) for name in map_.columns]
    axes.set_xticks(range(len(columns)), columns, rotation=90, size=SMALL, color=INK)
    axes.tick_params(length=0)
    axes.set_xticks(np.arange(0.5, len(columns) - 1), minor=True)
    axes.set_yticks(np.arange(0.5, len(map_.rows) - 1), minor=True)
    axes.grid(which="minor", color="white", linewidth=1.0)
    axes.tick_params(which="minor", length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    size = min(SMALL, 72 * width / len(columns) / 1.9)
    for (row, column), value in np.ndenumerate(values):
        if value:
            colour = "white" if value > 0.55 * values.max() else INK
            axes.text(column, row, str(value), size=size, color=colour, ha="center", va="center_baseline")

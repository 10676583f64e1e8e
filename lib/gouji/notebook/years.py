"""Shows several years of a department, and the documents it was compared with."""

from __future__ import annotations

import html

import pandas as pd

from gouji.auditing import Audit
from gouji.companions import ROLE_NAMES
from gouji.notebook.in_words import chosen_findings
from gouji.notebook.reviewed import matters_of
from gouji.notebook.view import View, framed
from gouji.trends import Point, given, series

_FAMILY = "years"


def compared_with(department: Audit) -> View:
    """Shows, in one line, the documents that the account was compared with, and whether an earlier year was missing."""
    beside = department.companions
    several = {"subordinates": beside.subordinates, "earlier_years": beside.earlier_years}
    found = {role: (one,) if (one := getattr(beside, role)) else () for role in ("prior", "budget")} | several
    lines = [
        f"{ROLE_NAMES[role]}：{'、'.join(each.document.name for each in all_)}" for role, all_ in found.items() if all_
    ]
    if not (found["prior"] or found["earlier_years"]):
        lines.append(
            "没有给出以前年度的决算（参数 prior、earlier_years），上年数由本年所述“与上年相比”的增减推算，不是公布数"
        )
    said = f"{'；'.join(lines)}。"
    return View(said, f"<p>{html.escape(said)}</p>")


def trends(department: Audit) -> View:
    """Shows the years of each quantity beside each other (万元), and the change over the last year."""
    found = series(department)
    if not found:
        return View("没有可以列示的年度。", "<p>没有可以列示的年度。</p>")
    years = list(found[0].points)
    implied = {year for year in years if year not in given(department)}
    frame = pd.DataFrame({"项目（万元）": [one.title for one in found]})
    for year in years:
        frame[f"{year}年{'（推算）' if year in implied else ''}"] = [
            _format_point(one.points[year], year in implied) for one in found
        ]
    if len(years) > 1:
        frame["最近一年增减"] = [_change(one.points[years[-2]], one.points[years[-1]]) for one in found]
    return framed(frame)


def _format_point(point: Point, implied: bool) -> str:
    if point.value is None:
        return "未述及" if implied else "未公布"
    return f"{point.value:.2f}" + ("【断点】" if point.broken else "")


def _change(before: Point, now: Point) -> str:
    if before.value is None or now.value is None:
        return ""
    change = now.value - before.value
    if not change:
        return "持平"
    rate = f"（{change / before.value * 100:+.2f}%）" if before.value else ""
    return f"{change:+.2f}{rate}"


def year_checks(department: Audit) -> View:
    """Shows every comparison with another document, and its outcome."""
    matters = matters_of(department.review.of([_FAMILY]))
    return framed(matters[["结果", "审阅内容", "对象", "说明", "依据"]])


def year_findings(department: Audit) -> View:
    """Shows the questions that comparisons raise, in words."""
    return chosen_findings(department, _FAMILY)

"""Draws findings by family of rules and severity."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from matplotlib.figure import Figure

from gouji.findings.finding import SEVERITIES, SEVERITY_NAMES
from gouji.memo.charts.canvas import PALE_INK, BarPart, BarRow, Fill, bars, saying
from gouji.portfolio.families import families, family
from gouji.portfolio.model import Portfolio

_FILLS = {
    SEVERITY_NAMES["error"]: Fill("#35506b"),
    SEVERITY_NAMES["question"]: Fill("#d98c2b", "////"),
    SEVERITY_NAMES["note"]: Fill("#ffffff", "...."),
}
_TITLE = "各部门最近一年的发现，按规则类别"


def findings_by_family(portfolio: Portfolio) -> Figure:
    """Draws a bar per family, the most frequent first, with the number of departments that have any."""
    found = [(account.key, one) for account in portfolio.last for one in account.findings if one.open]
    if not found:
        return saying(_TITLE, "没有发现")
    counted = Counter((family(one.rule), one.severity) for _, one in found)
    having = {name: len({key for key, one in found if family(one.rule) == name}) for name in families()}
    order = sorted(families(), key=lambda name: -sum(counted[name, severity] for severity in SEVERITIES))
    rows = [_row(name, counted, having[name]) for name in order if having[name]]
    none = [name for name in order if not having[name]]
    notes = [(f"没有发现的类别：{'、'.join(none)}。", PALE_INK)] if none else []
    return bars(_TITLE, "发现（项）", rows, _FILLS, notes, whole=True)


def _row(name: str, counted: Counter[tuple[str, str]], having: int) -> BarRow:
    parts = tuple(BarPart(SEVERITY_NAMES[severity], Decimal(counted[name, severity])) for severity in SEVERITIES)
    return BarRow(name, parts, f"{sum(part.value for part in parts)}项，{having}个部门")

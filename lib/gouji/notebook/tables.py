"""Shows one of the nine tables: as printed, with its identities, and as a chart."""

from __future__ import annotations

import html
from collections.abc import Callable

import pandas as pd
from IPython.display import Image
from matplotlib.figure import Figure

from gouji.auditing import Audit
from gouji.checks.check import VERDICT_NAMES
from gouji.intervals import Verdict
from gouji.memo.charts import to_png
from gouji.memo.excerpt import TableExcerpt, table_marks, whole_table
from gouji.memo.tallies import STATUS_NAMES
from gouji.notebook.view import View, cell, framed, under

_STYLES = {
    "suspect": "background:#fbe3e1;outline:2px solid #a4161a",
    "asked": "background:#e3eef6",
    "touched": "background:#fff6cc;outline:1px dashed #8a5a00",
}
_VERDICT_ORDER = ["不符", "未填列", "未核对", "尾差", "一致"]


def printed(department: Audit, key: str) -> View:
    """Shows a table as printed, with questionable cells marked."""
    excerpt = whole_table(key, department, table_marks(key, department))
    if not excerpt.rows:
        status = STATUS_NAMES[department.facts.tables[key].status]
        return View(f"{excerpt.caption}：{status}", f"<p>{html.escape(excerpt.caption)}：{status}</p>")
    return View(_excerpt_text(excerpt), _excerpt_html(excerpt))


def forms(department: Audit) -> View:
    """Shows the tables beyond the nine and the annexed self-evaluation forms: each as printed, with its identities."""
    tables = department.facts.beyond()
    if not tables:
        return View("没有绩效自评表。", "<p>没有绩效自评表。</p>")
    shown = [under(table.label, printed(department, table.key), checks(department, table.key)) for table in tables]
    return View("\n\n".join(one.text for one in shown), "".join(one.markup for one in shown))


def checks(department: Audit, key: str) -> View:
    """Shows the identities on a table's figures: both sides, difference, verdict, basis; violated ones first.

    Identities that lack a side are left out, unless that side should have been filled in.
    """
    frame = department.checks.to_frame(key)
    chosen = frame[(frame["verdict"] != Verdict.UNBOUND.value) | frame["omitted"]]
    verdicts = [
        "未填列" if omitted else VERDICT_NAMES[Verdict(verdict)]
        for verdict, omitted in zip(chosen["verdict"], chosen["omitted"], strict=True)
    ]
    view = pd.DataFrame(
        {
            "判定": verdicts,
            "勾稽关系": chosen["title"].tolist(),
            "位置": chosen["scope"].tolist(),
            "代入": chosen["identity"].tolist(),
            "左方": chosen["left"].tolist(),
            "右方": chosen["right"].tolist(),
            "差额": chosen["difference"].tolist(),
            "依据": chosen["basis"].tolist(),
        }
    )
    order = view["判定"].map(_VERDICT_ORDER.index)
    return framed(view.iloc[order.argsort(kind="stable")].fillna(""))


def chart(draw: Callable[[Audit], Figure], department: Audit) -> Image:
    """Shows a chart of `gouji.memo.charts` as a picture."""
    return Image(data=to_png(draw(department)))  # type: ignore[no-untyped-call]


def _excerpt_text(excerpt: TableExcerpt) -> str:
    lines = [excerpt.caption]
    for row in excerpt.rows:
        lines.append(" | ".join(f"【{cell.text or '空'}】" if cell.mark else cell.text for cell in row))
    return "\n".join(lines)


def _excerpt_html(excerpt: TableExcerpt) -> str:
    rows = []
    for row in excerpt.rows:
        cells = []
        for one in row:
            cells.append(cell(one.text, "th" if one.header else "td", one.colspan, _STYLES.get(one.mark, "")))
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table><caption>{html.escape(excerpt.caption)}</caption>{''.join(rows)}</table>"

"""Shows the document: what was read, how far it was checked, the results, and the outputs of the run."""

from __future__ import annotations

import html

import pandas as pd

from gouji.auditing import Audit
from gouji.checks.check import VERDICT_NAMES
from gouji.document.model import BlockKind
from gouji.facts.shown import shown_text
from gouji.memo.content import conclusion
from gouji.memo.marked import why_unchecked
from gouji.memo.tallies import STATUS_NAMES
from gouji.notebook.view import View, framed
from gouji.runs.outputs import write_outputs

_KIND_NAMES = {BlockKind.HEADING: "标题", BlockKind.PARAGRAPH: "段落", BlockKind.TABLE: "表格"}


def reading(department: Audit) -> View:
    """Shows what was read, one row for each of the nine tables."""
    rows = [
        {
            "表": table.name,
            "编号": table.label if table.label != table.name else "",
            "标题": table.title,
            "识别情况": STATUS_NAMES[table.status],
            "单位": table.unit,
            "数字": sum(fact.concept.table == key and fact.figure.printed for fact in department.facts),
            "空格": sum(fact.concept.table == key and fact.blank for fact in department.facts),
        }
        for key, table in department.facts.tables.items()
    ]
    return framed(pd.DataFrame(rows))


def remarks(department: Audit) -> View:
    """Shows remarks on the reading: pages, rows or sheets not read, changes accepted, text recognised."""
    return framed(pd.DataFrame({"读取情况": department.document.anomalies}))


def blocks(department: Audit, first: int = 40) -> View:
    """Shows the document's first blocks as read: kind, line, section, beginning of the text."""
    frame = department.document.to_frame().head(first)
    rows = {
        "块": frame["index"],
        "类型": [_KIND_NAMES[BlockKind(kind)] for kind in frame["kind"]],
        "行": frame["line"],
        "章节": frame["section"],
        "内容": [text[:36] + ("…" if len(text) > 36 else "") for text in frame["text"]],
    }
    return framed(pd.DataFrame(rows))


def coverage(department: Audit) -> View:
    """Shows the outcomes of all rule instances, in numbers."""
    count = department.checks.count()
    rows = [{"结果": VERDICT_NAMES[verdict], "勾稽数": number} for verdict, number in count.items()]
    return framed(pd.DataFrame(rows))


def unconstrained(department: Audit) -> View:
    """Shows the printed figures that no check touches, and why."""
    rows = [
        {"位置": fact.named, "公布": shown_text(fact), "原因": why_unchecked(fact, department.checks)}
        for fact in department.checks.unconstrained()
    ]
    return framed(pd.DataFrame(rows, columns=["位置", "公布", "原因"]))


def summary(department: Audit) -> View:
    """Shows the memo's conclusion."""
    text = conclusion(department)
    return View(text, f"<p><strong>{html.escape(department.title)}</strong></p><p>{html.escape(text)}</p>")


def leave(department: Audit, write: bool) -> View:
    """Writes the run's outputs into the folder that the parameters name, and lists them. Without `write`, only says
    so."""
    folder = department.parameters.out_path()
    if not write or folder is None:
        return View(
            "未写出文件（write 为 False 或参数未指定 out）。", "<p>未写出文件（write 为 False 或参数未指定 out）。</p>"
        )
    names = [path.name for path in write_outputs(department, folder)]
    return framed(pd.DataFrame({"文件": names}))

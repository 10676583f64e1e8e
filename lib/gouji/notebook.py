"""What the notebooks call: one function per thing shown. They show; everything they show is computed elsewhere."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from IPython.display import Image
from matplotlib.figure import Figure

from gouji.audit import Audit, audit
from gouji.checks.check import VERDICT_NAMES
from gouji.errors import UnusableInputError
from gouji.facts.fact import Fact, Part
from gouji.facts.narrative.read import is_annex
from gouji.findings.finding import SEVERITY_NAMES, Finding, repair_text, shown_text
from gouji.intervals import Verdict
from gouji.memo.charts import to_png
from gouji.memo.excerpt import TableExcerpt, table_marks, whole_table
from gouji.memo.html import STATUS_NAMES, conclusion
from gouji.memo.marked import Mark, MarkedParagraph, Piece, mark_of, marked_paragraphs, why_unconstrained
from gouji.memo.outputs import write_outputs
from gouji.parameters import Parameters, nearest

#: The parameters every notebook takes.
PARAMETERS = ("params", "source", "write")

_COLOURS = {"error": "#fbe3e1", "question": "#fdf1d3", "note": "#e3eef6", "touched": "#fff6cc"}


_SIGNS = {
    Mark.VERIFIED: "✓",
    Mark.ROUNDING: "≈",
    Mark.CONFLICT: "✗",
    Mark.OPPOSED: "△",
    Mark.UNCONSTRAINED: "○",
}
_MARKED = {
    Mark.VERIFIED: "background:#e4f3e6",
    Mark.ROUNDING: "background:#fff6cc",
    Mark.CONFLICT: "background:#fbe3e1;outline:1px solid #a4161a",
    Mark.OPPOSED: "background:#fdf1d3",
    Mark.UNCONSTRAINED: "background:#eeeeee",
}
#: Up to this many characters a cell is kept on one line.
_SHORT = 12
_VERDICT_ORDER = ["不符", "未填列", "未核对", "尾差", "一致"]


@dataclass(frozen=True, slots=True)
class View:
    """Something to look at: HTML in the browser, the same in text elsewhere. Both are deterministic."""

    text: str
    markup: str

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return self.markup


def begin(namespace: Mapping[str, Any]) -> Audit:
    """Audits the department a notebook's parameters name (call it with `globals()`).

    Raises UnusableInputError for a parameter no notebook has, with the nearest valid name: papermill only warns of it.
    """
    given = {name: value for name, value in namespace.items() if _is_parameter(name, value)}
    for name in given:
        if name not in PARAMETERS:
            near = nearest(name, list(PARAMETERS))
            hint = f"是否为 {near}？" if near else f"可用：{'、'.join(PARAMETERS)}"
            raise UnusableInputError("笔记本参数", f"未知参数 {name}，{hint}")
    params = str(given.get("params") or "")
    parameters = Parameters.load(find(params)) if params else Parameters()
    source = str(given.get("source") or "")
    return audit(find(source) if source else None, parameters)


def find(path: str) -> Path:
    """A path relative to the working folder or to a folder above it: notebooks run from theirs and from the project."""
    relative = Path(path)
    folders = [Path.cwd(), *Path.cwd().parents]
    return next((folder / relative for folder in folders if (folder / relative).exists()), relative)


def _is_parameter(name: str, value: object) -> bool:
    plain = isinstance(value, str | int | float | bool | list | dict | None)
    return plain and not name.startswith("_") and name not in {"In", "Out", "exit", "quit", "get_ipython", "open"}


def reading(department: Audit) -> View:
    """What was read: one row per of the nine tables."""
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
    return _frame(pd.DataFrame(rows))


def blocks(department: Audit, first: int = 40) -> View:
    """The document's first blocks as read: kind, line, section, beginning of the text."""
    frame = department.document.to_frame().head(first)
    return _frame(frame.assign(内容=[text[:36] + ("…" if len(text) > 36 else "") for text in frame["内容"]]))


def coverage(department: Audit) -> View:
    """Outcomes of all rule instances, in numbers."""
    count = department.checks.count()
    rows = [{"结果": VERDICT_NAMES[verdict], "勾稽数": number} for verdict, number in count.items()]
    return _frame(pd.DataFrame(rows))


def unconstrained(department: Audit) -> View:
    """The printed figures that no check touches, and why."""
    rows = [
        {"位置": fact.named, "公布": shown_text(fact), "原因": why_unconstrained(fact, department.checks)}
        for fact in department.checks.unconstrained()
    ]
    return _frame(pd.DataFrame(rows, columns=["位置", "公布", "原因"]))


def printed(department: Audit, key: str) -> View:
    """A table as printed, questionable cells marked."""
    excerpt = whole_table(key, department, table_marks(key, department))
    if not excerpt.rows:
        status = STATUS_NAMES[department.facts.tables[key].status]
        return View(f"{excerpt.caption}：{status}", f"<p>{html.escape(excerpt.caption)}：{status}</p>")
    return View(_excerpt_text(excerpt), _excerpt_html(excerpt))


def checks(department: Audit, key: str) -> View:
    """The identities on a table's figures: both sides, difference, verdict, basis; violated first. Those that lack a
    side are left out, unless that side should have been filled in."""
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
    return _frame(view.iloc[order.argsort(kind="stable")].fillna(""))


def statements(department: Audit, annex: bool = False) -> View:
    """Every figure read from the narrative (or the annexed reports), with what became of it."""
    rows = [
        {
            "位置": fact.where,
            "说的是": fact.row_name,
            "是什么": fact.column_name or "文字表述",
            "公布": shown_text(fact),
            "对应": _counterpart(department, fact),
            "结果": mark_of(fact, department).value,
        }
        for fact in department.facts.statements()
        if is_annex(department.document.blocks[fact.block].section) == annex
    ]
    return _frame(pd.DataFrame(rows, columns=["位置", "说的是", "是什么", "公布", "对应", "结果"]))


def marked(department: Audit, annex: bool = False) -> View:
    """The text of the narrative (or the annexed reports) with every figure marked by what became of it."""
    found = marked_paragraphs(department, annex)
    legend = "　".join(f"{_SIGNS[mark]}{mark.value}" for mark in Mark)
    text = "\n".join([legend, *map(_marked_text, found)])
    return View(text, f"<p>{legend}</p>{''.join(map(_marked_html, found))}")


def _marked_text(paragraph: MarkedParagraph) -> str:
    said = "".join(f"{piece.text}{_SIGNS[piece.mark] if piece.mark else ''}" for piece in paragraph.pieces)
    reasons = _reasons(paragraph)
    return f"{paragraph.where}　{said}" + (f"\n    （{reasons}）" if reasons else "")


def _reasons(paragraph: MarkedParagraph) -> str:
    """Why figures of a paragraph could not be checked: each reason with its figures."""
    reasons: dict[str, list[str]] = {}
    for piece in paragraph.pieces:
        if piece.reason:
            reasons.setdefault(piece.reason, []).append(piece.text)
    return "；".join(f"{'、'.join(dict.fromkeys(texts))}：{reason}" for reason, texts in reasons.items())


def _marked_html(paragraph: MarkedParagraph) -> str:
    said = "".join(_piece_html(piece) for piece in paragraph.pieces)
    reasons = _reasons(paragraph)
    small = f"<br><small>○ {html.escape(reasons)}</small>" if reasons else ""
    return f"<p><strong>{html.escape(paragraph.where)}</strong>　{said}{small}</p>"


def _piece_html(piece: Piece) -> str:
    text = html.escape(piece.text)
    if piece.mark is None:
        return text
    title = html.escape(f"{piece.mark.value}{'：' if piece.reason else ''}{piece.reason}", quote=True)
    return f'<span title="{title}" style="{_MARKED[piece.mark]}">{text}<sup>{_SIGNS[piece.mark]}</sup></span>'


def chart(draw: Callable[[Audit], Figure], department: Audit) -> Image:
    """A chart of `gouji.memo.charts` as a picture."""
    return Image(data=to_png(draw(department)))  # type: ignore[no-untyped-call]


def findings(department: Audit, key: str = "") -> View:
    """The findings in words: those that concern table `key` (or `narrative`, or `annex`), all where it is empty."""
    chosen = department.findings.findings
    if key in ("narrative", "annex"):
        annexed = key == "annex"
        chosen = tuple(one for one in department.findings.in_narrative() if _is_in_annex(one, department) == annexed)
    elif key:
        chosen = department.findings.in_table(key)
    return _findings(chosen)


def _is_in_annex(finding: Finding, department: Audit) -> bool:
    said = [fact for fact in finding.suspects if fact.part is Part.NARRATIVE]
    return is_annex(department.document.blocks[said[0].block].section)


def form_findings(department: Audit) -> View:
    """The findings about how tables are filled in."""
    chosen = [finding for finding in department.findings.findings if finding.rule.startswith("form.")]
    return _findings(chosen)


def summary(department: Audit) -> View:
    """The memo's conclusion."""
    text = conclusion(department)
    return View(text, f"<p><strong>{html.escape(department.title)}</strong></p><p>{html.escape(text)}</p>")


def leave(department: Audit, write: bool) -> View:
    """Writes the run's outputs into the folder the parameters name, and lists them; only says so where not `write`."""
    folder = department.parameters.out_path()
    if not write or folder is None:
        return View(
            "未写出文件（write 为 False 或参数未指定 out）。", "<p>未写出文件（write 为 False 或参数未指定 out）。</p>"
        )
    names = [path.name for path in write_outputs(department, folder)]
    return _frame(pd.DataFrame({"文件": names}))


def _findings(chosen: Sequence[Finding]) -> View:
    if not chosen:
        return View("本步没有发现。", "<p>本步没有发现。</p>")
    return View("\n\n".join(map(_finding_text, chosen)), "".join(map(_finding_html, chosen)))


def _counterpart(department: Audit, fact: Fact) -> str:
    """The cell of the tables that states the same quantity; "" where the tables do not print it."""
    cells = [department.facts.get(target.table, target.row, target.column) for target in fact.target]
    return next((cell.where for cell in cells if cell), "")


def _frame(frame: pd.DataFrame) -> View:
    if frame.empty:
        return View("（无）", "<p>（无）</p>")
    head = "".join(f'<th style="text-align:left">{html.escape(str(name))}</th>' for name in frame.columns)
    rows = ["".join(_td(str(value)) for value in row) for row in frame.itertuples(index=False)]
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return View(frame.to_string(index=False), f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")


def _td(text: str, tag: str = "td", colspan: int = 1, style: str = "") -> str:
    """A cell: numbers to the right, words to the left, short words unbroken."""
    number = text[:1].isdigit() or text[:1] in {"-", "−"}
    align = "center" if tag == "th" else ("right" if number else "left")
    wrap = "white-space:nowrap;" if len(text) <= _SHORT else ""
    return f'<{tag} colspan="{colspan}" style="text-align:{align};{wrap}{style}">{html.escape(text)}</{tag}>'


def _excerpt_text(excerpt: TableExcerpt) -> str:
    lines = [excerpt.caption]
    for row in excerpt.rows:
        lines.append(" | ".join(f"【{cell.text or '空'}】" if cell.mark else cell.text for cell in row))
    return "\n".join(lines)


def _excerpt_html(excerpt: TableExcerpt) -> str:
    rows = []
    for row in excerpt.rows:
        cells = []
        for cell in row:
            style = f"background:{_COLOURS[cell.mark]};outline:2px solid #a4161a" if cell.mark else ""
            cells.append(_td(cell.text, "th" if cell.header else "td", cell.colspan, style))
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table><caption>{html.escape(excerpt.caption)}</caption>{''.join(rows)}</table>"


def _finding_text(finding: Finding) -> str:
    repair = repair_text(finding)
    lines = [f"[{SEVERITY_NAMES[finding.severity]}] {finding.id} {finding.title}", f"  {finding.message}"]
    return "\n".join([*lines, f"  建议核对：{repair}"] if repair else lines)


def _finding_html(finding: Finding) -> str:
    repair = repair_text(finding)
    basis = "；".join(basis.citation for basis in finding.basis)
    return (
        f"<h4>{SEVERITY_NAMES[finding.severity]}　{html.escape(finding.title)}　<small>{finding.id}</small></h4>"
        f"<p>{html.escape(finding.message)}</p>"
        + (f"<p>建议核对：{html.escape(repair)}</p>" if repair else "")
        + f"<p><small>依据：{html.escape(basis)}</small></p>"
    )

"""Shows the narrative and the annexed reports: their figures, and their text with every figure marked."""

from __future__ import annotations

import html

import pandas as pd

from gouji.auditing import Audit
from gouji.facts.fact import Fact
from gouji.facts.narrative.read import is_annex
from gouji.facts.shown import shown_text
from gouji.memo.marked import Mark, MarkedParagraph, Piece, mark_of, marked_paragraphs
from gouji.notebook.view import View, framed

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


def statements(department: Audit, annex: bool = False) -> View:
    """Shows every figure read from the narrative (or the annexed reports), with the outcome of its checks."""
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
    return framed(pd.DataFrame(rows, columns=["位置", "说的是", "是什么", "公布", "对应", "结果"]))


def marked(department: Audit, annex: bool = False) -> View:
    """Shows the text of the narrative (or the annexed reports), with every figure marked by the outcome of its
    checks."""
    found = marked_paragraphs(department, annex)
    legend = "　".join(f"{_SIGNS[mark]}{mark.value}" for mark in Mark)
    text = "\n".join([legend, *map(_marked_text, found)])
    return View(text, f"<p>{legend}</p>{''.join(map(_marked_html, found))}")


def _counterpart(department: Audit, fact: Fact) -> str:
    """Returns the table cell that states the same quantity; "" where the tables do not print it."""
    cells = [department.facts.get(target.table, target.row, target.column) for target in fact.target]
    return next((cell.where for cell in cells if cell), "")


def _marked_text(paragraph: MarkedParagraph) -> str:
    said = "".join(f"{piece.text}{_SIGNS[piece.mark] if piece.mark else ''}" for piece in paragraph.pieces)
    reasons = _reasons(paragraph)
    return f"{paragraph.where}　{said}" + (f"\n    （{reasons}）" if reasons else "")


def _reasons(paragraph: MarkedParagraph) -> str:
    """Returns why figures of a paragraph could not be checked: each reason with its figures."""
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

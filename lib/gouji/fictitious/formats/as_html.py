"""Writes any Document as a web page, so that text can be read again from a page."""

from __future__ import annotations

from html import escape
from itertools import groupby
from pathlib import Path

from gouji.document.model import Block, Cell, Document, Grid
from gouji.fictitious.formats.as_xlsx import merges

_PAGE = """<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}">
<title>决算公开_某县人民政府（虚构）</title>
<style>td {{ border: 1px solid }} .p404 {{ color: red }}</style><script>var n = 404; if (n < 5) {{ }}</script></head>
<body><div class="header" style="display: none">2099年隐藏内容</div>
<header><nav><a href="/">首页</a> &gt; <a href="/x">政务公开</a></nav></header>
<table width="100%"><tr><td><table><tr><td>
<div class="TRS_Editor">
{content}
</div>
</td></tr></table></td><td></td></tr><tr><td></td></tr></table>
<footer>网站标识码：4300000000</footer></body></html>
"""


def to_html(document: Document, path: Path, encoding: str = "gb18030") -> None:
    """Writes paragraphs as paragraphs and tables as tables with merged cells and paragraphs in cells, all of it inside
    layout tables."""
    content = "\n".join(_element(block) for block in document.blocks)
    path.write_bytes(_PAGE.format(encoding=encoding, content=content).encode(encoding))


def _element(block: Block) -> str:
    if block.grid is not None:
        return f'<div align="center"><table border="1">{_rows(block.grid)}</table></div>'
    half = len(block.text) // 2
    first, second = escape(block.text[:half]), escape(block.text[half:])
    later = f'<span style="font-family: 仿宋">{_spaced(second)}<o:p></o:p></span>'
    return f"<p>\n  &emsp;<span>{_spaced(first)}</span>{later}</p>"


def _rows(grid: Grid) -> str:
    merged = {(first, col): last - first + 1 for first, last, col, _ in merges(grid)}
    covered = {
        (row, col) for (first, col), count in merged.items() for row in range(first + 1, first + count) if count > 1
    }
    rows = [[cell for cell in row if (cell.row, cell.col) not in covered] for row in grid.rows]
    return "\n".join(
        "<tr>" + "".join(_cell(cell, merged.get((cell.row, cell.col), 1)) for cell in row) + "</tr>" for row in rows
    )


def _cell(cell: Cell, rows: int) -> str:
    spans = (f' colspan="{cell.colspan}"' if cell.colspan > 1 else "") + (f" rowspan={rows}" if rows > 1 else "")
    lines = "<br>".join(_spaced(escape(line)) for line in cell.text.split("\n"))
    return f'<td{spans} valign="middle"><p align="center"><span>{lines or "&nbsp;"}</span></p></td>'


def _spaced(text: str) -> str:
    """Returns runs of spaces as pages keep them."""
    parts = ("".join(run) for _, run in groupby(text, key=lambda char: char == " "))
    return "".join(part.replace(" ", "&nbsp;") if len(part) > 1 else part for part in parts)

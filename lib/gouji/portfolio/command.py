"""The command `gouji portfolio`: executes the notebook over a ledger and saves it as a page."""

from __future__ import annotations

import argparse
import webbrowser
from pathlib import Path
from typing import Any

from gouji.errors import UnusableInputError
from gouji.ledger.folder import require_ledger
from gouji.memo.embedded_font import FAMILY, font_face
from gouji.runs.run_notebooks import Notebooks, notebook_folder, run_notebooks
from gouji.runtime.atomic import write_whole
from gouji.runtime.usage import add_command

_NOTEBOOK = "30_portfolio.ipynb"
_TITLE = "各部门决算总览"
#: Puts the page's own font behind those that JupyterLab's style sheet names.
_FONTS = (
    f':root {{ --gouji: "Source Han Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "{FAMILY}"; '
    "--jp-ui-font-family: system-ui, var(--gouji), sans-serif; "
    "--jp-content-font-family: system-ui, var(--gouji), sans-serif; "
    "--jp-code-font-family: Menlo, Consolas, var(--gouji), monospace; "
    "--jp-code-font-family-default: var(--jp-code-font-family); }\n"
    "body { font-family: var(--jp-content-font-family); }"
)
_LEDGER = Path("out/ledger")


def add_portfolio(commands: Any) -> None:
    """Adds the command to a parser's."""
    told = "由台账生成总览：先去哪些部门，以及整改台账"
    command = add_command(commands, "portfolio", told, "--ledger out/ledger --open")
    command.add_argument("--ledger", type=Path, default=_LEDGER, help=f"台账的文件夹（默认 {_LEDGER}）")
    command.add_argument("--out", type=Path, default=Path("out/portfolio"), help="写到哪个文件夹（默认 %(default)s）")
    command.add_argument("--open", action="store_true", help="在浏览器中打开")


def run_portfolio(options: argparse.Namespace) -> int:
    """Runs the command."""
    require_ledger(options.ledger)
    out = options.out.resolve()
    given = {"ledger": str(options.ledger.resolve()), "out": str(out), "write": True}
    how = Notebooks((notebook_folder() / _NOTEBOOK,), workers=1)
    print(f"由台账 {options.ledger} 生成总览（部门多时约需一分钟）…", flush=True)
    run_notebooks(out, given, lambda done, number, name: None, how)
    page = out / "portfolio.html"
    print("转为网页 …", flush=True)
    write_whole(page, _as_page(out / _NOTEBOOK))
    print(f"总览：{options.out / page.name}")
    if options.open:
        webbrowser.open(page.as_uri())
    return 0


def _as_page(notebook: Path) -> str:
    """Returns the executed notebook as one HTML file, without its code. Raises UnusableInputError without nbconvert."""
    try:
        import nbformat
        from nbconvert import HTMLExporter
    except ImportError as error:
        raise UnusableInputError(str(notebook), "没有安装 nbconvert，不能转为网页", "请在 JupyterLab 中打开") from error
    exporter = HTMLExporter(exclude_input=True, exclude_input_prompt=True, exclude_output_prompt=True)  # type: ignore[no-untyped-call]
    executed = nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]
    executed.metadata["title"] = _TITLE
    page, _ = exporter.from_notebook_node(executed)
    return with_font(str(page))


def with_font(page: str) -> str:
    """Returns a page of nbconvert with the glyphs of its text inside, after the reader's own fonts."""
    style = f"<style>{font_face(page)}\n{_FONTS}</style></head>"
    return page.replace("</head>", style, 1)

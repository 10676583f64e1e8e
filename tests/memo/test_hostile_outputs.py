"""What a run leaves of a hostile account: everything a document says is text, in every output."""

# mypy: disable-error-code="arg-type,attr-defined,no-any-return,no-untyped-call,operator,union-attr"

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import nbformat
import openpyxl
import pypdf
import pytest
import yaml
from lxml import etree, html
from nbconvert import HTMLExporter

from gouji.cli import main
from gouji.runs.run_notebooks import Notebooks, notebook_folder, run_notebooks
from gouji.runtime.visible import file_name, no_formula, visible
from hostile.payload import DEPARTMENT, MARK, payload

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
_ACTIVE = ("script", "iframe", "frame", "object", "embed", "form", "base", "link", "img")
_NOTEBOOK = "10_narrative.ipynb"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "account.txt"
    path.write_bytes(payload())
    overrides = yaml.safe_dump({"overrides": {"department": DEPARTMENT}}, allow_unicode=True)
    path.with_name("p.yaml").write_text(overrides, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def ran(source: Path) -> tuple[Path, str]:
    """The folder of a run, and what it printed."""
    out = source.parent / "out"
    with pytest.MonkeyPatch.context() as patch:
        printed: list[str] = []
        patch.setattr("builtins.print", lambda *said, **_: printed.extend(map(str, said)))
        params = ["--params", str(source.with_name("p.yaml"))]
        assert main(["audit", str(source), "--no-notebooks", "--out", str(out), *params]) == 0
    return out, "\n".join(printed)


@pytest.fixture(scope="module")
def notebook(source: Path) -> nbformat.NotebookNode:
    """A notebook executed on the account."""
    target = source.parent / "notebooks"
    how = Notebooks((notebook_folder() / _NOTEBOOK,), warm=False)
    run_notebooks(
        target, {"params": str(source.with_name("p.yaml")), "source": str(source), "write": False}, lambda *_: None, how
    )
    return nbformat.read(target / _NOTEBOOK, as_version=4)


def test_nothing_steers_the_terminal(ran: tuple[Path, str]) -> None:
    assert "云溪县档案馆" in ran[1]
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", ran[1])


def test_the_memo_is_text(ran: tuple[Path, str]) -> None:
    page = html.fromstring((ran[0] / "memo.html").read_text(encoding="utf-8"))
    assert not list(page.iter(*_ACTIVE))
    assert not [name for element in page.iter() for name in element.attrib if str(name).startswith("on")]
    assert not [link for link in page.xpath("//@href | //@src") if not link.startswith("#")]
    policy = page.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert DEPARTMENT in page.xpath("string(//h1)")
    assert "‹U+202E›05.021" in page.text_content()
    assert "1337" not in page.text_content()


def test_papers_are_text(ran: tuple[Path, str]) -> None:
    for name in ("memo.docx", "evidence-sheets.docx"):
        with zipfile.ZipFile(ran[0] / name) as package:
            relations = b"".join(package.read(one) for one in package.namelist() if one.endswith(".rels"))
            body = etree.fromstring(package.read("word/document.xml"))
        assert b"External" not in relations
        assert DEPARTMENT in "".join(map(str, body.itertext()))
        assert not body.xpath("//*[local-name()='instrText'][contains(., 'cmd')]")
    paper = pypdf.PdfReader(BytesIO((ran[0] / "memo.pdf").read_bytes()))
    said = "".join(page.extract_text() for page in paper.pages)
    assert "<script>" in said.replace("\n", "")
    assert not any(name in (ran[0] / "memo.pdf").read_bytes() for name in (b"/JavaScript", b"/Launch", b"/URI"))


def test_working_papers_hold_no_formula_of_the_document(ran: tuple[Path, str]) -> None:
    path = ran[0] / "working-papers.xlsx"
    with zipfile.ZipFile(path) as package:
        assert not [name for name in package.namelist() if "externalLink" in name]
        relations = b"".join(package.read(one) for one in package.namelist() if one.endswith(".rels"))
        formulas = "".join(
            formula
            for one in package.namelist()
            if one.startswith("xl/worksheets/sheet")
            for formula in re.findall(r"<f>([^<]*)</f>", package.read(one).decode())
        )
    assert b"External" not in relations
    assert formulas
    assert not re.search(r"cmd|HYPERLINK|\||\[|1\+1", formulas)
    book = openpyxl.load_workbook(path)
    texts = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "s"]
    signed = [cell for cell in texts if str(cell.value).startswith(("=", "@"))]
    assert signed
    assert all(cell.quotePrefix for cell in signed)
    assert not [cell for cell in texts if "\u202e" in str(cell.value)]


def test_a_csv_holds_no_formula() -> None:
    formulas = ["=1+1", "+1+cmd|'/C calc'!A0", "-1+1", "@SUM(1)", "\t=1", " =1", "＝1+1"]
    assert [no_formula(one) for one in formulas] == [f"'{one}" for one in formulas]
    plain = ["-12.50", "+3", "-", "一、收入", "", 5, None, "12.5%"]
    assert [no_formula(one) for one in plain] == plain


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("..", "account"),
        ("...", "account"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("COM1", "_COM1"),
        ("a\x00b\x1b[2Jc", "a b [2Jc"),
        ("某局\u202efdp", "某局 fdp"),
        ("C:\\某局", "C-某局"),
        ("某局" * 200, "某局" * 40),
        ("某局. ", "某局"),
        ("", "account"),
    ],
)
def test_names_of_outputs_are_names(text: str, name: str) -> None:
    assert file_name(text) == name


def test_what_is_not_seen_is_written_out() -> None:
    assert visible("一\x1b[31m二\u202e三\n四\t五") == "一‹U+001B›[31m二‹U+202E›三\n四\t五"


def test_a_notebook_shows_text(notebook: nbformat.NotebookNode) -> None:
    shown = [
        output.data["text/html"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "data" in output and "text/html" in output.data
    ]
    assert any("&lt;svg" in one for one in shown)
    for one in shown:
        tree = html.fromstring(f"<div>{one}</div>")
        assert not list(tree.iter(*_ACTIVE))
        assert not [name for element in tree.iter() for name in element.attrib if str(name).startswith("on")]
        assert "\u202e" not in one
        assert "$" not in one or "mathjax_ignore" in one


def _loaded(browser: str, page: Path, folder: Path) -> str:
    """A page as it is once it has been loaded; nothing is fetched."""
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"]
    command += ["--host-resolver-rules=MAP * ~NOTFOUND", "--virtual-time-budget=2000", "--dump-dom", page.as_uri()]
    environment = {**os.environ, "HOME": str(folder)}
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=True, env=environment).stdout


@pytest.fixture(scope="module")
def browser() -> str:
    found = next((path for name in _BROWSERS if (path := shutil.which(name))), None)
    return found or pytest.skip("没有找到 Chromium：不能在浏览器中打开备忘录和笔记本")


def test_a_browser_that_runs_scripts_tells_of_it(browser: str, tmp_path: Path) -> None:
    """Without this the next test could not fail."""
    page = tmp_path / "page.html"
    page.write_text(f"<html><body>{DEPARTMENT}</body></html>", encoding="utf-8")
    assert MARK in _loaded(browser, page, tmp_path)


def test_a_browser_runs_nothing_of_the_document(
    browser: str, ran: tuple[Path, str], notebook: nbformat.NotebookNode, tmp_path: Path
) -> None:
    memo = _loaded(browser, ran[0] / "memo.html", tmp_path)
    assert "&lt;script&gt;" in memo
    assert MARK not in memo
    assert "<script" not in memo
    exporter = HTMLExporter()
    page, template = tmp_path / "notebook.html", tmp_path / "template.html"
    page.write_text(exporter.from_notebook_node(notebook)[0], encoding="utf-8")
    template.write_text(exporter.from_notebook_node(nbformat.v4.new_notebook())[0], encoding="utf-8")
    shown, empty = (_loaded(browser, one, tmp_path) for one in (page, template))
    assert "&lt;svg" in shown
    assert MARK not in shown
    assert shown.count("<script") == empty.count("<script")

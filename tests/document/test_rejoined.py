"""Sentences of Word documents and web pages that the end of a paragraph cuts before a figure."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree

from gouji import audit
from gouji.annotate import annotated_copies
from gouji.document.formats.web import read_content as read_page
from gouji.document.formats.word import read_content as read_word
from gouji.document.formats.word.names import w
from gouji.document.pieces import Line

#: Paragraphs, and those that they make.
CASES = {
    "before an amount": (
        ["支出300.00万元，其中：教育支出（类）", "250.00万元，占83.33%；住房保障支出（类）50.00万元，占16.67%。"],
        ["支出300.00万元，其中：教育支出（类）250.00万元，占83.33%；住房保障支出（类）50.00万元，占16.67%。"],
    ),
    "inside a figure": (["本年收入，合计2", "70.91万元，增长1.00%。"], ["本年收入，合计270.91万元，增长1.00%。"]),
    "before a unit": (["本年收入，合计270.91", "万元，增长1.00%。"], ["本年收入，合计270.91万元，增长1.00%。"]),
    "twice": (
        ["教育支出为", "5.00万元，住房支出为", "2.00万元，合计7.00万元。"],
        ["教育支出为5.00万元，住房支出为2.00万元，合计7.00万元。"],
    ),
    "in a numbered item": (
        ["1、行政运行（项）。年初预算为", "5.00万元，支出决算为4.00万元。"],
        ["1、行政运行（项）。年初预算为5.00万元，支出决算为4.00万元。"],
    ),
    "a heading is whole": (
        ["（一）支出合计", "270.91万元，增长1.00%。"],
        ["（一）支出合计", "270.91万元，增长1.00%。"],
    ),
    "so is a title": (["收入支出决算总表", "270.91万元，增长1.00%。"], ["收入支出决算总表", "270.91万元，增长1.00%。"]),
    "so are words without a sentence": (["机构设置", "3个科室，均为内设。"], ["机构设置", "3个科室，均为内设。"]),
    "a sentence is closed": (["本年收入增加。", "2.00万元，为利息。"], ["本年收入增加。", "2.00万元，为利息。"]),
    "a figure is whole": (
        ["收入增加，为5.00万元", "2.00万元，为利息。"],
        ["收入增加，为5.00万元", "2.00万元，为利息。"],
    ),
    "an item is numbered": (["收入增加，支出", "1.教育5.00万元，增加。"], ["收入增加，支出", "1.教育5.00万元，增加。"]),
    "words are no figure": (["收入增加，支出", "减少2.00万元，为利息。"], ["收入增加，支出", "减少2.00万元，为利息。"]),
    "the unit of a table is none": (["单位：万元", "2.00万元，为利息。"], ["单位：万元", "2.00万元，为利息。"]),
}


@pytest.mark.parametrize("case", CASES)
def test_paragraphs(case: str, tmp_path: Path) -> None:
    parts, whole = CASES[case]
    page = read_page("".join(f"<p>{one}</p>" for one in parts).encode(), Path("account.html"))
    assert [piece.text for piece in page.pieces if isinstance(piece, Line)] == whole
    path = _word(parts, tmp_path)
    word = read_word(path.read_bytes(), path)
    assert [piece.text for piece in word.pieces if isinstance(piece, Line)] == whole


def test_cells_are_not_joined() -> None:
    """Two cells, and a paragraph behind a table."""
    rows = "<tr><td>本年支出，其中</td><td>5.00万元，占</td></tr><tr><td>教育支出，</td><td>4.00万元，占</td></tr>"
    page = read_page(f"<table>{rows}</table><p>5.00万元，占1.00%。</p>".encode(), Path("account.html"))
    table, line = page.pieces
    assert isinstance(table, list)
    assert [cell.text for cell in table[0].cells] == ["本年支出，其中", "5.00万元，占"]
    assert isinstance(line, Line)
    assert line.text == "5.00万元，占1.00%。"


def test_lines_of_one_word_paragraph_stay(tmp_path: Path) -> None:
    """No origin describes two lines of one paragraph, so that a note would point beside its figure."""
    parts = ["本年支出，其中教育支出\n5.00万元，占1.00%。"]
    path = _word(parts, tmp_path)
    lines = [piece.text for piece in read_word(path.read_bytes(), path).pieces if isinstance(piece, Line)]
    assert lines == parts[0].split("\n")


def test_comments_stand_on_the_figures_of_both_paragraphs(tmp_path: Path) -> None:
    """The parts make 310.00, not 300.00; the share is wrong too."""
    parts = [
        "第三部分 2023年度部门决算情况说明",
        "五、一般公共预算财政拨款支出决算情况说明",
        "（二）一般公共预算财政拨款支出决算结构情况",
        "2023年度一般公共预算财政拨款支出300.00万元，主要用于以下方面：教育支出（类） ",
        "　260.00万元，占86.67%；住房保障支出（类）50.00万元，占19.67%。",
    ]
    audited = audit(_word(parts, tmp_path))
    (copy,) = annotated_copies(audited)
    (tmp_path / copy.name).write_bytes(copy.data)
    with zipfile.ZipFile(tmp_path / copy.name) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    marked = {_marked(one) for one in body.iter(w("commentRangeStart"))}
    assert {("300.00万元", parts[3]), ("260.00万元", parts[4]), ("19.67%", parts[4])} <= marked
    text = "".join(parts[3].rstrip() + parts[4])
    for finding in audited.findings.findings:
        for figure in finding.suspects:
            assert text[figure.place.start : figure.place.end] == figure.figure.text
            assert audited.document.locator(figure.place)["paragraph"] in (4, 5)


def _word(parts: list[str], folder: Path) -> Path:
    """A Word file of these paragraphs."""
    made = docx.Document()
    for one in parts:
        made.add_paragraph(one)
    made.save(str(folder / "account.docx"))
    return folder / "account.docx"


def _marked(start: etree._Element) -> tuple[str, str]:
    """What a comment's marks enclose, and the paragraph that it begins in."""
    paragraph = next(start.iterancestors(w("p")))
    text, inside = "", False
    for one in paragraph.iter():
        if one.get(w("id")) == start.get(w("id")) and one.tag != w("commentReference"):
            inside = one.tag == w("commentRangeStart")
        elif inside and one.tag == w("t"):
            text += one.text or ""
    return text, "".join(one.text or "" for one in paragraph.iter(w("t")))

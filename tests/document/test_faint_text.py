"""Text that is there and not seen, white or tiny: read like any other, and told."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color

from gouji.document.content import Content
from gouji.document.formats.faint import is_white
from gouji.document.formats.sheet import read_content as read_sheet
from gouji.document.formats.web import read_content as read_web
from gouji.document.formats.word import read_content as read_word

_STYLES = (
    '<w:style w:type="character" w:styleId="pale"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="paler"><w:basedOn w:val="pale"/></w:style>'
    '<w:style w:type="table" w:styleId="dark"><w:tblStylePr w:type="firstRow"><w:tcPr>'
    '<w:shd w:val="clear" w:fill="4472C4"/></w:tcPr></w:tblStylePr></w:style>'
)


def told(content: Content) -> str:
    """What is told of text that is not seen, "" for nothing."""
    return "".join(one for one in content.anomalies if "看上去没有" in one)


def word(body: str) -> Content:
    """A Word document of this body, read."""
    made = docx.Document()
    made.styles.element.extend(list(_parsed(f"<w:styles {nsdecls('w')}>{_STYLES}</w:styles>")))
    for at, block in enumerate(
        _parsed(f"<w:body {nsdecls('w')}>{body}<w:p><w:r><w:t>二、支出</w:t></w:r></w:p></w:body>")
    ):
        made.element.body.insert(at, block)
    stream = BytesIO()
    made.save(stream)
    return read_word(stream.getvalue(), Path("account.docx"))


def _parsed(xml: str) -> Any:
    return parse_xml(xml)


def run(properties: str, text: str = "9") -> str:
    """A run of text."""
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(properties: str, text: str = "9") -> str:
    """A paragraph of one run."""
    return f"<w:p>{run(properties, text)}</w:p>"


WHITE = '<w:color w:val="FFFFFF"/>'
IN_CELL = "<w:tbl><w:tblPr>{table}</w:tblPr><w:tr><w:tc><w:tcPr>{cell}</w:tcPr><w:p>{run}</w:p></w:tc></w:tr></w:tbl>"
FILLED = '<w:shd w:val="clear" w:color="auto" w:fill="1F4E79"/>'
WORD_FAINT = {
    "white": paragraph(WHITE),
    "nearly white": paragraph('<w:color w:val="FEFEFE"/>'),
    "the theme's paper": paragraph('<w:color w:val="auto" w:themeColor="background1"/>'),
    "by the run's style": paragraph('<w:rStyle w:val="pale"/>'),
    "by a style below the paragraph's": f'<w:p><w:pPr><w:pStyle w:val="paler"/></w:pPr>{run("")}</w:p>',
    "one point": paragraph('<w:sz w:val="2"/>'),
    "white on white": IN_CELL.format(table="", cell='<w:shd w:val="clear" w:fill="FFFFFF"/>', run=run(WHITE)),
    "white on no fill": IN_CELL.format(table="", cell='<w:shd w:val="clear" w:fill="auto"/>', run=run(WHITE)),
}
WORD_SEEN = {
    "black": paragraph('<w:color w:val="000000"/>'),
    "grey": paragraph('<w:color w:val="D9D9D9"/>'),
    "small print": paragraph('<w:sz w:val="10"/>'),
    "the run says otherwise": paragraph('<w:rStyle w:val="pale"/><w:color w:val="auto"/>'),
    "white spaces": paragraph(WHITE, "　"),
    "on a marker": paragraph(WHITE + '<w:highlight w:val="blue"/>'),
    "on its own shading": paragraph(WHITE + FILLED),
    "in a shaded paragraph": f"<w:p><w:pPr>{FILLED}</w:pPr>{run(WHITE)}</w:p>",
    "in a filled cell": IN_CELL.format(table="", cell=FILLED, run=run(WHITE)),
    "in a filled table": IN_CELL.format(table=FILLED, cell="", run=run(WHITE)),
    "in a table of a coloured style": IN_CELL.format(table='<w:tblStyle w:val="dark"/>', cell="", run=run(WHITE)),
}


@pytest.mark.parametrize("name", WORD_FAINT)
def test_faint_text_of_a_word_document_is_told(name: str) -> None:
    assert "有1处文字为白色或极小，看上去没有（“9”），已照常纳入审核" in told(word(WORD_FAINT[name]))


@pytest.mark.parametrize("name", WORD_SEEN)
def test_text_of_a_word_document_that_is_seen_is_not(name: str) -> None:
    assert told(word(WORD_SEEN[name])) == ""


def test_a_place_in_several_runs_is_told_once() -> None:
    content = word(f"<w:p>{run('', '3')}{run(WHITE, '0')}{run(WHITE, '1')}{run('', '.25万元')}{run(WHITE, '完')}</w:p>")
    assert "有2处文字为白色或极小，看上去没有（“01”、“完”）" in told(content)
    assert content.pieces[0].text == "301.25万元完"  # type: ignore[union-attr]


SHEET_FAINT = {
    "white": (Font(color="FFFFFFFF"), None),
    "the theme's paper": (Font(color=Color(theme=0)), None),
    "the old palette's white": (Font(color=Color(indexed=9)), None),
    "white on white": (Font(color="FFFFFFFF"), PatternFill("solid", fgColor="FFFFFFFF")),
    "one point": (Font(sz=1), None),
}
SHEET_SEEN = {
    "black": (Font(color="FF000000"), None),
    "the theme's text": (Font(color=Color(theme=1)), None),
    "the theme's paper, darkened": (Font(color=Color(theme=0, tint=-0.5)), None),
    "white on blue": (Font(color="FFFFFFFF"), PatternFill("solid", fgColor="FF1F4E79")),
    "white on the theme's colour": (Font(color=Color(theme=0)), PatternFill("solid", fgColor=Color(theme=4))),
    "white on a pattern": (Font(color="FFFFFFFF"), PatternFill("darkGray")),
}


def sheet(font: Font, fill: PatternFill | None) -> Content:
    """A workbook with one cell that looks so."""
    book = Workbook()
    page = book.worksheets[0]
    page.append(["科目编码", "合计"])
    page.append(["208", 385.28])
    page["B2"].font = font
    if fill is not None:
        page["B2"].fill = fill
    stream = BytesIO()
    book.save(stream)
    return read_sheet(stream.getvalue(), Path("account.xlsx"))


@pytest.mark.parametrize("name", SHEET_FAINT)
def test_faint_text_of_a_workbook_is_told(name: str) -> None:
    assert "有1处文字为白色或极小，看上去没有（“B2：385.28”）" in told(sheet(*SHEET_FAINT[name]))


@pytest.mark.parametrize("name", SHEET_SEEN)
def test_text_of_a_workbook_that_is_seen_is_not(name: str) -> None:
    assert told(sheet(*SHEET_SEEN[name])) == ""


WEB_FAINT = {
    "white": "<p>3<span style='color:#fff'>9</span></p>",
    "white by name, in a font": "<p>3<font color=white>9</font></p>",
    "white by its parts": "<p>3<span style='COLOR: rgb(255, 255,255) !important'>9</span></p>",
    "transparent": "<p>3<span style='color:transparent'>9</span></p>",
    "with no opacity": "<p>3<span style='opacity:0'>9</span></p>",
    "with next to none": "<p>3<span style='color:rgba(0,0,0,.01)'>9</span></p>",
    "of no size": "<p>3<span style='font-size:0'>9</span></p>",
    "of one pixel": "<p>3<span style='font-size:1px'>9</span></p>",
    "by its class": "<style>.x{font-weight:bold;color:#FFFFFF}</style><p>3<span class='x'>9</span></p>",
    "by its id": "<style>b#x, i{font-size:0.1em}</style><p>3<b id='x'>9</b></p>",
    "white on white": "<p style='background:#fff'>3<span style='color:#fefefe'>9</span></p>",
    "inside": "<p>3<span style='color:white'><b>9</b></span></p>",
}
WEB_SEEN = {
    "black": "<p style='color:#000'>39</p>",
    "grey": "<p style='color:#ccc'>39</p>",
    "white on blue": "<p style='background-color:#1f4e79'>3<span style='color:white'>9</span></p>",
    "white on a picture": "<p style='background:url(x.png)'>3<span style='color:white'>9</span></p>",
    "white on the table's colour": "<table bgcolor=#c00><tr><td style='color:#fff'>39</table>",
    "white on its class's colour": "<style>.x{background:#c00}</style><p class='x'><font color='#ffffff'>39</font></p>",
    "black in white": "<div style='color:#fff'><p style='color:#333'>39</p></div>",
    "small print": "<p style='font-size:6px'>39</p>",
    "half seen": "<p style='opacity:.5'>39</p>",
    "not shown at all": "<p style='display:none;color:#fff'>39</p>",
    "a background is no colour of text": "<p style='background-color:#fff'>39</p>",
}


def web(body: str) -> Content:
    """A page with this in it, read."""
    return read_web(f"<html><body><p>一、收入</p>{body}</body></html>".encode(), Path("account.html"))


@pytest.mark.parametrize("name", WEB_FAINT)
def test_faint_text_of_a_page_is_told(name: str) -> None:
    content = web(WEB_FAINT[name])
    assert "有1处文字为白色或极小，看上去没有（“9”）" in told(content)
    assert content.pieces[1].text == "39"  # type: ignore[union-attr]


@pytest.mark.parametrize("name", WEB_SEEN)
def test_text_of_a_page_that_is_seen_is_not(name: str) -> None:
    assert told(web(WEB_SEEN[name])) == ""


@pytest.mark.parametrize(
    ("colour", "white"),
    [("FFFFFFFF", True), ("ffffff", True), ("#fff", True), ("#f7f7f7", True), ("F7F6F7", False), ("fff", False),
     ("auto", False), ("", False), (None, False), ("00FFFFFF", True), ("FFFFFF00", False)],
)  # fmt: skip
def test_white(colour: str | None, white: bool) -> None:
    assert is_white(colour) is white

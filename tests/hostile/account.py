"""A small sound account, in each of the formats, for hostile things to be put into."""

from __future__ import annotations

import tempfile
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from gouji.document.model import Document
from gouji.document.text import read_blocks
from gouji.fictitious.formats.as_pdf import to_pdf

DEPARTMENT = "云溪县档案馆"
#: Rows of the summary table: what comes in, what goes out.
ROWS = [
    ["项目", "行次", "金额", "项目", "行次", "金额"],
    ["一、一般公共预算财政拨款收入", "1", "120.50", "一、一般公共服务支出", "31", "120.50"],
    ["本年收入合计", "27", "120.50", "本年支出合计", "57", "120.50"],
    ["总计", "30", "120.50", "总计", "60", "120.50"],
]
SENTENCE = "2023年度收、支总计120.50万元。"
#: What stands before and behind the table, a paragraph each.
BEFORE = ["{department}2023年度部门决算", "第二部分 2023年度部门决算表", "收入支出决算总表", "公开01表　单位：万元"]
BEHIND = ["第三部分 2023年度部门决算情况说明", "一、收入支出决算总体情况说明", "{sentence}"]

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_OFFICE = "application/vnd.openxmlformats-officedocument"


def paragraphs(department: str = DEPARTMENT, sentence: str = SENTENCE) -> tuple[list[str], list[str]]:
    """What stands before the table, and behind it."""
    told = {"{department}": department, "{sentence}": sentence}

    def said(line: str) -> str:
        for place, text in told.items():
            line = line.replace(place, text)
        return line

    return [said(line) for line in BEFORE], [said(line) for line in BEHIND]


def text(department: str = DEPARTMENT, sentence: str = SENTENCE, income: str = "120.50", label: str = "") -> str:
    """As plain text; `income` is what the first row prints, `label` the name of its right half."""
    before, behind = paragraphs(department, sentence)
    first = [ROWS[1][0], "1", income, label or ROWS[1][3], "31", "120.50"]
    rows = ["".join(f"\t{cell}\n" for cell in row) for row in (ROWS[0], first, *ROWS[2:])]
    return "\n".join([*before, "\n".join(rows), "", *behind]) + "\n"


def web(inside: str = "", department: str = DEPARTMENT, head: str = "") -> str:
    """As a web page; `inside` is markup behind the last sentence."""
    before, behind = paragraphs(department)
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    lines = ["".join(f"<p>{line}</p>" for line in part) for part in (before, behind)]
    return f"<html><head>{head}</head><body>{lines[0]}<table>{rows}</table>{lines[1]}{inside}</body></html>"


def word_body(inside: str = "", department: str = DEPARTMENT, income: str = "120.50") -> str:
    """The main part of a Word document; `inside` is markup behind the last paragraph."""
    before, behind = paragraphs(department)
    rows = [ROWS[0], [*ROWS[1][:2], income, *ROWS[1][3:]], *ROWS[2:]]
    cells = ["".join(f"<w:tc>{_paragraph(cell)}</w:tc>" for cell in row) for row in rows]
    table = "".join(f"<w:tr>{row}</w:tr>" for row in cells)
    lines = ["".join(map(_paragraph, part)) for part in (before, behind)]
    body = f"{lines[0]}<w:tbl>{table}</w:tbl>{lines[1]}{inside}"
    return f'<w:document xmlns:w="{W}" xmlns:r="{KINDS}"><w:body>{body}</w:body></w:document>'


def _paragraph(line: str) -> str:
    return f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>"


def word_parts(body: str | bytes | None = None, **more: str | bytes) -> dict[str, str | bytes]:
    """The parts of a Word file by name."""
    main = f"{_OFFICE}.wordprocessingml.document.main+xml"
    return {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
        f'"application/xml"/><Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": relations({"officeDocument": "word/document.xml"}),
        "word/document.xml": word_body() if body is None else body,
        **more,
    }


def relations(targets: dict[str, str], external: bool = False) -> str:
    """A part that refers to others by kind."""
    mode = ' TargetMode="External"' if external else ""
    listed = "".join(
        f'<Relationship Id="rId{at}" Type="{KINDS}/{kind}" Target="{escape(target)}"{mode}/>'
        for at, (kind, target) in enumerate(targets.items(), 1)
    )
    return f'<Relationships xmlns="{RELATIONS}">{listed}</Relationships>'


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A package of parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


@cache
def sheet_parts() -> dict[str, bytes]:
    """The parts of a workbook by name."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "收入支出决算总表"
    before, behind = paragraphs()
    for line in before:
        sheet.append([line])
    for row in ROWS:
        sheet.append(row)
    for line in behind:
        sheet.append([line])
    out = BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@cache
def pdf() -> bytes:
    """As a PDF."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "account.pdf"
        to_pdf(Document("account", "", "utf-8", read_blocks(text())), path)
        return path.read_bytes()

"""PDF with text: the same facts as from the text itself, whatever the page breaks, and every figure of real pages."""

from __future__ import annotations

import os
import re
from collections import Counter
from io import BytesIO
from pathlib import Path

import pdfplumber
import pypdf
import pypdfium2
import pytest
from PIL import Image

from conftest import SAMPLE
from gouji import Audit, UnusableInputError, audit, read
from gouji.document.formats.pdf.page import _char
from gouji.document.model import BlockKind, Document
from gouji.document.origin import InPages
from gouji.document.text import read_blocks
from gouji.facts.fact import Status
from gouji.facts.figure import State
from gouji.fictitious.departments import make_department, to_text
from gouji.fictitious.formats.as_html import to_html
from gouji.fictitious.formats.as_pdf import to_pdf
from gouji.fictitious.formats.as_xlsx import to_xlsx

CORPUS = os.environ.get("GOUJI_CORPUS", "")
real = pytest.mark.skipif(not CORPUS, reason="GOUJI_CORPUS is not set: no folder of real documents")

TEMPLATES = ["national2022", "hunan2023", "shanghai2024", "national2020yuan", "items_only"]
#: Print so large that rows and names break over lines and pages.
LARGE: dict[str, dict[str, object]] = {
    "with repeated header": {"size": 14, "repeat_header": True, "head": "某省某局部门决算"},
    "without": {"size": 13},
}


def known(audited: Audit) -> list[tuple[object, ...]]:
    """What a document's facts say, wherever they stand."""
    return sorted(
        (fact.concept.path, fact.figure.text.strip(), str(fact.figure.value), fact.figure.unit, fact.amount, fact.where)
        for fact in audited.facts
    )


def printed(text: str, path: Path, **how: object) -> Path:
    to_pdf(Document("account", "", "", read_blocks(text)), path, **how)  # type: ignore[arg-type]
    return path


def same(text: str, folder: Path, **how: object) -> None:
    source = folder / "account.txt"
    source.write_text(text, encoding="utf-8")
    one, other = audit(source), audit(printed(text, folder / "account.pdf", **how))
    assert known(other) == known(one)
    assert [finding.id for finding in other.findings.findings] == [finding.id for finding in one.findings.findings]


def test_the_sample_as_pdf_says_the_same(tmp_path: Path) -> None:
    same(SAMPLE.read_text(encoding="utf-8"), tmp_path)


@pytest.mark.parametrize("template", TEMPLATES)
def test_departments_as_pdf_say_the_same(template: str, tmp_path: Path) -> None:
    same(to_text(make_department(5, template)), tmp_path)


def test_a_row_left_blank_at_the_foot_of_a_table_is_one(tmp_path: Path) -> None:
    """The only row of 三公 of a department that spent nothing: the table is empty, not unreadable."""
    text = to_text(make_department(5, "hunan2023"))
    tables = audit(printed(text, tmp_path / "account.pdf")).facts.tables
    assert tables["three_public"].status is Status.EMPTY


def test_a_table_whose_figures_are_doubtful_is_not_empty(tmp_path: Path) -> None:
    text = to_text(make_department(5, "national2020yuan"))
    audited = audit(printed(text, tmp_path / "account.pdf", size=14))
    doubtful = {fact.concept.table for fact in audited.facts if fact.figure.state is State.DOUBTFUL}
    assert doubtful
    assert all(audited.facts.tables[key].status is Status.FOUND for key in doubtful)


@pytest.mark.parametrize("how", list(LARGE))
@pytest.mark.parametrize("template", TEMPLATES)
def test_figures_too_wide_for_their_cells_are_right_or_doubtful(template: str, how: str, tmp_path: Path) -> None:
    """Rows, names and headers break over lines and pages; some figures run into the next cell."""
    text = to_text(make_department(7, template))
    source = tmp_path / "account.txt"
    source.write_text(text, encoding="utf-8")
    one, other = audit(source), audit(printed(text, tmp_path / "account.pdf", **LARGE[how]))
    doubtful = {fact.concept for fact in other.facts if fact.figure.state is State.DOUBTFUL}
    beside = {fact.concept for fact in one.facts if fact.concept in doubtful}
    assert len(doubtful) <= len(one.facts) / 5
    assert beside == doubtful
    unsure = {concept.path for concept in doubtful}
    there = {fact for fact in known(one) if fact[0] not in unsure}
    here = {fact for fact in known(other) if fact[0] not in unsure}
    assert here <= there
    assert len(there - here) <= len(there) / 40
    assert not other.findings.of("error")
    assert bool(doubtful) == any("超出所在单元格" in text for text in other.document.anomalies)


@pytest.mark.parametrize("template", TEMPLATES)
def test_tables_without_rules_prove_nothing(template: str, tmp_path: Path) -> None:
    """What is read of them is right, or the table is said to be unreadable; no clean department has an error."""
    text = to_text(make_department(6, template))
    source = tmp_path / "account.txt"
    source.write_text(text, encoding="utf-8")
    one, other = audit(source), audit(printed(text, tmp_path / "account.pdf", ruled=False))
    assert not other.findings.of("error")
    there = {fact.concept: fact for fact in one.facts if fact.cell}
    figures = [fact for fact in other.facts if fact.cell and fact.figure.printed and fact.concept in there]
    assert [fact.figure.text for fact in figures] == [there[fact.concept].figure.text.strip() for fact in figures]
    assert {key for key, table in other.facts.tables.items() if table.status is Status.FOUND}


def test_a_table_without_rules_is_read(tmp_path: Path) -> None:
    """Names over several lines, blank amounts, a head of labels that take two lines."""
    text = to_text(make_department(6, "shanghai2024"))
    source = tmp_path / "account.txt"
    source.write_text(text, encoding="utf-8")
    one, other = audit(source), audit(printed(text, tmp_path / "account.pdf", ruled=False))
    for table in ("income", "expenditure"):
        there, here = (
            {fact.concept.path: fact.figure.text.strip() for fact in audited.facts if fact.concept.table == table}
            for audited in (one, other)
        )
        assert here == there


def test_turned_pages_say_the_same(tmp_path: Path) -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    path = printed(text, tmp_path / "account.pdf")
    writer = pypdf.PdfWriter(clone_from=path)
    for page in writer.pages:
        page.rotate(90)
    turned = tmp_path / "turned.pdf"
    writer.write(turned)
    assert known(audit(turned)) == known(audit(path))


def test_every_figure_has_its_place_on_the_page(tmp_path: Path) -> None:
    """The box of a figure holds its characters and no other digits, by another library's reading of the page."""
    path = printed(SAMPLE.read_text(encoding="utf-8"), tmp_path / "account.pdf")
    audited = audit(path)
    pdf = pypdfium2.PdfDocument(path)
    checked = 0
    for fact in audited.facts:
        origin = audited.document.origins.get(fact.place.line)
        if not fact.figure.printed or not isinstance(origin, InPages):
            continue
        boxes = origin.boxes(fact.place.start, fact.place.end)
        text = "".join(_text_in(pdf, page, box) for page, box in boxes)
        assert re.sub(r"\s", "", text) == re.sub(r"\s", "", fact.figure.text), fact.where
        checked += 1
    assert checked > 250


def _text_in(pdf: pypdfium2.PdfDocument, number: int, box: tuple[float, float, float, float]) -> str:
    page = pdf[number - 1]
    left, top, right, bottom = box
    text: str = page.get_textpage().get_text_bounded(left, page.get_height() - bottom, right, page.get_height() - top)
    return text


NUMBER = re.compile(r"-?\d[\d,]*\.\d+")


@real
def test_real_pages_lose_no_figure_of_their_tables() -> None:
    """Page by page: the figures with decimals that stand in table cells, against those of the page's text."""
    path = Path(CORPUS) / "corpus" / "2024-putuo-finance.pdf"
    document = read(path)
    mine: dict[int, Counter[str]] = {}
    for block in document.blocks:
        cells = [cell for row in block.grid.rows for cell in row] if block.grid else []
        for cell in cells:
            origin = document.origins.get(cell.place.line)
            if isinstance(origin, InPages):
                mine.setdefault(origin.runs[0].page, Counter()).update(NUMBER.findall(cell.text))
    with pypdfium2.PdfDocument(path) as pdf:
        theirs = {
            number: Counter(NUMBER.findall(page.get_textpage().get_text_range()))
            for number, page in enumerate(pdf, start=1)
            if 6 <= number <= 20
        }
    assert sum(sum(counts.values()) for counts in theirs.values()) > 150
    for number, counts in theirs.items():
        assert mine.get(number, Counter()) == counts, f"page {number}"


@real
def test_a_real_account_gives_what_a_reader_found_by_hand() -> None:
    """0.3万元 as the total of fiscal appropriations, 持平 beside it, 71.73 % for 71.65 %, an account with no amount."""
    audited = audit(Path(CORPUS) / "corpus" / "2024-putuo-finance.pdf")
    errors = [finding.suspects[0] for finding in audited.findings.of("error")]
    assert [fact.figure.text.strip() for fact in errors] == ["0.3万元", "持平", "71.73%"]
    questions = [finding.message for finding in audited.findings.of("question")]
    assert len(questions) == 1
    assert "个人农业生产补贴" in questions[0]
    assert audited.coverage()["not_checked"] == 0


@real
def test_an_unfilled_form_is_one_finding() -> None:
    findings = audit(Path(CORPUS) / "corpus" / "2024-shanghai-template.pdf").findings.findings
    (finding,) = (one for one in findings if not one.reviewed)
    assert finding.rule == "form.unfilled"


@real
def test_the_real_sample_says_the_same_in_every_format(tmp_path: Path) -> None:
    """As it came (text, Word and a PDF by another program), and rebuilt as workbook, web page and PDF."""
    source = Path(CORPUS) / "seed" / "2023-lanshan-employment.txt"
    document, one = read(source), audit(source)
    for write, name in ((to_xlsx, "account.xlsx"), (to_html, "account.html"), (to_pdf, "account.pdf")):
        write(document, tmp_path / name)
    others = [*(source.with_suffix(suffix) for suffix in (".docx", ".pdf")), *sorted(tmp_path.iterdir())]
    assert len(others) == 5
    for path in others:
        other = audit(path)
        assert [_spaceless(fact) for fact in known(other)] == [_spaceless(fact) for fact in known(one)], path
        assert [one.id for one in other.findings.findings] == [two.id for two in one.findings.findings], path


def _spaceless(fact: tuple[object, ...]) -> tuple[object, ...]:
    """A space between a number and its unit is set by the program that lays out the page."""
    return (fact[0], str(fact[1]).replace(" ", ""), *fact[2:])


def encrypted(data: bytes) -> bytes:
    writer = pypdf.PdfWriter(clone_from=BytesIO(data))
    writer.encrypt("secret", algorithm="AES-256")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def empty() -> bytes:
    out = BytesIO()
    pypdf.PdfWriter().write(out)
    return out.getvalue()


def test_what_is_no_account_is_said_in_one_line(tmp_path: Path) -> None:
    data = printed(SAMPLE.read_text(encoding="utf-8"), tmp_path / "account.pdf").read_bytes()
    blank = pypdf.PdfWriter()
    blank.add_blank_page(595, 842)
    nothing = BytesIO()
    blank.write(nothing)
    cases = {
        "encrypted": (encrypted(data), "已加密"),
        "truncated": (data[: len(data) // 2], "结构损坏"),
        "head": (data[:40], "结构损坏"),
        "no pages": (empty(), "没有页"),
        "no text": (nothing.getvalue(), "没有文字"),
    }
    for name, (content, said) in cases.items():
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(content)
        with pytest.raises(UnusableInputError, match=said):
            read(path)


def test_a_page_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page without a size, and one that is a picture where nothing recognises those: the others are read."""
    monkeypatch.setattr("gouji.document.formats.pdf.content.available", lambda: False)
    path = printed(SAMPLE.read_text(encoding="utf-8"), tmp_path / "account.pdf")
    picture = BytesIO()
    Image.new("L", (800, 600), 255).save(picture, "pdf")
    writer = pypdf.PdfWriter(clone_from=path)
    writer.insert_page(pypdf.PdfReader(picture).pages[0], 2)
    writer.pages[4][pypdf.generic.NameObject("/MediaBox")] = pypdf.generic.ArrayObject()
    damaged = tmp_path / "damaged.pdf"
    writer.write(damaged)
    document = read(damaged)
    assert document.anomalies == ("第3页是图片，其中内容未纳入审核", "第5页无法读取，其中内容未纳入审核")
    assert len([block for block in document.blocks if block.kind is BlockKind.TABLE]) >= 7


@pytest.mark.parametrize("char", ["\x01", "\x0b", "\x7f", "\x90"])
def test_characters_that_a_font_has_no_letter_for_are_spaces(char: str) -> None:
    box = {"x0": 10.0, "top": 10.0, "x1": 15.0, "bottom": 20.0, "matrix": (1, 0, 0, 1, 0, 0)}
    assert _char({"text": char, **box}, 0, 0).text == " "
    assert _char({"text": "基", **box}, 0, 0).text == "基"


def test_page_numbers_and_running_heads_are_left_out(tmp_path: Path) -> None:
    document = read(printed(SAMPLE.read_text(encoding="utf-8"), tmp_path / "account.pdf", head="某省某局部门决算公开"))
    texts = [block.text for block in document.blocks]
    with pdfplumber.open(tmp_path / "account.pdf") as pdf:
        assert all("某省某局部门决算公开" in (page.extract_text() or "") for page in pdf.pages)
    assert not any("某省某局部门决算公开" in text or re.fullmatch(r"- \d+ -", text) for text in texts)

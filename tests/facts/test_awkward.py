"""What real documents do to figures and tables, and must neither become another figure nor an error."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import docx
import pypdf
import pytest

from conftest import SAMPLE
from gouji import Audit, audit
from gouji.facts.figure import State, parse_figure
from gouji.fictitious.departments import make_department, to_text
from gouji.fictitious.formats.as_docx import to_docx
from gouji.fictitious.formats.as_html import to_html
from gouji.fictitious.formats.as_pdf import to_pdf


def audited(text: str, folder: Path) -> Audit:
    path = folder / "account.txt"
    path.write_text(text, encoding="utf-8")
    return audit(path)


@pytest.mark.parametrize("mark", ["①", "¹", "²", "*", "※", " ③", "⁴"])
def test_the_mark_of_a_footnote_is_no_digit(mark: str) -> None:
    figure = parse_figure(f"205.00{mark}", "万元")
    assert (figure.value, figure.decimals) == (Decimal("205.00"), 2)


@pytest.mark.parametrize("text", ["205.00 1", "12\n34", "3¹2"])
def test_two_numbers_are_not_one(text: str) -> None:
    assert parse_figure(text, "万元").state is State.UNREADABLE


@pytest.mark.parametrize("text", ["—", "―", "──", "·", "/"])
def test_dashes_are_nothing(text: str) -> None:
    assert parse_figure(text, "万元").state is State.DASH


@pytest.mark.parametrize("text", ["12.50\u200b", "\u200e12.50", "\ufeff12.50"])
def test_invisible_characters_are_none(text: str) -> None:
    assert parse_figure(text, "万元").value == Decimal("12.50")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("￥30.00", "30.00", "万元"),
        ("¥ 1,030.00", "1030.00", "万元"),
        ("-¥30.00", "-30.00", "万元"),
        ("￥-30.00", "-30.00", "万元"),
        ("（￥30.00）", "-30.00", "万元"),
        ("30.00元", "30.00", "元"),
    ],
)
def test_the_sign_of_the_currency_is_none_of_the_number(text: str, value: str, unit: str) -> None:
    figure = parse_figure(text, "万元")
    assert (figure.value, figure.unit, figure.decimals) == (Decimal(value), unit, 2)


def test_a_sign_of_the_currency_alone_is_no_number() -> None:
    assert parse_figure("￥", "万元").state is State.UNREADABLE
    assert parse_figure("3￥0", "万元").state is State.UNREADABLE
    assert parse_figure("￥ -", "万元").state is State.DASH


@pytest.mark.parametrize("suffix", ["txt", "docx", "html"])
def test_tables_with_signs_of_the_currency_are_read(suffix: str, tmp_path: Path) -> None:
    text = to_text(make_department(5, "hunan2023"))
    amounts = [fact.amount for fact in audited(text, tmp_path).facts]
    found = audited(re.sub(r"(?m)^\t(\d[\d,]*\.\d\d)$", r"\t￥\1", text), tmp_path)
    path = tmp_path / f"account.{suffix}"
    if suffix == "docx":
        to_docx(found.document, path)
    elif suffix == "html":
        to_html(found.document, path)
    found = audit(path)
    assert any("￥" in fact.figure.text for fact in found.facts)
    assert [fact.amount for fact in found.facts] == amounts
    assert not found.findings.of("error")
    assert not [one for one in found.findings.findings if one.rule == "form.unreadable"]


def test_dashes_for_zeros_keep_the_table(tmp_path: Path) -> None:
    """In the table of 三公 a dash is no label."""
    text = to_text(make_department(5, "national2020yuan")).replace("\t0.00\n", "\t—\n")
    found = audited(text, tmp_path)
    assert found.coverage()["tables"]["three_public"] in ("found", "empty")
    assert not found.findings.of("error")


def test_raised_digits_in_word_are_marks(tmp_path: Path) -> None:
    path = tmp_path / "account.docx"
    to_docx(audited(to_text(make_department(5, "hunan2023")), tmp_path).document, path)
    document = docx.Document(str(path))
    marked = 0
    for table in document.tables:
        for cell in table._cells:
            if cell.text.strip().replace(".", "", 1).isdigit() and "." in cell.text and marked < 40:
                cell.paragraphs[0].add_run("1").font.superscript = True
                marked += 1
    document.save(str(path))
    assert marked == 40
    assert not audit(path).findings.of("error")


def test_numbers_of_columns_may_have_decimals(tmp_path: Path) -> None:
    text = to_text(make_department(5, "hunan2023"))
    lines = [f"{line}.00" if line.strip().isdigit() and len(line.strip()) <= 2 else line for line in text.split("\n")]
    assert not audited("\n".join(lines), tmp_path).findings.of("error")


def test_the_first_of_several_accounts_is_audited_and_the_others_are_told(tmp_path: Path) -> None:
    first, second = (to_text(make_department(seed, "national2022")) for seed in (3, 4))
    found = audited(first + "\n" + second, tmp_path)
    alone = audited(first, tmp_path)
    assert [one.id for one in found.findings.findings] == [one.id for one in alone.findings.findings]
    assert len(found.facts) == len(alone.facts)
    assert any("2个单位的决算" in text for text in found.document.anomalies)


def test_a_table_without_its_right_half_proves_nothing(tmp_path: Path) -> None:
    """The columns behind 财政拨款收入 are printed on another page: what is there is no sum."""
    path = tmp_path / "account.docx"
    to_docx(audit(SAMPLE).document, path)
    document = docx.Document(str(path))
    income = next(table for table in document.tables if "财政拨款收入" in "".join(c.text for c in table.rows[0].cells))
    for row in income.rows:
        for cell in row._tr.tc_lst[4:]:
            row._tr.remove(cell)
    document.save(str(path))
    rules = {finding.rule for finding in audit(path).findings.findings}
    assert not {rule for rule in rules if rule.startswith("income.columns")}


@pytest.mark.parametrize("slant", [-30, 0])
@pytest.mark.parametrize("template", ["shanghai2024", "hunan2023"])
def test_a_watermark_across_the_page_is_not_read(template: str, slant: float, tmp_path: Path) -> None:
    """Large digits over the tables, pale or slanted."""
    path = tmp_path / "account.pdf"
    clean = audited(to_text(make_department(5, template)), tmp_path)
    to_pdf(clean.document, path, watermark="内部资料 2023", slant=slant)
    found = audit(path)
    assert len(found.facts) == len(clean.facts)
    assert not found.findings.of("error")


def test_a_table_at_the_end_of_the_last_page_may_go_on(tmp_path: Path) -> None:
    """A page taken out of a file: what its rows do not add up to may stand on the next one."""
    path, part = tmp_path / "account.pdf", tmp_path / "part.pdf"
    to_pdf(audited(to_text(make_department(3, "hunan2023")), tmp_path).document, path, size=15)
    whole = pypdf.PdfReader(path)
    cut = next(
        number
        for number, page in enumerate(whole.pages, 1)
        if "支出决算表" in page.extract_text() and "2210201" not in page.extract_text() and number > 4
    )
    writer = pypdf.PdfWriter()
    for page in whole.pages[:cut]:
        writer.add_page(page)
    writer.write(part)
    found = audit(part)
    assert not found.findings.of("error")
    assert any("可能缺下一页" in finding.message for finding in found.findings.of("question"))
    assert any("可能缺下一页" in text for text in found.document.anomalies)
    assert not any("可能缺下一页" in text for text in audit(path).document.anomalies)


@pytest.mark.parametrize("template", ["hunan2023", "shanghai2024", "national2022"])
def test_labels_set_upwards_are_read_upwards(template: str, tmp_path: Path) -> None:
    path = tmp_path / "account.pdf"
    clean = audited(to_text(make_department(3, template)), tmp_path)
    to_pdf(clean.document, path, upward=True)
    found = audit(path)
    assert found.coverage()["tables"] == clean.coverage()["tables"]
    assert [fact.concept for fact in found.facts] == [fact.concept for fact in clean.facts]
    assert not found.findings.of("error")

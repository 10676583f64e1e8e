"""The papers an audit office circulates: memo.docx, memo.pdf and evidence-sheets.docx say what findings.json says."""

# mypy: disable-error-code="operator,union-attr"

from __future__ import annotations

import hashlib
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import html
from pypdf import PdfReader

from conftest import SAMPLE
from gouji import Audit, Parameters, audit
from gouji.fictitious.departments import TEMPLATES, make_department, to_text
from gouji.findings.evidence import stands_in_identities
from gouji.findings.explain import explain
from gouji.findings.wording import UNDECIDED
from gouji.memo.content import MemoContent, memo_content
from gouji.memo.finding_paper import finding_blocks, grouped
from gouji.memo.html import render_memo
from gouji.memo.marked import UNRELATED, seen_elsewhere, why_unconstrained
from gouji.memo.memo_paper import TITLE, memo_blocks, opening
from gouji.memo.paper import (
    TEXT_WIDTH,
    Block,
    Heading,
    Mark,
    PaperCell,
    PaperRow,
    Paragraph,
    Span,
    Style,
    Table,
    cell,
    figure,
    printable,
    table,
    titles,
)
from gouji.memo.pdf import write_memo_pdf
from gouji.memo.word import write_evidence_sheets, write_memo_docx
from gouji.review.observation import Review
from gouji.runs.outputs import write_outputs
from gouji.runtime.visible import visible
from support.shapes import SHAPES, audited, with_many

PAPERS = ("memo.docx", "memo.pdf", "evidence-sheets.docx")
HOSTILE = "#strong[甲]*乙*_丙_$x^2$<丁>&amp;`戊`@己\\u{41}//庚"


def written(memo: MemoContent, folder: Path) -> dict[str, Path]:
    """The papers of a content, sheets for its errors."""
    errors = [one for one in memo.findings if one.severity == "error"]
    paths = {name: folder / name for name in PAPERS}
    write_memo_docx(memo, paths["memo.docx"])
    write_memo_pdf(memo, paths["memo.pdf"])
    write_evidence_sheets(memo, errors, paths["evidence-sheets.docx"])
    return paths


#: What stands at the foot of a page of the PDF.
_FOOT = re.compile(r"第 \d+ 页|来源 [0-9a-f]{8}$")


def squeezed(text: str) -> str:
    """Text without white space: lines of a page break anywhere."""
    return re.sub(r"\s|\ufffe|\u200b", "", text)


def docx_text(path: Path) -> str:
    """All text of a Word file's body, tables too, in order, without white space."""
    return squeezed(text_of(Document(str(path)).element.body))


def text_of(element: Any) -> str:
    """The text of a Word element."""
    return "".join(one.text or "" for one in element.iter(qn("w:t")))


def pdf_text(path: Path) -> str:
    """All text of a PDF as it would be copied, without white space, heads and feet of pages."""
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)]
    lines = [line for page in pages for line in page.splitlines()[1:] if not _FOOT.match(line.strip())]
    return squeezed("".join(lines))


def reading(name: str) -> Callable[[Path], str]:
    """How a paper's text is read."""
    return pdf_text if name.endswith(".pdf") else docx_text


@pytest.fixture(scope="module")
def content(sample: Audit) -> MemoContent:
    """The sample's memo."""
    return memo_content(sample)


@pytest.fixture(scope="module")
def papers(content: MemoContent, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sample's papers."""
    return written(content, tmp_path_factory.mktemp("papers"))


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> tuple[MemoContent, dict[str, Path]]:
    """A department without findings, and its papers."""
    folder = tmp_path_factory.mktemp("clean")
    source = folder / "clean.txt"
    source.write_text(to_text(make_department(5, "hunan2023")), encoding="utf-8")
    found = audit(source)
    memo = memo_content(replace(found, review=Review(), findings=explain(found.checks)))
    assert not memo.findings
    return memo, written(memo, folder)


@pytest.mark.parametrize("name", ["memo.docx", "memo.pdf"])
def test_every_finding_is_told_as_in_findings_json(name: str, sample: Audit, papers: dict[str, Path]) -> None:
    text = reading(name)(papers[name])
    assert len(sample.to_json()["findings"]) > 30
    for finding in sample.to_json()["findings"]:
        for said in (finding["id"], finding["title"], finding["message"]):
            assert squeezed(said) in text
        # Of a blank cell only what should stand there is told.
        blank = finding["rule"] == "form.blank_total"
        for check in (one for one in finding["checks"] if not blank or "≠" in one["identity"]):
            assert squeezed(check["title"]) in text
        for repair in finding["repair"]:
            assert squeezed(repair["to"]) in text


@pytest.mark.parametrize("name", ["memo.docx", "memo.pdf"])
@pytest.mark.parametrize("shape", [*SHAPES, "many"])
def test_findings_of_every_shape(name: str, shape: str, tmp_path: Path) -> None:
    result = with_many(audited("four", tmp_path)) if shape == "many" else audited(shape, tmp_path)
    text = reading(name)(written(memo_content(result), tmp_path)[name])
    assert result.findings.findings
    for finding in result.findings.findings:
        assert finding.id in text
        assert squeezed(finding.message) in text
    for one in memo_content(result).findings:
        for row in one.checks:
            assert squeezed(grouped(row.identity)) in text
        for each in one.alternatives:
            assert squeezed(each.where) in text


@pytest.mark.parametrize("name", ["memo.docx", "memo.pdf"])
def test_both_papers_say_the_same(name: str, content: MemoContent, papers: dict[str, Path]) -> None:
    text = reading(name)(papers[name])
    assert squeezed(TITLE) in text
    for block in memo_blocks(content):
        if isinstance(block, Table):
            cells = [one for row in block.body for one in row]
            said = [squeezed(line_text(line)) for one in cells for line in one.lines]
        else:
            spans = getattr(block, "spans", None)
            said = [squeezed("".join(span.text for span in spans) if spans is not None else block.text)]
        assert [one for one in said if one not in text] == []


@pytest.mark.parametrize("whose", ["sample", "four", "contradictory", "clean"])
def test_the_page_says_what_the_papers_say(whose: str, sample: Audit, tmp_path: Path) -> None:
    """Sentence by sentence, in the same order; it adds nothing but a chart and the tables as printed."""
    page = html.fromstring(render_memo(account := _account(whose, sample, tmp_path)))
    for chart in page.xpath("//figure | //div[@class='kicker'] | //h1 | //title | //style"):
        chart.drop_tree()
    shown = squeezed("".join(map(str, page.itertext()))).split("附录五")[0]
    said = "".join(block_text(block) for block in memo_blocks(memo_content(account))[2:])
    assert shown == squeezed(visible(said))


def _account(whose: str, sample: Audit, folder: Path) -> Audit:
    if whose in SHAPES:
        return audited(whose, folder)
    if whose == "sample":
        return sample
    (folder / "clean.txt").write_text(to_text(make_department(5, "hunan2023")), encoding="utf-8")
    return audit(folder / "clean.txt")


def test_no_advice_where_no_figure_is_accused(sample: Audit) -> None:
    """Only arithmetic can fail to tell figures apart: a question about words, or a note of form, has none."""
    told = {one.id: one for one in memo_content(sample).findings}
    asked = [one for one in sample.findings.findings if not stands_in_identities(one)]
    assert len(asked) > 12
    assert any(len(one.suspects) > 1 for one in asked)
    for one in asked:
        said = "".join(block_text(block) for block in finding_blocks(told[one.id]))
        assert UNDECIDED not in said
        assert "建议核对更正" not in said


def block_text(block: Block) -> str:
    """The text of a block, a table's row by row."""
    if isinstance(block, Table):
        return "".join(one.text for row in (*block.head, *block.body) for one in row)
    return block.text if isinstance(block, Heading) else line_text(block.spans)


def line_text(spans: tuple[Span, ...]) -> str:
    """The text of a line."""
    return "".join(span.text for span in spans)


def test_head_names_unit_year_files_and_hashes(content: MemoContent, papers: dict[str, Path]) -> None:
    digest = hashlib.sha256(SAMPLE.read_bytes()).hexdigest()
    for name in PAPERS:
        text = reading(name)(papers[name])
        assert SAMPLE.name in text
        assert digest in text
        assert squeezed(content.department) in text
        assert squeezed(content.year) in text


def test_tallies_add_up_to_the_coverage(sample: Audit, content: MemoContent) -> None:
    coverage = sample.coverage()
    total = content.total
    assert (total.passed, total.rounding, total.conflicts) == tuple(
        coverage[key] for key in ("passed", "rounding", "conflicts")
    )
    assert total.inapplicable == coverage["inapplicable"]
    assert total.not_made + total.inapplicable == coverage["unbound"] + coverage["not_checked"]
    assert sum(one.figures or 0 for one in content.tallies) == coverage["figures"]
    assert sum(one.number for one in content.gaps) == total.not_made
    assert total.formed == coverage["checks"]


@pytest.mark.parametrize("template", list(TEMPLATES))
def test_tallies_leave_no_check_out(template: str, audit_text: Callable[[str], Audit]) -> None:
    result = audit_text(to_text(make_department(3, template)))
    total = memo_content(result).total
    assert total.formed == result.coverage()["checks"]


@pytest.mark.parametrize("name", PAPERS)
def test_the_same_content_gives_the_same_bytes(
    name: str, content: MemoContent, papers: dict[str, Path], tmp_path: Path
) -> None:
    again = written(content, tmp_path)
    assert again[name].read_bytes() == papers[name].read_bytes()


@pytest.mark.parametrize("name", PAPERS)
def test_no_path_or_time_of_writing(name: str, papers: dict[str, Path]) -> None:
    content = papers[name].read_bytes()
    if name.endswith(".docx"):
        with zipfile.ZipFile(papers[name]) as packed:
            assert {entry.date_time for entry in packed.infolist()} == {(2000, 1, 1, 0, 0, 0)}
            content = b"".join(packed.read(entry) for entry in packed.namelist())
        properties = Document(str(papers[name])).core_properties
        assert (properties.author, properties.created) == ("gouji", properties.modified)
    else:
        assert not {"/CreationDate", "/ModDate"} & set(PdfReader(papers[name]).metadata or {})
        assert b"CreateDate" not in content
    for unwanted in (str(papers[name].parent), str(SAMPLE.parent), "site-packages"):
        assert unwanted.encode() not in content


@pytest.mark.parametrize("name", PAPERS)
def test_text_of_a_document_is_never_markup(name: str, tmp_path: Path) -> None:
    text = SAMPLE.read_text(encoding="utf-8").replace("公务接待费支出决算3万元", f"{HOSTILE}公务接待费支出决算3万元")
    source = tmp_path / "甲#乙*.txt"
    source.write_text(text, encoding="utf-8")
    parameters = Parameters.model_validate({"overrides": {"department": HOSTILE}, "region": "$[#]"})
    memo = memo_content(audit(source, parameters))
    assert memo.department == HOSTILE
    said = reading(name)(written(memo, tmp_path)[name])
    # In the head, in the quotation of the sentence, and wherever else the name stands.
    assert said.count(squeezed(HOSTILE)) >= 2
    assert squeezed(source.name) in said


@pytest.mark.parametrize("text", ["甲\x00乙\x07", "一\r\n二\x0b三", "\ud800", "12.50\u202e"])
def test_what_no_paper_can_hold_is_replaced(text: str, content: MemoContent, tmp_path: Path) -> None:
    assert printable("甲 乙　1,234.50%") == "甲 乙　1,234.50%"
    assert not set(printable(text)) & set("\x00\x07\x0b\r\ud800\u202e")
    for path in written(replace(content, department=text, title=text), tmp_path).values():
        assert squeezed(printable(text)) in reading(path.name)(path)


@pytest.mark.parametrize("name", ["memo.docx", "memo.pdf"])
def test_figures_without_a_check_stand_in_a_table(name: str, content: MemoContent, papers: dict[str, Path]) -> None:
    """Where, in which words, why; those of a sentence in one row. Zeros are counted, not listed."""
    (listed,) = [
        block
        for block in memo_blocks(content)
        if isinstance(block, Table) and block.head and "原文（栏目）" in [one.text for one in block.head[0]]
    ]
    text, rows = reading(name)(papers[name]), content.unchecked.rows
    assert len(listed.body) == len(rows) < len(content.unconstrained) - content.unchecked.zeros
    shown = Counter(said for one in rows for said, marked in one.pieces if marked)
    figures = Counter(one.quoted.figure for one in content.unconstrained)
    assert sum(shown.values()) == len(content.unconstrained) - content.unchecked.zeros
    assert shown <= figures
    assert all(said.startswith("0") for said in figures - shown)
    for one in rows:
        assert squeezed(one.where + "".join(said for said, _ in one.pieces) + one.reason) in text


def test_a_figure_printed_again_is_not_said_to_stand_alone(sample: Audit, content: MemoContent) -> None:
    """No rule relates it to the other print; that there is none, the memo must not say."""
    told = {(one.quoted.figure, one.where): one for one in content.unconstrained}
    assert told["2272人", "第五部分 六（一）"].told.endswith("勾稽关系；同一数字另见第五部分 四2")
    for fact in sample.checks.unconstrained():
        if why_unconstrained(fact, sample.checks) != UNRELATED:
            continue
        others = [one for one in sample.facts if one.place != fact.place and one.figure.value]
        again = [one for one in others if (one.figure.value, one.figure.unit) == (fact.figure.value, fact.figure.unit)]
        assert [one for one in again if one.where in seen_elsewhere(fact, sample.checks)] or not again
    assert not any("没有其他数字" in one.told for one in content.unconstrained)


def test_a_note_of_form_is_no_conflict(audit_text: Callable[[str], Audit]) -> None:
    """A line that was not recognised contradicts nothing."""
    text = to_text(make_department(5, "hunan2023"))
    found = audit_text(re.sub(r"\t　\n\t14\n\t　\n", "\t项目支出结转和结余\n\t14\n\t3.00\n", text, count=1))
    (check,) = [one for one in found.checks.conflicts() if one.rule.id == "form.unrecognised"]
    memo = memo_content(found)
    assert found.checks.algebra(check) == ""
    assert "0项不符，另1项为填列格式的提示" in memo.conclusion
    assert (memo.total.conflicts, memo.total.contradictions) == (1, 0)
    (checks,) = [row[1].text for row in counts_of(memo) if row[0].text == "勾稽"]
    assert "不符0项 ＋ 格式提示1项" in checks


def test_a_second_account_is_told_where_it_is_read(audit_text: Callable[[str], Audit]) -> None:
    """In the conclusion, in the scope, and for machines: the first account is not “all figures”."""
    parts = [to_text(make_department(seed, "hunan2023")) for seed in (5, 6)]
    parts[1] = parts[1].replace(named_in(parts[1]), "另一市第二中心")
    found = audit_text("\n".join(parts))
    (told,) = found.to_json()["coverage"]["remarks"]
    assert "另一市第二中心" in told
    assert f"读取情况：{told}。" in memo_content(found).conclusion
    scope = "".join(block_text(block) for block in opening(memo_content(found))[:1])
    assert "全部数字" not in scope
    assert "文件没有全部读到" in scope


def named_in(text: str) -> str:
    """The department that the tables of a text name."""
    found = re.search(r"部门：\s*(\S+)", text)
    assert found is not None
    return found[1]


def counts_of(memo: MemoContent) -> tuple[PaperRow, ...]:
    """The rows of the table of counts on the first page."""
    blocks = memo_blocks(memo)
    (found,) = [
        after for one, after in pairwise(blocks) if not isinstance(one, Table) and block_text(one) == "各项计数"
    ]
    assert isinstance(found, Table)
    return found.body


def test_what_leads_up_to_a_table_stays_with_it(content: MemoContent) -> None:
    blocks = memo_blocks(content)
    leading = [one for one, after in pairwise(blocks) if isinstance(one, Paragraph) and isinstance(after, Table)]
    assert leading
    assert all(one.kept or one.style in (Style.CAPTION, Style.SUBTITLE) for one in leading)


def test_a_basis_is_dated_or_is_not(content: MemoContent, papers: dict[str, Path]) -> None:
    assert {bool(one.dated) for one in content.bases} == {True, False}
    for name, path in papers.items():
        if name.startswith("memo"):
            text = reading(name)(path)
            assert "未载" not in text
            assert all(squeezed(one.dated) in text for one in content.bases)
            for one in content.bases:
                names = [each.article if one.law else one.name for each in one.articles]
                said = [name + each.says for name, each in zip(names, one.articles, strict=True)]
                assert all(squeezed(each) in text for each in said)


def test_a_clean_department_reads_well(clean: tuple[MemoContent, dict[str, Path]]) -> None:
    memo, paths = clean
    for name in ("memo.docx", "memo.pdf"):
        text = reading(name)(paths[name])
        assert squeezed(memo.conclusion) in text
        assert "没有发现" in text
        assert "不等于全部数字经过核实" in text
        assert "发现一览" not in text
    assert "未编制取证单" in docx_text(paths["evidence-sheets.docx"])


def test_one_sheet_for_each_error_on_its_own_page(content: MemoContent, papers: dict[str, Path]) -> None:
    errors = [one for one in content.findings if one.severity == "error"]
    sheets = Document(str(papers["evidence-sheets.docx"]))
    heads = [line for line in sheets.paragraphs if line.text == "审计取证单"]
    broken = [line._p.pPr.find(qn("w:pageBreakBefore")) is not None for line in heads]
    assert broken == [number > 0 for number in range(len(errors))]
    assert len(sheets.tables) == len(errors)
    for one, form in zip(errors, sheets.tables, strict=True):
        labels = [squeezed(row.cells[0].text) for row in form.rows]
        assert labels == [
            "项目名称",
            "被审计（调查）单位或个人",
            "审计（调查）事项",
            "审计（调查）事项摘要",
            "附件/索引",
            "审计人员",
            "证据提供单位意见",
            "证据提供人签名",
        ]
        assert squeezed(one.title) in squeezed(form.rows[2].cells[1].text)
        assert one.id in form.rows[4].cells[1].text
        assert form.rows[5].cells[1].text == form.rows[7].cells[1].text == ""


def test_a_sheet_states_place_figure_identity_and_difference(papers: dict[str, Path]) -> None:
    summary = Document(str(papers["evidence-sheets.docx"])).tables[1].rows[3].cells[1].text
    assert "公开03表2080106“就业管理事务”的基本支出为270.91万元" in summary
    assert "270.90 ≠ 270.91（左边270.90，右边270.91，相差0.01万元）" in summary
    assert "基本支出应为270.90万元，公布为270.91万元" in summary


def test_sheets_are_for_the_findings_given(content: MemoContent, tmp_path: Path) -> None:
    path = tmp_path / "confirmed.docx"
    write_evidence_sheets(content, content.findings[3:], path)
    assert len(Document(str(path)).tables) == len(content.findings) - 3
    assert content.findings[0].id not in docx_text(path)


def test_only_figures_held_to_be_misprinted_are_red(sample: Audit, content: MemoContent) -> None:
    """The others are marked calmly, and the legend says what that means."""
    for finding, one in zip(sample.findings.findings, content.findings, strict=True):
        marks = {mark for block in finding_blocks(one) for mark in _marks(block)} & {Mark.SUSPECT, Mark.ASKED}
        accused = finding.severity == "error" or finding.rule == "form.blank_total"
        assert marks <= {Mark.SUSPECT if accused else Mark.ASKED}, finding.title
        assert marks or not finding.suspects
    assert "加虚线的，是疑点或提示所说的" in "".join(block_text(block) for block in memo_blocks(content))


def _marks(block: Block) -> set[Mark]:
    if isinstance(block, Table):
        return {span.mark for row in block.body for one in row for line in one.lines for span in line}
    return {span.mark for span in block.spans} if isinstance(block, Paragraph) else set()


def test_suspects_stand_out_without_colour(papers: dict[str, Path]) -> None:
    memo = Document(str(papers["memo.docx"]))
    font = memo.styles["存疑数字"].font
    assert font.bold
    assert font.underline
    runs = memo.element.body.iter(qn("w:r"))
    marked = {
        text_of(run)
        for run in runs
        if (style := run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")) is not None and style.get(qn("w:val")) == "存疑数字"
    }
    assert {"3万元", "270.91", "24.78%"} <= marked


def test_word_shows_chinese_fonts_page_numbers_and_repeated_heads(papers: dict[str, Path]) -> None:
    memo = Document(str(papers["memo.docx"]))
    for name, font in {"Title": "宋体", "Heading 1": "黑体", "Body Text": "仿宋"}.items():
        fonts = memo.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == font
        assert not [key for key in fonts.attrib if "heme" in key]
    fields = [field.get(qn("w:instr")) for field in memo.sections[0].footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert (memo.sections[0].page_width.cm, memo.sections[0].page_height.cm) == (
        pytest.approx(21, abs=0.01),
        pytest.approx(29.7, abs=0.01),
    )
    rows = list(memo.element.body.iter(qn("w:tr")))
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
    tally = next(one for one in memo.tables if "受勾稽约束" in text_of(one._tbl))
    assert tally.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None


def test_pdf_embeds_its_fonts_and_has_an_outline(papers: dict[str, Path], content: MemoContent) -> None:
    reader = PdfReader(papers["memo.pdf"])
    fonts = [font.get_object() for page in reader.pages for font in resources(page).values()]
    described = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for font in fonts]
    assert described
    assert all({"/FontFile2", "/FontFile3"} & set(one) for one in described)
    assert all("/ToUnicode" in font for font in fonts)
    bookmarks = [one.title for one in reader.outline if not isinstance(one, list)]
    assert bookmarks[:4] == ["一、审核结论", "二、审核发现", "三、勾稽情况表", "四、未能核对的内容"]
    nested = [one.title for level in reader.outline if isinstance(level, list) for one in level]
    for one in content.findings:
        assert any(one.title in title for title in nested)


def resources(page: Any) -> Any:
    """The fonts of a page."""
    return page["/Resources"]["/Font"]


def test_pdf_has_every_glyph(papers: dict[str, Path]) -> None:
    """A missing glyph would be copied as nothing or as a replacement."""
    pages = pypdfium2.PdfDocument(papers["memo.pdf"])
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    assert "\ufffd" not in text
    assert "\x00" not in text
    assert re.search(r"第 1 页　共 \d+ 页", text)


def test_tables_fit_the_page_and_figures_are_not_broken() -> None:
    words, long = "中" * 300, "1,234,567,890,123.45"
    made = table((titles("甲", "乙", "丙"),), [(cell(words), figure(long), figure("1.00"))])
    assert sum(made.widths) == pytest.approx(TEXT_WIDTH)
    assert made.widths[1] > len(long) * made.size / 2
    wide = table((titles(*"甲" * 16),), [(cell(words), *(figure("12345678.90") for _ in range(15)))])
    assert wide.size < made.size
    assert sum(wide.widths) == pytest.approx(TEXT_WIDTH)


def test_a_cell_knows_its_text() -> None:
    assert PaperCell(((Span("甲"), Span("乙", Mark.SUSPECT)), (Span("丙"),))).text == "甲乙\n丙"


def test_a_run_leaves_the_papers(sample: Audit, tmp_path: Path) -> None:
    write_outputs(sample, tmp_path)
    assert set(PAPERS) <= {path.name for path in tmp_path.iterdir()}
    assert set(PAPERS) <= set(re.findall(r'"([a-z-]+\.\w+)": "[0-9a-f]{64}"', (tmp_path / "manifest.json").read_text()))

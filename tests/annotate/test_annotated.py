"""The originals marked up: each note on its figure and nowhere else, the original otherwise as it was."""

# mypy: disable-error-code="arg-type,call-arg,has-type,misc,type-var,union-attr"

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pypdf
import pypdfium2
import pytest
from lxml import etree
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment

from conftest import SAMPLE
from gouji import Audit, Parameters, audit, read
from gouji.annotate import annotated_copies
from gouji.annotate.note import Note, Role
from gouji.annotate.notes import notes_of
from gouji.checks.tie_out import tie_out
from gouji.dispositions.disposition import Decision, Disposition
from gouji.dispositions.match import match
from gouji.document.formats.word.names import w
from gouji.document.model import Document
from gouji.document.text import read_blocks
from gouji.facts.recognise import recognise
from gouji.fictitious.formats import as_docx
from gouji.fictitious.formats.as_docx import to_docx
from gouji.fictitious.formats.as_pdf import to_pdf
from gouji.fictitious.formats.as_xlsx import to_xlsx
from gouji.findings.explain import explain
from gouji.review.observation import Review
from gouji.runs.outputs import write_outputs
from support.office import lacking

#: What is told of findings of arithmetic; the review would add its own.
pytestmark = pytest.mark.usefixtures("without_review")

WRITERS = {"docx": to_docx, "pdf": to_pdf, "xlsx": to_xlsx}
CORPUS = os.environ.get("GOUJI_CORPUS", "")
real = pytest.mark.skipif(not CORPUS, reason="GOUJI_CORPUS is not set: no folder of real documents")
REAL = ["seed/2023-lanshan-employment.docx", "seed/2023-lanshan-employment.pdf", "corpus/2024-putuo-finance.pdf"]

#: Text that an author wrote: the id of the finding, and what it is pinned to.
Anchored = list[tuple[str, str]]


def sample_document() -> Document:
    """The sample's blocks."""
    return Document("account", "", "", read_blocks(SAMPLE.read_text(encoding="utf-8")))


@pytest.fixture(scope="module", params=list(WRITERS))
def source(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample in one format."""
    path = tmp_path_factory.mktemp("source") / f"account.{request.param}"
    WRITERS[request.param](sample_document(), path)
    return path


def copy_of(audited: Audit, path: Path) -> Path:
    """The annotated copy of an audit's only file."""
    (copy,) = annotated_copies(audited)
    assert not copy.problem
    path.mkdir(exist_ok=True)
    (path / copy.name).write_bytes(copy.data)
    return path / copy.name


def anchored(path: Path) -> Anchored:
    """What the file's notes are pinned to, read without the library's own code."""
    found = {".docx": in_word, ".pdf": in_pdf, ".xlsx": in_sheets}[path.suffix](path)
    return [(finding, plain(text)) for told, text in found for finding in set(re.findall(r"F-[0-9a-f]{8}", told))]


def plain(text: str) -> str:
    """A text without white space."""
    return "".join(text.split())


def in_word(path: Path) -> Iterator[tuple[str, str]]:
    """Each comment's text, and the words between its marks."""
    with zipfile.ZipFile(path) as package:
        body = etree.fromstring(package.read("word/document.xml"))
        comments = etree.fromstring(package.read("word/comments.xml"))
    told = {one.get(w("id")): "".join(one.itertext()) for one in comments}
    begun = [one.get(w("id")) for one in body.iter(w("commentRangeStart"))]
    ended = [one.get(w("id")) for one in body.iter(w("commentRangeEnd"))]
    referred = [one.get(w("id")) for one in body.iter(w("commentReference"))]
    assert sorted(begun) == sorted(ended) == sorted(referred) == sorted(told)
    assert [one.getparent().tag for one in body.iter(w("commentReference"))] == [w("r")] * len(told)
    for number in told:
        text, inside = "", False
        for one in body.iter():
            if one.get(w("id")) == number and one.tag in (w("commentRangeStart"), w("commentRangeEnd")):
                inside = one.tag == w("commentRangeStart")
            elif inside and one.tag == w("t"):
                text += one.text or ""
        yield told[number], text


def in_pdf(path: Path) -> Iterator[tuple[str, str]]:
    """Each highlight's note, and the characters in its quads; of a frame, those in its cell."""
    document = pypdfium2.PdfDocument(path)
    for page, shown in zip(pypdf.PdfReader(path).pages, document, strict=True):
        text = shown.get_textpage()
        for reference in page.get("/Annots", ()):
            one = reference.get_object()
            if one["/Subtype"] not in ("/Highlight", "/Square"):
                continue
            assert one["/Popup"]["/Parent"].get("/NM") == one["/NM"]
            assert one["/AP"]["/N"].get_object()["/Subtype"] == "/Form"
            sides = [float(side) for side in one.get("/QuadPoints", one["/Rect"])]
            boxes = [sides[at : at + 8] for at in range(0, len(sides), 8)]
            yield (
                f"{one['/Subj']} {one['/Contents']}",
                "".join(
                    text.get_text_bounded(min(box[::2]), min(box[1::2]), max(box[::2]), max(box[1::2])) for box in boxes
                ),
            )


def in_sheets(path: Path) -> Iterator[tuple[str, str]]:
    """Each comment's text, and what its cell holds."""
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment:
                    yield cell.comment.text, "" if cell.value is None else str(cell.value)


def is_on(figure: str, text: str, path: Path) -> bool:
    """True for the figure itself; in a workbook for its value, or the cell of a paragraph that says it."""
    figure = plain(figure)
    if path.suffix != ".xlsx" or not figure or not text:
        return figure == text
    try:
        return float(figure.replace(",", "")) == float(text)
    except ValueError:
        return len(text) > len(figure) and figure in text


def known(audited: Audit) -> list[tuple[object, ...]]:
    """What a document's facts say and where, and its findings."""
    facts = [(one.concept.path, one.figure.text, one.amount, one.where, one.place) for one in audited.facts]
    return [*facts, *((one.id, one.title, one.message) for one in audited.findings.findings)]


def assert_marked(path: Path, folder: Path) -> None:
    """Every suspect of every finding carries its note; the copy read again is the same account."""
    audited = audit(path)
    copy = copy_of(audited, folder)
    found = anchored(copy)
    for finding in audited.findings.findings:
        assert finding.suspects
        for fact in finding.suspects:
            texts = [text for number, text in found if number == finding.id]
            assert any(is_on(fact.figure.text, text, copy) for text in texts), (fact.named, texts)
    assert known(audit(copy)) == known(audited)
    assert annotated_copies(audited)[0].data == copy.read_bytes()


def test_every_suspect_carries_its_note(source: Path, tmp_path: Path) -> None:
    assert_marked(source, tmp_path)


@real
@pytest.mark.parametrize("name", REAL)
def test_every_suspect_of_real_documents_carries_its_note(name: str, tmp_path: Path) -> None:
    assert_marked(Path(CORPUS) / name, tmp_path)


def test_no_note_stands_elsewhere(source: Path, tmp_path: Path) -> None:
    """What is pinned is a suspect or one of the figures that contradict it."""
    audited = audit(source)
    copy = copy_of(audited, tmp_path)
    figures = {
        one.id: [fact.figure.text for fact in (*one.suspects, *one.corroborating)] for one in audited.findings.findings
    }
    notes = anchored(copy)
    assert notes
    for finding, text in notes:
        assert any(is_on(figure, text, copy) for figure in figures[finding]), (finding, text)


def test_notes_say_what_is_wrong_and_what_should_be_printed(sample: Audit) -> None:
    notes = notes_of(sample)
    located = next(note for note in notes if note.finding == "F-9e1aec1f" and note.role is Role.SUSPECT)
    told = "\n".join(located.paragraphs)
    assert located.paragraphs[1] == "建议：3万元 → 0.25万元"
    assert "3 ≠ 0.25，差2.75万元" in told
    assert "依据：" in told
    opposed = [note for note in notes if note.finding == "F-9e1aec1f" and note.role is Role.OPPOSED]
    assert 1 <= len(opposed) <= 4
    assert all("F-9e1aec1f" in note.paragraphs[0] for note in opposed)
    assert any("应与第三部分 七（二）公务接待费决算（3万元）一致而不一致" in note.paragraphs[1] for note in opposed)
    assert all(note.paragraphs[1].endswith("处的批注。") for note in opposed)


def test_a_part_of_a_sum_is_not_said_to_differ_from_another(tmp_path: Path) -> None:
    """It only stands in the sum that does not hold."""
    text = SAMPLE.read_text(encoding="utf-8").replace("\t13.51", "\t13.61", 1)
    path = tmp_path / "account.txt"
    path.write_text(text, encoding="utf-8")
    said = [note.paragraphs[1] for note in notes_of(audit(path)) if note.role is Role.OPPOSED]
    assert any("同在一项不成立的勾稽中，本身未必有误" in one for one in said)


def test_what_an_auditor_has_decided_is_told(sample: Audit) -> None:
    """A finding that is explained is still marked, the figures against it are not."""
    settled = Disposition(finding="F-dfa25435", decision=Decision.EXPLAINED, reason="已核对账簿", reviewer="张三")
    decided = match({settled.finding: settled}, sample.findings)
    notes = [one for one in notes_of(replace(sample, dispositions=decided)) if one.finding == "F-dfa25435"]
    assert [one.role for one in notes] == [Role.SUSPECT]
    assert notes[0].paragraphs[1].startswith("审计认定：已说明：已核对账簿")


def test_undecided_suspects_name_each_other(tmp_path: Path) -> None:
    text = SAMPLE.read_text(encoding="utf-8").replace("\t13.51", "\t13.61", 1)
    path = tmp_path / "account.txt"
    path.write_text(text, encoding="utf-8")
    audited = audit(path)
    undecided = [one for one in audited.findings.findings if len(one.candidates) > 1 and not one.located]
    notes = [note for note in notes_of(audited) if note.finding in {one.id for one in undecided}]
    suspects: list[Note] = [note for note in notes if note.role is Role.SUSPECT]
    assert len(suspects) == sum(len({fact.place for fact in one.suspects}) for one in undecided)
    assert suspects
    assert any("仅凭勾稽关系不能判断哪一个数字有误" in "".join(note.paragraphs) for note in suspects)


def test_findings_without_figures_stand_at_what_they_are_about(tmp_path: Path) -> None:
    text = SAMPLE.read_text(encoding="utf-8").replace("公务接待费支出决算3万元", "公务接待费支出决算XX万元")
    blocks = read_blocks(text)
    path = tmp_path / "account.docx"
    to_docx(Document("account", "", "", blocks), path)
    audited = audit(path)
    assert any(not one.suspects for one in audited.findings.findings)
    found = anchored(copy_of(audited, tmp_path / "out"))
    for finding in audited.findings.findings:
        if not finding.suspects:
            assert any(number == finding.id and "XX" in text for number, text in found)


def test_an_empty_cell_is_framed_in_a_pdf(tmp_path: Path) -> None:
    path = tmp_path / "account.pdf"
    to_pdf(sample_document(), path)
    reader = pypdf.PdfReader(copy_of(audit(path), tmp_path))
    notes = [one.get_object() for page in reader.pages for one in page.get("/Annots", ())]
    assert sum(one["/Subtype"] == "/Square" for one in notes) == 6


@pytest.mark.parametrize(
    ("turn", "upright"), [(0, True), (90, True), (180, True), (270, True), (90, False), (270, False)]
)
def test_turned_and_cropped_pages(turn: int, upright: bool, tmp_path: Path) -> None:
    """The corner of the sheet need not be the origin, nor what is displayed the sheet; pages are turned so that their
    text is upright, or lies sideways."""
    source, path = tmp_path / "source.pdf", tmp_path / "account.pdf"
    to_pdf(sample_document(), source)
    writer = pypdf.PdfWriter(clone_from=source)
    for page in writer.pages:
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        moved = pypdf.Transformation()
        if upright:
            aside = {0: (0.0, 0.0), 90: (height, 0.0), 180: (width, height), 270: (0.0, width)}[turn]
            moved = moved.rotate(turn).translate(*aside)
            width, height = (width, height) if turn % 180 == 0 else (height, width)
        page.add_transformation(moved.translate(100, 50))
        page.mediabox = pypdf.generic.RectangleObject((100, 50, width + 100, height + 50))
        page.cropbox = pypdf.generic.RectangleObject((110, 70, width + 95, height + 45))
        page.rotate(turn)
    writer.write(path)
    assert_marked(path, tmp_path / "out")


def test_what_is_appended_leaves_the_originals_bytes(tmp_path: Path) -> None:
    path = tmp_path / "account.pdf"
    to_pdf(sample_document(), path)
    assert copy_of(audit(path), tmp_path).read_bytes().startswith(path.read_bytes())


def test_a_pdf_ends_with_a_page_that_lists_its_marks(tmp_path: Path) -> None:
    """It is drawn as a note on an empty page: what is read of the copy is what is read of the original."""
    path = tmp_path / "account.pdf"
    to_pdf(sample_document(), path)
    audited = audit(path)
    copy = copy_of(audited, tmp_path)
    *pages, last = pypdf.PdfReader(copy).pages
    assert len(pages) == len(pypdf.PdfReader(path).pages)
    assert [page.get_contents().get_data() for page in pages] == [
        page.get_contents().get_data() for page in pypdf.PdfReader(path).pages
    ]
    assert last.extract_text() == ""
    (reference,) = last["/Annots"]
    drawing = reference.get_object()["/AP"]["/N"].get_object()
    shown = pypdf.PdfWriter()
    page = shown.add_blank_page(595, 842)
    page[pypdf.generic.NameObject("/Resources")] = drawing["/Resources"].clone(shown)
    page[pypdf.generic.NameObject("/Contents")] = drawing.clone(shown).indirect_reference
    text = plain(page.extract_text())
    assert "附页批注编号对照" in text
    for finding in audited.findings.findings:
        assert plain(f"{finding.title}（{finding.id}）") in text
    picture = pypdfium2.PdfDocument(copy)[len(pages)].render(scale=0.5).to_numpy()
    assert picture.min() < 100


def test_a_pdf_with_a_table_of_its_objects(tmp_path: Path) -> None:
    """Older files list their objects in a table; one with something before its header is written anew."""
    source, path = tmp_path / "source.pdf", tmp_path / "account.pdf"
    to_pdf(sample_document(), source)
    pypdf.PdfWriter(clone_from=source).write(path)
    assert b"\nxref\n" in path.read_bytes()
    assert_marked(path, tmp_path / "out")
    assert (tmp_path / "out" / "annotated.pdf").read_bytes().startswith(path.read_bytes())
    path.write_bytes(b"\n\n" + path.read_bytes())
    assert_marked(path, tmp_path / "again")


def test_an_encrypted_pdf_is_left_alone(tmp_path: Path) -> None:
    source, path = tmp_path / "source.pdf", tmp_path / "account.pdf"
    to_pdf(sample_document(), source)
    writer = pypdf.PdfWriter(clone_from=source)
    writer.encrypt("", "owner", algorithm="AES-128")
    writer.write(path)
    audited = audit(path)
    (copy,) = annotated_copies(audited)
    assert "权限密码" in copy.problem
    write_outputs(audited, tmp_path / "out")
    assert not list((tmp_path / "out").glob("annotated*"))
    told = (tmp_path / "out" / "not-annotated.txt").read_text(encoding="utf-8")
    assert told.startswith("未生成批注原件：account.pdf（")


#: The figure of 七（二） in the ways Word may keep it; `{}` stands for the figure's place in the paragraph.
WAYS: dict[str, list[object]] = {
    "cut into runs": [as_docx.run("公务接待费支出决算3"), as_docx.run("万"), as_docx.run("元，占100%")],
    "inserted": [
        "公务接待费支出决算",
        as_docx.element("del", as_docx.element("r", as_docx.text("5万元", "delText")), id="1", author="a"),
        as_docx.element("ins", as_docx.run("3万元，占"), id="2", author="a"),
        "100%",
    ],
    "linked": ["公务接待费", as_docx.element("hyperlink", as_docx.run("支出决算3万元，占100%"), anchor="here")],
    "the result of a field": [
        "公务接待费支出决算",
        as_docx.element("fldSimple", as_docx.run("3万元"), instr="REF a"),
        "，占100%",
    ],
    "in a control": [
        "公务接待费支出决算",
        as_docx.element(
            "sdt",
            as_docx.element("sdtPr", as_docx.element("text")),
            as_docx.element("sdtContent", as_docx.run("3万元")),
        ),
        "，占100%",
    ],
}


@pytest.mark.parametrize("way", list(WAYS))
def test_figures_that_word_keeps_in_pieces(way: str, tmp_path: Path) -> None:
    """The comment is on the figure; marks taken out, what the document shows is what it was."""
    path = tmp_path / "account.docx"
    to_docx(sample_document(), path)
    word = docx.Document(str(path))
    at = next(one for one in word.paragraphs if "公务接待费支出决算3万元" in one.text)
    before, after = re.split("公务接待费支出决算3万元，占100%", at.text)
    for one in list(at._p):
        at._p.remove(one)
    content = as_docx.paragraph(before, *WAYS[way], after)
    at._p.extend(list(content))
    word.save(str(path))
    assert_marked(path, tmp_path / "out")
    wrappers = ("ins", "del", "hyperlink", "fldSimple", "sdt")
    before_and_after = [
        [count_of(one, wrapper) for wrapper in wrappers] for one in (path, tmp_path / "out" / "annotated.docx")
    ]
    assert before_and_after[0] == before_and_after[1]


def count_of(path: Path, name: str) -> int:
    """How many elements of a name a Word file's body has."""
    with zipfile.ZipFile(path) as package:
        return len(list(etree.fromstring(package.read("word/document.xml")).iter(w(name))))


def test_a_word_files_own_comments_and_other_parts_stay(tmp_path: Path) -> None:
    path = tmp_path / "account.docx"
    to_docx(sample_document(), path)
    word = docx.Document(str(path))
    own = next(one for one in word.paragraphs if one.runs)
    word.add_comment(own.runs, text="原有批注", author="某某", initials="某")
    word.save(str(path))
    copy = copy_of(audit(path), tmp_path / "out")
    told = docx.Document(str(copy)).comments
    assert next(one.text for one in told) == "原有批注"
    assert len({one.comment_id for one in told}) == len(list(told)) > 10
    changed = {"word/document.xml", "word/comments.xml"}
    assert {name for name, content in parts(copy).items() if content != parts(path).get(name)} == changed


def parts(path: Path) -> dict[str, bytes]:
    """The parts of a package."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_a_workbook_keeps_charts_and_its_own_comments(tmp_path: Path) -> None:
    path = tmp_path / "account.xlsx"
    to_xlsx(sample_document(), path)
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["Z03"]
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=4, min_row=9, max_row=11))
    sheet.add_chart(chart, "K2")
    sheet["D11"].comment = Comment("原有批注", "某某")
    sheet["A1"].comment = Comment("标题的批注", "某某")
    workbook.save(path)
    audited = audit(path)
    copy = copy_of(audited, tmp_path / "out")
    marked = openpyxl.load_workbook(copy)["Z03"]
    assert marked["D11"].comment.text.startswith("原有批注\n\n2. 错误：")
    assert marked["A1"].comment.text == "标题的批注"
    assert marked["D11"].fill.fgColor.rgb == "FFFBD5CF"
    assert marked["D11"].border.left.style == "thin"
    unchanged = {name for name, content in parts(path).items() if parts(copy).get(name) == content}
    assert {name for name in parts(path) if "chart" in name} <= unchanged
    assert known(audit(copy)) == known(audited)


def test_text_has_no_annotated_copy(sample: Audit) -> None:
    assert annotated_copies(sample) == []


def test_a_file_that_has_changed_since_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "account.docx"
    to_docx(sample_document(), path)
    audited = audit(path)
    path.write_bytes(path.read_bytes() + b" ")
    (copy,) = annotated_copies(audited)
    assert "已有改动" in copy.problem
    path.unlink()
    (copy,) = annotated_copies(audited)
    assert "无法再次读取" in copy.problem


def test_each_of_several_files_has_its_own_copy(tmp_path: Path) -> None:
    """The tables in one file, what is told of them in another: each note is in the file of its figure."""
    blocks = sample_document().blocks
    cut = next(block.index for block in blocks if block.text.startswith("第三部分"))
    files = tmp_path / "表.docx", tmp_path / "说明.docx"
    for path, some in zip(files, (blocks[:cut], blocks[cut:]), strict=True):
        to_docx(Document("", "", "", some), path)
    document = read(files)
    checks = tie_out(recognise(document))
    whole = Audit(document, checks.facts, checks, Review(), explain(checks), Parameters(), sources=files)
    found = []
    for copy in annotated_copies(whole):
        (tmp_path / copy.name).write_bytes(copy.data)
        found.append(anchored(tmp_path / copy.name))
    assert [copy.name for copy in annotated_copies(whole)] == ["annotated-1-表.docx", "annotated-2-说明.docx"]
    assert ("F-dfa25435", "270.91") in found[0]
    assert ("F-9e1aec1f", "0.25") in found[0]
    assert ("F-9e1aec1f", "3万元") in found[1]
    assert ("F-dfa25435", "270.9万元") in found[1]


def test_outputs_hold_the_copy_and_the_manifest_its_hash(tmp_path: Path) -> None:
    path = tmp_path / "account.docx"
    to_docx(sample_document(), path)
    written = {one.name for one in write_outputs(audit(path), tmp_path / "out")}
    assert "annotated.docx" in written
    assert "not-annotated.txt" not in written
    assert '"annotated.docx"' in (tmp_path / "out" / "manifest.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("source", ["docx", "xlsx"], indirect=True)
def test_libreoffice_opens_the_copies(source: Path, tmp_path: Path) -> None:
    """Read by another program and written in its own format, each note is there. (It draws a PDF, and does not read its
    notes: two other libraries do in the tests above.)"""
    if reason := lacking({".docx": "writer", ".xlsx": "calc"}[source.suffix]):
        pytest.skip(f"{reason}: nothing to open the copy with")
    program = shutil.which("soffice") or "libreoffice"
    copy = copy_of(audit(source), tmp_path)
    kind = {".docx": "odt", ".xlsx": "ods"}[source.suffix]
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path), str(copy)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    content = etree.fromstring(parts(copy.with_suffix(f".{kind}"))["content.xml"])
    notes = list(content.iter("{urn:oasis:names:tc:opendocument:xmlns:office:1.0}annotation"))
    number = len(list(in_word(copy))) if kind == "odt" else len(list(in_sheets(copy)))
    assert len(notes) == number > 10
    assert sum("F-dfa25435" in "".join(one.itertext()) for one in notes) >= 3

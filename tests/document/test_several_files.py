"""An account published in several files: tables and narrative apart, named together in the parameters or by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from conftest import SAMPLE
from gouji import Audit, Parameters, UnusableInputError, audit, read
from gouji.cli import main
from gouji.document.model import Document, section_label
from gouji.document.several import joined
from gouji.fictitious.formats.as_docx import to_docx
from gouji.fictitious.formats.as_pdf import to_pdf
from gouji.fictitious.formats.as_xlsx import to_xlsx


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The sample's profile as text, tables as a workbook, narrative as a PDF and annex as a Word document."""
    folder = tmp_path_factory.mktemp("parts")
    whole = read(SAMPLE)
    starts = [0, *(_heading(whole, part) for part in ("第二部分", "第三部分", "第五部分")), len(whole.blocks)]
    pieces = [_cut(whole, first, last) for first, last in pairwise(starts)]
    profile, workbook, narrative, annex = (
        folder / name for name in ("概况.txt", "决算表.xlsx", "情况说明.pdf", "附件.docx")
    )
    profile.write_text("\n\n".join(block.text for block in pieces[0].blocks), encoding="utf-8")
    to_xlsx(pieces[1], workbook)
    to_pdf(pieces[2], narrative)
    to_docx(pieces[3], annex)
    return [profile, workbook, narrative, annex]


def _cut(whole: Document, first: int, last: int) -> Document:
    blocks = tuple(replace(block, index=number) for number, block in enumerate(whole.blocks[first:last]))
    return replace(whole, blocks=blocks)


def _heading(document: Document, number: str) -> int:
    return next(block.index for block in document.blocks if block.text.strip().startswith(number))


def known(audited: Audit) -> set[tuple[object, ...]]:
    return {(fact.concept.path, fact.figure.text.strip(), fact.amount, fact.where) for fact in audited.facts}


def test_together_they_say_what_the_whole_does(parts: list[Path]) -> None:
    whole, together = audit(SAMPLE), audit(parts)
    assert known(together) == known(whole)
    assert [one.id for one in together.findings.findings] == [one.id for one in whole.findings.findings]


def test_places_name_the_file(parts: list[Path]) -> None:
    found = audit(parts).to_json()
    assert [one["name"] for one in found["source"]["files"]] == [path.name for path in parts]
    located = {
        place["published"]: place["locator"]
        for one in found["findings"]
        for place in one["places"]
        if place["published"]
    }
    assert located["270.91"]["file"] == "决算表.xlsx"
    assert located["270.91"]["cell"]
    assert located["3万元"]["file"] == "情况说明.pdf"
    assert located["3万元"]["page"] >= 1


def test_parameters_name_them(parts: list[Path], tmp_path: Path) -> None:
    params = tmp_path / "sample.yaml"
    listed = "\n".join(f"  - {path}" for path in parts)
    params.write_text(f"department: 蓝山县就业服务中心\nyear: 2023\nsource:\n{listed}\n", encoding="utf-8")
    assert Parameters.load(params).source_paths() == tuple(parts)
    out = tmp_path / "out"
    assert main(["audit", "--params", str(params), "--out", str(out), "--no-notebooks"]) == 0
    findings = json.loads((out / "findings.json").read_text(encoding="utf-8"))["findings"]
    assert sum(one["severity"] == "error" for one in findings) == 3
    assert {path.suffix for path in out.glob("annotated-*")} == {".xlsx", ".pdf", ".docx"}


def test_one_that_is_missing_is_named(parts: list[Path], tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError, match=r"附件2\.docx：文件不存在"):
        audit([*parts[:3], tmp_path / "附件2.docx"])


NARRATIVE = (
    "第二部分 2023年度部门决算情况说明\n",
    "一、收入支出决算总体情况说明\n2023年度收入总计30.00万元。\n",
    "三、支出决算情况说明\n2023年度本年支出合计30.00万元，其中：",
    "基本支出10.00万元，占33.33%；项目支出20.00万元，占66.67%。\n",
    "四、财政拨款收入支出决算总体情况说明\n2023年度财政拨款收入总计30.00万元。\n",
    "第三部分 名词解释\n一、基本支出：指保障运转的支出。\n",
)
COVER = "宁溪县档案馆2023年度部门决算\n"


def _sections(folder: Path, *texts: str) -> list[str]:
    paths = [folder / f"{number}.txt" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    document = joined([read(path) for path in paths])
    return [section_label(block.section) for block in document.blocks]


@pytest.mark.parametrize("cut", [1, 4])
def test_file_that_begins_with_the_next_heading_goes_on_in_its_part(cut: int, tmp_path: Path) -> None:
    whole = _sections(tmp_path, COVER + "".join(NARRATIVE))
    assert _sections(tmp_path, COVER + "".join(NARRATIVE[:cut]), "".join(NARRATIVE[cut:])) == whole


def test_file_that_begins_with_a_sentence_goes_on_in_its_section(tmp_path: Path) -> None:
    sections = _sections(tmp_path, "".join(NARRATIVE[:3]), "".join(NARRATIVE[3:]))
    assert sections == _sections(tmp_path, "".join([*NARRATIVE[:3], "\n", *NARRATIVE[3:]]))
    assert "第二部分 三" in sections[-6:]


@pytest.mark.parametrize(
    "further",
    [
        "宁溪县档案馆整体支出情况\n四、其他\n本馆支出为30.00万元，均已完成。\n",
        "一、基本情况\n本馆支出为30.00万元，均已完成。\n",
        "根据要求，现将情况公开如下。\n一、基本情况\n本馆支出为30.00万元。\n",
        "支出决算表\n科目\t合计\n205\t30.00\n",
    ],
)
def test_file_of_its_own_is_in_no_section_of_another(further: str, tmp_path: Path) -> None:
    alone = _sections(tmp_path, further)
    assert _sections(tmp_path, "".join(NARRATIVE[:4]), further)[-len(alone) :] == alone

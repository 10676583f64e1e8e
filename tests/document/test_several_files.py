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
from gouji.document.model import Document
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

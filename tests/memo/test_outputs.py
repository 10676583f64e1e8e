"""What a run leaves: complete, reproducible, self-contained."""

import base64
import io
import json
import re
import socket
from pathlib import Path

import pandas as pd
import pytest
from fontTools.ttLib import TTFont

from conftest import PARAMS, SAMPLE
from gouji import Audit
from gouji.checks.check import Checks
from gouji.cli import main
from gouji.document.model import Document
from gouji.facts.fact import Facts
from gouji.memo.html import render_memo

PAPERS = {"memo.html", "memo.docx", "memo.pdf", "evidence-sheets.docx", "working-papers.xlsx"}
FILES = PAPERS | {"findings.json", "facts.parquet", "checks.parquet", "manifest.json"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run's folder, made without notebooks."""
    out = tmp_path_factory.mktemp("run") / "out"
    assert main(["audit", "--params", str(PARAMS), "--out", str(out), "--no-notebooks"]) == 0
    return out


def test_files(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == FILES


def test_findings_json(folder: Path) -> None:
    found = json.loads((folder / "findings.json").read_text(encoding="utf-8"))
    assert found["schema"] == "gouji/findings/1"
    assert set(found["source"]) == {"name", "sha256"}
    coverage = {"tables", "figures", "claims", "checks", "passed", "rounding", "conflicts", "unconstrained"}
    assert coverage <= set(found["coverage"])
    for finding in found["findings"]:
        needed = {"id", "rule", "severity", "title", "message", "places", "expected", "difference", "checks", "repair"}
        assert needed | {"basis"} <= set(finding)
        for place in finding["places"]:
            assert set(place) == {"where", "published", "value", "unit", "quote", "locator"}
    reception = found["findings"][0]["places"][0]
    assert (reception["where"], reception["published"], reception["unit"]) == ("第三部分 七（二）", "3万元", "万元")


def test_facts_parquet_holds_each_printed_number_once(folder: Path, sample: Audit) -> None:
    facts = pd.read_parquet(folder / "facts.parquet")
    printed = facts[facts["state"].isin(["number", "zero"]) & (facts["part"] == "tables")]
    assert not printed.duplicated(["concept"]).any()
    assert len(printed) == sum(fact.figure.printed and fact.part.value == "tables" for fact in sample.facts)
    row = facts[facts["concept"] == "expenditure[2080106].basic"].iloc[0]
    assert (str(row["value"]), row["printed"], row["unit"]) == ("270.9100000000", "270.91", "万元")


def test_checks_parquet_counts_every_outcome(folder: Path, sample: Audit) -> None:
    checks = pd.read_parquet(folder / "checks.parquet")
    assert checks["verdict"].value_counts().to_dict() == {
        verdict.value: number for verdict, number in sample.checks.count().items() if number
    }


def test_the_same_source_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    again = tmp_path / "elsewhere" / "out"
    assert main(["audit", "--params", str(PARAMS), "--out", str(again), "--no-notebooks"]) == 0
    assert {path.name: path.read_bytes() for path in again.iterdir()} == {
        path.name: path.read_bytes() for path in folder.iterdir()
    }


def test_the_memo_needs_nothing_but_itself(folder: Path) -> None:
    memo = (folder / "memo.html").read_text(encoding="utf-8")
    assert "<script" not in memo
    without_names = re.sub(r'xmlns(:\w+)?="[^"]*"', "", memo)
    assert not re.search(r'(?:src|href)="(?!#)[^"]', without_names)
    assert not re.search(r"https?://|@import|url\(", re.sub(r'url\((?:#|"data:)', "", without_names))


def test_text_from_the_document_is_escaped(tmp_path: Path) -> None:
    hostile = SAMPLE.read_text(encoding="utf-8").replace(
        "公务接待费支出决算3万元", "<b onclick=x>公务接待费支出决算3万元"
    )
    from gouji import audit

    source = tmp_path / "hostile.txt"
    source.write_text(hostile, encoding="utf-8")
    assert "<b onclick" not in render_memo(audit(source))


def test_an_audit_with_sockets_blocked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("an audit must not reach for the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert main(["audit", str(SAMPLE), "--out", str(tmp_path / "out"), "--no-notebooks"]) == 0


def test_manifest_names_hashes_and_no_path(folder: Path) -> None:
    text = (folder / "manifest.json").read_text(encoding="utf-8")
    manifest = json.loads(text)
    assert set(manifest["outputs"]) == FILES - {"manifest.json"}
    assert str(folder) not in text
    assert str(SAMPLE.parent) not in text


def test_the_memo_says_that_its_legal_basis_is_not_verified(sample: Audit) -> None:
    cited = {basis.id: basis.verified for finding in sample.findings.findings for basis in finding.basis}
    assert ("尚未与正式文本核对" in render_memo(sample)) == (not all(cited.values()))


def test_the_memo_carries_every_glyph_of_its_text(sample: Audit) -> None:
    """It is read on machines without a Chinese font too; the same text gives the same bytes."""
    memo = render_memo(sample)
    packed = re.search(r"data:font/otf;base64,([A-Za-z0-9+/=]+)", memo)
    assert packed is not None
    glyphs = TTFont(io.BytesIO(base64.b64decode(packed[1]))).getBestCmap()
    text = re.sub(r"<style.*?</style>|<[^>]+>", "", memo, flags=re.DOTALL)
    missing = {char for char in text if "\u4e00" <= char <= "\u9fff" and ord(char) not in glyphs}
    assert missing == set()
    assert render_memo(sample) == memo


def test_frames_have_english_columns_and_the_types_they_are_said_to_have(sample: Audit) -> None:
    """Of an empty account too: what is computed with a frame does not depend on its having rows."""
    numbers = {"index", "line", "start", "end", "decimals", "check"}
    values = {"value", "left", "right", "difference"}
    filled = (sample.document, sample.facts, sample.checks, sample.findings, sample.review)
    empty = (Document("", "", "", ()), Facts((), {}), Checks(Facts((), {}), ()))
    frames = [stage.to_frame() for stage in (*filled, *empty)]
    assert [len(frame) > 0 for frame in frames] == [True] * 5 + [False] * 3
    told = [(name, dtype) for frame in frames for name, dtype in frame.dtypes.items()]
    assert {str(name) for name, _ in told} >= numbers | values
    assert all(str(name).isascii() for name, _ in told)
    assert {str(dtype) for name, dtype in told if name in numbers} == {"int64"}
    assert {str(dtype) for name, dtype in told if name in values} == {"object"}

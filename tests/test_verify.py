"""`gouji verify`: a run executed again from its folder, and what is said of what differs."""

# mypy: disable-error-code="arg-type,func-returns-value,operator"

import hashlib
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED

import pytest
from openpyxl import load_workbook

from gouji.cli import main
from gouji.dispositions.layout import DATE, DECISION, FINDINGS, ID, REASON, REVIEWER, WORKBOOK
from gouji.runtime.repacked import repacked
from gouji.verify.again import executed_again
from gouji.verify.inputs import find_inputs
from gouji.verify.outputs import output_lines
from gouji.verify.recorded import read_manifest

TEXT = """虚构县图书馆2023年度部门决算
第三部分 2023年度部门决算情况说明
一、收入支出决算总体情况说明
2023年度收入总计100.00万元，支出总计100.00万元。与上年相比，收、支总计各增加10.00万元，增长12.00%。
"""
HASH = "0" * 64


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an account and, in `out`, its run."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "account.txt").write_text(TEXT, encoding="utf-8")
    assert main(["audit", str(folder / "account.txt"), "--out", str(folder / "out"), "--no-notebooks"]) == 0
    return folder


@pytest.fixture(scope="module")
def made(run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What executing the run again writes."""
    recorded = read_manifest(run / "out")
    inputs = find_inputs(recorded, run / "out", [], None)
    return executed_again(recorded, inputs, None, tmp_path_factory.mktemp("again"))


@pytest.fixture
def place(run: Path, tmp_path: Path) -> Path:
    """A copy of the run to be altered."""
    shutil.copytree(run, tmp_path / "copy")
    return tmp_path / "copy"


def state(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def altered(folder: Path, **values: Any) -> None:
    """Writes other values into the manifest."""
    file = folder / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | values), encoding="utf-8")


def test_a_run_is_the_same_again_and_its_folder_is_left_alone(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = state(run)
    assert main(["verify", str(run / "out")]) == 0
    said = capsys.readouterr().out
    outputs = json.loads((run / "out" / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    same = ["来源文件 account.txt", "参数", "规则", "代码", "所用的库", *outputs]
    assert all(f"[相同] {what}" in said for what in same)
    assert "[不同]" not in said
    assert said.endswith("结论：全部相同\n")
    assert state(run) == before


def test_another_source(place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Downloaded anew under another name, in which a figure has been put right."""
    other = tmp_path / "new.txt"
    other.write_text(TEXT.replace("12.00%", "11.11%"), encoding="utf-8")
    assert main(["verify", str(place / "out"), "--source", str(other)]) == 1
    said = capsys.readouterr().out
    assert "[不同] 来源文件 account.txt：是另一个文件，SHA-256 为 " in said
    assert "[相同] 参数" in said
    assert "[不同] findings.json：写出之后没有改动，而重算的结果不同" in said
    found = json.loads((place / "out" / "findings.json").read_text(encoding="utf-8"))["findings"]
    assert all(f"重算没有的发现 {one['id']}　{one['title']}" in said for one in found if one["severity"] == "error")


def test_other_rules_code_and_parameters_are_told_and_the_outputs_still_compared(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = place / "p.yaml"
    file.write_text("source: account.txt\nthresholds: {materiality: 5}\n", encoding="utf-8")
    altered(place / "out", rules=HASH, libraries={"python": "3.0"})
    assert main(["verify", str(place / "out"), "--params", str(file)]) == 1
    said = capsys.readouterr().out
    assert "[不同] 规则：记载的是 SHA-256 0000000000000000…" in said
    assert "thresholds.materiality 记载 0，现为 5" in said
    assert "[说明] 所用的库：版本与记载的不同" in said
    assert "[相同] findings.json" in said


def tampered(folder: Path) -> None:
    file = folder / "findings.json"
    text = file.read_text(encoding="utf-8")
    assert "12.00%" in text
    file.write_text(text.replace('"severity": "error"', '"severity": "note"', 1), encoding="utf-8")


def recorded_otherwise(folder: Path) -> None:
    outputs = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    altered(folder, outputs=outputs | {"memo.docx": HASH, "gone.txt": HASH})
    (folder / "gone.txt").write_text("x", encoding="utf-8")


def cell_changed(folder: Path) -> None:
    book = load_workbook(folder / WORKBOOK)
    book.worksheets[0]["A1"] = "别的"
    book.save(folder / WORKBOOK)


ALTERATIONS: dict[str, tuple[Callable[[Path], Any], tuple[str, ...]]] = {
    "nothing": (lambda folder: None, ()),
    "tampered": (
        tampered,
        ("[不同] findings.json：写出之后被改动；重算与清单的哈希一致", "severity（文件为“note”，重算为“error”）"),
    ),
    "broken": (
        lambda folder: (folder / "findings.json").write_text("[", encoding="utf-8"),
        ("[不同] findings.json：写出之后被改动", "文件已损坏，不能逐项比较"),
    ),
    "missing": (lambda folder: (folder / "memo.pdf").unlink(), ("[不同] memo.pdf：缺失",)),
    "added": (
        lambda folder: ((folder / "more").mkdir(), (folder / "more" / "x\n.txt").write_text("x", encoding="utf-8")),
        ("[不同] more/x\ufffd.txt：多出的文件",),
    ),
    "manifest": (
        recorded_otherwise,
        ("[不同] memo.docx：与重算相同，而与清单的哈希不符", "[不同] gone.txt：写出之后被改动，重算没有写出它"),
    ),
    "papers": (cell_changed, (f"[不同] {WORKBOOK}：写出之后被改动：审计认定以外", "!A1")),
}


@pytest.mark.parametrize(("alter", "told"), ALTERATIONS.values(), ids=ALTERATIONS)
def test_alterations_of_the_folder(
    alter: Callable[[Path], Any], told: tuple[str, ...], place: Path, made: Path
) -> None:
    alter(place / "out")
    lines = list(output_lines(place / "out", made, read_manifest(place / "out")))
    said = "\n".join(map(str, lines))
    assert [one for one in told if one not in said] == []
    assert any(line.same is False for line in lines) == bool(told)


def test_an_archive_that_was_packed_otherwise_holds_the_same(place: Path, made: Path) -> None:
    """As by a Python built with another compression library."""
    file = place / "out" / "memo.docx"
    file.write_bytes(repacked(io.BytesIO(file.read_bytes()), method=ZIP_STORED))
    recorded = read_manifest(place / "out")
    hashes = recorded.outputs | {file.name: hashlib.sha256(file.read_bytes()).hexdigest()}
    lines = output_lines(place / "out", made, recorded.model_copy(update={"outputs": hashes}))
    assert "[相同] memo.docx：内容相同（压缩库不同，字节有别）" in map(str, lines)


def fill_in(papers: Path) -> str:
    """Decides on the first finding, in a program that spells formulas its own way; returns the finding's id."""
    book = load_workbook(papers)
    for cell in (cell for each in book for row in each.iter_rows() for cell in row):
        if isinstance(cell.value, str) and cell.value.startswith("="):
            cell.value = cell.value.replace("'", "").replace(",", ", ")
    sheet = book[FINDINGS]
    header = next(row for row in sheet.iter_rows() if ID in [cell.value for cell in row])
    at = {str(cell.value): cell.column for cell in header}
    row = header[0].row + 1
    for name, value in ((DECISION, "已说明"), (REASON, "已核对"), (REVIEWER, "张三"), (DATE, "2024-08-01")):
        sheet.cell(row, at[name], value)
    book.save(papers)
    return str(sheet.cell(row, at[ID]).value)


def test_decisions_filled_in_since_are_no_alteration_and_those_of_the_run_are_in_its_manifest(
    place: Path, made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = place / "out"
    decided = fill_in(out / WORKBOOK)
    lines = {line.what: line for line in output_lines(out, made, read_manifest(out))}
    assert all(line.same is not False for line in lines.values())
    assert str(lines[WORKBOOK]).startswith(f"[说明] {WORKBOOK}：写出之后填写了审计认定")
    assert f"{decided}　已说明：已核对（张三，2024-08-01）" in str(lines[WORKBOOK])
    assert main(["audit", str(place / "account.txt"), "--out", str(out), "--no-notebooks"]) == 0
    assert (out / "dispositions.yaml").exists()
    assert main(["verify", str(out)]) == 0
    assert f"[相同] {WORKBOOK}\n" in capsys.readouterr().out


REFUSED: dict[str, tuple[Any, str]] = {
    "cut off": ('{"schema": ', "不是合法的 JSON"),
    "no object": ("[1]", "格式为未写明"),
    "another schema": ('{"schema": "gouji/manifest/9"}', "gouji/manifest/9"),
    "deep": ("[" * 100_000, "不是合法的 JSON"),
    "hash": ({"rules": "x"}, "rules"),
    "nothing to read": ({"source": {}}, "缺少此项"),
    "parameters": ({"parameter_values": {"parms": 1}}, "未知参数 parms"),
    "source": ({"source": {"name": "../../x", "sha256": HASH}}, "“../../x”不是文件名"),
    "output": ({"outputs": {"../../x": HASH}}, "“../../x”不是文件名"),
    "output on Windows": ({"outputs": {"c:\\x": HASH}}, "不是文件名"),
    "notebook": ({"notebooks": {"/etc/x": ""}}, "“/etc/x”不是文件名"),
    "companion": (
        {"source": {"name": "account.txt", "sha256": HASH, "compared_with": {"prior": {"name": "..", "sha256": HASH}}}},
        "“..”不是文件名",
    ),
    "source that is nowhere": ({"source": {"name": "nowhere.txt", "sha256": HASH}}, "找不到"),
}


@pytest.mark.parametrize(("manifest", "why"), REFUSED.values(), ids=REFUSED)
def test_unusable_manifests(manifest: Any, why: str, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = place / "out"
    if isinstance(manifest, str):
        (out / "manifest.json").write_text(manifest, encoding="utf-8")
    else:
        altered(out, **manifest)
    before = state(place)
    assert main(["verify", str(out)]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert why in told
    assert state(place) == before


def test_a_folder_without_a_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(tmp_path)]) == 2
    assert "没有 manifest.json" in capsys.readouterr().err

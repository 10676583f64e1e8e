"""Parameter files that would do harm, and batches of them that name files outside of their folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from gouji.batch.job import jobs_in
from gouji.cli import main
from gouji.runtime.yaml_data import load_yaml
from hostile.account import text

CASES = load_yaml((Path(__file__).parent / "hostile" / "parameters.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one account."""
    for name in ("params", "data"):
        (tmp_path / "project" / name).mkdir(parents=True)
    (tmp_path / "project" / "data" / "account.txt").write_text(text(), encoding="utf-8")
    return tmp_path / "project"


def _make(case: dict[str, Any], path: Path) -> None:
    if case.get("special") == "pipe":
        os.mkfifo(path)
    elif case.get("special") == "folder":
        path.mkdir()
    else:
        data = bytes.fromhex(case["hex"]) if "hex" in case else case["text"].encode() * case.get("times", 1)
        path.write_bytes(data)


@pytest.mark.parametrize("case", CASES, ids=[one["case"] for one in CASES])
@pytest.mark.skipif(os.name == "nt", reason="Windows 没有命名管道文件")
def test_a_hostile_parameter_file(
    case: dict[str, Any], project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project)
    path = project / "params" / "p.yaml"
    _make(case, path)
    before = sorted(project.rglob("*"))
    assert main(["audit", "--params", str(path), "--no-notebooks"]) == 2
    line = capsys.readouterr().err
    assert line.count("\n") == 1
    assert line[:-1].isprintable()
    assert len(line) < 500
    assert case["says"] in line
    assert sorted(project.rglob("*")) == before


OUTSIDE = ["source: ../../secret.txt", "source: /etc/passwd", "source: ../data/account.txt\nprior: ../../secret.txt"]
OUTSIDE += [
    "source: ../data/account.txt\nout: ../../elsewhere",
    "source: ../data/account.txt\ndispositions: /etc/passwd",
]
OUTSIDE += ["source: ../data/account.txt\nsubordinates: [../data/account.txt, /etc/passwd]"]
OUTSIDE += ["source: ../data/account.txt\nthresholds: {peers: ../../ledger}"]


@pytest.mark.parametrize("given", OUTSIDE)
def test_a_batch_keeps_to_its_folder(given: str, project: Path, tmp_path: Path) -> None:
    (project / "params" / "p.yaml").write_text(given, encoding="utf-8")
    (job,) = jobs_in(project / "params", "", project / "out")
    assert "之外" in job.problem
    assert job.target == project / "out" / "p"
    (wider,) = jobs_in(project / "params", "", project / "out", Path("/"))
    assert not wider.problem


def test_a_batch_of_the_project_takes_its_files(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    below = project / "params" / "county"
    below.mkdir()
    (below / "p.yaml").write_text("source: ../../data/account.txt\nout: ../../out/x", encoding="utf-8")
    assert not jobs_in(project / "params", "", project / "out")[0].problem
    assert "之外" in jobs_in(below, "", project / "out")[0].problem
    monkeypatch.chdir(project)
    assert not jobs_in(below, "", project / "out")[0].problem

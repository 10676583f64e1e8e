"""Ctrl-C and SIGTERM: one line, an exit status, and nothing half-written or left at work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import ROOT, SAMPLE
from gouji import Audit
from gouji.batch.summary import read_summary
from gouji.cli import main
from gouji.fictitious import Portfolio, write_departments
from support.earlier import an_earlier_run
from support.killed import everything_below

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_audit(
    number: int, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    an_earlier_run(out)
    before, handler = everything_below(tmp_path), signal.getsignal(number)

    def interrupted(department: Audit, folder: Path) -> None:
        (folder / "memo.html").write_text("half", encoding="utf-8")
        os.kill(os.getpid(), number)

    monkeypatch.setattr("gouji.runs.produce.write_outputs", interrupted)
    assert main(["audit", str(SAMPLE), "--out", str(out), "--no-notebooks"]) == status
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert "已中断" in line
    assert everything_below(tmp_path) == before
    assert signal.getsignal(number) == handler


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_batch(number: int, status: int, tmp_path: Path) -> None:
    """As a terminal does it: the whole group is told. What is done is in the summary; the rest is done next time."""
    write_departments(tmp_path / "departments", Portfolio(number=30, seed=5, shares={"txt": 1}))
    out = tmp_path / "out"
    command = [sys.executable, "-m", "gouji", "batch", str(tmp_path / "departments" / "params"), "--findings-only"]
    process = subprocess.Popen(
        [*command, "--out", str(out), "--workers", "2"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT / "lib")},
        start_new_session=True,
    )
    deadline = time.monotonic() + 120
    while len(list((out / ".batch").glob("*.json"))) < 3:
        assert time.monotonic() < deadline
        assert process.poll() is None
        time.sleep(0.005)
    os.killpg(process.pid, number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == status
    (line,) = said.decode().strip().splitlines()
    assert "已中断" in line
    assert 0 < len(read_summary(out)) < 30
    assert {one.status for one in read_summary(out)} == {"done"}
    assert [path.name for path in out.rglob(".*")] == [".batch"]

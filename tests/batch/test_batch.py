"""Batches: every department reported by itself, nothing run twice, nothing lost when a batch is killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gouji.batch.job import Settings, jobs_in
from gouji.batch.outcome import JobOutcome
from gouji.batch.run import run_batch
from gouji.batch.summary import read_summary
from gouji.cli import main
from gouji.errors import UnusableInputError
from gouji.fictitious import Portfolio, write_departments
from gouji.ledger import open_ledger
from gouji.runs.run_notebooks import Notebooks
from support.small_notebook import small_notebook

#: A dozen accounts, two of them files that cannot be read.
PORTFOLIO = Portfolio(number=12, seed=5, shares={"txt": 1}, unusable=2)


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("batch") / "departments"
    write_departments(folder, PORTFOLIO)
    return folder


@pytest.fixture
def departments(portfolio: Path, tmp_path: Path) -> Path:
    """A copy of the portfolio to change."""
    return Path(shutil.copytree(portfolio, tmp_path / "departments"))


def engine_alone(folder: Path, out: Path, workers: int = 2, **more: bool) -> list[JobOutcome]:
    settings = Settings(out, out / "ledger", None, **more)
    return run_batch(jobs_in(folder / "params", "", out), settings, workers=workers)


def statuses(outcomes: list[JobOutcome]) -> dict[str, int]:
    return {status: sum(one.status == status for one in outcomes) for status in ("done", "current", "failed")}


def rows(ledger: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything a ledger holds, in order."""
    with open_ledger(ledger) as tables:
        return {
            name: sorted(tables.execute(f"select * from {name}").fetchall(), key=repr)
            for name in ("all_runs", "all_findings", "all_checks", "all_facts")
        }


def test_failures_are_reported_and_stop_nothing(departments: Path, tmp_path: Path) -> None:
    (departments / "params" / "wrong.yaml").write_text("departmant: x\n", encoding="utf-8")
    outcomes = engine_alone(departments, tmp_path / "out")
    assert statuses(outcomes) == {"done": 10, "current": 0, "failed": 3}
    reasons = [one.reason for one in outcomes if one.status == "failed"]
    assert all(reasons)
    assert any("departmant" in reason for reason in reasons)
    assert len(rows(tmp_path / "out" / "ledger")["all_runs"]) == 10
    assert read_summary(tmp_path / "out") == sorted(outcomes, key=lambda one: one.name)


def test_what_is_current_is_not_run_again(departments: Path, tmp_path: Path) -> None:
    first = engine_alone(departments, tmp_path / "out")
    before = rows(tmp_path / "out" / "ledger")
    assert statuses(engine_alone(departments, tmp_path / "out")) == {"done": 0, "current": 10, "failed": 2}
    done = next(one.name for one in first if one.status == "done")
    source = departments / "sources" / f"{done}.txt"
    source.write_text(source.read_text(encoding="utf-8") + "\n附注：更正。\n", encoding="utf-8")
    again = engine_alone(departments, tmp_path / "out")
    assert [one.name for one in again if one.status == "done"] == [done]
    assert len(rows(tmp_path / "out" / "ledger")["all_runs"]) == len(before["all_runs"]) + 1
    assert statuses(engine_alone(departments, tmp_path / "out", force=True))["done"] == 10
    assert len(rows(tmp_path / "out" / "ledger")["all_runs"]) == len(before["all_runs"]) + 1


def test_only_what_failed_is_run(departments: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    command = ["batch", str(departments / "params"), "--findings-only", "--out", str(out), "--workers", "2"]
    assert main(command) == 1
    failed = [one.name for one in read_summary(out) if one.status == "failed"]
    good = next((departments / "sources").glob("*.txt"))
    for name in failed:
        parameters = departments / "params" / f"{name}.yaml"
        lines = [line for line in parameters.read_text(encoding="utf-8").splitlines() if not line.startswith("source")]
        kept = [line for line in lines if line.split(":")[0] in ("region", "out")]
        parameters.write_text("\n".join([*kept, f"source: ../sources/{good.name}"]) + "\n", encoding="utf-8")
    capsys.readouterr()
    assert main([*command, "--only-failed"]) == 0
    assert "共 2 个部门：完成 2 个" in capsys.readouterr().out
    assert len(read_summary(out)) == 12
    assert main([*command, "--only-failed"]) == 0


def test_two_departments_cannot_have_one_folder(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.yaml").write_text("source: x.txt\nout: same\n", encoding="utf-8")
    with pytest.raises(UnusableInputError, match=r"输出文件夹与 a\.yaml 相同"):
        jobs_in(tmp_path, "", tmp_path / "out")


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_kernel_that_dies_costs_its_department(departments: Path, tmp_path: Path) -> None:
    jobs = [job for job in jobs_in(departments / "params", "", tmp_path / "out") if not job.problem][:3]
    doomed = jobs[1]
    kills = f"if {doomed.name!r} in department.sources[0].name:\n    os.kill(os.getpid(), signal.SIGKILL)"
    code = f"import os, signal\n\n{kills}"
    sources = (
        small_notebook(tmp_path, "01_one.ipynb", "print(department.title)"),
        small_notebook(tmp_path, "02_two.ipynb", code),
    )
    settings = Settings(tmp_path / "out", tmp_path / "out" / "ledger", Notebooks(sources))
    outcomes = {one.name: one for one in run_batch(jobs, settings, workers=2)}
    usable = {job.name for job in jobs if not outcomes[job.name].reason or job is doomed}
    assert outcomes[doomed.name].status == "failed"
    assert "02_two.ipynb" in outcomes[doomed.name].reason
    assert not doomed.target.exists()
    for job in jobs:
        if job.name in usable and job is not doomed:
            manifest = json.loads((job.target / "manifest.json").read_text(encoding="utf-8"))
            assert list(manifest["notebooks"]) == ["01_one.ipynb", "02_two.ipynb"]
            assert outcomes[job.name].department in (job.target / "notebooks" / "01_one.ipynb").read_text("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_killed_batch_goes_on_where_it_was(portfolio: Path, tmp_path: Path) -> None:
    """The ledger is that of a batch nobody disturbed."""
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    engine_alone(portfolio, whole)
    command = [sys.executable, "-m", "gouji", "batch", str(portfolio / "params"), "--findings-only", "--workers", "1"]
    for wanted in (2, 6):
        process = subprocess.Popen([*command, "--out", str(killed)], stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while len(list((killed / "findings").glob("*.json"))) < wanted and process.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()
    counted = statuses(engine_alone(portfolio, killed))
    assert counted["current"] >= 5
    assert counted["failed"] == 2
    assert rows(killed / "ledger") == rows(whole / "ledger")


def test_without_parameter_files_there_is_no_batch(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["batch", str(tmp_path)]) == 2
    assert "没有参数文件" in capsys.readouterr().err


def test_departments_may_lie_behind_urls(departments: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """fsspec's own name for a local folder stands for any store."""
    monkeypatch.chdir(tmp_path)
    here, there = tmp_path / "out" / "there", tmp_path / "there"
    command = ["batch", f"file://{departments}/params", "--findings-only", "--out", f"file://{there}", "--workers", "2"]
    assert main(command) == 1
    engine_alone(departments, tmp_path / "local")
    assert rows(there / "ledger") == rows(tmp_path / "local" / "ledger")
    assert len(list((there / "findings").glob("*.json"))) == 10
    assert statuses(read_summary(here)) == {"done": 10, "current": 0, "failed": 2}
    main(command)
    assert statuses(read_summary(here)) == {"done": 0, "current": 10, "failed": 2}
    assert rows(there / "ledger") == rows(tmp_path / "local" / "ledger")

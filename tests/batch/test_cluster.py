"""A batch on a real Dask scheduler with two workers in processes of their own, one of which is killed at work."""

# mypy: disable-error-code="call-overload,misc"

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gouji.batch.job import Settings, jobs_in
from gouji.batch.outcome import JobOutcome
from gouji.batch.run import run_batch
from gouji.errors import UnusableInputError
from gouji.fictitious import Portfolio, write_departments
from gouji.ledger import open_ledger
from gouji.runs.run_notebooks import Notebooks
from support.small_notebook import small_notebook

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler's address, its two workers (the second has a nanny) and itself."""
    file = tmp_path / "scheduler.json"
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--port", "0", "--no-dashboard"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": tmp_path}
    started = [subprocess.Popen([*command, "--host", "127.0.0.1", "--scheduler-file", str(file)], **quiet)]
    serve = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(file), "--nthreads", "1"]
    started += [subprocess.Popen([*serve, "--no-dashboard", nanny], **quiet) for nanny in ("--no-nanny", "--nanny")]
    try:
        yield address_in(file), [*started[1:], started[0]]
    finally:
        for process in started:
            process.kill()
            process.wait()


def address_in(file: Path) -> str:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if file.exists() and (text := file.read_text()):
            return str(json.loads(text)["address"])
        time.sleep(0.1)
    raise TimeoutError("the scheduler did not start")


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_lost_worker_loses_nothing(cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path) -> None:
    address, (*workers, _) = cluster
    write_departments(tmp_path / "departments", Portfolio(number=14, seed=3, shares={"txt": 1}, unusable=1))
    out = tmp_path / "out"
    jobs = jobs_in(tmp_path / "departments" / "params", "", out)
    seen: list[JobOutcome] = []

    def told(outcome: JobOutcome) -> None:
        seen.append(outcome)
        if len(seen) == 4:
            workers[0].send_signal(signal.SIGKILL)

    outcomes = run_batch(jobs, Settings(out, out / "ledger", None), on_outcome=told, cluster=address)
    assert len(seen) == len(outcomes) == 14
    assert [one.status for one in outcomes].count("done") == 13
    assert workers[0].poll() is not None
    assert workers[1].poll() is None
    with open_ledger(out / "ledger") as ledger:
        runs, departments = ledger.execute("select count(*), count(distinct department_id) from all_runs").fetchone()
        assert (runs, departments) == (13, 13)
        twice = "select run_key, id from all_findings group by all having count(*) > 1"
        assert ledger.execute(twice).fetchall() == []


def test_a_department_that_hangs_costs_itself(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    """Also below a nanny; the worker goes on to the next."""
    address, (worker, *_) = cluster
    worker.kill()
    write_departments(tmp_path / "departments", Portfolio(number=2, seed=3, shares={"txt": 1}))
    jobs = jobs_in(tmp_path / "departments" / "params", "", tmp_path / "out")
    out = tmp_path / "out"
    hangs = small_notebook(tmp_path, "01_hangs.ipynb", "import time\n\ntime.sleep(600)")
    stuck = run_batch(jobs[:1], Settings(out, out / "ledger", Notebooks((hangs,))), timeout=8, cluster=address)
    assert [one.status for one in stuck] == ["failed"]
    assert "超过 8 秒" in stuck[0].reason
    assert not jobs[0].target.exists()
    after = run_batch(jobs, Settings(out, out / "ledger", None), cluster=address)
    assert [one.status for one in after] == ["done", "done"]


@pytest.mark.parametrize("gone", ["scheduler", "workers"])
def test_a_cluster_that_is_gone_ends_the_batch(
    gone: str,
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With an outcome for every department."""
    monkeypatch.setattr("gouji.batch.cluster._NO_WORKER", 3)
    monkeypatch.setattr("gouji.batch.cluster._LOOK", 0.5)
    address, (*workers, scheduler) = cluster
    write_departments(tmp_path / "departments", Portfolio(number=8, seed=3, shares={"txt": 1}))
    out = tmp_path / "out"
    jobs = jobs_in(tmp_path / "departments" / "params", "", out)
    seen: list[JobOutcome] = []

    def told(outcome: JobOutcome) -> None:
        seen.append(outcome)
        if len(seen) == 2:
            for process in workers if gone == "workers" else [scheduler]:
                process.kill()

    outcomes = run_batch(jobs, Settings(out, out / "ledger", None), on_outcome=told, cluster=address)
    assert len(outcomes) == 8
    failed = [one.reason for one in outcomes if one.status == "failed"]
    assert failed
    assert all("失去联系" in reason for reason in failed)


def test_a_scheduler_that_does_not_answer_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gouji.batch.cluster._CONNECT", 1)
    with pytest.raises(UnusableInputError, match="调度器没有应答"):
        run_batch([], Settings(tmp_path, tmp_path / "ledger", None), cluster="tcp://127.0.0.1:9")

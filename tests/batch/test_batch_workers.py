"""Processes that run tasks: what one of them does to itself costs one task."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from gouji.runtime.workers import Lost, run_watched

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")


def work(task: int) -> int:
    """13 kills its process, 14 exits it, 15 hangs, 18 hangs at its end, any other is squared."""
    if task == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    if task == 14:
        os._exit(3)
    if task == 15:
        time.sleep(60)
    if task == 18:
        threading.Thread(target=time.sleep, args=(300,)).start()
        sys.exit(4)
    return task * task


def test_every_task_has_one_result() -> None:
    results = dict(run_watched(work, range(12), 3, 60))
    assert results == {task: task * task for task in range(12)}


def test_a_process_that_dies_costs_its_task() -> None:
    results = dict(run_watched(work, range(12, 18), 2, 3))
    lost = {task: result.reason for task, result in results.items() if isinstance(result, Lost)}
    assert set(lost) == {13, 14, 15}
    assert "信号 9" in lost[13]
    assert "状态 3" in lost[14]
    assert "3 秒" in lost[15]
    assert {task: results[task] for task in (12, 16, 17)} == {12: 144, 16: 256, 17: 289}


def test_a_process_that_does_not_end_is_ended() -> None:
    began = time.monotonic()
    results = dict(run_watched(work, [18, 19], 1, 60))
    assert isinstance(results[18], Lost)
    assert results[19] == 361
    assert time.monotonic() - began < 150


def test_a_process_that_does_not_start_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is stopped before it takes its task."""
    monkeypatch.setattr("gouji.runtime.workers._START", 2)
    monkeypatch.setattr("gouji.runtime.workers._serve", never_served)
    ((_, result),) = run_watched(work, [1], 1, 60)
    assert isinstance(result, Lost)
    assert "仍未启动" in result.reason


def never_served(*_: object) -> None:
    """Stands for a process that hangs while it starts."""
    time.sleep(60)


def test_processes_end_with_the_caller(tmp_path: Path) -> None:
    program = textwrap.dedent(f"""
        import os, sys, time
        sys.path.insert(0, {str(Path(__file__).parent)!r})
        from gouji.runtime.workers import run_watched
        import test_batch_workers
        if __name__ == "__main__":
            list(run_watched(test_batch_workers.tell_and_sleep, [{str(tmp_path)!r}] * 2, 2, 60))
    """)
    caller = subprocess.Popen([sys.executable, "-c", program])
    deadline = time.monotonic() + 120
    while len(list(tmp_path.iterdir())) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    caller.kill()
    caller.wait()
    pids = [int(path.name) for path in tmp_path.iterdir()]
    while any(alive(pid) for pid in pids):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def tell_and_sleep(folder: str) -> None:
    """Leaves its process id and sleeps."""
    (Path(folder) / str(os.getpid())).touch()
    time.sleep(60)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True

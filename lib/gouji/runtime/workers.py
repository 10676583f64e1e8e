"""Runs jobs one after another in watched processes. A process that dies or takes too long costs only its present job.

(`concurrent.futures` gives up all jobs of a pool when one of its processes dies.)
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any, TypeVar

from gouji.runtime.atomic import SCRATCH
from warmkernel.scratch import Lock

Task = TypeVar("Task")
Result = TypeVar("Result")

#: The message of a process when it takes a task. Its time runs from then, so importing does not count.
_BEGUN = "begun"
#: Seconds between two looks at the clock.
_LOOK = 1.0
#: Seconds that a process may take to start, and to end after it was asked to.
_START, _END = 300.0, 3.0
#: After this many tasks a process is replaced, so that memory leaked by libraries does not add up.
_TASKS = 500


@dataclass(frozen=True, slots=True)
class Lost:
    """A task whose process ended too early, with the reason.

    `in_time` is False where the task took too long.
    """

    reason: str
    in_time: bool = True


#: The advice where a task took too long.
MORE_TIME = "请先用 --timeout 调高时限重试"


@dataclass(slots=True)
class _Worker:
    process: Any
    pipe: Connection
    lifeline: Connection
    task: Any = None
    since: float = 0.0
    begun: bool = False
    done: int = 0


def run_watched(
    work: Callable[[Task], Result],
    tasks: Iterable[Task],
    workers: int,
    timeout: float,
    preload: Iterable[str] = (),
) -> Generator[tuple[Task, Result | Lost]]:
    """Yields each task with its result as it is done, in `workers` processes that each have at most one task.

    `work` must be importable. `preload` are modules that processes import first (where they can be forked). After
    `timeout` seconds a task is lost and its process ended. The processes end with the caller, even if it is killed.
    Only the caller receives an interrupt from the terminal.
    """
    context: Any = get_context("spawn" if os.name == "nt" else "forkserver")
    if os.name != "nt":
        context.set_forkserver_preload(list(preload))
        _own_sockets()
    waiting = deque(tasks)
    at_work: list[_Worker] = []
    try:
        while waiting or at_work:
            while waiting and len(at_work) < workers:
                at_work.append(_started(context, work, waiting.popleft()))
            for worker, result in _finished(at_work, timeout):
                yield worker.task, result
                if isinstance(result, Lost) or not waiting or worker.done >= _TASKS:
                    at_work.remove(worker)
                    _end(worker)
                else:
                    _send_task(worker, waiting.popleft())
    finally:
        for worker in at_work:
            worker.process.terminate()
        for worker in at_work:
            _await_end(worker)
            _end(worker)


def _own_sockets() -> None:
    """Puts the sockets of this process's `multiprocessing` into a folder that can be recognised as abandoned when the
    process is killed. Its usual folder (`pymp-…`) would stay for good."""
    known = multiprocessing.current_process()._config  # type: ignore[attr-defined]
    if "tempdir" not in known:
        folder = Path(tempfile.mkdtemp(prefix=SCRATCH))
        lock = Lock(folder)
        known["tempdir"] = str(folder)
        Finalize(None, _remove, args=(folder, lock), exitpriority=-100)


def _remove(folder: Path, lock: Lock) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    lock.release()


def _started(context: Any, work: Callable[[Any], Any], task: object) -> _Worker:
    pipe, theirs = context.Pipe()
    end, lifeline = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(work, theirs, end))
    process.start()
    theirs.close()
    end.close()
    worker = _Worker(process, pipe, lifeline)
    _send_task(worker, task)
    return worker


def _send_task(worker: _Worker, task: object) -> None:
    worker.task, worker.since, worker.begun = task, time.monotonic(), False
    worker.done += 1
    with contextlib.suppress(OSError):  # it has died; that shows in its pipe
        worker.pipe.send(task)


def _finished(workers: list[_Worker], timeout: float) -> Iterator[tuple[_Worker, Any]]:
    """Yields the workers that have a result now, or never will."""
    ready = connection.wait([worker.pipe for worker in workers], _LOOK)
    for worker in list(workers):
        if worker.pipe in ready:
            said = _receive(worker)
            if said == _BEGUN:
                worker.since, worker.begun = time.monotonic(), True
            else:
                yield worker, said
        elif time.monotonic() - worker.since > (timeout if worker.begun else _START):
            worker.process.kill()
            told = f"超过 {timeout:g} 秒仍未完成" if worker.begun else f"进程 {_START:g} 秒仍未启动"
            yield worker, Lost(f"{told}，已终止", in_time=not worker.begun)


def _receive(worker: _Worker) -> Any:
    """Returns the next message of a process, or that it has died."""
    try:
        return worker.pipe.recv()
    except Exception:  # its pipe is closed, or it died while it wrote
        _join(worker)
        return Lost(_died(worker.process.exitcode))


def _died(code: int | None) -> str:
    ended = f"被信号 {-code} 终止" if code is not None and code < 0 else f"意外退出（状态 {code}）"
    return f"处理该部门的进程{ended}"


def _end(worker: _Worker) -> None:
    worker.pipe.close()
    _join(worker)
    worker.lifeline.close()


def _await_end(worker: _Worker) -> None:
    """Waits until a process that was asked to end closes its pipe.

    `join` does not notice its end where the server that forked it has ended too, as after a signal to the whole
    group.
    """
    until = time.monotonic() + _END
    with contextlib.suppress(Exception):  # the pipe's end, in most cases
        while (left := until - time.monotonic()) > 0:
            if worker.pipe.poll(left):
                worker.pipe.recv()
        if os.name != "nt":
            os.kill(worker.process.pid, signal.SIGKILL)  # its pipe is open: it lives
            worker.pipe.poll(_END)
    _await_exit(worker.process.pid)


def _await_exit(number: int) -> None:
    """Waits, where the system can, for the exit that follows the pipe's end.

    A process that ends closes its files one by one, and holds the lock on its output until that is closed too.
    """
    with contextlib.suppress(OSError, AttributeError):
        process = os.pidfd_open(number)
        try:
            connection.wait([process], _END)
        finally:
            os.close(process)


def _join(worker: _Worker) -> None:
    """Waits for a process's end, and kills it where it does not end by itself."""
    worker.process.join(_END)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join()


def _serve(work: Callable[[Any], Any], pipe: Connection, end: Connection) -> None:
    """Takes tasks, in the worker process, until the pipe closes; ends at once when the caller is gone."""
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)  # Ctrl-C goes to all of a terminal's group
    threading.Thread(target=end_with, args=(end,), daemon=True).start()
    gc.freeze()  # what is imported by now is never garbage: it need not be looked through again
    with pipe:  # closed at once if the work fails, however long the process then takes to end
        while True:
            try:
                task = pipe.recv()
            except (EOFError, OSError):
                return
            with contextlib.suppress(BrokenPipeError):  # the caller waits no more
                pipe.send(_BEGUN)
                pipe.send(work(task))


def end_with(end: Connection) -> None:
    """Waits for the caller's end of a pipe to close, which happens however the caller ends."""
    try:
        end.recv_bytes()
    except (EOFError, OSError):
        os._exit(1)

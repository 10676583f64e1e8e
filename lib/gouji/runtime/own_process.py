"""Runs work in a process of its own, which is watched: its time is limited, and it ends with its caller."""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from types import FrameType
from typing import Any

from gouji.runtime.workers import MORE_TIME, end_with

#: Signals that ask a process to end. The exit status is 128 plus the signal's number.
_REQUESTS = (signal.SIGINT, signal.SIGTERM)
_INTERRUPTED = 128
#: Option of `prctl`: be killed when the parent ends (PR_SET_PDEATHSIG).
_END_WITH_PARENT = 1
_REMEDY = "文件可能已损坏，或有意使读取它的程序出错；请另存后重试，或重新取得文件"


class EndedError(Exception):
    """A process that did not end by itself; the message says why, and what to do."""

    def __init__(self, problem: str, remedy: str = _REMEDY) -> None:
        super().__init__(problem)
        self.remedy = remedy


def watch(work: Callable[[argparse.Namespace], int], options: argparse.Namespace, timeout: float) -> int:
    """Returns what `work` returns, run in a process of its own.

    The process is ended after `timeout` seconds and together with this one. A request to end is passed on to it,
    once. It is forked where that is safe (20 ms); elsewhere a new one starts and imports everything again (2 s).
    Raises EndedError where it was ended or has died.
    """
    context: Any = get_context("fork" if sys.platform.startswith("linux") else "spawn")
    end, lifeline = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(work, options, end, lifeline))
    sys.stdout.flush()
    process.start()
    end.close()
    with _passed_on(process.pid):
        process.join(timeout)
        if process.is_alive():
            process.kill()
            process.join()
            raise EndedError(f"超过 {timeout:g} 秒仍未完成，已终止", f"{MORE_TIME}；{_REMEDY}")
    lifeline.close()
    status = int(process.exitcode or 0)
    if status < 0 and -status not in _REQUESTS:
        raise EndedError(f"读取它的进程被信号 {-status}（{signal.Signals(-status).name}）终止")
    return status if status >= 0 else _INTERRUPTED - status


@contextlib.contextmanager
def _passed_on(process: int) -> Iterator[None]:
    """Passes requests to end on to a process (by its id).

    The process has a group of its own, so Ctrl-C reaches only this one. On Windows Ctrl-C reaches both, and this one
    waits for the other.
    """

    def pass_on(number: int, frame: FrameType | None) -> None:
        if os.name != "nt":
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, number)

    before = {number: signal.signal(number, pass_on) for number in _REQUESTS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _serve(
    work: Callable[[argparse.Namespace], int], options: argparse.Namespace, end: Connection, theirs: Connection
) -> None:
    """Runs the work in the new process, whose exit status is the work's."""
    if os.name != "nt":
        os.setpgid(0, 0)
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGKILL)
    theirs.close()
    threading.Thread(target=end_with, args=(end,), daemon=True).start()
    try:
        sys.exit(work(options))
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED + signal.SIGINT)

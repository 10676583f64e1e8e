"""Handles Ctrl-C and a request to end (SIGTERM): the program cleans up and reports it in one line."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

#: Seconds in which another Ctrl-C does not interrupt the cleaning up.
_CLEARING = 5.0


class InterruptedRunError(BaseException):
    """The run was asked to end; `status` is the exit status.

    It is no `Exception`, so that no handler on the way takes it for a failure of its own.
    """

    def __init__(self, number: int) -> None:
        super().__init__(f"已中断（{signal.Signals(number).name}）：没有写到一半的输出；再次运行即可继续")
        self.status = 128 + number


@contextmanager
def interruptible() -> Iterator[None]:
    """Raises InterruptedRunError in the block when the process is interrupted or asked to end; in the main thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    last = float("-inf")

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal last
        if time.monotonic() - last > _CLEARING:
            last = time.monotonic()
            raise InterruptedRunError(number)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

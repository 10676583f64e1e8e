"""Limits time and memory, whatever a document makes a library do: counted limits (`limits.py`) cannot foresee
everything.

Time: a timer of the operating system interrupts Python code and regular expressions wherever they are. It cannot
interrupt compiled code that never returns; the process's starter ends it then. There is no timer on Windows and in
threads. Memory: the system refuses more, and Python raises MemoryError. There is no such limit on Windows and macOS.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from gouji.runtime.limits import MEGABYTE, Limits

#: Seconds after which a reader that swallowed the interruption is interrupted again.
_AGAIN = 1.0


class _TimeIsUp(BaseException):
    """Not an Exception, because readers take exceptions for damage of the file."""


@contextmanager
def within(limits: Limits, what: object) -> Iterator[None]:
    """Raises LimitExceededError, naming `what`, where the block needs more time or memory than the limits allow."""
    try:
        with _timer(limits.seconds):
            yield
    except _TimeIsUp as error:
        raise limits.exceeded("seconds", what) from error
    except MemoryError as error:
        raise limits.exceeded("memory_mb", what) from error


@contextmanager
def _timer(seconds: int) -> Iterator[None]:
    """Raises _TimeIsUp in the block after `seconds`. Does nothing where there is no timer, or someone else uses it."""
    if not _is_free():
        yield
        return
    before = signal.signal(signal.SIGALRM, _interrupt)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _is_free() -> bool:
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        return False
    return signal.getsignal(signal.SIGALRM) is signal.SIG_DFL and signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise _TimeIsUp


def bound_memory(limits: Limits) -> None:
    """Limits the memory of this process and those it starts; meant for a process made for one document.

    Memory that is reserved but unused does not count (RLIMIT_DATA, not RLIMIT_AS): a thread reserves 64 MB.
    """
    if not sys.platform.startswith("linux"):
        return
    import resource

    most = limits.memory_mb * MEGABYTE
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard == resource.RLIM_INFINITY or most <= hard:
        resource.setrlimit(resource.RLIMIT_DATA, (most, hard))

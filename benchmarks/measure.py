"""Measuring a process with everything it starts, even what outlives it."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
#: prctl: processes that lose their parent become this one's children, so that what they used is counted.
_SUBREAPER = 36


@dataclass
class Cost:
    """Seconds of wall clock and of processors."""

    wall: float
    cpu: float

    def __truediv__(self, other: Cost) -> str:
        return f"墙钟 {self.wall / other.wall:.1f} 倍，CPU {self.cpu / other.cpu:.1f} 倍"

    def __str__(self) -> str:
        return f"墙钟 {self.wall:6.3f} 秒   CPU {self.cpu:6.3f} 秒"


def measured(module: str, arguments: Sequence[str]) -> tuple[Cost, str]:
    """What `python -m module arguments` costs, and what it printed. Linux only."""
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    before, begin = _used(), time.perf_counter()
    command = [sys.executable, "-m", module, *arguments]
    printed = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    wall = time.perf_counter() - begin
    try:
        while True:
            os.wait()
    except ChildProcessError:
        return Cost(wall, _used() - before), printed


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime

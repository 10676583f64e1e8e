"""A process and all that it has started, however far down, known by a mark in their environment."""

from __future__ import annotations

import os
import random
import secrets
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

_MARK = "GOUJI_MARK"


class Marked:
    """A started command, leader of a session of its own (Linux)."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._mark = secrets.token_hex(8)
        self.process = subprocess.Popen(
            command,
            env={**environment, _MARK: self._mark},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def others(self) -> list[int]:
        """The ids of what it has started and what runs."""
        wanted = f"{_MARK}={self._mark}\0".encode()
        found = []
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit() and int(folder.name) != self.process.pid:
                with suppress(OSError):
                    if wanted in (folder / "environ").read_bytes() + b"\0":
                        found.append(int(folder.name))
        return found

    def alive(self) -> list[str]:
        """The commands of all that runs."""
        told = []
        for pid in [*self.others(), *([self.process.pid] if self.process.poll() is None else [])]:
            with suppress(OSError):
                told.append(Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace"))
        return told

    def kill(self, victim: str, draw: random.Random) -> bool:
        """SIGKILL to `everything`, the `group`, the `main` process, or `one` other; False where there is none."""
        others = self.others()
        with suppress(ProcessLookupError):
            if victim == "group":
                os.killpg(self.process.pid, signal.SIGKILL)
                return True
            if victim == "one" and not others:
                return False
            for pid in {"everything": [self.process.pid, *others], "main": [self.process.pid]}.get(victim) or [
                draw.choice(others)
            ]:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            return True
        return False

    def gone(self, seconds: float) -> float:
        """Waits until nothing of it runs, for so many seconds at most; how long it took."""
        began = time.monotonic()
        while time.monotonic() - began < seconds and (self.process.poll() is None or self.others()):
            time.sleep(0.02)
        return time.monotonic() - began

    def end(self, wait: bool = False) -> int:
        """Ends it and all that it has started; with `wait` only once it has come to its end. Its exit status."""
        if not wait and self.process.poll() is None:
            self.process.kill()
        status = self.process.wait()
        self.gone(10)
        return status

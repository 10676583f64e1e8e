"""Runs that are killed at one of their file operations, in a process forked for each: what a `kill -9` there leaves."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

#: What Python tells an audit hook before it makes, changes or removes files and folders.
_CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "os.truncate", "os.link", "os.symlink"}
#: Those that `shutil.rmtree` names by an open folder.
_RELATIVE = {"os.remove", "os.rmdir"}
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def killed_at(number: int, folder: Path, action: Callable[[], object]) -> bool:
    """Does something in a fork of this process that kills itself before its operation of that number (from 0) below
    `folder`; False where it came to its end before. Raises AssertionError where it failed of itself."""
    sys.stdout.flush()
    pid = os.fork()
    if not pid:
        code = 1
        try:
            _kill_before(number, str(folder))
            action()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    assert status in (0, -signal.SIGKILL), f"the run failed before operation {number}"
    return status != 0


def _kill_before(number: int, folder: str) -> None:
    """Has this process kill itself before its next operation but `number` on what is below the folder."""
    left = number

    def seen(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal left
        if _changes(event, arguments, folder):
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1

    sys.addaudithook(seen)


def _changes(event: str, arguments: tuple[Any, ...], folder: str) -> bool:
    """True for what changes something below the folder, also if it is named in an open folder of this process."""
    if event == "open":  # path, mode, flags
        return folder in str(arguments[0]) and bool((arguments[2] or 0) & _WRITES)
    if event not in _CHANGES:
        return False
    return any(folder in str(one) for one in arguments) or (event in _RELATIVE and arguments[-1] != -1)


def everything_below(folder: Path) -> dict[str, bytes | None]:
    """Every file with its bytes, every folder with None, by its place."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }

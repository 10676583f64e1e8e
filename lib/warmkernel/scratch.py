"""Temporary folders and files that can be recognised as abandoned when their process has ended, in whatever way.

Their process holds a lock on them (`flock`), which the system releases when the process ends, killed or not. Whoever
can take the lock of another process's folder has found one that nobody will remove. Without such locks (Windows, some
network disks), age decides.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

#: Seconds: younger ones may not be locked yet; older ones are abandoned, where there are no locks.
YOUNG, OLD = 1.0, 86400.0
#: The prefix of the temporary folder of a kernel's sockets.
KERNEL = ".warm-"
#: The random end of a name, as `tempfile` makes it.
DRAWN = r"[a-z0-9_]{8}"


class Lock:
    """This process's lock on a file or folder; does nothing where the system has no locks."""

    def __init__(self, path: Path) -> None:
        self._descriptor: int | None = None
        if fcntl is None:
            return
        with contextlib.suppress(OSError):
            self._descriptor = os.open(path, os.O_RDONLY)
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def release(self) -> None:
        """Releases the lock."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


@contextmanager
def scratch(prefix: str, parent: Path | None = None) -> Iterator[Path]:
    """Yields a new folder (in the system's temporary folder, or `parent`) and removes it after the block. Also removes
    folders of this prefix that killed processes have left."""
    made = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
    lock = Lock(made)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
        lock.release()
        clear_left(prefix, parent=made.parent)


def clear_left(*prefixes: str, young: float = YOUNG, parent: Path | None = None) -> None:
    """Removes temporary folders of these prefixes whose processes are gone."""
    where = parent or Path(tempfile.gettempdir())
    drawn = re.compile(rf"(?:{'|'.join(map(re.escape, prefixes))}){DRAWN}")
    sweep((path for path in listed(where) if drawn.fullmatch(path.name)), young)


def listed(folder: Path) -> list[Path]:
    """Returns the content of a folder; nothing where it cannot be read."""
    try:
        return [folder / name for name in os.listdir(folder)]
    except OSError:
        return []


def sweep(candidates: Iterable[Path], young: float = YOUNG) -> None:
    """Removes those of the folders and files that are abandoned and at least `young` seconds old."""
    for path in candidates:
        if abandoned(path, young):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                with contextlib.suppress(OSError):
                    path.unlink()


def abandoned(path: Path, young: float = YOUNG) -> bool:
    """True for a folder or file of this user whose process has ended. One younger than `young` seconds may not be
    locked yet and does not count."""
    try:
        state = path.lstat()
        age = time.time() - state.st_mtime
        if age < young or (hasattr(os, "getuid") and state.st_uid != os.getuid()):
            return False
        locked = _locked(path)
    except OSError:
        return False
    return age > OLD if locked is None else not locked


def _locked(path: Path) -> bool | None:
    """True where a process holds the lock; None where the system has no locks for it. Raises OSError."""
    if fcntl is None:
        return None
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return None
    finally:
        os.close(descriptor)
    return False

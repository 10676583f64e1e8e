"""Writes outputs whole or not at all: under a temporary name beside their place, then renamed.

A killed process leaves its temporary files and folders behind, never a half-written output. They are locked while
their process lives (`warmkernel.scratch`), so that the next run can recognise and remove abandoned ones. A
replacement is on the disk before something that cannot be made again is removed.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from gouji.errors import UnusableInputError, reason_of
from gouji.runtime.exchange import exchange
from gouji.runtime.text_file import write_text
from warmkernel.scratch import DRAWN, YOUNG, Lock, listed, scratch, sweep

#: The prefix of this program's folders among the system's temporary ones: a name that nobody else chooses.
SCRATCH = ".gouji-"
#: Names of temporary files (`whole_file`) and folders (`whole_folder`), and of an earlier folder set aside.
_PART = re.compile(r"\.part-[0-9a-f]{8}-.+")
_WORK = re.compile(rf"\.(?P<target>.+)\.gouji-{DRAWN}")
_ASIDE = re.compile(rf"{_WORK.pattern}\.old")


@contextmanager
def whole_folder(
    target: Path, keep: Iterable[Path] = (), guard: Callable[[Path], None] | None = None
) -> Iterator[Path]:
    """Yields a new folder to fill. It takes `target`'s place when the block ends well, and vanishes otherwise.

    A folder that holds a file of `keep` is never replaced, nor one that `guard` refuses by raising; without a guard,
    none that holds anything. `guard` is called with `target` first and right before it is replaced. Where the old
    folder is set aside, `guard` is called with that once more. If it raises, everything stays as it was. Raises
    UnusableInputError where the folder cannot be made, filled or put in place; the old one then stays.
    """
    guard = guard or partial(_refuse_all, target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        refuse_needed(target, keep)
        if target.exists():
            guard(target)
        clear_unfinished([target])
        work = Path(tempfile.mkdtemp(prefix=f".{target.name}.gouji-", dir=target.parent))
    except OSError as error:
        raise _not_writable(target, error) from error
    lock = Lock(work)
    try:
        work.chmod(0o755)
        yield work
        _to_disk(work)
        _replace(work, target, guard)
    except BrokenPipeError:  # nobody reads the progress lines: not a problem of the folder
        raise
    except OSError as error:
        raise _not_writable(target, error) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
        lock.release()
        clear_unfinished([target])


def write_whole(path: Path, text: str) -> None:
    """Writes a text file under a temporary name in its folder, which is made if necessary, then renames it.

    Raises UnusableInputError where it cannot be written; the old file then stays.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        whole_file(path, lambda part: write_text(part, text), lasting=True)
    except OSError as error:
        raise UnusableInputError(str(path), f"不能写入（{reason_of(error)}）", "请检查磁盘空间和权限") from error


def whole_file(path: Path, write: Callable[[Path], None], lasting: bool = False) -> None:
    """Calls `write` with a temporary path of its own, with the same suffix, then renames it to `path`.

    With `lasting` the file is on the disk before the rename. Raises OSError, and then leaves the old file.
    """
    temporary = _temporary(path)
    lock = None
    try:
        temporary.touch()
        lock = Lock(temporary)
        write(temporary)
        if lasting:
            _synced(temporary)
        os.replace(temporary, path)
    finally:
        with suppress(OSError):
            temporary.unlink()
        if lock:
            lock.release()


def _temporary(path: Path) -> Path:
    return path.with_name(f".part-{secrets.token_hex(4)}-{path.name}")


def recover(target: Path) -> None:
    """Puts back an earlier folder that a run, killed at the last moment, left set aside."""
    aside = [path for path in listed(target.parent) if _target_of(path, _ASIDE) == target.name]
    if not target.exists() and len(aside) == 1:
        aside[0].rename(target)


def clear_unfinished(targets: Iterable[Path], young: float = YOUNG) -> None:
    """Removes what killed runs have left beside the folders. Leaves what a process is working on, and what is younger
    than `young` seconds."""
    names: dict[Path, set[str]] = {}
    for target in targets:
        names.setdefault(target.parent, set()).add(target.name)
    for folder, wanted in names.items():
        there = listed(folder)
        sweep((path for path in there if _target_of(path, _WORK) in wanted), young)
        for path in there:
            if (name := _target_of(path, _ASIDE)) in wanted and (folder / str(name)).exists():
                shutil.rmtree(path, ignore_errors=True)


@contextmanager
def temporary_files_known() -> Iterator[None]:
    """Keeps the temporary files that libraries make in the block (openpyxl makes one for each sheet) in a folder of
    this program.

    The folder is removed after the block, or by the next block where the process is killed.
    """
    before = tempfile.tempdir
    with scratch(SCRATCH) as folder:
        tempfile.tempdir = str(folder)
        try:
            yield
        finally:
            tempfile.tempdir = before


def clear_parts(folders: Iterable[Path]) -> None:
    """Removes the temporary files that killed processes have left in the folders."""
    for folder in folders:
        sweep((path for path in listed(folder) if _PART.fullmatch(path.name)), young=0)


def _target_of(path: Path, kind: re.Pattern[str]) -> str | None:
    """Returns the name of the folder that a temporary one replaces or replaced; None for any other name."""
    found = kind.fullmatch(path.name)
    return found["target"] if found else None


def refuse_needed(target: Path, keep: Iterable[Path]) -> None:
    """Raises UnusableInputError for a target that is a file, or that holds a file of `keep` or the working folder."""
    if target.exists() and not target.is_dir():
        raise UnusableInputError(str(target), "输出位置已有同名文件", "请换一个输出文件夹")
    # Path.resolve fails on links that go round in a circle.
    folder = os.path.realpath(target)
    inside = [path for path in (*keep, Path.cwd()) if Path(os.path.realpath(path)).is_relative_to(folder)]
    if inside:
        raise UnusableInputError(str(target), _why_needed(inside[0]), "请用 --out 另指一个文件夹")


def _why_needed(inside: Path) -> str:
    """Returns the reason, for people, why a folder that contains this file or folder cannot be replaced."""
    if inside == Path.cwd():
        return f"不能用作输出文件夹：其中有当前的工作文件夹 {inside}，而输出文件夹会整个替换"
    return f"不能用作输出文件夹：其中有要读取的 {inside}，而输出文件夹会整个替换"


def _refuse_all(target: Path, place: Path) -> None:
    """Refuses a folder, now at `place`, that is not empty."""
    found = sorted(path.name for path in place.iterdir())
    if found:
        what = found[0] + (f" 等 {len(found)} 项" if len(found) > 1 else "")
        raise UnusableInputError(str(target), f"输出文件夹已有其他文件（{what}）", "请换一个空文件夹")


def _replace(work: Path, target: Path, guard: Callable[[Path], None]) -> None:
    """Puts `work` in the place of `target`."""
    try:
        if not target.exists():
            work.rename(target)
        else:
            guard(target)
            if not _exchanged(work, target, guard):
                _set_aside(work, target, guard)
        _synced(target.parent)
    except OSError as error:
        problem = f"输出文件夹不能更新（{reason_of(error)}）"
        raise UnusableInputError(str(target), problem, "请关闭其中打开的文件") from error


def _exchanged(work: Path, target: Path, guard: Callable[[Path], None]) -> bool:
    """Exchanges the folders in one step, so that `target` always exists; False where the system cannot."""
    if not exchange(work, target):
        return False
    try:
        guard(work)
    except BaseException:
        exchange(work, target)
        raise
    return True


def _set_aside(work: Path, target: Path, guard: Callable[[Path], None]) -> None:
    """Replaces the folder in two steps. `recover` undoes the first where the process is killed between them."""
    aside = work.with_name(work.name + ".old")
    target.rename(aside)
    try:
        guard(aside)
        work.rename(target)
    except BaseException:
        aside.rename(target)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _to_disk(folder: Path) -> None:
    """Waits until a whole folder is on the disk: what it replaces may hold an auditor's work."""
    for path in (*folder.rglob("*"), folder):
        _synced(path)


def _synced(path: Path) -> None:
    """Waits until a file, or the names in a folder, are on the disk. Does nothing where folders cannot be opened
    (Windows)."""
    try:
        descriptor = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _not_writable(target: Path, error: OSError) -> UnusableInputError:
    """Returns the error that names the folder that cannot be written: the target, or the one for temporary files."""
    named = Path(str(error.filename)) if isinstance(error.filename, str) else target
    beside = named.is_relative_to(target.parent) or not named.is_absolute()
    what, kind = (target, "输出文件夹") if beside else (named, "文件")
    return UnusableInputError(
        str(what), f"{kind}不可写（{reason_of(error)}）", "请检查磁盘空间和权限，或换一个输出文件夹"
    )

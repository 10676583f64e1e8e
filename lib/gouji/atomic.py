"""Outputs appear whole or not at all: written under a temporary name beside their place, then renamed."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from gouji.errors import UnusableInputError


@contextmanager
def whole_folder(target: Path, keep: Iterable[Path] = ()) -> Iterator[Path]:
    """A new folder to fill, which takes `target`'s place when the block ends well and vanishes when it does not.

    Only an empty folder or an earlier run's is replaced, and none that holds a file of `keep`. Raises
    UnusableInputError where the folder cannot be made or put in place; what was at `target` then still is.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _replaceable(target, keep)
        work = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as error:
        raise UnusableInputError(str(target), f"输出文件夹不可写（{error.strerror}）", "请换一个输出文件夹") from error
    try:
        work.chmod(0o755)
        yield work
        _replace(work, target)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def write_whole(path: Path, text: str) -> None:
    """Writes a text file under a temporary name in its folder, which is made if need be, then renames it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    whole_file(path, lambda part: _write(part, text))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def recover(target: Path) -> None:
    """Puts an earlier folder back that a run killed at the last moment has left set aside."""
    aside = sorted(target.parent.glob(f".{target.name}.*.old")) if target.parent.is_dir() else []
    if not target.exists() and len(aside) == 1:
        aside[0].rename(target)


def clear_unfinished(target: Path) -> None:
    """Removes what killed runs have left beside `target`; only for a caller who knows that none is at work there."""
    recover(target)
    unfinished = re.compile(rf"\.{re.escape(target.name)}\.[a-z0-9_]{{8}}(?:\.old)?")
    for folder in target.parent.iterdir() if target.parent.is_dir() else ():
        if unfinished.fullmatch(folder.name) and (target.exists() or folder.suffix != ".old"):
            shutil.rmtree(folder, ignore_errors=True)


def _replaceable(target: Path, keep: Iterable[Path]) -> None:
    """Refuses a target whose replacement would lose something that no run has made."""
    if target.exists() and not target.is_dir():
        raise UnusableInputError(str(target), "输出位置已有同名文件", "请换一个输出文件夹")
    inside = [path for path in (*keep, Path.cwd()) if path.resolve().is_relative_to(target.resolve())]
    if inside:
        raise UnusableInputError(str(target), f"输出文件夹包含 {inside[0].name or inside[0]}", "请换一个输出文件夹")
    if target.exists() and any(target.iterdir()) and not (target / "manifest.json").exists():
        raise UnusableInputError(str(target), "输出文件夹已有其他文件", "请换一个空文件夹，或以前运行的输出文件夹")


def _replace(work: Path, target: Path) -> None:
    """Renames `work` to `target`; an earlier target is set aside first and removed last."""
    aside = work.with_name(work.name + ".old")
    try:
        if target.exists():
            target.rename(aside)
        work.rename(target)
    except OSError as error:
        if aside.exists() and not target.exists():
            aside.rename(target)
        raise UnusableInputError(
            str(target), f"输出文件夹不能更新（{error.strerror}）", "请关闭其中打开的文件"
        ) from error
    shutil.rmtree(aside, ignore_errors=True)


def whole_file(path: Path, write: Callable[[Path], None]) -> None:
    """Writes under a temporary name with the same suffix, of this writer alone, then renames."""
    temporary = path.with_name(f".part-{secrets.token_hex(4)}-{path.name}")
    try:
        write(temporary)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)

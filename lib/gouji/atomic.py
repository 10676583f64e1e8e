"""Outputs appear whole or not at all: written under a temporary name beside their place, then renamed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gouji.errors import UnusableInputError


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """A new folder to fill, which takes `target`'s place when the block ends well and vanishes when it does not.

    Raises UnusableInputError where the folder cannot be made or put in place; what was at `target` then still is.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and not target.is_dir():
            raise UnusableInputError(str(target), "输出位置已有同名文件", "请换一个输出文件夹")
        work = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as error:
        raise UnusableInputError(str(target), f"输出文件夹不可写（{error.strerror}）", "请换一个输出文件夹") from error
    try:
        work.chmod(0o755)
        yield work
        _replace(work, target)
    finally:
        shutil.rmtree(work, ignore_errors=True)


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

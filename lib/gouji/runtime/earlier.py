"""Looks through the folder of an earlier run: what the run wrote there, by its manifest, and what was added since."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from gouji.errors import UnusableInputError, reason_of

MANIFEST = "manifest.json"
#: The schema of this version's manifests; earlier schemas begin alike.
SCHEMA = "gouji/manifest/2"
_OURS = re.compile(r"gouji/manifest/\d+")
_MOST_BYTES = 16_000_000
#: Files that systems, editors and office programs put into folders by themselves. They hold nobody's work.
_LITTER = re.compile(r"\.DS_Store|\._.*|Thumbs\.db|desktop\.ini|\.ipynb_checkpoints|\.directory|~\$.*|\.~.*|\.part-.*")


@dataclass(frozen=True, slots=True)
class Earlier:
    """The output of a run: the hash of each file by name, and the names of its notebooks."""

    outputs: Mapping[str, str]
    notebooks: frozenset[str]

    def wrote(self, path: Path) -> bool:
        """True for a path, relative to the run's folder, that the run has written."""
        if len(path.parts) == 1:
            return path.name == MANIFEST or path.name in self.outputs
        return path.parts[:-1] == ("notebooks",) and path.name in self.notebooks


def earlier_run(folder: Path) -> Earlier | None:
    """Returns the run whose manifest stands in a folder; None where there is no valid manifest of a run."""
    file = folder / MANIFEST
    try:
        if not file.is_file() or file.stat().st_size > _MOST_BYTES:
            return None
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not _OURS.fullmatch(str(found.get("schema"))):
        return None
    outputs, notebooks = found.get("outputs"), found.get("notebooks")
    if not isinstance(outputs, dict) or not isinstance(notebooks, (dict, list)):
        return None
    return Earlier({str(name): str(digest) for name, digest in outputs.items()}, frozenset(map(str, notebooks)))


def refuse_others(target: Path, place: Path, run: Earlier | None, carried: tuple[str, ...] = ()) -> None:
    """Raises UnusableInputError for a folder, now at `place`, that holds files its run has not written.

    Files named in `carried` may stand there, because the next run reads them. Without a `run`, any file is refused.
    """
    found = list(strangers(place, run, carried))
    if not found:
        return
    what = found[0].as_posix() + (f" 等 {len(found)} 个文件" if len(found) > 1 else "")
    if run is None:
        remedy = "请换一个空文件夹，或以前运行的输出文件夹"
        raise UnusableInputError(str(target), f"输出文件夹已有其他文件（{what}），不是以前运行的输出", remedy)
    problem = f"输出文件夹中有不是运行写出的文件（{what}），覆盖会失去它"
    raise UnusableInputError(str(target), problem, "请把它移到别处，或换一个输出文件夹")


def strangers(folder: Path, run: Earlier | None, carried: tuple[str, ...] = ()) -> Iterator[Path]:
    """Yields the files below a folder, relative to it, that its run has not written.

    Raises UnusableInputError where the folder cannot be read completely: unseen files would be lost.
    """
    for path in _files_below(folder):
        relative = path.relative_to(folder)
        kept = len(relative.parts) == 1 and relative.name in carried
        if run is None or not (kept or run.wrote(relative)):
            yield relative


def _files_below(folder: Path) -> Iterator[Path]:
    """Yields all files below a folder in order, without litter. A link counts as a file, wherever it leads."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        problem = f"文件夹无法查看（{reason_of(error)}）"
        raise UnusableInputError(str(folder), problem, "请检查权限，或换一个输出文件夹") from error
    for entry in entries:
        if _LITTER.fullmatch(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files_below(Path(entry.path))
        else:
            yield Path(entry.path)

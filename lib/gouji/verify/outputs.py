"""Compares a run's outputs at hand with its manifest and with the outputs of executing it again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gouji.dispositions.layout import WORKBOOK
from gouji.runtime.earlier import MANIFEST
from gouji.runtime.executed import content_hash
from gouji.verify.findings import finding_changes
from gouji.verify.line import Line, differs, note, same
from gouji.verify.papers import compared_papers
from gouji.verify.recorded import Recorded
from gouji.verify.unpacked import same_entries

_FINDINGS = "findings.json"
_NOTEBOOKS = "notebooks"
_MOST = 50


@dataclass(frozen=True, slots=True)
class _Output:
    """A file by name, with its hash in the manifest, at hand, and after executing the run again. "" where the file is
    missing."""

    name: str
    recorded: str
    at_hand: str
    again: str

    @property
    def altered(self) -> bool:
        return self.at_hand != self.recorded


def output_lines(folder: Path, made: Path, recorded: Recorded) -> Iterator[Line]:
    """Yields a line for each output, then one for each file that the manifest does not name.

    `folder` holds the run, `made` the outputs of executing it again.
    """
    for name, digest in recorded.outputs.items():
        yield _output_line(folder, made, _Output(name, digest, _hash(folder / name), _hash(made / name)))
    for path in sorted(made.iterdir()):
        if path.is_file() and path.name != MANIFEST and path.name not in recorded.outputs:
            yield differs(path.name, "清单没有记载，而重算写出了这个文件")
    yield from _added(folder, recorded)


def notebook_lines(folder: Path, made: Path, recorded: Recorded, executed: bool) -> Iterator[Line]:
    """Yields a line for each notebook. Where they were not `executed` again, it only says whether the file has changed
    since."""
    for name, digest in recorded.notebooks.items():
        at_hand = content_hash(folder / _NOTEBOOKS / name)
        one = _Output(
            f"{_NOTEBOOKS}/{name}", digest, at_hand, content_hash(made / _NOTEBOOKS / name) if executed else digest
        )
        yield _line(one) if executed or not one.altered or not at_hand else differs(one.name, "写出之后被改动")
    if recorded.notebooks and not executed:
        yield note("笔记本", "只核对了写出之后有无改动；重新执行请加 --notebooks")


def _output_line(folder: Path, made: Path, one: _Output) -> Line:
    at_hand, again = folder / one.name, made / one.name
    if not one.at_hand or not one.again or one.at_hand == one.again == one.recorded:
        return _line(one)
    if one.name == WORKBOOK and one.at_hand != one.again:
        return compared_papers(at_hand, again).line(one.name, one.altered)
    if not one.altered and same_entries(at_hand, again):
        return same(one.name, "内容相同（压缩库不同，字节有别）")
    details = finding_changes(at_hand, again) if one.name == _FINDINGS and one.at_hand != one.again else []
    return _line(one, *details)


def _line(one: _Output, *details: str) -> Line:
    if not one.at_hand:
        return differs(one.name, "缺失，清单有记载")
    if not one.again:
        return differs(one.name, "写出之后被改动，重算没有写出它" if one.altered else "重算没有写出这个文件")
    if one.at_hand == one.again:
        return differs(one.name, "与重算相同，而与清单的哈希不符，清单被改动过") if one.altered else same(one.name)
    if not one.altered:
        return differs(one.name, "写出之后没有改动，而重算的结果不同", *details)
    redone = "重算与清单的哈希一致" if one.again == one.recorded else "重算的结果也与清单的不同"
    return differs(one.name, f"写出之后被改动；{redone}", *details)


def _added(folder: Path, recorded: Recorded) -> Iterator[Line]:
    named = {MANIFEST, *recorded.outputs, *(f"{_NOTEBOOKS}/{name}" for name in recorded.notebooks)}
    found = sorted(path for path in _files(folder) if path not in named)
    yield from (differs(path, "多出的文件，清单没有记载") for path in found[:_MOST])
    if len(found) > _MOST:
        yield differs(f"另有 {len(found) - _MOST} 个文件", "清单没有记载")


def _files(folder: Path) -> Iterator[str]:
    """Yields every file below a folder, by its relative path."""
    for place, folders, files in os.walk(folder):
        inside = Path(place).relative_to(folder)
        links = (name for name in folders if (Path(place) / name).is_symlink())
        yield from ((inside / name).as_posix() for name in (*files, *links))


def _hash(path: Path) -> str:
    """Returns a file's SHA-256, "" where it is missing, is no file or cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    except OSError:
        return ""

"""Compares what a run was made of with what it is executed again with: files, parameters, rules, code, libraries."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from gouji.memo.manifest import parameter_values, rules_hash, values_hash
from gouji.parameters import Parameters
from gouji.runtime.code_hash import code_hash
from gouji.runtime.earlier import MANIFEST
from gouji.runtime.versions import VERSION, library_versions
from gouji.verify.inputs import Input
from gouji.verify.line import Line, differs, note, same
from gouji.verify.recorded import Recorded

_SHORT = 16


def input_lines(inputs: Sequence[Input]) -> Iterator[Line]:
    """Yields a line for each file that was read."""
    for one in inputs:
        what = f"{one.role} {one.wanted.name}"
        if not one.same:
            told = f"是另一个文件，SHA-256 为 {one.sha256}，记载的是 {one.wanted.sha256}"
            yield differs(what, told, f"用的是 {one.path}")
        else:
            renamed = f"，现名 {one.path.name}" if one.path.name != one.wanted.name else ""
            yield same(what, f"SHA-256 {one.sha256}{renamed}")


def parameter_line(recorded: Recorded, given: Parameters | None) -> Line:
    """Compares the manifest's parameters with their hash, and with those of a given file."""
    if values_hash(recorded.parameter_values) != recorded.parameters:
        return differs("参数", "manifest.json 所记的参数值与其哈希不符，清单被改动过")
    if given is not None and (changed := _changed(recorded.parameter_values, parameter_values(given))):
        return differs("参数", "参数文件与记载的不同，以下按记载的重算", *changed)
    return same("参数", f"SHA-256 {recorded.parameters}")


def version_lines(recorded: Recorded) -> Iterator[Line]:
    """Compares rules, code and libraries of the run with those at hand."""
    yield _hashes("规则", recorded.rules, rules_hash())
    code, named = code_hash(), f"Gouji {VERSION}"
    if (recorded.code, recorded.gouji) == (code, VERSION):
        yield same("代码", f"{named}，SHA-256 {code}")
    else:
        was = f"Gouji {recorded.gouji}，SHA-256 {recorded.code[:_SHORT]}…"
        yield differs("代码", f"记载的是 {was}，现为 {named}，SHA-256 {code[:_SHORT]}…；备忘录的版本按记载的写出")
    changed = _changed(recorded.libraries, library_versions())
    yield note("所用的库", "版本与记载的不同", *changed) if changed else same("所用的库", "版本与记载的一致")


def peer_lines(recorded: Recorded, made: Path) -> Iterator[Line]:
    """Compares the accounts that figures were compared with, in the run and in its new execution `made`."""
    now = json.loads((made / MANIFEST).read_text(encoding="utf-8")).get("peers", "")
    if recorded.peers or now:
        what = f"同类单位（台账 {recorded.ledger}）"
        yield same(what) if now == recorded.peers else note(what, "台账中同年度的其他单位与运行时的不同，按现有的比较")


def _hashes(what: str, was: str, now: str) -> Line:
    if was == now:
        return same(what, f"SHA-256 {now}")
    return differs(what, f"记载的是 SHA-256 {was[:_SHORT]}…，现为 {now[:_SHORT]}…")


def _changed(was: Mapping[str, Any], now: Mapping[str, Any], prefix: str = "") -> list[str]:
    """Returns a line for each difference: `thresholds.materiality 记载 0，现为 5`."""
    lines: list[str] = []
    for name in sorted({*was, *now}):
        before, after = was.get(name), now.get(name)
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            lines += _changed(before, after, f"{prefix}{name}.")
        elif before != after:
            lines.append(f"{prefix}{name} 记载 {_format_value(before)}，现为 {_format_value(after)}")
    return lines


def _format_value(value: object) -> str:
    return "（无）" if value in (None, "", {}) else str(value)

"""Lists the findings that are new, gone or changed between two findings.json."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_MOST, _LONGEST = 40, 60
_LIST = "findings"


def finding_changes(at_hand: Path, again: Path) -> list[str]:
    """Returns a line for each finding that differs after executing the run again; one line that says so where a file
    cannot be read."""
    try:
        lines = list(_changes(_read(at_hand), _read(again)))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ["文件已损坏，不能逐项比较"]
    return lines[:_MOST] + ([f"另有 {len(lines) - _MOST} 处"] if len(lines) > _MOST else [])


def _changes(was: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    before, after = ({one["id"]: one for one in said[_LIST]} for said in (was, now))
    yield from (f"重算新增的发现 {_name_finding(after[name])}" for name in after if name not in before)
    yield from (f"重算没有的发现 {_name_finding(before[name])}" for name in before if name not in after)
    for name in before:
        if name in after and before[name] != after[name]:
            changed = (
                _describe_change(key, before[name], after[name]) for key in _different(before[name], after[name])
            )
            yield f"有变动的发现 {_name_finding(before[name])}：{'、'.join(changed)}"
    others = [key for key in _different(was, now) if key != _LIST]
    if others:
        yield f"发现以外有变动：{'、'.join(others)}"
    if list(before) != [name for name in after if name in before] and set(before) == set(after):
        yield "发现的次序不同"


def _different(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    return [key for key in dict.fromkeys((*one, *other)) if one.get(key) != other.get(key)]


def _describe_change(key: str, was: dict[str, Any], now: dict[str, Any]) -> str:
    """Returns `title（文件为“…”，重算为“…”）`; the key alone where the value is not a short text."""
    values = [was.get(key), now.get(key)]
    if not all(isinstance(value, str | int | float | None) for value in values):
        return key
    before, after = ("（无）" if value is None else f"“{str(value)[:_LONGEST]}”" for value in values)
    return f"{key}（文件为{before}，重算为{after}）"


def _name_finding(finding: dict[str, Any]) -> str:
    return f"{finding['id']}　{finding['title']}"


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found

"""Reads and writes dispositions as YAML: `params/NAME.dispositions.yaml` and the file in a run's folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from gouji.dispositions.disposition import Disposition, problem_of
from gouji.errors import UnusableInputError, reason_of
from gouji.runtime.yaml_data import load_given_yaml, yaml_reason

_KEY = "dispositions"
_HEAD = "# 审计认定。decision：confirmed 认定、explained 已说明、dismissed 不认定；后两者须写 reason（处理意见）。\n"
_REMEDY = "格式见 docs/zh-CN/decisions.md"


def read_yaml(path: Path) -> dict[str, Disposition]:
    """Returns the dispositions of a file by finding id. Raises UnusableInputError with the entry and its problem."""
    try:
        raw = load_given_yaml(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UnusableInputError(str(path), f"审计认定文件无法读取（{reason_of(error)}）", "请检查路径") from error
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        raise UnusableInputError(str(path), f"不是合法的 YAML：{yaml_reason(error)}", "请检查缩进与引号") from error
    if raw is None:
        return {}
    entries = raw.get(_KEY) if isinstance(raw, dict) and set(raw) == {_KEY} else None
    if entries is None and not (isinstance(raw, dict) and raw == {_KEY: None}):
        raise UnusableInputError(str(path), f"应只有一个键 {_KEY}，其下为认定的列表", _REMEDY)
    if not isinstance(entries or [], list):
        raise UnusableInputError(str(path), f"{_KEY} 之下应为认定的列表", _REMEDY)
    found: dict[str, Disposition] = {}
    for number, entry in enumerate(entries or [], start=1):
        one = _entry(entry, f"{path} 第 {number} 项")
        if one.finding in found:
            raise UnusableInputError(
                f"{path} 第 {number} 项", f"{one.finding} 已有认定", "同一发现只能有一项，请删去一项"
            )
        found[one.finding] = one
    return found


def yaml_text(dispositions: Iterable[Disposition]) -> str:
    """Returns dispositions as the text of a file, by finding id."""
    entries = [_fields_of(one) for one in sorted(dispositions, key=lambda one: one.finding)]
    return _HEAD + yaml.safe_dump({_KEY: entries}, allow_unicode=True, sort_keys=False, width=110)


def _entry(entry: object, place: str) -> Disposition:
    if not isinstance(entry, dict):
        raise UnusableInputError(place, "应为“键: 值”的列表", _REMEDY)
    try:
        return Disposition.model_validate(entry)
    except ValidationError as error:
        location, said = problem_of(error)
        named = f"（{entry['finding']}）" if entry.get("finding") else ""
        key = ".".join(map(str, location))
        raise UnusableInputError(f"{place}{named}", f"{key + ' ' if key else ''}{said}", _REMEDY) from error


def _fields_of(one: Disposition) -> dict[str, Any]:
    """Returns the fields, with the date as YAML writes dates."""
    return {**one.to_json(), **({"date": one.date} if one.date else {})}

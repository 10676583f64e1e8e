"""What is put where nobody expects it, by where: `awkward.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from gouji.runtime.yaml_data import load_yaml


@cache
def awkward(where: str) -> tuple[str, ...]:
    """The values of a kind: `text`, `attributes`, `pdf`, `yaml`; of those written [text, times] so many in a row."""
    listed = load_yaml(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))[where]
    return tuple(one if isinstance(one, str) else one[0] * one[1] for one in listed)

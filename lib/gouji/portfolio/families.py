"""Groups rules by family: a hundred rules are too many to look at side by side."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files

from gouji.runtime.yaml_data import load_yaml


@cache
def families() -> tuple[str, ...]:
    """Returns the names of the families, in order."""
    return tuple(name for name, _ in _patterns())


@cache
def family(rule: str) -> str:
    """Returns the family of a rule."""
    return next(name for name, patterns in _patterns() if any(fnmatchcase(rule, one) for one in patterns))


@cache
def _patterns() -> tuple[tuple[str, tuple[str, ...]], ...]:
    raw = load_yaml(files("gouji.portfolio").joinpath("families.yaml").read_text(encoding="utf-8"))
    return tuple((one["name"], tuple(one["rules"])) for one in raw)

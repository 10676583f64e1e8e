"""The amounts a portfolio compares, by name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gouji.runtime.yaml_data import load_yaml


@dataclass(frozen=True, slots=True)
class Quantity:
    """A named amount: its title for people, and the concepts that may state it. The first printed one counts."""

    name: str
    title: str
    concepts: tuple[str, ...]


@cache
def quantities() -> tuple[Quantity, ...]:
    """Returns all quantities, in the order of `quantities.yaml`."""
    raw = load_yaml(files("gouji.ledger").joinpath("quantities.yaml").read_text(encoding="utf-8"))
    return tuple(Quantity(name, one["title"], tuple(one["concepts"])) for name, one in raw.items())

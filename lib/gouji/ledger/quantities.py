"""The amounts a portfolio compares, by name."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from pydantic import Field

from gouji.runtime.strict import StrictModel
from gouji.runtime.yaml_data import load_yaml


class Quantity(StrictModel):
    """A named amount: its title for people, and the concepts that may state it. The first printed one counts."""

    name: str
    title: str
    concepts: tuple[str, ...] = Field(min_length=1)


@cache
def quantities() -> tuple[Quantity, ...]:
    """Returns all quantities in the order of `quantities.yaml`. Raises pydantic.ValidationError if one is malformed."""
    raw = load_yaml(files("gouji.ledger").joinpath("quantities.yaml").read_text(encoding="utf-8"))
    return tuple(Quantity.model_validate({"name": name, **one}) for name, one in raw.items())

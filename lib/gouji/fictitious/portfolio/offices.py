"""The kinds of departments that a region has."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Self

from pydantic import Field, TypeAdapter, model_validator

from gouji.fictitious.departments.codes import FUNCTION_NAMES
from gouji.fictitious.departments.truth import OWN_INCOME
from gouji.runtime.strict import StrictModel
from gouji.runtime.yaml_data import load_yaml


class Office(StrictModel):
    """A kind of department: its items (running costs first), its size, its other money."""

    slug: str = Field(pattern=r"^[a-z]+$")
    name: str
    function: str
    duties: str
    institution: bool = False  # 事业单位, otherwise 行政单位
    items: tuple[str, ...] = Field(min_length=1)
    staff: tuple[int, int]
    project: int = Field(gt=0)  # 万元 a head and year
    own: tuple[str, ...] = ()
    fund: str | None = None
    capital: bool = False

    @model_validator(mode="after")
    def _known(self) -> Self:
        codes = [*self.items, *filter(None, [self.fund])]
        unknown = [part for code in codes for part in (code[:3], code[:5], code) if part not in FUNCTION_NAMES]
        unknown += [kind for kind in self.own if kind not in OWN_INCOME]
        if unknown:
            raise ValueError(f"{self.slug}: unknown {unknown[0]}")
        if not 0 < self.staff[0] <= self.staff[1]:
            raise ValueError(f"{self.slug}: staff {self.staff}")
        return self


@cache
def offices() -> tuple[Office, ...]:
    """Returns all kinds, in the order of the file."""
    text = files("gouji.fictitious.portfolio").joinpath("offices.yaml").read_text(encoding="utf-8")
    return TypeAdapter(tuple[Office, ...]).validate_python(load_yaml(text))

"""Fictitious provinces, cities and counties, whose codes GB/T 2260 does not have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pydantic import Field, field_validator

from gouji.fictitious.departments import TEMPLATES
from gouji.runtime.strict import StrictModel
from gouji.runtime.yaml_data import load_yaml

_COUNTIES = 78
"""Counties of a city; with the city itself its regions."""
_SUFFIXES = ("县", "区", "市")
_STEP, _SHIFT = 7, 53
"""How names are dealt out: steps that have no factor in common with the number of names, so that none comes twice."""


@dataclass(frozen=True)
class Region:
    """A city or county: 子虚省镜花市虚明县. `template` is its province's form."""

    code: str
    province: str
    city: str
    county: str
    template: str

    @property
    def name(self) -> str:
        """Returns its full name."""
        return self.province + self.city + self.county

    @property
    def short(self) -> str:
        """Returns its own name, with which its departments' names begin."""
        return self.county or self.city


class _Province(StrictModel):
    name: str
    code: int = Field(ge=90, le=99)
    template: str

    @field_validator("template")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in TEMPLATES:
            raise ValueError(f"no template {value!r}")
        return value


class _Names(StrictModel):
    provinces: tuple[_Province, ...]
    cities: tuple[str, ...]
    heads: tuple[str, ...]
    tails: tuple[str, ...]


@cache
def _names() -> _Names:
    text = files("gouji.fictitious.portfolio").joinpath("regions.yaml").read_text(encoding="utf-8")
    return _Names.model_validate(load_yaml(text))


def number_of_regions() -> int:
    """Returns the number of regions."""
    names = _names()
    return len(names.provinces) * len(names.cities) * (_COUNTIES + 1)


def regions() -> Iterator[Region]:
    """Returns all regions. Provinces and cities alternate, and so do cities and counties at the beginning."""
    names = _names()
    rounds = number_of_regions() // len(names.provinces)
    return (_region(names, number, place) for number in range(rounds) for place in range(len(names.provinces)))


def _region(names: _Names, number: int, place: int) -> Region:
    """Returns the region of that number in the province at that place."""
    province = names.provinces[place]
    city = (number + place) % len(names.cities)
    rank = number // len(names.cities)
    if rank < 2 and city % 2:
        rank = 1 - rank
    county = _county(names, number, place) if rank else ""
    code = f"{province.code}{city + 1:02d}{rank + 20 if rank else 0:02d}"
    return Region(code, province.name, names.cities[city], county, province.template)


def _county(names: _Names, number: int, place: int) -> str:
    """Returns a name that no other county of the province has."""
    pairs = len(names.heads) * len(names.tails)
    at = (number * _STEP + place * _SHIFT) % pairs
    head, tail = at % len(names.heads), at // len(names.heads)
    return names.heads[head] + names.tails[tail] + _SUFFIXES[number // pairs]

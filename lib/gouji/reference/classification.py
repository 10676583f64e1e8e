"""Tells, for a year, which names a code has and had, which codes a name has, and where the list is complete."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from gouji.labels import normalise
from gouji.reference import rows
from gouji.runtime.immutable import immutable

#: The last year of a name that is still in use.
LAST_YEAR = 9999


@immutable()
class Account:
    """A code with one of its names and the first and last year that the list knows it for (0, `LAST_YEAR`: not
    limited). `now` is what took its place."""

    code: str
    name: str
    since: int = 0
    until: int = LAST_YEAR
    now: str = ""

    def valid(self, year: int) -> bool:
        """True for a year in which the code had this name."""
        return self.since <= year <= self.until


@cache
def accounts() -> Mapping[str, tuple[Account, ...]]:
    """Returns every current and former name of each code of the function and the economic classification."""
    found: dict[str, list[Account]] = {}
    for row in (*rows("function_codes.csv"), *rows("economic_codes.csv")):
        one = Account(row["code"], row["name"], _year(row["since"], 0), _year(row["until"], LAST_YEAR))
        found.setdefault(one.code, []).append(one)
    return {code: tuple(named) for code, named in found.items()}


@cache
def superseded() -> Mapping[str, Account]:
    """Returns the codes with their meaning in a classification that is no longer used."""
    listed = rows("superseded_codes.csv")
    return {row["code"]: Account(row["code"], row["name"], 0, int(row["until"]), row["now"]) for row in listed}


@cache
def owners() -> Mapping[str, tuple[str, ...]]:
    """Returns the codes by plain name (see `plain`)."""
    found: dict[str, dict[str, None]] = {}
    for code, named in accounts().items():
        for one in named:
            found.setdefault(plain(one.name), {})[code] = None
    return {name: tuple(codes) for name, codes in found.items()}


def parent_of(code: str) -> str:
    """Returns the code above: 2080106 → 20801 → 208 → 2, the last standing for a whole classification."""
    return code[:-2] if len(code) > 3 else code[:1]


def is_complete(parent: str, year: int) -> bool:
    """True where the list is known to hold every code below `parent` in a year: only there is another one unknown."""
    return any(since <= year <= until for since, until in _complete().get(parent, ()))


@cache
def _complete() -> Mapping[str, tuple[tuple[int, int], ...]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for row in rows("complete_codes.csv"):
        found.setdefault(row["parent"], []).append((_year(row["since"], 0), _year(row["until"], LAST_YEAR)))
    return {parent: tuple(spans) for parent, spans in found.items()}


@cache
def plain(name: str) -> str:
    """Returns a name in the form in which names are compared: normalised, without the closing 支出 that forms add or
    leave out."""
    even = normalise(name)
    return even.removesuffix("支出") if len(even) > 4 else even


def _year(text: str, otherwise: int) -> int:
    return int(text) if text else otherwise

"""Classification codes as data: function and economic classification with the years they were in force."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from gouji.facts.labels import normalise


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the lists beside this module, by column."""
    return list(csv.DictReader(files(__name__).joinpath(name).read_text(encoding="utf-8").splitlines()))


@cache
def function_classes() -> dict[str, str]:
    """Normalised class name (类), with and without its closing 支出, to the three-digit code; former names included."""
    classes: dict[str, str] = {}
    for row in rows("function_codes.csv"):
        if len(row["code"]) == 3:
            name = normalise(row["name"])
            classes[name] = row["code"]
            classes.setdefault(name.removesuffix("支出"), row["code"])
    return classes


@cache
def economic_names() -> dict[str, str]:
    """Economic classification code (类, 款) to its current name."""
    return {row["code"]: row["name"] for row in rows("economic_codes.csv") if not row["until"]}


@cache
def economic_codes() -> tuple[tuple[str, str], ...]:
    """(code, name) of the economic classification, former names included."""
    return tuple((row["code"], row["name"]) for row in rows("economic_codes.csv"))


@cache
def function_names() -> dict[str, str]:
    """Function classification code (类, 款, 项) to its current name."""
    return {row["code"]: row["name"] for row in rows("function_codes.csv") if not row["until"]}

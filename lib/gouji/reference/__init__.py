"""Provides the function and economic classifications, with the years in which their codes were in force."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from gouji.labels import normalise


def rows(name: str) -> list[dict[str, str]]:
    """Returns the rows of one of the lists beside this module, as dictionaries by column."""
    return list(csv.DictReader(files(__name__).joinpath(name).read_text(encoding="utf-8").splitlines()))


#: How the source of names begins that were not seen in print.
_ONLY_KNOWN = "knowledge: the yearly"


@cache
def function_classes() -> dict[str, str]:
    """Returns the three-digit code by normalised class name (类), with and without its closing 支出. Includes former
    names."""
    classes: dict[str, str] = {}
    for row in rows("function_codes.csv"):
        if len(row["code"]) == 3:
            name = normalise(row["name"])
            classes[name] = row["code"]
            classes.setdefault(name.removesuffix("支出"), row["code"])
    return classes


@cache
def economic_names() -> dict[str, str]:
    """Returns the current name of each economic classification code (类, 款)."""
    return {row["code"]: row["name"] for row in rows("economic_codes.csv") if not row["until"]}


@cache
def economic_codes() -> tuple[tuple[str, str], ...]:
    """Returns (code, name) of the economic classification, former names included."""
    return tuple((row["code"], row["name"]) for row in rows("economic_codes.csv"))


@cache
def function_names() -> dict[str, str]:
    """Returns the current name of each function classification code (类, 款, 项) that was seen in accounts and budgets.
    Names that are only known of are left out: as words of sentences (防汛) they mean other things too."""
    return {
        row["code"]: row["name"]
        for row in rows("function_codes.csv")
        if not row["until"] and not row["source"].startswith(_ONLY_KNOWN)
    }

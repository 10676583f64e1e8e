"""Lists a department's amounts year by year, and shows where the accounts of two years do not agree."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import Field, TypeAdapter

from gouji.auditing import Audit
from gouji.facts.fact import Facts
from gouji.intervals import ScaledAmount, unscaled
from gouji.review.years.amounts import agreeing, amounts_of
from gouji.review.years.prior import Break, compared, statements
from gouji.runtime.strict import StrictModel
from gouji.runtime.yaml_data import load_yaml

#: The charts that show amounts over the years (`memo.charts`).
Chart = Literal["totals", "three_public"]
#: The unit of all amounts here.
UNIT = "万元"


class Quantity(StrictModel):
    """An amount to follow: its concept paths, of which the first published one counts, and the chart that shows it."""

    title: str
    paths: tuple[str, ...] = Field(min_length=1)
    chart: Chart


@dataclass(frozen=True)
class Point:
    """A quantity in one year, in 万元; None where it was not published.

    `implied`: only the 比上年 of the next account gives it. `broken`: the next year's account contradicts it.
    """

    value: Decimal | None
    implied: bool = False
    broken: bool = False


@dataclass(frozen=True)
class Series:
    """One quantity over the years, the earliest first."""

    title: str
    chart: str
    points: dict[int, Point]


@cache
def quantities() -> tuple[Quantity, ...]:
    """Returns all quantities in the order of `quantities.yaml`. Raises pydantic.ValidationError if one is malformed."""
    text = files("gouji.trends").joinpath("quantities.yaml").read_text(encoding="utf-8")
    return TypeAdapter(tuple[Quantity, ...]).validate_python(load_yaml(text))


def given(audit: Audit) -> dict[int, Facts]:
    """Returns the accounts at hand by year, the earliest first; empty where the account's own year is not known."""
    if audit.facts.year is None:
        return {}
    prior = (audit.companions.prior,) if audit.companions.prior else ()
    others = {one.facts.year: one.facts for one in (*audit.companions.earlier_years, *prior) if one.facts.year}
    return dict(sorted((others | {audit.facts.year: audit.facts}).items()))


def series(audit: Audit) -> tuple[Series, ...]:
    """Returns every quantity that some year publishes.

    The year before the first account is included as far as that account's 比上年 implies it.
    """
    accounts = given(audit)
    if not accounts:
        return ()
    before = _implied(next(iter(accounts.values())))
    found = (_series_of(quantity, accounts, before) for quantity in quantities())
    return tuple(one for one in found if any(point.value is not None for point in one.points.values()))


def _series_of(quantity: Quantity, accounts: dict[int, Facts], before: dict[str, ScaledAmount]) -> Series:
    points = {}
    first = min(accounts)
    if before:
        implied = next((before[path] for path in quantity.paths if path in before), None)
        points[first - 1] = Point(None if implied is None else unscaled(implied, UNIT), implied=implied is not None)
    for year, facts in accounts.items():
        following = accounts.get(year + 1)
        points[year] = Point(_value(quantity, facts), broken=bool(following) and _broken(quantity, facts, following))
    return Series(quantity.title, quantity.chart, points)


def _value(quantity: Quantity, facts: Facts) -> Decimal | None:
    found = next((prints[0] for path in quantity.paths if (prints := amounts_of(facts, path))), None)
    return None if found is None else unscaled(found.amount, UNIT)


def _implied(facts: Facts) -> dict[str, ScaledAmount]:
    """Returns last year's amounts as an account's sentences imply them, by concept path."""
    found: dict[str, ScaledAmount] = {}
    for one in statements(facts):
        if one.implied is not None:
            found.setdefault(one.paths[0], one.implied)
    return found


def _broken(quantity: Quantity, facts: Facts, following: Facts | None) -> bool:
    """True where the next year's account contradicts a quantity, in its 比上年 or in its opening balance."""
    if following is None:
        return False
    said = (found for _, found in compared(following, facts) if isinstance(found, Break))
    if any(path in quantity.paths for found in said for path in found.said.paths):
        return True
    return "summary[closing].expenditure" in quantity.paths and _opens_otherwise(facts, following)


def _opens_otherwise(facts: Facts, following: Facts) -> bool:
    closing = amounts_of(facts, "summary[closing].expenditure")
    opening = amounts_of(following, "summary[opening].income")
    return bool(closing and opening) and agreeing(closing, opening) is None

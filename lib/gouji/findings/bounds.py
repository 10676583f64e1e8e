"""Rounds the range that other figures leave a figure to values that can be printed."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from math import ceil, floor

from gouji.facts.fact import Fact
from gouji.intervals import places_of, unscaled
from gouji.repair.cause import Suspect
from gouji.repair.polytope import Range

#: Decimals beyond the document's precision, where no value of that precision lies within the range.
_SPARE = 2


def printable_ends(limits: Range, fact: Fact) -> tuple[Decimal | None, Decimal | None]:
    """Returns the ends of a range in the figure's unit, rounded inwards to the decimals of the document's precision;
    None for an open end."""
    places = places_of(fact.radius, fact.figure.unit) if fact.radius else fact.figure.decimals
    low, high = _rounded_inwards(limits, fact, places)
    if low is not None and high is not None and low > high:
        return _rounded_inwards(limits, fact, places + _SPARE)
    return low, high


def is_rough(suspect: Suspect) -> bool:
    """True for an implied value beside which others can be printed: percentages alone imply it."""
    low, high = printable_ends(suspect.range, suspect.fact)
    return suspect.rough and (low is None or low != high)


def _rounded_inwards(limits: Range, fact: Fact, places: int) -> tuple[Decimal | None, Decimal | None]:
    (low, high), unit, last = limits, fact.figure.unit, Decimal(1).scaleb(-places)
    return (
        None if low is None else unscaled(ceil(low), unit).quantize(last, ROUND_CEILING),
        None if high is None else unscaled(floor(high), unit).quantize(last, ROUND_FLOOR),
    )

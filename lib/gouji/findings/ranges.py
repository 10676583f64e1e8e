"""Shows the range of values with which every check holds, as a figure would print them."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from math import ceil, floor

from gouji.facts.fact import Fact
from gouji.intervals import places_of, unscaled
from gouji.repair.cause import Suspect

#: Further decimals for a range that contains no printable value.
_SPARE = 2


def printable_ends(suspect: Suspect) -> tuple[Decimal | None, Decimal | None]:
    """Returns the least and the greatest value of a range that can be printed with the figure's decimals, in its unit;
    None for an end that is not bounded. A range without such a value is shown with more decimals."""
    places = _places(suspect.fact)
    low, high = _ends(suspect, places)
    if low is not None and high is not None and low > high:
        return _ends(suspect, places + _SPARE)
    return low, high


def is_rough(suspect: Suspect) -> bool:
    """True for an implied value beside which others can be printed: percentages alone imply it."""
    low, high = printable_ends(suspect)
    return suspect.rough and (low is None or low != high)


def _places(fact: Fact) -> int:
    """Returns the decimals of a figure, by the document's precision."""
    return places_of(fact.radius, fact.figure.unit) if fact.radius else fact.figure.decimals


def _ends(suspect: Suspect, places: int) -> tuple[Decimal | None, Decimal | None]:
    """Returns the ends of a range in the figure's unit, rounded inwards to so many decimals."""
    low, high = suspect.range
    unit, last = suspect.fact.figure.unit, Decimal(1).scaleb(-places)
    return (
        None if low is None else unscaled(ceil(low), unit).quantize(last, ROUND_CEILING),
        None if high is None else unscaled(floor(high), unit).quantize(last, ROUND_FLOOR),
    )

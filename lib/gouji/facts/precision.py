"""The precision of a document: money has one, the finest commonly printed in its unit.

Spreadsheets drop trailing zeros, so a cell's own decimals say little: "162" among two-decimal figures is 162.00. A
table (or the narrative) with enough figures has its own precision: a system may print six decimals in one table, and
people may copy two of them into the next. A figure printed finer than its part has the precision it is printed with.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from gouji.facts.figure import Figure, State
from gouji.intervals import MONEY_UNITS

#: A number of decimals is "commonly printed" from one in this many figures on; rarer ones are slips.
_ONE_IN = 20
#: From this many figures on a part speaks for itself; a smaller one shares the finest precision of the document.
_ENOUGH = 12
#: Unless its figures are printed with decimals (two at least, amounts are often round) and would all have to end in
#: zeros, this many in all: then that is its precision.
_DROPPED = 3
_CENTS = 2

Precision = dict[tuple[str, str], int]


def document_precision(figures: Iterable[tuple[str, Figure]]) -> Precision:
    """Returns the decimals by (part, unit) for every money unit in use. Takes figures with the part in which they
    stand."""
    printed = Counter(
        [
            (part, figure.unit, figure.decimals, figure.state is State.NUMBER)
            for part, figure in figures
            if figure.printed and figure.unit in MONEY_UNITS
        ]
    )
    counts: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for (part, unit, decimals, counted), count in printed.items():
        counts[part, unit][decimals] += count if counted else 0
    whole: dict[str, Counter[int]] = defaultdict(Counter)
    for (_, unit), counter in counts.items():
        whole[unit] += counter
    return {(part, unit): _precision_of_part(own, whole[unit]) for (part, unit), own in counts.items()}


def _precision_of_part(own: Counter[int], whole: Counter[int]) -> int:
    """Returns the precision of a part's figures, given that of the whole document in that unit."""
    finest = max(own, default=0)
    shared = _finest(whole)
    if own.total() >= _ENOUGH:
        return _finest(own)
    telling = finest >= _CENTS and own.total() * (shared - finest) >= _DROPPED
    return finest if telling else shared


def _finest(counter: Counter[int]) -> int:
    """Returns the largest number of decimals with which enough figures are printed."""
    total = counter.total()
    return max((places for places in counter if _at_least(counter, places) * _ONE_IN >= total), default=0)


def _at_least(counter: Counter[int], places: int) -> int:
    return sum(count for of, count in counter.items() if of >= places)

"""The precision of a document: money in one part of a document has one, the finest commonly printed in its unit.

Spreadsheets drop trailing zeros, so a cell's own decimals say little: "162" among two-decimal figures is 162.00.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from gouji.facts.fact import Part
from gouji.facts.figure import Figure, State
from gouji.intervals import MONEY_UNITS

#: A number of decimals is "commonly printed" from one in this many figures on; rarer ones are slips.
_ONE_IN = 20
#: From this many figures on a part speaks for itself; a smaller one shares the finest precision of the document.
_ENOUGH = 12

Precision = dict[tuple[Part, str], int]


def document_precision(figures: Iterable[tuple[Part, Figure]]) -> Precision:
    """Decimals by (part, unit) for every money unit in use."""
    counts: dict[tuple[Part, str], Counter[int]] = defaultdict(Counter)
    for part, figure in figures:
        if figure.unit in MONEY_UNITS and figure.state is State.NUMBER:
            counts[part, figure.unit][figure.decimals] += 1
    units = {unit for _, unit in counts}
    whole = {unit: sum((counter for (_, of), counter in counts.items() if of == unit), Counter()) for unit in units}
    return {
        (part, unit): _finest(own if (own := counts[part, unit]).total() >= _ENOUGH else whole[unit])
        for part in Part
        for unit in units
    }


def _finest(counter: Counter[int]) -> int:
    """The largest number of decimals that enough figures are printed with."""
    total = counter.total()
    return max((places for places in counter if _at_least(counter, places) * _ONE_IN >= total), default=0)


def _at_least(counter: Counter[int], places: int) -> int:
    return sum(count for of, count in counter.items() if of >= places)

"""The figure parser: any text is a figure, and what it reads of it is what is printed, to the digit."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from fuzz.mutate.text import mutated, smaller
from fuzz.target import Target
from fuzz.targets.exact import no_floats
from gouji.facts.figure import State, parse_figure
from gouji.intervals import MONEY_UNITS, RATE_UNITS, places_of, radius, scaled, unscaled

_UNITS = (*MONEY_UNITS, *RATE_UNITS, "人", "辆", "")
_SEEDS = ["270.90", "４，７３３.１４", "（12.5）", "2.3万元", "-1,234,567.89元", "61%", "无", "—", "0.00", "12①"]


def run(data: bytes) -> str:
    """The text is in each unit the same figure, or another only where it names its unit itself."""
    text = data.decode("utf-8", errors="replace")
    states = set()
    for unit in _UNITS:
        figure = parse_figure(text, unit)
        assert figure.text == text, "another text than printed"
        assert (figure.value is not None) == figure.printed, "a value where none is printed, or none where one is"
        assert (figure.state is State.ZERO) == (figure.value == 0), "zero is not told"
        states.add(figure.state)
        if figure.value is not None:
            _same_digits(figure.value, figure.decimals, figure.unit)
    assert len(states) == 1, "a state that depends on the unit"
    return f"{states.pop().value}"


def _same_digits(value: Decimal, decimals: int, unit: str) -> None:
    """Printed and read again it is the same; scaled it is exact, or refused."""
    assert value.is_finite()
    printed = f"{value:.{decimals}f}" if value.as_tuple().exponent != -decimals else f"{value:f}"
    again = parse_figure(printed, unit)
    assert (again.value, again.decimals) == (value, decimals), "printed and read again, another figure"
    try:
        amount, half = scaled(value, unit), radius(decimals, unit)
    except ValueError:
        return
    no_floats((amount, half))
    assert unscaled(amount, unit) == value, "scaled, another amount"
    assert places_of(half, unit) == decimals, "the radius of other decimals"


def _mutate(data: bytes, rng: Random) -> bytes:
    return mutated(data.decode("utf-8", errors="replace"), rng).encode("utf-8", errors="replace")


FIGURE = Target("figure", "txt", run, lambda: [one.encode() for one in _SEEDS], _mutate, smaller)

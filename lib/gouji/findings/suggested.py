"""Shows the values that findings suggest as the document prints such values."""

from __future__ import annotations

from decimal import Decimal

from gouji.facts.fact import Fact
from gouji.findings.finding import Finding
from gouji.intervals import unscaled


def print_of(value: Decimal | None, fact: Fact, finding: Finding) -> Fact | None:
    """Returns another figure of the finding that prints a value in the figure's unit; None if there is none."""
    unit = fact.figure.unit
    same = (one for one in finding.corroborating if one.amount is not None and one.figure.unit == unit)
    return None if value is None else next((one for one in same if unscaled(one.amount or 0, unit) == value), None)


def shown_value(text: str, value: Decimal | None, fact: Fact, finding: Finding) -> str:
    """Returns the text of a suggested value with its thousands apart, where the figure or another print of the value
    has them so."""
    other = print_of(value, fact, finding)
    grouped = "," in fact.figure.text or (other is not None and "," in other.figure.text)
    return text if value is None or not grouped else text.replace(f"{abs(value)}", f"{abs(value):,}")

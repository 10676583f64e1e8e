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
    """Returns the text of a suggested value with its thousands apart, where the figure, another print of the value or
    another figure that the finding suspects has them so."""
    other = print_of(value, fact, finding)
    prints = (fact, *finding.suspects, *([other] if other is not None else []))
    return text if value is None or not any("," in one.figure.text for one in prints) else _apart(text, value)


def as_grouped(text: str, value: Decimal, fact: Fact) -> str:
    """Returns the text of a value with its thousands apart, where the figure has them so."""
    return _apart(text, value) if "," in fact.figure.text else text


def _apart(text: str, value: Decimal) -> str:
    return text.replace(f"{abs(value)}", f"{abs(value):,}")

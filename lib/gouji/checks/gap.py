"""Words the difference between the two sides of a check: 2.75万元, 0.01个百分点."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from gouji.checks.check import Check, Checks
from gouji.intervals import MONEY_UNITS, RATE_UNITS

_POINTS = {"%": "个百分点", "‰": "个千分点"}
#: The most decimals of a rate or a quotient that are shown, even if it is printed with more.
_MOST = 2


def gap(check: Check, checks: Checks) -> str:
    """Returns the difference without its sign; "" where there is none. An amount has its thousands apart where one of
    the figures has them so."""
    difference, unit = checks.difference(check), checks.unit(check)
    if not difference:
        return ""
    printed = (checks.facts.facts[number].figure.text for number in check.fact_ids)
    if unit in MONEY_UNITS and not check.per and any("," in text for text in printed):
        return f"{abs(difference):,f}{unit}"
    return signed_gap(check, checks).removeprefix("-")


def signed_gap(check: Check, checks: Checks) -> str:
    """Returns left − right. Percentages are in 百分点, with as many decimals as are printed. Returns "" if not
    evaluated."""
    difference = checks.difference(check)
    if difference is None:
        return ""
    unit = checks.unit(check)
    if unit in RATE_UNITS:
        return _round_visibly(difference, _rate_decimals(check, checks), _POINTS[unit])
    if check.per:
        return _round_visibly(difference, _MOST, unit)
    return f"{difference if unit in MONEY_UNITS else difference.normalize() + 0:f}{unit}"


def _round_visibly(difference: Decimal, places: int, unit: str) -> str:
    """Rounds a difference to so many decimals. One that would be zero is shown as less than the last decimal."""
    last = Decimal(1).scaleb(-places)
    rounded = difference.quantize(last, ROUND_HALF_UP)
    return f"不足{last}{unit}" if difference and not rounded else f"{rounded:f}{unit}"


def _rate_decimals(check: Check, checks: Checks) -> int:
    """Returns the number of printed decimals of the rates that a check compares."""
    numbers = [number for _, number in (check.left if check.per else check.terms)]
    return min(_MOST, max((max(0, checks.facts.facts[number].figure.decimals) for number in numbers), default=_MOST))

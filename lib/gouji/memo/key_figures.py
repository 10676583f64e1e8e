"""Gives the figures that a reader wants first: income, expenditure, 三公 and balance, with last year's where known."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from gouji.auditing import Audit
from gouji.intervals import MONEY_UNITS, unscaled
from gouji.review.years.amounts import amounts_of
from gouji.review.years.prior import Said, statements
from gouji.trends.series import UNIT, Point, Quantity, quantities, series

#: Quantities that say little by themselves: a head wants the whole.
_LEFT_OUT = ("人员经费", "公用经费")
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """An amount of the account as text: this year's, last year's ("" where not known), and the change between them.

    `doubtful`: a finding holds this year's figure to be misprinted. `implied`: last year's follows from this account's
    own 比上年; otherwise it is printed in last year's account.
    """

    title: str
    this: str
    last: str
    change: str
    doubtful: bool
    implied: bool


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """The key figures in the unit of the account."""

    unit: str
    figures: tuple[KeyFigure, ...] = ()

    @property
    def has_last(self) -> bool:
        """True where some amount of last year is known."""
        return any(one.last for one in self.figures)

    @property
    def implied(self) -> bool:
        """True where some amount of last year is only implied."""
        return any(one.implied for one in self.figures)


def key_figures(audit: Audit) -> KeyFigures:
    """Returns the key figures that the account publishes. A zero that was zero last year too is left out, except the
    total of 三公: its zero is an answer. Returns none of a form that is not filled in."""
    unit = unit_of(audit)
    last = {one.title: one.points.get((audit.facts.year or 0) - 1) for one in series(audit)}
    found = (_figure(one, last.get(one.title), unit, audit) for one in quantities() if one.title not in _LEFT_OUT)
    figures = tuple(one for one in found if one is not None)
    return KeyFigures(unit, figures if any(one.this.strip("0.") for one in figures) else ())


def unit_of(audit: Audit) -> str:
    """Returns the unit of the account's amounts: that of the first total printed in a table, else 万元."""
    for quantity in quantities():
        for path in quantity.paths:
            for one in amounts_of(audit.facts, path):
                if one.fact is not None and one.fact.cell and one.fact.figure.unit in MONEY_UNITS:
                    return one.fact.figure.unit
    return UNIT


def money(amount: Decimal) -> str:
    """Returns an amount with its thousands apart, with two decimals or with as many as it has."""
    return f"{amount.quantize(_CENT) if amount == amount.quantize(_CENT) else amount.normalize():,f}"


def _figure(quantity: Quantity, before: Point | None, unit: str, audit: Audit) -> KeyFigure | None:
    printed = next((prints[0] for path in quantity.paths if (prints := amounts_of(audit.facts, path))), None)
    if printed is None:
        return None
    this, last = unscaled(printed.amount, unit), _last(quantity, before, unit, audit)
    if not this and not last and "total" not in "".join(quantity.paths):
        return None
    return KeyFigure(
        title=quantity.title,
        this=money(this),
        last="" if last is None else money(last),
        change="" if last is None else f"{'+' if this > last else ''}{money(this - last)}",
        doubtful=printed.fact is not None and audit.findings.accusing(printed.fact) is not None,
        implied=last is not None and before is not None and before.implied,
    )


def _last(quantity: Quantity, before: Point | None, unit: str, audit: Audit) -> Decimal | None:
    """Returns last year's amount; None where it is not known, or follows only from figures held to be misprinted."""
    if before is None or before.value is None or before.broken:
        return None
    if before.implied:
        told = (one for one in statements(audit.facts) if one.paths[0] in quantity.paths and _sound(one, audit))
        return next((unscaled(one.implied, unit) for one in told if one.implied is not None), None)
    return before.value.scaleb(MONEY_UNITS[UNIT] - MONEY_UNITS[unit])


def _sound(one: Said, audit: Audit) -> bool:
    """True where no finding holds the figures of a statement about last year to be misprinted."""
    return not any(audit.findings.accusing(fact) for fact in (one.fact, one.now) if fact is not None)

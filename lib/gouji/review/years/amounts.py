"""Finds every place in a document that prints one quantity, and what it may stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

import numpy as np

from gouji.checks.rules import counterparts
from gouji.facts.claim import Measure
from gouji.facts.fact import Concept, Fact, Facts, Status
from gouji.facts.narrative.concepts import concept_from_path
from gouji.facts.shown import shown_amount
from gouji.intervals import ScaledAmount, tie_tolerance, unscaled
from gouji.runtime.immutable import immutable

#: Rows whose blank cell says nothing: the parts above them may add up to anything.
_TOTALS = ("total", "grand_total", "personnel", "public")
#: A computed amount of money is told with so many decimals at least.
_PLACES = 2


@immutable()
class Amount:
    """A quantity as one place prints it. If a table that prints every item lacks its row, it is an exact zero without
    `fact`."""

    amount: ScaledAmount
    radius: ScaledAmount
    where: str
    fact: Fact | None = None

    @property
    def printed(self) -> str:
        """Returns it as printed, with its unit."""
        return shown_amount(self.fact) if self.fact else "未列（0）"


def amounts_of(facts: Facts, path: str) -> tuple[Amount, ...]:
    """Returns every print of a quantity in a document: its own cell first, then cells that a rule says are equal, then
    sentences. Returns nothing if the document does not print it."""
    concepts = [concept_from_path(one) for one in (path, *counterparts().get(path, ()))]
    cells = [one for concept in concepts if (one := _in_table(facts, concept))]
    return (*cells, *_stated_in_words(facts, concepts[0]))


def _in_table(facts: Facts, concept: Concept) -> Amount | None:
    table = facts.tables.get(concept.table)
    if table is None or table.status in (Status.MISSING, Status.UNREADABLE):
        return None
    fact = facts.get(concept.table, concept.row, concept.column)
    if fact is not None:
        silent = fact.blank and concept.row in _TOTALS and table.status is not Status.EMPTY
        told = (
            None
            if silent or fact.repeated or fact.amount is None
            else Amount(fact.amount, fact.radius, fact.where, fact)
        )
        return told if table.unit_stated else None
    whole = facts.has_column(concept.table, concept.column) or table.status is Status.EMPTY
    return Amount(0, 0, table.label) if whole and concept.row.isdigit() and table.unit_stated else None


def _stated_in_words(facts: Facts, concept: Concept) -> Iterator[Amount]:
    for fact in facts.stating(concept):
        claim = fact.claim
        if fact.amount is None or claim is None or claim.loose:
            continue
        if claim.measure in (Measure.FINAL, Measure.BUDGET, Measure.INITIAL):
            yield Amount(fact.amount, fact.radius, fact.where, fact)


def same(one: Amount, other: Amount, parts: int = 1) -> bool:
    """True if two documents print one quantity that is the sum of so many parts."""
    if one.amount == other.amount:
        return True
    if one.radius == 0 or other.radius == 0:
        return abs(one.amount - other.amount) <= one.radius + other.radius
    return abs(one.amount - other.amount) <= int(tie_tolerance(*map(np.asarray, (one.radius, other.radius, parts))))


def agreeing(ones: Iterable[Amount], others: Iterable[Amount], parts: int = 1) -> tuple[Amount, Amount] | None:
    """Returns the first two prints, one of each document, that agree; None if none do."""
    found = list(others)
    return next(((one, other) for one in ones for other in found if same(one, other, parts)), None)


def parts_of(facts: Facts, path: str) -> int:
    """Returns the number of items that a quantity may be the sum of: those of expenditure for a total, else those below
    its code."""
    row = concept_from_path(path).row
    codes = [code for table in facts.tables.values() for code in table.codes if len(code) == _ITEM]
    return (
        1 if len(row) == _ITEM else max(1, len({code for code in codes if not row.isdigit() or code.startswith(row)}))
    )


_ITEM = 7


def money(amount: ScaledAmount, unit: str) -> str:
    """Returns a computed amount in a unit: 12.58万元."""
    value = unscaled(abs(amount), unit).normalize()
    places = max(_PLACES, -int(value.as_tuple().exponent))
    return f"{'−' if amount < 0 else ''}{value.quantize(Decimal(1).scaleb(-places))}{unit}"


def unit_of(facts: Facts) -> str:
    """Returns the unit of a document's tables."""
    return next((table.unit for table in facts.tables.values() if table.unit), "万元")

"""Finds the rows of the tables that print codes: each code with its name, and the tables that print both."""

from __future__ import annotations

from collections.abc import Iterable

from gouji.facts.fact import Fact, Facts, Part
from gouji.review.material import Material
from gouji.runtime.immutable import immutable

#: Tables whose rows print codes. The two-sided ones print names alone.
CODED = ("income", "expenditure", "general_budget", "basic_expenditure", "government_fund", "state_capital")

_TABLES = frozenset(CODED)


@immutable()
class Printed:
    """A code with a name as printed, the facts of its rows (one table after the other), and whether any is not zero."""

    code: str
    name: str
    facts: tuple[Fact, ...]
    filled: bool


def printed_codes(material: Material) -> tuple[Printed, ...]:
    """Returns the codes of the tables in printed order. A code that is printed with two names appears twice."""
    found: dict[tuple[str, str], list[Fact]] = {}
    for fact in material.facts:
        if fact.row_code and fact.part is Part.TABLES and fact.concept.table in _TABLES:
            found.setdefault((fact.row_code, fact.row_name), []).append(fact)
    return tuple(
        Printed(code, name, tuple(cells), any(cell.amount for cell in cells)) for (code, name), cells in found.items()
    )


def where(printed: Printed, facts: Facts) -> str:
    """Returns the names of the tables in which a row stands: 公开02表、公开03表."""
    keys = dict.fromkeys(fact.concept.table for fact in printed.facts)
    return "、".join(facts.tables[key].label or facts.tables[key].name for key in keys)


def concerns(printed: Iterable[Printed]) -> tuple[int, ...]:
    """Returns the ids of the rows' figures that are printed."""
    return tuple(fact.id for one in printed for fact in one.facts if fact.amount)

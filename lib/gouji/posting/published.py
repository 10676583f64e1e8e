"""Finds the amounts that a portfolio compares among a document's facts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from gouji.auditing import Audit
from gouji.facts.fact import Concept, Fact, Part
from gouji.facts.narrative.concepts import concept_from_path
from gouji.intervals import unscaled
from gouji.ledger.quantities import quantities


def published(audit: Audit) -> tuple[dict[str, Decimal | None], tuple[str, ...]]:
    """Returns each quantity in 元 (None where it was not published), and the quantities whose figure a finding
    suspects."""
    stated = dict(_stated_quantities(audit))
    amounts = {name: None if fact is None else unscaled(fact.amount or 0, "元") for name, fact in stated.items()}
    return amounts, tuple(name for name, fact in stated.items() if fact is not None and audit.findings.suspecting(fact))


def _stated_quantities(audit: Audit) -> Iterator[tuple[str, Fact | None]]:
    """Yields each quantity with the fact that states it."""
    wanted = _wanted()
    printed: dict[str, Fact] = {}
    first: dict[str, Fact] = {}
    for fact in audit.facts:
        concept = _concept(fact)
        if concept is None or concept.path not in wanted.get(concept.column, ()):
            continue
        if fact.figure.printed and fact.amount is not None:
            (printed if fact.part is Part.TABLES else first).setdefault(concept.path, fact)
    found = {**first, **printed}
    for quantity in quantities():
        facts = (found[concept] for concept in quantity.concepts if concept in found)
        yield quantity.name, next(facts, None)


@cache
def _wanted() -> dict[str, frozenset[str]]:
    """Returns the concepts that state a quantity, grouped by column, because few concepts share a column."""
    paths = [concept for quantity in quantities() for concept in quantity.concepts]
    columns = {path: concept_from_path(path).column for path in paths}
    return {one: frozenset(path for path in paths if columns[path] == one) for one in columns.values()}


def _concept(fact: Fact) -> Concept | None:
    """Returns the concept a fact states; None where a sentence states none, or one of several."""
    if fact.part is Part.TABLES:
        return None if fact.repeated else fact.concept
    return fact.target[0] if len(fact.target) == 1 else None

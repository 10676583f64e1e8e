"""Words the amounts of a document, and finds them by concept."""

from __future__ import annotations

from collections.abc import Iterable

from gouji.facts.claim import Measure
from gouji.facts.fact import Fact
from gouji.facts.narrative.concepts import concept_from_path
from gouji.facts.shown import shown_amount as printed
from gouji.intervals import ScaledAmount, unscaled
from gouji.review.material import Material
from gouji.review.reasons.causes import StatedReason

__all__ = ["clause", "doubted", "finals", "money", "name", "printed", "value"]


def money(amount: ScaledAmount, unit: str) -> str:
    """Returns a computed amount without its sign: `108.9万元`."""
    return f"{unscaled(abs(amount), unit).normalize():f}{unit}"


def name(fact: Fact) -> str:
    """Returns the name of an amount: its row, or for a total its column."""
    return fact.column_name if fact.cell and fact.concept.row == "total" else fact.row_name


def finals(material: Material) -> dict[str, Fact]:
    """Returns, by concept path, the first final amount of the year that sentences state."""
    found: dict[str, Fact] = {}
    for fact in material.facts.statements():
        claim = fact.claim
        if claim is not None and claim.measure is Measure.FINAL and claim.reading and fact.amount is not None:
            for path in claim.reading.split("|"):
                found.setdefault(path.strip(), fact)
    return found


def doubted(material: Material) -> frozenset[int]:
    """Returns the figures that a check says cannot all be true."""
    return frozenset(number for check in material.conflicts() for number in check.fact_ids)


def value(material: Material, path: str) -> Fact | None:
    """Returns the year's amount of a concept as its table prints it, else as a sentence states it. Returns None if
    neither does, or if a check says that the figure may be wrong."""
    concept = concept_from_path(path)
    cell = material.facts.get(concept.table, concept.row, concept.column)
    candidates = (cell if cell and cell.figure.printed else None, material.once(finals).get(path))
    wrong = material.once(doubted)
    return next((one for one in candidates if one and one.amount is not None and one.id not in wrong), None)


def clause(cause: StatedReason) -> str:
    """Returns the change that a reason explains, as printed: `减少250.58万元、减少61%`, or its word of direction."""
    shown: Iterable[Fact] = [fact for fact in (cause.amount, cause.rate) if fact] or [cause.change]
    return "、".join(printed(fact).replace(" ", "") for fact in shown)

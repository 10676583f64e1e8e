"""The amounts a portfolio compares, found among a document's facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from gouji.audit import Audit
from gouji.facts.fact import Fact, Part
from gouji.intervals import unscaled
from gouji.yaml_data import load_yaml


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount by name: its title for people, and the concepts that state it, the first printed one counting."""

    name: str
    title: str
    concepts: tuple[str, ...]


@cache
def quantities() -> tuple[Quantity, ...]:
    """All of them, in order (`quantities.yaml`)."""
    raw = load_yaml(files("gouji.ledger").joinpath("quantities.yaml").read_text(encoding="utf-8"))
    return tuple(Quantity(name, one["title"], tuple(one["concepts"])) for name, one in raw.items())


def published(audit: Audit) -> tuple[dict[str, Decimal | None], tuple[str, ...]]:
    """Each quantity in 元, None where it was not published; and the quantities whose figure a finding suspects."""
    stated = dict(_stated(audit))
    amounts = {name: None if fact is None else unscaled(fact.amount or 0, "元") for name, fact in stated.items()}
    return amounts, tuple(name for name, fact in stated.items() if fact is not None and audit.findings.suspecting(fact))


def _stated(audit: Audit) -> Iterator[tuple[str, Fact | None]]:
    """Each quantity with the fact that states it."""
    wanted = {concept for quantity in quantities() for concept in quantity.concepts}
    found: dict[str, Fact] = {}
    for part in (Part.TABLES, Part.NARRATIVE):
        for fact in audit.facts:
            path = _path(fact)
            if fact.part is part and path in wanted and fact.figure.printed and fact.amount is not None:
                found.setdefault(path, fact)
    for quantity in quantities():
        facts = (found[concept] for concept in quantity.concepts if concept in found)
        yield quantity.name, next(facts, None)


def _path(fact: Fact) -> str:
    """The concept a fact states; "" where a sentence states none, or one of several."""
    if fact.part is Part.TABLES:
        return "" if fact.repeated else fact.concept.path
    return fact.target[0].path if len(fact.target) == 1 else ""

"""Compares counts that the “三公” table prints beside its amounts with the narrative's counts."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.check import Check
from gouji.checks.narrative.spoken import said, spoken
from gouji.checks.rules import Rule
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Facts
from gouji.facts.word_lists import WORDS as UNITS
from gouji.intervals import Verdict

_TABLE = "three_public"


def table_counts(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks each count of the table with the only one that the narrative states for the same things."""
    index = None
    for column, words in WORDS.table_counts.items():
        cell = facts.get(_TABLE, "", column)
        if cell is None or not cell.figure.printed:
            continue
        index = index or spoken(facts)
        stated = [
            fact
            for fact in index.of(Measure.COUNT)
            if index.claims[said(fact).order].section == _TABLE
            and not said(fact).loose
            and _is_same_count(fact, cell, words)
        ]
        if len({fact.amount for fact in stated}) == 1:
            told = stated[0]
            yield Check(-1, rule, told.named, "=", ((1, told.id),), ((1, cell.id),), verdict=Verdict.CONSISTENT)


def _is_same_count(fact: Fact, cell: Fact, words: tuple[str, ...]) -> bool:
    """True for a count in the cell's unit whose words say what it counts, and nothing else."""
    text = f"{said(fact).topic.phrase}{said(fact).words}"
    same = _unit(fact.figure.unit) == _unit(cell.figure.unit)
    others = any(word in text for word in WORDS.counted_apart)
    return same and any(word in text for word in words) and not others


def _unit(unit: str) -> str:
    return WORDS.units_of_counts.get(unit, UNITS.same_count.get(unit, unit))

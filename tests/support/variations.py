"""Variations of a document: the same cells with other figures, as other documents of its template print them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from random import Random

from gouji.facts.fact import Fact, Facts, Part
from gouji.facts.figure import parse_figure
from gouji.facts.recognise import numbered_facts

#: What a cell may print instead: nothing, zeros, figures, what cannot be read, more decimals than are kept.
TEXTS = ("", "", "", "—", "0", "0.00", "无", "1.00", "12.5", "270.9", "(3.00)", "-4", "abc", "1.2.3", "0.123456789")


def variations(facts: Facts, rng: Random, number: int) -> Iterator[Facts]:
    """`number` documents of the template of `facts`; the first is as it is, in the others some cells are changed."""
    yield facts
    cells = [fact for fact in facts if fact.part is Part.TABLES]
    for _ in range(1, number):
        share = rng.choice((0.01, 0.05, 0.3))
        changed = {fact.id: _text(fact, rng) for fact in cells if rng.random() < share}
        if rng.random() < 0.5:
            column = rng.choice(cells).concept.column
            changed |= {fact.id: "" for fact in cells if fact.concept.column == column}
        yield with_texts(facts, changed)


def with_texts(facts: Facts, texts: Mapping[int, str]) -> Facts:
    """The document with other text printed in some table cells (by fact id); its sentences are as they were."""
    changed = [
        replace(fact, figure=parse_figure(texts[fact.id], facts.tables[fact.concept.table].unit))
        if fact.id in texts
        else fact
        for fact in facts
    ]
    unmeasured = [replace(fact, amount=None, radius=0) for fact in changed]
    return Facts(numbered_facts(unmeasured), facts.tables, facts.department, facts.year)


def _text(fact: Fact, rng: Random) -> str:
    """Something else, or (one time in two) a figure a little off."""
    if fact.figure.value is None or rng.random() < 0.5:
        return rng.choice(TEXTS)
    return str(fact.figure.value + rng.choice((-1, 1, 2, 30)) * Decimal("0.01"))

"""Notes under tables that say there is nothing, against what the table prints."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.checks.check import Check
from gouji.checks.rules import Rule
from gouji.facts.fact import Facts, Status
from gouji.facts.figure import State
from gouji.facts.labels import normalise
from gouji.intervals import Verdict


def notes_of_nothing(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Each table whose note says 无…收支 or 本表无数据: it prints no number."""
    for table in facts.tables.values():
        if table.status not in (Status.FOUND, Status.EMPTY):
            continue
        sentences = [one for note in table.notes for one in re.split("[。;()]", normalise(note))]
        if not any(_says_nothing(sentence, rule) for sentence in sentences):
            continue
        printed = [
            fact
            for fact in facts
            if fact.concept.table == table.key and fact.figure.state is State.NUMBER and fact.cell
        ]
        yield Check(
            -1,
            rule,
            table.label or table.name,
            "=",
            (),
            (),
            concerns=tuple(fact.id for fact in printed[:4]),
            verdict=Verdict.CONFLICT if printed else Verdict.CONSISTENT,
        )


def _says_nothing(sentence: str, rule: Rule) -> bool:
    return any(re.search(word, sentence) for word in rule.words) and not any(
        re.search(word, sentence) for word in rule.unless
    )

"""Checks notes under tables that say there is nothing, against the table."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.check import Check
from gouji.checks.form import note_says
from gouji.checks.narrative.spoken import doubt
from gouji.checks.rules import Rule
from gouji.facts.fact import Facts, Status
from gouji.facts.figure import State


def notes_of_nothing(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks that each table whose note says 无…收支 or 本表无数据 prints no number."""
    for table in facts.tables.values():
        if table.status in (Status.FOUND, Status.EMPTY) and note_says(table, rule):
            cells = [fact for fact in facts if fact.concept.table == table.key and fact.cell]
            printed = [fact for fact in cells if fact.figure.state is State.NUMBER]
            yield doubt(rule, table.label or table.name, printed[:4], bool(printed))

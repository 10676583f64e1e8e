"""Checks notes under tables that say there is nothing, against the table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.checks.check import Check
from gouji.checks.form import sentences_of
from gouji.checks.narrative.spoken import doubt
from gouji.checks.rules import Rule
from gouji.checks.word_lists import WORDS
from gouji.facts.fact import Fact, Facts, RecognisedTable, Status
from gouji.facts.figure import State

#: Beginnings of columns of the year's income and of its expenditure; and of those that a note on either says nothing
#: of: what is carried over, and the budget of the “三公” table.
_INCOME, _SPENDING = ("income",), ("expenditure", "basic", "project", "actual.")
_OTHERS = ("opening", "closing", "budget.", "adjusted.", "counts.")


def notes_of_nothing(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks that each table whose note says 本表无数据, or 无…收支 of the table's own fund, prints no number.

    What a note says of other funds (under any table) or of parts of its own (无上年结转, 无项目支出) is no such note.
    """
    for table in facts.tables.values():
        if table.status not in (Status.FOUND, Status.EMPTY):
            continue
        denied = [excluded for one in sentences_of(table, rule) for excluded in _denials(one, table, rule)]
        if denied:
            cells = [fact for fact in facts if fact.concept.table == table.key and fact.cell]
            printed = [fact for fact in cells if fact.figure.state is State.NUMBER and _is_denied(fact, denied)]
            yield doubt(rule, table.label or table.name, printed[:4], bool(printed))


def _denials(sentence: str, table: RecognisedTable, rule: Rule) -> Iterator[tuple[str, ...]]:
    """Of each clause that denies the table's numbers, the beginnings of the columns that it says nothing of."""
    own = WORDS.own_money.get(table.key, ())
    for clause in re.split("[,，、:]", sentence.replace(table.label, "本表") if table.label else sentence):
        if any(re.search(word, clause) for word in rule.words):
            yield ()
        for money in own:
            match = re.search(WORDS.denied_money[0].replace("{money}", money), clause)
            if match:
                side = match.group("side") or "收支"
                yield (*_OTHERS, *(() if "收" in side else _INCOME), *(() if "支" in side else _SPENDING))


def _is_denied(fact: Fact, denied: list[tuple[str, ...]]) -> bool:
    return any(not fact.concept.column.startswith(excluded) for excluded in denied)

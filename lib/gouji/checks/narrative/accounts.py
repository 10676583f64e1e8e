"""Compares accounts named in words (项, 款, 类) with the account above them, where no table prints them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gouji.checks.check import Check
from gouji.checks.narrative.fund_accounts import fund_limits
from gouji.checks.narrative.spoken import NOT_READ, said, spoken, usable
from gouji.checks.rules import Rule
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Facts
from gouji.facts.narrative.topics import UNLISTED, account_name
from gouji.intervals import Verdict

_TOTAL = "total"
#: The column of expenditure in the tables of accounts by function; digits of a 类's code.
_COLUMN, _CLASS = "total", 3


def account_limits(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks that the stated accounts right below a total, 类 or 款 are together not more than it.

    Where an account is stated twice, the lower amount counts; for the account above, the higher. Another rule reports
    that the two differ.
    """
    for stated in _stated_amounts(facts).values():
        below: dict[str, list[Fact]] = {}
        for row, amounts in stated.items():
            if row != _TOTAL and (above := _superior(row, stated)):
                below.setdefault(above, []).append(min(amounts, key=_amount))
        for above, parts in below.items():
            whole = max(stated[above], key=_amount)
            terms = tuple((1, one.id) for one in parts)
            yield Check(-1, rule, whole.named, "<=", terms, ((1, whole.id),), verdict=Verdict.CONSISTENT)
    yield from fund_limits(rule, facts)


def _stated_amounts(facts: Facts) -> dict[tuple[str, str], dict[str, list[Fact]]]:
    """Returns what sentences state on the rows of a column whose table is not published or not read: (table, column) →
    row → amounts.

    Sentences that include other money than the column's are left out.
    """
    found: dict[tuple[str, str], dict[str, list[Fact]]] = {}
    index = spoken(facts)
    for fact in index.of(Measure.FINAL):
        if not fact.target or not usable(fact) or any(word in fact.quote for word in WORDS.other_money):
            continue
        concept = fact.target[0]
        certain = concept.row == _TOTAL or (concept.row.isdigit() and len(fact.target) == 1)
        if certain and facts.tables[concept.table].status in NOT_READ:
            rows = found.setdefault((concept.table, concept.column), {})
            rows.setdefault(concept.row, []).append(fact)
    for fact in index.of(Measure.FINAL):
        table, _, row = said(fact).topic.key.removeprefix(UNLISTED).partition(" ")
        rows = found.get((table, _COLUMN), {}) if said(fact).topic.key.startswith(UNLISTED) else {}
        if rows and not any(word in fact.quote for word in WORDS.other_money) and not _is_coded(fact, row, rows):
            rows.setdefault(row, []).append(fact)
    return found


def _is_coded(fact: Fact, row: str, rows: Mapping[str, Sequence[Fact]]) -> bool:
    """True if an account of that name is also stated with its code, below the same 类."""
    name = account_name(said(fact).topic.phrase)
    alike = (one for code, one in rows.items() if code.isdigit() and code[:_CLASS] == row[:_CLASS])
    return any(account_name(said(one).topic.phrase) == name for amounts in alike for one in amounts)


def _superior(row: str, stated: Mapping[str, object]) -> str:
    """Returns the nearest stated row that an account is part of; "" where there is none."""
    rows = [row[:size] for size in range(len(row) - 1, 0, -1)]
    return next((one for one in (*rows, _TOTAL) if one in stated), "")


def _amount(fact: Fact) -> int:
    return fact.amount or 0

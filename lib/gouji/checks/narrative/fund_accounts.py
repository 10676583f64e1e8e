"""Compares the accounts that sentences name of a fund with what was spent of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.checks.check import Check
from gouji.checks.narrative.spoken import Spoken, said, spoken, usable
from gouji.checks.rules import Rule
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Facts
from gouji.facts.narrative.topics import UNLISTED, account_name
from gouji.intervals import Verdict

_FUNDS = ("government_fund", "state_capital")
_FEWEST = 2
#: The level (类 is 1) of a code, by its digits.
_LEVELS = {3: 1, 5: 2, 7: 3}
#: The words before what an account received: 本年收入为.
_INCOME = re.compile("收入[^支]*$")
_CODE = re.compile(r"\[(\d+)\]\.expenditure$")


def fund_limits(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks that the accounts of a fund, each named with its path (…（类）…（款）…（项）), are together not more than
    its expenditure.

    Uses only the lowest level, so that none is part of another, and only a total that is stated as one amount. Leaves
    out funds all of whose accounts the classification lists: `account_limits` checks those.
    """
    index = spoken(facts)
    for table in _FUNDS:
        key = f"{table}[total].expenditure"
        totals = index.topic_stated(key, Measure.FINAL)
        accounts = _lowest(index, table, key)
        unlisted = any(said(one).topic.key.startswith(UNLISTED) for one in accounts)
        if len({one.amount for one in totals}) == 1 and len(accounts) >= _FEWEST and unlisted:
            whole, terms = totals[0], tuple((1, one.id) for one in accounts)
            yield Check(-1, rule, whole.named, "<=", terms, ((1, whole.id),), verdict=Verdict.CONSISTENT)


def _lowest(index: Spoken, table: str, total: str) -> list[Fact]:
    """Returns the amounts of the accounts on the lowest level that sentences name. Two of one name, or of one amount,
    may be one account told twice: only the lower counts."""
    found: dict[int, list[Fact]] = {}
    for fact in index.of(Measure.FINAL):
        level = _level(said(fact).topic.key, table)
        whole = said(fact).whole
        spent = (whole is None or whole.key == total) and not _INCOME.search(said(fact).words)
        if level and spent and usable(fact) and not any(word in fact.quote for word in WORDS.other_money):
            found.setdefault(level, []).append(fact)
    lowest = sorted(found[max(found)], key=lambda one: one.amount or 0) if found else []
    by_name: dict[str, Fact] = {}
    for fact in lowest:
        by_name.setdefault(account_name(said(fact).topic.phrase), fact)
    return list({fact.amount: fact for fact in by_name.values()}.values())


def _level(key: str, table: str) -> int:
    """Returns the level of an account of a fund: 3 for a 项, 1 for a 类; 0 for anything else."""
    if key.startswith(f"{UNLISTED}{table} /"):
        return key.count("/")
    code = _CODE.search(key) if key.startswith(f"{table}[") else None
    return _LEVELS.get(len(code[1]), 0) if code else 0

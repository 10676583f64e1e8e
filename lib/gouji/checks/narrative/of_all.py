"""Checks shares of all that a department spent: 涉及资金230万元，占部门支出总额的100%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from gouji.checks.check import Check
from gouji.checks.narrative.readings import alone, judged
from gouji.checks.narrative.spoken import Spoken, said, spoken, usable
from gouji.checks.rules import Rule
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import BUDGETS, Measure
from gouji.facts.fact import Fact, Facts
from gouji.facts.narrative.concepts import concept_from_path
from gouji.runtime.word_lists import any_of

_NO_BASE = "部门支出总额未公布"


def shares_of_all(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks a share whose base is all spending, with the money right before it: of what was spent, or of any other
    total of spending or of its budget that is printed, whichever gives it."""
    index = spoken(facts)
    for fact in index.of(Measure.SHARE):
        claim = said(fact)
        if fact.figure.unit != "%" or claim.base is None or claim.beside >= 0:
            continue
        if not _all().fullmatch(claim.base.phrase) or not (parts := _money_before(index, fact)):
            continue
        readings = [(alone(parts[-1]), alone(base)) for base in _totals(index)]
        yield judged(rule, fact, readings, facts, bool(readings), _NO_BASE)


@cache
def _all() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(WORDS.this_year)})?(?:{any_of(WORDS.all_spending)})")


def _money_before(index: Spoken, fact: Fact) -> list[Fact]:
    """The amounts of its sentence before a share."""
    before = (one for one in index.sentence(said(fact)) if said(one).order < said(fact).order)
    measures = (Measure.FINAL, *BUDGETS)
    return [one for one in before if one.figure.dimension == "money" and said(one).measure in measures and usable(one)]


def _totals(index: Spoken) -> list[Fact]:
    """All totals of spending: cells first, then what sentences state of them, budgets too."""
    found: list[Fact] = []
    for path in WORDS.spending_totals:
        concept = concept_from_path(path)
        cell = index.facts.get(concept.table, concept.row, concept.column)
        found += [cell] if cell and cell.amount and not cell.blank and not cell.repeated else []
        found += [one for measure in (Measure.FINAL, *BUDGETS) for one in index.topic_stated(path, measure)]
    return found

"""Checks remainders: 其余 of a list, 结转结余 of a plan and its expenditure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gouji.checks.check import Check
from gouji.checks.derived.vicinity import in_report
from gouji.checks.narrative.spoken import Spoken, role, said, same_kind, spoken, unbound, usable
from gouji.checks.rules import Rule
from gouji.checks.scored import scores_of_parts
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import BUDGETS, Measure
from gouji.facts.fact import Fact, Facts
from gouji.intervals import Verdict
from gouji.runtime.word_lists import any_of

_REST = re.compile(f"^(?:{any_of(WORDS.remainder)})")
_AMOUNTS = (Measure.FINAL, Measure.COUNT, Measure.PRIOR, Measure.ADJUSTMENT, *BUDGETS)
#: The least number of amounts with 其余: the whole, a part and the rest.
_FEWEST = 3


def remainders(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks each 其余 with the first amount of its sentence less those between, and each 结余 with plan less
    expenditure."""
    index = spoken(facts)
    for fact in index.claims:
        claim = said(fact)
        if claim.measure not in (Measure.FINAL, Measure.COUNT) or not usable(fact) or claim.topic.known:
            continue
        if _REST.match(claim.topic.phrase) and fact.id not in scores_of_parts(facts):
            yield _rest(rule, index, fact)
        elif not in_report(fact) and role(fact) == "left" and claim.measure is Measure.FINAL:
            yield _check_balance(rule, index, fact)


def _addable_amounts(index: Spoken, fact: Fact) -> list[Fact]:
    """Returns the amounts of its sentence that can be added to it."""
    return [one for one in index.sentence(said(fact)) if said(one).measure in _AMOUNTS and same_kind(one, fact)]


def _rest(rule: Rule, index: Spoken, fact: Fact) -> Check:
    listed = [one for one in _addable_amounts(index, fact) if said(one).order <= said(fact).order]
    if len(listed) < _FEWEST or not all(usable(one) for one in listed):
        return unbound(rule, fact, "总额或已列各项未公布")
    whole, parts = listed[0], listed[1:]
    terms = tuple((1, one.id) for one in parts)
    return Check(-1, rule, fact.named, "=", ((1, whole.id),), terms, defines=True, verdict=Verdict.CONSISTENT)


def _check_balance(rule: Rule, index: Spoken, fact: Fact) -> Check:
    """Checks a balance where the sentence has one plan (or receipt), one expenditure, and no other use of the money."""
    alike = _addable_amounts(index, fact)
    single = [one for one in alike if said(one).group < 0 and usable(one)]
    spent = [one for one in single if role(one) == "spent" and said(one).measure is Measure.FINAL]
    left = [one for one in single if role(one) == "left"]
    plans = _plans(single)
    others = len(alike) - len(single)
    if not plans or len(spent) != 1 or others or len(left) + len(spent) + len(plans) != len(single):
        return unbound(rule, fact, "预算数或支出数未公布")
    terms = tuple((1, one.id) for one in (spent[0], *left))
    whole = next((one for one in plans if (one.amount or 0) == sum(each.amount or 0 for each in (*spent, *left))), None)
    return Check(
        -1, rule, fact.named, "=", ((1, (whole or plans[0]).id),), terms, defines=True, verdict=Verdict.CONSISTENT
    )


def _plans(amounts: Sequence[Fact]) -> list[Fact]:
    """Returns the amounts available: those received rather than those planned."""
    received = [one for one in amounts if role(one) == "received"]
    return [*received, *(one for one in amounts if role(one) == "planned")]

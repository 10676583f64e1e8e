"""Checks balances that sentences tell without every item that they may have, or without what was corrected between two
years: a doubt, not an error."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.checks.check import Check
from gouji.checks.narrative.openings import is_since_opening
from gouji.checks.narrative.spoken import NOT_READ, Spoken, said, spoken, usable
from gouji.checks.rules import Rule
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Facts
from gouji.intervals import Verdict
from gouji.layouts.phrases import load_phrases

_OPENING, _CLOSING = "summary[opening].income", "summary[closing].expenditure"
_INCOME, _SPENT = "income[total].total", "expenditure[total].total"
#: What both sides may also have, and their totals.
_SELDOM = ("summary[surplus_used].income", "summary[distribution].expenditure")
_TOTALS = ("summary[grand_total].income", "summary[grand_total].expenditure")
_GENERAL = "general_budget"
_GENERAL_INCOME, _GENERAL_SPENT = "summary[general_budget].income", "general_budget[total].total"
#: Keys of the other funds, which 年初财政拨款结转和结余 may take in.
_OTHER_FUNDS = ("government_fund", "state_capital")
_COLUMNS = ("opening", "income", "expenditure", "closing")
_LEFT = "结转"


def usual_balances(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks opening balance and income against expenditure and closing balance, of the department and of the general
    budget, where the text states the four and no table prints them.

    Few departments have more on either side (使用非财政拨款结余, 结余分配).
    """
    if any(facts.tables[table].status not in NOT_READ for table in ("summary", "fiscal_summary")):
        return
    index = spoken(facts)
    for four in (_of_department(index), _of_general_budget(index)):
        if four:
            left, right = (tuple((1, one.id) for one in side) for side in (four[:2], four[2:]))
            yield Check(-1, rule, four[0].where, "=", left, right, verdict=Verdict.CONSISTENT)


def prior_closings(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks the balance at last year's end, which this year's and its change since imply, against this year's opening
    balance. Departments correct the opening balance in some years."""
    index = spoken(facts)
    for change in index.of(Measure.CHANGE):
        opening = load_phrases().openings.get(said(change).topic.key)
        if opening is None or said(change).against is not Measure.PRIOR or is_since_opening(said(change)):
            continue
        closing = _only(index.topic_stated(said(change).topic.key, Measure.FINAL))
        first = _only(index.topic_stated(opening, Measure.FINAL))
        if closing and first and _are_plain((closing, change, first)) and said(change).sign:
            sides = ((1, closing.id),), ((1, first.id), (1, change.id))
            yield Check(-1, rule, change.named, "=", *sides, verdict=Verdict.CONSISTENT)


def _of_department(index: Spoken) -> Sequence[Fact]:
    """Returns opening, income, expenditure and closing; () where one is missing or told twice, where the text states
    anything else on either side, or where a total is not the sum of the two (`families` judges that)."""
    found = [_only(index.topic_stated(key, Measure.FINAL)) for key in (_OPENING, _INCOME, _SPENT, _CLOSING)]
    four = [one for one in found if one is not None]
    seldom = any(one.amount for key in _SELDOM for one in index.topic_stated(key, Measure.FINAL))
    if len(four) < len(found) or seldom or not _are_plain(four):
        return ()
    for key, side in zip(_TOTALS, (four[:2], four[2:]), strict=True):
        total = sum(one.amount or 0 for one in side)
        if any(one.amount != total for one in index.topic_stated(key, Measure.FINAL)):
            return ()
    return four


def _of_general_budget(index: Spoken) -> Sequence[Fact]:
    """Returns the same of the general budget, told in its section; () where other funds have money left."""
    own = [one for one in index.of(Measure.FINAL) if one.section == _GENERAL and said(one).group < 0]
    left = [one for one in own if _LEFT in said(one).topic.phrase and said(one).topic.key.startswith("-")]
    found = (
        _only([one for one in left if said(one).topic.phrase.startswith("年初")]),
        _only([one for one in own if said(one).topic.key == _GENERAL_INCOME]),
        _only([one for one in own if said(one).topic.key == _GENERAL_SPENT]),
        _only([one for one in left if said(one).topic.phrase.startswith("年末")]),
    )
    four = [one for one in found if one is not None]
    funds = (f"{fund}[total].{side}" for fund in _OTHER_FUNDS for side in _COLUMNS)
    others = any(one.amount for key in funds for one in index.topic_stated(key, Measure.FINAL))
    return four if len(four) == len(found) and not others and _are_plain(four) else ()


def _are_plain(four: Sequence[Fact]) -> bool:
    """True for exact amounts in one unit, of which none may be another total."""
    return all(not one.claim or usable(one) for one in four) and len({one.figure.dimension for one in four}) == 1


def _only(facts: Sequence[Fact]) -> Fact | None:
    """Returns the first of several that state one amount."""
    return facts[0] if len({one.amount for one in facts}) == 1 else None

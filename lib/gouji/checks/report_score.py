"""Checks the table of indicators in the report on all that a department spent: its weights, and the score told beside
it."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.check import UNNUMBERED, Check, term_of
from gouji.checks.narrative.spoken import doubt
from gouji.checks.rules import Rule
from gouji.checks.stated_score import is_rounded, scores_told
from gouji.checks.whole_score import is_whole
from gouji.facts.fact import Fact, Facts, RecognisedTable
from gouji.intervals import SCALE, Verdict

#: All points that a scheme can have, without points beyond its most (加分).
_WHOLES = tuple(one * SCALE for one in (1, 10, 50, 100, 120, 150, 200, 1000))


def report_scores(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks the score that a report states for the whole spending with the total of the only table in it."""
    table = _table_of_report(facts)
    total = facts.get(table.key, "sum", "score") if table else None
    if table is None or total is None or total.amount is None or total.blank or (table.grid and table.grid.cut):
        return
    for fact in scores_told(rule, facts):
        if fact.block in facts.whole_reports and is_whole(fact) and not is_rounded(fact, total):
            yield Check(UNNUMBERED, rule, fact.named, "=", term_of(fact), term_of(total), verdict=Verdict.CONSISTENT)


def report_weights(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Asks about weights that add up to the printed total, where that is none that a scheme has (105)."""
    for key in facts.forms:
        total = facts.get(key, "sum", "weight")
        rows = [row for row in facts.rows(key, "weight") if "." in row or row == "total"]
        weights = [one for row in rows if (one := facts.get(key, row, "weight"))]
        odd = total is not None and total.amount and total.amount not in _WHOLES
        if total is not None and odd and weights and _adds_up(weights, total):
            yield doubt(rule, total.where, (total,), True)


def _adds_up(weights: list[Fact], total: Fact) -> bool:
    return all(one.amount is not None for one in weights) and sum(one.amount or 0 for one in weights) == total.amount


def _table_of_report(facts: Facts) -> RecognisedTable | None:
    """Returns the form that stands in the report, None where there are several or it names a project."""
    found = [one for one in facts.forms.values() if one.block in facts.whole_reports]
    return found[0] if len(found) == 1 and not found[0].subject else None

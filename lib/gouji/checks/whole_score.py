"""Checks the score of a department's whole spending (整体支出), which the account and the annexed report state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from gouji.checks.check import UNNUMBERED, Check, term_of
from gouji.checks.narrative.spoken import said
from gouji.checks.rules import Rule
from gouji.checks.stated_score import OWN_SCORE, scores_told
from gouji.facts.fact import Fact, Facts
from gouji.intervals import Verdict
from gouji.labels import normalise

_PAIR = 2
_WHOLE = "整体支出"
_OF_DEPARTMENT = f"部门{_WHOLE}"
#: What may stand beside 整体支出 in the name of its score and name nothing else.
_PLAIN = re.compile("(?:20[0-9]{2}|年度?|[本我]?(?:部门|单位|局)|绩效|评价|自评|综合|总|的|为)*")


def whole_scores(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks that the account and the report state the same 部门整体支出绩效自评得分, if both say that it is the
    department's."""
    yield from _told_twice(rule, facts, of_department=True)


def unit_scores(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks the same if the words do not say whose score it is: the report may be that of a unit below."""
    yield from _told_twice(rule, facts, of_department=False)


def _told_twice(rule: Rule, facts: Facts, of_department: bool) -> Iterator[Check]:
    """Yields a check if two parts of the document (第三部分, 附件1) state one score each.

    Yields none if a part states several scores or if more parts state one: these are of several units or years.
    """
    told: dict[str, list[Fact]] = {}
    for fact in scores_told(rule, facts):
        if is_whole(fact):
            told.setdefault(fact.where.split(" ")[0], []).append(fact)
    if len(told) != _PAIR or any(len({one.amount for one in own}) > 1 for own in told.values()):
        return
    one, other = (own[0] for own in told.values())
    if of_department == all(_OF_DEPARTMENT in said(fact).topic.phrase for fact in (one, other)):
        yield Check(UNNUMBERED, rule, one.named, "=", term_of(one), term_of(other), verdict=Verdict.CONSISTENT)


def is_whole(fact: Fact) -> bool:
    """True for a score whose words name the whole spending, and nothing else."""
    return _names_whole(said(fact).topic.phrase)


@lru_cache(maxsize=1024)
def _names_whole(phrase: str) -> bool:
    phrase = normalise(phrase)
    return _WHOLE in phrase and bool(_PLAIN.fullmatch(OWN_SCORE.sub("", phrase.replace(_WHOLE, ""))))

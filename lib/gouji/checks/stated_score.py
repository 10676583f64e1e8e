"""Checks the score that sentences state for a self-evaluation, against the only annexed form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.checks.check import UNNUMBERED, Check, term_of
from gouji.checks.narrative.spoken import said, spoken, usable
from gouji.checks.rules import Rule
from gouji.checks.scored import scores_of_parts
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Facts, RecognisedTable
from gouji.facts.narrative.word_lists import WORDS as NARRATIVE
from gouji.intervals import SCALE, Verdict
from gouji.labels import normalise
from gouji.runtime.word_lists import any_of

#: The unit of scores.
SCORE = "分"
#: What a score is called that is the form's.
OWN_SCORE = re.compile("|".join(WORDS.own_score))
#: 项目 that names none.
_ANY = re.compile("|".join(WORDS.any_project))
_NAMED = re.compile(any_of(NARRATIVE.projects))


def stated_scores(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks 自评得分95.54分 against the score in the form's sum, if there is one form and no other project is
    named."""
    if len(facts.forms) != 1:
        return
    ((key, table),) = facts.forms.items()
    total = facts.get(key, "sum", "score")
    if total is None or total.amount is None or total.blank or (table.grid and table.grid.cut):
        return
    for fact in scores_told(rule, facts):
        of_form = fact.block not in table.mentioned_in and _is_of_form(fact, table)
        if of_form and not is_rounded(fact, total):
            yield Check(UNNUMBERED, rule, fact.named, "=", term_of(fact), term_of(total), verdict=Verdict.CONSISTENT)


def scores_told(rule: Rule, facts: Facts) -> Iterator[Fact]:
    """Yields the scores that a department says it gave itself, without those of single indicators."""
    parts = scores_of_parts(facts)
    return (one for one in spoken(facts).claims if usable(one) and one.id not in parts and is_score(rule, one))


def is_score(rule: Rule, fact: Fact) -> bool:
    """True for a score that a department gave itself, if the words say nothing else about it."""
    claim = said(fact)
    if fact.figure.unit != SCORE or claim.measure not in (Measure.COUNT, Measure.FINAL) or claim.group >= 0:
        return False
    words = f"{claim.topic.phrase}{claim.words}"
    if not OWN_SCORE.search(words):
        return False
    sentence = normalise(fact.quote)
    return not any(re.search(one, sentence) for one in rule.unless)


def _is_of_form(fact: Fact, table: RecognisedTable) -> bool:
    sentence = normalise(fact.quote)
    name = normalise(table.label).partition("(")[2].removesuffix(")")
    return bool(name and name in sentence) or not _NAMED.search(_ANY.sub("", sentence))


def is_rounded(fact: Fact, total: Fact) -> bool:
    """True for a statement with fewer decimals than the form: 自评得分96分 for 95.54."""
    gap = 2 * abs((fact.amount or 0) - (total.amount or 0))
    return fact.figure.decimals < total.figure.decimals and gap * 10**fact.figure.decimals <= SCALE

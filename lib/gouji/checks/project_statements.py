"""Checks what paragraphs about a project state about its money and its score, against the project's annexed form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from functools import cache

from gouji.checks.check import UNNUMBERED, Check, term_of
from gouji.checks.narrative.completeness import HUNDRED
from gouji.checks.narrative.spoken import said, usable
from gouji.checks.rules import Rule
from gouji.checks.scored import scores_of_parts
from gouji.checks.stated_score import OWN_SCORE, is_rounded, is_score
from gouji.facts.claim import Measure
from gouji.facts.evaluation.paragraphs import plain
from gouji.facts.fact import Fact, Facts, RecognisedTable
from gouji.facts.narrative.word_lists import WORDS as NARRATIVE
from gouji.intervals import Verdict
from gouji.labels import normalise
from gouji.layouts.evaluation import load_evaluation
from gouji.runtime.word_lists import any_of

_ALONE = 1
_BEHIND = re.compile(f"(?:{any_of(NARRATIVE.behind_base)})+$")
_YEAR = re.compile("20[0-9]{2}年度?")


def project_statements(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks 全年预算数, 执行数, 执行率 and 自评得分 of a project, the first of each that its paragraphs state, against
    its form.

    If several are stated and none agrees with the form, another thing of the same name may be meant. Then no check is
    made.
    """
    for form in facts.forms.values():
        if not form.mentioned_in or (form.grid and form.grid.cut):
            continue
        pairs = list(_pairs(rule, facts, form))
        if len(pairs) > _ALONE and not any(stated.amount == printed.amount for stated, printed in pairs):
            continue
        for stated, printed in pairs:
            sides = term_of(stated), term_of(printed)
            yield Check(UNNUMBERED, rule, stated.named, "=", *sides, verdict=Verdict.CONSISTENT)


def _pairs(rule: Rule, facts: Facts, form: RecognisedTable) -> Iterator[tuple[Fact, Fact]]:
    """Yields the statements about a form's project, each with the form's figure."""
    about = [fact for fact in facts.statements() if fact.block in form.mentioned_in and usable(fact)]
    whole = [fact for fact in about if _is_of_all_money(fact, form)]
    initial, adjusted, executed = (_called_like(whole, form, one) for one in ("initial", "adjusted", "executed"))
    lookups: tuple[tuple[Iterable[Fact], Callable[[Fact], Fact | None]], ...] = (
        (_with_measure(initial, Measure.INITIAL), lambda _: facts.get(form.key, "total", "initial")),
        (_with_measure(adjusted, Measure.BUDGET, Measure.ADJUSTED), lambda fact: _budget_cell(facts, form, fact)),
        (_with_measure(executed, Measure.FINAL), lambda _: facts.get(form.key, "total", "executed")),
        (
            (fact for fact in about if _is_score(rule, facts, fact) and _is_of_project(fact, form, OWN_SCORE)),
            lambda _: facts.get(form.key, "sum", "score"),
        ),
        (
            (fact for fact in about if fact.figure.unit == "%" and _is_of_project(fact, form, _rate_names())),
            lambda fact: _rate_cell(facts, form, fact),
        ),
    )
    for stating, cell in lookups:
        stated = next(iter(stating), None)
        printed = cell(stated) if stated else None
        if not stated or not printed or printed.amount is None or printed.blank:
            continue
        if stated.amount == printed.amount or not is_rounded(stated, printed):
            yield stated, printed


def _is_score(rule: Rule, facts: Facts, fact: Fact) -> bool:
    return fact.id not in scores_of_parts(facts) and is_score(rule, fact)


def _with_measure(facts: Iterable[Fact], *measures: Measure) -> Iterator[Fact]:
    return (fact for fact in facts if said(fact).measure in measures)


def _called_like(facts: Iterable[Fact], form: RecognisedTable, column: str) -> Iterator[Fact]:
    """Yields the statements that use a column's own words. The amount of a contract or of one payment is another
    thing."""
    return (fact for fact in facts if _is_of_project(fact, form, _column_words(column)))


@cache
def _column_words(column: str) -> re.Pattern[str]:
    layout = load_evaluation()
    return re.compile(f"(?:{any_of((*layout.funds[column], *layout.told[column]))})$")


def _is_of_project(fact: Fact, form: RecognisedTable, called: re.Pattern[str]) -> bool:
    """True if the words before a figure name the column, the project, and nothing else."""
    claim = said(fact)
    words, phrase = (_BEHIND.sub("", plain(text)) for text in (claim.words, claim.topic.phrase))
    # A phrase may be that of the score told before.
    rest = [called.sub("", text).replace(plain(form.subject), "") for text in (words, OWN_SCORE.sub("", phrase))]
    return bool(called.search(words)) and all(_any_subject_word().fullmatch(_YEAR.sub("", one)) for one in rest)


@cache
def _any_subject_word() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(load_evaluation().about)})*")


def _is_of_all_money(fact: Fact, form: RecognisedTable) -> bool:
    """True for money of the whole project: not of one source (财政拨款), and not of a list."""
    claim = said(fact)
    if not fact.figure.unit.endswith("元") or claim.topic.known or claim.group >= 0 or claim.whole is not None:
        return False
    rest = normalise(claim.topic.phrase).replace(normalise(form.subject), "")
    return not any(label in rest for labels in load_evaluation().sources.values() for label in labels)


@cache
def _rate_names() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(load_evaluation().funds['rate'])})$")


def _rate_cell(facts: Facts, form: RecognisedTable, fact: Fact) -> Fact | None:
    """Returns the rate of all money. The stated one may as well be that of a source, or of the year's first budget."""
    rates = [one for row in facts.rows(form.key, "rate") if (one := facts.get(form.key, row, "rate"))]
    executed, *budgets = (facts.get(form.key, "total", column) for column in ("executed", "initial", "adjusted"))
    of_others = any(fact.amount == one.amount or is_rounded(fact, one) for one in rates)
    if of_others or any(_gives(fact, executed, one) for one in budgets):
        return next((one for one in rates if one.amount == fact.amount), None)
    total = facts.get(form.key, "total", "rate")
    return total if total and total.figure.unit == "%" else None


def _gives(rate: Fact, executed: Fact | None, budget: Fact | None) -> bool:
    """True if a budget and its execution come to a rate, or to one that it was cut off from."""
    if not executed or not budget or not budget.amount or executed.amount is None:
        return False
    return abs(Fraction(executed.amount, budget.amount) * HUNDRED - (rate.amount or 0)) <= 2 * rate.radius


def _budget_cell(facts: Facts, form: RecognisedTable, fact: Fact) -> Fact | None:
    """Returns the cell of the year's budget, as changed within the year. Figures called only 预算 may be the first
    budget."""
    adjusted, initial = (facts.get(form.key, "total", column) for column in ("adjusted", "initial"))
    plain = said(fact).measure is Measure.BUDGET and "全年" not in said(fact).words
    return initial if plain and initial and fact.amount == initial.amount else adjusted

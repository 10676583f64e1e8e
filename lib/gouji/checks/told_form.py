"""What paragraphs about a project say of its money and its score, beside the form annexed for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from functools import cache

from gouji.checks.check import Check
from gouji.checks.narrative.completeness import HUNDRED
from gouji.checks.narrative.spoken import said, usable
from gouji.checks.rules import Rule
from gouji.checks.stated_score import OWN_SCORE, is_rounded, is_score
from gouji.facts.claim import Measure
from gouji.facts.evaluation.told import plain
from gouji.facts.fact import Fact, Facts, RecognisedTable
from gouji.facts.narrative.word_lists import WORDS as NARRATIVE
from gouji.intervals import Verdict
from gouji.labels import normalise
from gouji.layouts.evaluation import load_evaluation
from gouji.runtime.word_lists import any_of

_ALONE = 1
_BEHIND = re.compile(f"(?:{any_of(NARRATIVE.behind_base)})+$")
_YEAR = re.compile("20[0-9]{2}年度?")


def told_forms(rule: Rule, facts: Facts) -> Iterator[Check]:
    """全年预算数, 执行数, 执行率 and 自评得分 of a project = those of its form, the first of each in its paragraphs.

    Where several are stated and none of them is the form's, another thing of the same name may be meant: no check.
    """
    for form in facts.forms.values():
        if not form.told_in or (form.grid and form.grid.cut):
            continue
        pairs = list(_pairs(rule, facts, form))
        if len(pairs) > _ALONE and not any(stated.amount == printed.amount for stated, printed in pairs):
            continue
        for stated, printed in pairs:
            yield Check(-1, rule, stated.named, "=", ((1, stated.id),), ((1, printed.id),), verdict=Verdict.CONSISTENT)


def _pairs(rule: Rule, facts: Facts, form: RecognisedTable) -> Iterator[tuple[Fact, Fact]]:
    """The statements about a form's project, each with the form's figure."""
    told = [fact for fact in facts.statements() if fact.block in form.told_in and usable(fact)]
    whole = [fact for fact in told if _is_of_all_money(fact, form)]
    initial, adjusted, executed = (_calling(whole, form, one) for one in ("initial", "adjusted", "executed"))
    looks: tuple[tuple[Iterable[Fact], Callable[[Fact], Fact | None]], ...] = (
        (_in(initial, Measure.INITIAL), lambda _: facts.get(form.key, "total", "initial")),
        (_in(adjusted, Measure.BUDGET, Measure.ADJUSTED), lambda fact: _budget(facts, form, fact)),
        (_in(executed, Measure.FINAL), lambda _: facts.get(form.key, "total", "executed")),
        (
            (fact for fact in told if is_score(rule, fact) and _is_of_project(fact, form, OWN_SCORE)),
            lambda _: facts.get(form.key, "sum", "score"),
        ),
        (
            (fact for fact in told if fact.figure.unit == "%" and _is_of_project(fact, form, _rated())),
            lambda fact: _rate(facts, form, fact),
        ),
    )
    for stating, cell in looks:
        stated = next(iter(stating), None)
        printed = cell(stated) if stated else None
        if not stated or not printed or printed.amount is None or printed.blank:
            continue
        if stated.amount == printed.amount or not is_rounded(stated, printed):
            yield stated, printed


def _in(facts: Iterable[Fact], *measures: Measure) -> Iterator[Fact]:
    return (fact for fact in facts if said(fact).measure in measures)


def _calling(facts: Iterable[Fact], form: RecognisedTable, column: str) -> Iterator[Fact]:
    """Statements in a column's own words: what a contract or one payment came to is another thing."""
    return (fact for fact in facts if _is_of_project(fact, form, _called(column)))


@cache
def _called(column: str) -> re.Pattern[str]:
    layout = load_evaluation()
    return re.compile(f"(?:{any_of((*layout.funds[column], *layout.told[column]))})$")


def _is_of_project(fact: Fact, form: RecognisedTable, called: re.Pattern[str]) -> bool:
    """True where the words before a figure name what is looked for, the project, and nothing else."""
    claim = said(fact)
    words, phrase = (_BEHIND.sub("", plain(text)) for text in (claim.words, claim.topic.phrase))
    # A phrase may be that of the score told before.
    rest = [called.sub("", text).replace(plain(form.subject), "") for text in (words, OWN_SCORE.sub("", phrase))]
    return bool(called.search(words)) and all(_about().fullmatch(_YEAR.sub("", one)) for one in rest)


@cache
def _about() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(load_evaluation().about)})*")


def _is_of_all_money(fact: Fact, form: RecognisedTable) -> bool:
    """True for money of the project as a whole: of no source of it (财政拨款), of no list."""
    claim = said(fact)
    if not fact.figure.unit.endswith("元") or claim.topic.known or claim.group >= 0 or claim.whole is not None:
        return False
    rest = normalise(claim.topic.phrase).replace(normalise(form.subject), "")
    return not any(label in rest for labels in load_evaluation().sources.values() for label in labels)


@cache
def _rated() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(load_evaluation().funds['rate'])})$")


def _rate(facts: Facts, form: RecognisedTable, fact: Fact) -> Fact | None:
    """The rate of all money; the stated one may as well be that of a source, or of the year's first budget."""
    rates = [one for row in facts.rows(form.key, "rate") if (one := facts.get(form.key, row, "rate"))]
    executed, *budgets = (facts.get(form.key, "total", column) for column in ("executed", "initial", "adjusted"))
    of_others = any(fact.amount == one.amount or is_rounded(fact, one) for one in rates)
    if of_others or any(_gives(fact, executed, one) for one in budgets):
        return next((one for one in rates if one.amount == fact.amount), None)
    total = facts.get(form.key, "total", "rate")
    return total if total and total.figure.unit == "%" else None


def _gives(rate: Fact, executed: Fact | None, budget: Fact | None) -> bool:
    """True where a budget and its execution come to a rate, or to one that it was cut off from."""
    if not executed or not budget or not budget.amount or executed.amount is None:
        return False
    return abs(Fraction(executed.amount, budget.amount) * HUNDRED - (rate.amount or 0)) <= 2 * rate.radius


def _budget(facts: Facts, form: RecognisedTable, fact: Fact) -> Fact | None:
    """The budget of the year, as changed within it; one that is only called 预算 may be the first."""
    adjusted, initial = (facts.get(form.key, "total", column) for column in ("adjusted", "initial"))
    plain = said(fact).measure is Measure.BUDGET and "全年" not in said(fact).words
    return initial if plain and initial and fact.amount == initial.amount else adjusted

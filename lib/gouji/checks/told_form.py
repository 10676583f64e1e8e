"""What paragraphs about a project say of its money and its score, beside the form annexed for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from gouji.checks.check import Check
from gouji.checks.narrative.spoken import said, usable
from gouji.checks.rules import Rule
from gouji.checks.stated_score import is_rounded, is_score
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Facts, RecognisedTable
from gouji.facts.labels import normalise
from gouji.intervals import Verdict
from gouji.layouts.evaluation import load_evaluation

_ALONE = 1


def told_forms(rule: Rule, facts: Facts) -> Iterator[Check]:
    """全年预算数, 执行数 and 自评得分 of a project = those of its form, the first of each that its paragraphs state.

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
    looks: tuple[tuple[Iterable[Fact], Callable[[Fact], Fact | None]], ...] = (
        (_in(whole, Measure.INITIAL), lambda _: facts.get(form.key, "total", "initial")),
        (_in(whole, Measure.BUDGET, Measure.ADJUSTED), lambda fact: _budget(facts, form, fact)),
        (_in(whole, Measure.FINAL), lambda _: facts.get(form.key, "total", "executed")),
        ((fact for fact in told if is_score(rule, fact)), lambda _: facts.get(form.key, "sum", "score")),
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


def _is_of_all_money(fact: Fact, form: RecognisedTable) -> bool:
    """True for money of the project as a whole: of no source of it (财政拨款), of no list."""
    claim = said(fact)
    if not fact.figure.unit.endswith("元") or claim.topic.known or claim.group >= 0 or claim.whole is not None:
        return False
    rest = normalise(claim.topic.phrase).replace(normalise(form.subject), "")
    return not any(label in rest for labels in load_evaluation().sources.values() for label in labels)


def _budget(facts: Facts, form: RecognisedTable, fact: Fact) -> Fact | None:
    """The budget of the year, as changed within it; one that is only called 预算 may be the first."""
    adjusted, initial = (facts.get(form.key, "total", column) for column in ("adjusted", "initial"))
    plain = said(fact).measure is Measure.BUDGET and "全年" not in said(fact).words
    return initial if plain and initial and fact.amount == initial.amount else adjusted
